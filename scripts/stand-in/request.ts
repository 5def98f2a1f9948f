import type { IncomingMessage } from "node:http";

export interface ReceivedRequest {
  method: string;
  /** Path and query as they stood in the request line. */
  target: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
}

/** As large as the vendor's gateway takes. */
export const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** A body that is too long is read to its end, so that the answer can be, and cut just above the limit. */
export async function readRequest(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (size <= MAX_BODY_BYTES) {
      chunks.push(chunk);
    }
    size += chunk.length;
  }
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return { method: incoming.method ?? "", target: incoming.url ?? "", headers, body: Buffer.concat(chunks).toString() };
}
