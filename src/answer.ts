import type { Secrets } from "./secrets.js";

/** One answer, read to its end. `complete` is false where it broke off or was too long. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  complete: boolean;
}

/** More than any answer of these services; what comes after it is never read. */
const MAX_BODY_BYTES = 1024 * 1024;

/** An error's body may break off: its status has said enough. A success that breaks off is none, and throws. */
export async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let complete = true;
  try {
    for (let size = 0; reader && complete; ) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
      complete = size <= MAX_BODY_BYTES;
    }
  } catch (error) {
    if (response.ok) throw error;
    complete = false;
  }
  if (!complete) reader?.cancel().catch(() => {});
  return { status, headers, text: decode(chunks, headers.get("content-type")), complete };
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
  if (chunks.length === 1) return decoder.decode(chunks[0]);
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}

/** The same answer for openapi-fetch, without secrets and without the headers that described the bytes on the wire. */
export function toResponse({ status, headers, text }: Answer, url: string, secrets: Secrets): Response {
  const kept = [...headers]
    .filter(([name]) => !/^(content-(length|encoding)|transfer-encoding)$/.test(name))
    .map(([name, value]): [string, string] => [name, secrets.redact(value)]);
  const body = [204, 205, 304].includes(status) ? null : presentable(status, text, secrets);
  const response = new Response(body, { status, headers: kept });
  return Object.defineProperty(response, "url", { value: url });
}

/**
 * As much of a response as openapi-fetch and our own methods look at, for a fraction of what making a `Response` costs. Headers lose their
 * secrets when they are read.
 */
export function toPlainResponse({ status, headers, text }: Answer, url: string, secrets: Secrets): PlainResponse {
  return {
    ok: status < 300,
    status,
    url,
    headers: { get: (name) => secrets.redact(headers.get(name) ?? "") || null },
    text: async () => presentable(status, text, secrets),
  };
}

export interface PlainResponse {
  ok: boolean;
  status: number;
  url: string;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** A success stays as it came. Errors, and what should be a success but is no JSON, may be shown. */
function presentable(status: number, text: string, secrets: Secrets): string {
  const value = parseJson(text);
  if (value === text) return secrets.redact(text);
  // Written anew without the optional escapes of JSON, behind which a secret could hide.
  return status < 300 ? text : secrets.redactJson(toJson(value));
}

/** What is nested too deeply to be written is left out: it is no error of these services. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

/** Text that is no JSON stays text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** How long the answer asks to wait, in ms: `Retry-After` is in seconds or an HTTP date, which counts from the answer's own `Date`. */
export function retryAfter(headers: Pick<Headers, "get">, now: () => number): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d{1,9}(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // `Date.parse` makes a date of almost anything.
  const wait = / GMT$/.test(value) ? Date.parse(value) - (Date.parse(headers.get("date") ?? "") || now()) : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
