/** Reads one answer: within its limit, to its end or as far as it comes. */
import { type Moment, moment } from "./clock.js";
import type { Expected } from "./expected.js";
import { isSuccess } from "./status.js";

/** One answer, parsed: read to its end, or as far as it came. */
export interface Answer {
  kind: "answer";
  status: number;
  headers: Headers;
  text: string;
  /** The text as JSON; undefined where it is none. */
  body: unknown;
  /** What the call is made for; undefined where this is no success, or not what a success must be. */
  value: unknown;
  /** False where the text broke off or was too long. */
  complete: boolean;
  /** By the client's `now`, in ms since 1970. */
  receivedAt: number;
  /** The same moment by the clocks that `now` can't change. */
  arrivedAt: Moment;
}

/** Reads an answer, and can tell at any moment what it has got so far. */
export class AnswerReader {
  readonly #response: Response;
  readonly #expected: Expected;
  /** All that is known before the body. */
  readonly #head: Omit<Answer, "text" | "body" | "value" | "complete">;
  readonly #chunks: Uint8Array[] = [];

  constructor(response: Response, expected: Expected, receivedAt: number) {
    this.#response = response;
    this.#expected = expected;
    const { status } = response;
    this.#head = { kind: "answer", status, headers: toHeaders(response), receivedAt, arrivedAt: moment() };
  }

  /** The body of an error may break off: its status has said enough. A success that breaks off is none, and throws. */
  async read(): Promise<Answer> {
    try {
      const { body } = this.#response;
      if (typeof body?.getReader === "function") {
        return await this.#readStream(body.getReader());
      }
      // React Native, node-fetch and stubs of tests have no stream.
      if (typeof this.#response.text === "function") {
        return await this.#readText();
      }
      throw new TypeError("its body has neither a stream nor text()");
    } catch (error) {
      if (isSuccess(this.#head.status)) {
        throw error;
      }
      return this.soFar();
    }
  }

  soFar(): Answer {
    return this.#decoded(false);
  }

  async #readStream(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Answer> {
    for (let size = 0; size <= this.#expected.maxBytes; ) {
      const { done, value } = await reader.read();
      if (done) {
        return this.#decoded(true);
      }
      if (!ArrayBuffer.isView(value)) {
        reader.cancel().catch(() => {});
        throw new TypeError("its body's stream gives something else than bytes");
      }
      this.#chunks.push(value);
      size += value.byteLength;
    }
    reader.cancel().catch(() => {});
    return this.soFar();
  }

  async #readText(): Promise<Answer> {
    const given: unknown = await this.#response.text();
    if (typeof given !== "string") {
      throw new TypeError("its text() gives something else than text");
    }
    const text = given.replace(/^\uFEFF/, "");
    const { maxBytes } = this.#expected;
    return this.#toAnswer(text.slice(0, maxBytes), text.length <= maxBytes);
  }

  #decoded(complete: boolean): Answer {
    // React Native, which has no streams, has no TextDecoder either.
    const text = this.#chunks.length > 0 ? decode(this.#chunks, this.#head.headers, complete) : "";
    return this.#toAnswer(text, complete);
  }

  #toAnswer(text: string, complete: boolean): Answer {
    const { status } = this.#head;
    const body = parseJson(text);
    const isOwn = complete && isSuccess(status) && !isFromCache(this.#head);
    const value = isOwn ? this.#expected.find({ status, body }) : undefined;
    return { ...this.#head, text, body, value, complete };
  }
}

/**
 * As UTF-8 where the bytes are that, otherwise by the charset that the answer names, otherwise as UTF-8 with replacement characters. A NUL in
 * what reads as UTF-8 is the other half of a character of UTF-16. What broke off may end within a character, of which nothing is shown.
 */
function decode(chunks: Uint8Array[], headers: Headers, complete: boolean): string {
  const strictly = (label: string) => {
    try {
      return join(chunks, new TextDecoder(label, { fatal: true }), complete);
    } catch {
      return undefined;
    }
  };
  const text = strictly("utf-8");
  if (text !== undefined && !text.includes("\0")) {
    return text;
  }
  const label = /charset="?([\w-]+)/i.exec(headers.get("content-type") ?? "")?.[1] ?? "utf-8";
  // "utf-16" may be either order of bytes: its byte order mark tells which.
  const mark = chunks.flatMap((chunk) => [...chunk.subarray(0, 2)]).slice(0, 2);
  const order = { "254,255": "utf-16be", "255,254": "utf-16le" }[mark.join()];
  return strictly(order ?? label) ?? join(chunks, new TextDecoder(), complete);
}

function join(chunks: Uint8Array[], decoder: TextDecoder, complete: boolean): string {
  if (complete && chunks.length === 1) {
    return decoder.decode(chunks[0]);
  }
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("");
  return complete ? text + decoder.decode() : text;
}

/** Some of what a given `fetch` may answer with has other headers than the platform's, only `get`, or none. */
export function toHeaders(response: { headers: unknown }): Headers {
  try {
    const given = Object(response.headers) as Partial<Headers>;
    if (given instanceof Headers) {
      return given;
    }
    const hasGetAlone = typeof given.get === "function" && typeof given[Symbol.iterator] !== "function";
    return new Headers(hasGetAlone ? readHeaders(given as Headers) : (given as HeadersInit));
  } catch {
    return new Headers();
  }
}

/** Those that matter here. */
function readHeaders(headers: Headers): [string, string][] {
  return ["age", "content-type", "date", "location", "retry-after", "x-request-id"].flatMap((name) => {
    const value: unknown = headers.get(name);
    return typeof value === "string" ? [[name, value] as [string, string]] : [];
  });
}

/**
 * A cache has kept it for some time: https://www.rfc-editor.org/rfc/rfc9111#section-5.1. Many do not heed a request's "no-cache", and from an
 * old list that lacks a backup, a second one would come.
 */
export function isFromCache({ headers }: Pick<Answer, "headers">): boolean {
  return /[1-9]/.test(headers.get("age") ?? "");
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A member of an answer's JSON. What is inherited is not in the answer. */
export function own(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The id of a backup that an answer tells of, whatever its status. */
export function backupIdOf({ body }: Pick<Answer, "body">): string | undefined {
  const id = own(body, "backup_id");
  return typeof id === "string" && id !== "" ? id : undefined;
}

/** Whether an answer tells of a backup anywhere in its text, which may have broken off. */
export function tellsOfBackup({ text, body }: Pick<Answer, "text" | "body">): boolean {
  return backupIdOf({ body }) !== undefined || /"backup_id"\s*:\s*("[^"]|\d)/.test(text);
}
