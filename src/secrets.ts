import { clean } from "./text.js";

/** A call's secrets, to be taken out of whatever is shown. Held privately, so that they show in no inspection either. */
export class Secrets {
  readonly #secrets = new Set<string>();
  /** Made of them when something is first shown, which it seldom is. */
  #search: { heads: RegExp; secrets: string[][] } | undefined;

  /** One too short to be real would only garble what is shown. */
  add(...secrets: (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret && secret.length >= SHORTEST) {
        this.#secrets.add(secret);
      }
    }
    this.#search = undefined;
  }

  /** Looks for how secrets begin, and takes out as much as goes on like one: an echo may be cut off anywhere. */
  redact(text: string): string {
    if (text.length < SHORTEST || this.#secrets.size === 0) {
      return text;
    }
    this.#search ??= searchFor([...this.#secrets]);
    const { heads, secrets } = this.#search;
    heads.lastIndex = 0;
    let shown = "";
    let from = 0;
    for (let found = heads.exec(text); found; found = heads.exec(text)) {
      const { index, 0: head } = found;
      shown += `${text.slice(from, index)}***`;
      from = Math.max(index + head.length, ...secrets.map((pieces) => endOf(pieces, text, index)));
      heads.lastIndex = from;
    }
    return shown + text.slice(from);
  }

  /** As one printable line; empty text is undefined. */
  show(text: string | undefined, limit?: number): string | undefined {
    return text ? clean(this.redact(text), limit) : undefined;
  }

  /** As JSON, its strings and keys alone: what is no string is no secret, and a code that is cut would be lost. */
  redactJson(json: string): string {
    return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, (literal) => JSON.stringify(this.redact(JSON.parse(literal))));
  }

  /** A copy of an error with nothing but name, message, code and cause: a `fetch` may hang the whole request on the original. */
  scrub(error: unknown, depth = 0): Error {
    const { name, message, code, cause } = Object(error) as {
      name?: unknown;
      message?: unknown;
      code?: unknown;
      cause?: unknown;
    };
    const copy = new Error(this.redact(String(message ?? error)));
    copy.name = this.redact(String(name ?? "Error"));
    copy.stack = `${copy.name}: ${copy.message}`;
    if (code !== undefined) {
      Object.assign(copy, { code: this.redact(String(code)) });
    }
    // A chain of causes may be a circle.
    if (cause != null && depth < 4) {
      copy.cause = this.scrub(cause, depth + 1);
    }
    return copy;
  }
}

const SHORTEST = 4;
/** So much of a long secret gives it away where the rest is cut off. */
const TELLING = 12;

function searchFor(texts: string[]): { heads: RegExp; secrets: string[][] } {
  const secrets = texts.map((text) => text.match(/\\+|[^\\]/g) ?? []);
  const heads = secrets.map((pieces) => pieces.slice(0, lengthOfHead(pieces)).map(written).join(""));
  return { heads: new RegExp(heads.join("|"), "g"), secrets };
}

const lengthOfHead = ({ length }: string[]): number => (length < TELLING + SHORTEST ? length : TELLING);

/** Where a secret that may begin at `start` ends there, whole or cut off; `start` where not even its head is there. */
function endOf(pieces: string[], text: string, start: number): number {
  let at = start;
  for (const [index, piece] of pieces.entries()) {
    const pattern = patternOf(piece);
    pattern.lastIndex = at;
    if (!pattern.test(text)) {
      return index < lengthOfHead(pieces) ? start : at;
    }
    at = pattern.lastIndex;
  }
  return at;
}

const BACKSLASH = 92;
const patterns = new Map<string, RegExp>();

function patternOf(piece: string): RegExp {
  const pattern = patterns.get(piece) ?? new RegExp(written(piece), "y");
  patterns.set(piece, pattern);
  return pattern;
}

/**
 * A character as it is, or as JSON, JSON in JSON, URLs, URLs in URLs or HTML may write it. All write letters and digits as they are.
 * Backslashes are counted to eight, since a text that is full of them would be read again from each one; a run of them is one piece.
 */
function written(piece: string): string {
  if (/\w/.test(piece)) {
    return piece;
  }
  const code = piece.charCodeAt(0);
  const hex = code.toString(16).replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const coded = `\\\\{1,8}u00${hex}|%(?:25)*${hex}|&#0*(?:${code}|[xX]0*${hex});`;
  const { length } = piece;
  return code === BACKSLASH
    ? `(?:(?:${coded}){${length}}|\\\\{${length},${length * 8}})`
    : `(?:${coded}|\\\\{0,8}\\${piece})`;
}
