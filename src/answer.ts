/** One answer, read to its end and parsed. */
export interface Answer {
  kind: "answer";
  status: number;
  headers: Headers;
  text: string;
  /** The text as JSON; undefined where it is none. */
  body: unknown;
  /** False where the text broke off or was too long. */
  complete: boolean;
  /** By the client's own clock, in ms since 1970. */
  receivedAt: number;
}

/** More than any answer of these services; the rest is never read. */
const MAX_BODY_BYTES = 1024 * 1024;

/** The body of an error may break off: its status has said enough. A success that breaks off is none, and throws. */
export async function readAnswer(response: Response, receivedAt: number): Promise<Answer> {
  const { status, headers } = response;
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let complete = true;
  try {
    for (let size = 0; reader && complete; ) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      chunks.push(value);
      size += value.length;
      complete = size <= MAX_BODY_BYTES;
    }
  } catch (error) {
    if (response.ok) {
      throw error;
    }
    complete = false;
  }
  if (!complete) {
    reader?.cancel().catch(() => {});
  }
  const text = decode(chunks, headers.get("content-type"));
  return { kind: "answer", status, headers, text, body: parseJson(text), complete, receivedAt };
}

/** By the charset that the answer names, where its bytes fit it, else as UTF-8 with replacement characters. */
function decode(chunks: Uint8Array[], contentType: string | null): string {
  const label = /charset="?([\w-]+)/i.exec(contentType ?? "")?.[1] ?? "utf-8";
  try {
    return decodeAs(chunks, new TextDecoder(label, { fatal: true }));
  } catch {
    return decodeAs(chunks, new TextDecoder());
  }
}

function decodeAs(chunks: Uint8Array[], decoder: TextDecoder): string {
  if (chunks.length === 1) {
    return decoder.decode(chunks[0]);
  }
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
