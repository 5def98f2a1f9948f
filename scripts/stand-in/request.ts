/** A request as it arrived at the stand-in. */
import type { IncomingMessage } from "node:http";

export interface ReceivedRequest {
  method: string;
  /** Path and query as they stood in the request line. */
  target: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
  /** How many connections there were before the one that it came on. */
  connection: number;
}

/** As large as the vendor's gateway takes. */
export const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** A body that is too long is read to its end, so that the answer can be, and cut just above the limit. */
export async function readRequest(incoming: IncomingMessage, connection: number): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (size <= MAX_BODY_BYTES) {
      chunks.push(chunk);
    }
    size += chunk.length;
  }
  return {
    method: incoming.method ?? "",
    target: incoming.url ?? "",
    headers: headersOf(incoming),
    body: Buffer.concat(chunks).toString(),
    connection,
  };
}

/** The headers as HTTP/1.1 has them: HTTP/2 calls the host `:authority`, and has method and path among its headers. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const { ":authority": host, ...rest } = headers;
  const all = Object.entries(host === undefined ? rest : { host, ...rest });
  return Object.fromEntries(
    all.filter(([name]) => !name.startsWith(":")).map(([name, value]) => [name, String(value)]),
  );
}
