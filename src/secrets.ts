/** Takes the secrets of a call out of what is shown. */
import { cut, oneLine } from "./text.js";

/** This many letters and digits that stand together in a secret give it away; fewer may stand in any text. */
const TELLING = 8;
/** What stands between two pieces of a secret goes with them where it is no longer than this and holds no blank. */
const CLOSE = 16;

/**
 * A call's secrets, to be taken out of whatever is shown. Held privately, so that they show in no inspection either.
 *
 * An echo may be cut, folded or encoded, so only letters and digits are compared, in whichever case: what is hexadecimal comes back in
 * either, and eight of 36 characters are still too many to be met by chance.
 */
export class Secrets {
  readonly #added: string[] = [];
  /** Those of a new secret are added when something is next shown, which seldom happens. */
  readonly #pieces = new Set<number>();

  add(...secrets: (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret) {
        this.#added.push(secret);
      }
    }
  }

  redact(text: string): string {
    for (const secret of this.#added.splice(0)) {
      eachPiece(secret, (piece) => this.#pieces.add(piece));
    }
    const hidden = new Uint8Array(text.length);
    eachPiece(text, (piece, start, end) => {
      if (this.#pieces.has(piece)) {
        hidden.fill(1, start, end);
      }
    });
    return blank(text, hidden);
  }

  /** Redacts the strings and the keys of JSON. Numbers stay: they are no secrets, and a code that is cut would be lost. */
  redactJson(json: string): string {
    return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, (literal) => JSON.stringify(this.redact(JSON.parse(literal))));
  }

  /** One short printable line. It is searched as it will be read: without the markup that kept pieces apart, and before it is cut. */
  show(text: string | undefined, limit?: number): string | undefined {
    return text ? cut(this.redact(oneLine(text)), limit) || undefined : undefined;
  }

  /**
   * A copy of an error with nothing but name, message, code, cause, and the `errors` of an `AggregateError`: a `fetch` may hang the whole
   * request on the original.
   *
   * @param depth how many errors this one is the cause of.
   */
  scrub(error: unknown, depth = 0): Error {
    try {
      const { name, message, code, cause, errors } = Object(error) as { [name: string]: unknown };
      const copy = new Error(this.redact(String(message ?? error)));
      // Not by assignment: where the built-ins are frozen, nobody may assign to a name that is inherited from them.
      const define = (key: string, value: unknown, enumerable = false) =>
        Object.defineProperty(copy, key, { value, enumerable, writable: true, configurable: true });
      define("name", this.redact(String(name ?? "Error")));
      define("stack", `${copy.name}: ${copy.message}`);
      if (code !== undefined) {
        define("code", typeof code === "number" ? code : this.redact(String(code)), true);
      }
      if (depth === DEEPEST) {
        return copy;
      }
      if (cause != null) {
        define("cause", this.scrub(cause, depth + 1));
      }
      if (Array.isArray(errors)) {
        define(
          "errors",
          errors.slice(0, 16).map((one) => this.scrub(one, DEEPEST)),
        );
      }
      return copy;
    } catch {
      return new Error("an error that can't be read");
    }
  }
}

/** At most this many causes are copied: a chain may be a circle. */
const DEEPEST = 4;

/** A piece is eight letters and digits that follow each other, read as a number in base 36. It stands from `start` to before `end`. */
type Visit = (piece: number, start: number, end: number) => void;

function eachPiece(text: string, visit: Visit): void {
  for (const { where, noise } of READINGS) {
    if (where.test(text)) {
      eachPieceWithout(noise, text, visit);
    }
  }
}

/** A piece without its first digit is less than this. */
const FULL = 36 ** (TELLING - 1);

/** What is neither letter nor digit is passed over, and so is all noise. */
function eachPieceWithout(noise: RegExp | undefined, text: string, visit: Visit): void {
  const places = new Uint32Array(TELLING);
  let piece = 0;
  // A piece without noise in it has been met in the first reading.
  let lastNoise = noise ? -1 : text.length;
  for (let at = 0, count = 0; at < text.length; at++) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit >= 0) {
      piece = (piece % FULL) * 36 + digit;
      places[count++ % TELLING] = at;
      const start = places[count % TELLING] ?? 0;
      if (count >= TELLING && start <= lastNoise) {
        visit(piece, start, at + 1);
      }
    } else if (noise) {
      noise.lastIndex = at;
      if (noise.test(text)) {
        at = lastNoise = noise.lastIndex - 1;
      }
    }
  }
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) {
    return code - 48;
  }
  const lower = code | 32;
  return lower >= 97 && lower <= 122 ? lower - 87 : -1;
}

/** How symbols are written, with letters and digits that are none of the secret's. */
const PERCENT = "%(?:25){0,4}";
const ESCAPE = [
  // In HTML, which may stand in HTML, in JSON or in a URL: `&#43;`, `&amp;#43;`, `\u0026#43;`, `%26%2343%3B`.
  `(?:&|\\\\u0026|${PERCENT}26)(?:amp;){0,4}(?:#|${PERCENT}23)?\\w{1,7}(?:;|${PERCENT}3b)`,
  // In JSON, which may stand in JSON or in a URL: `\u002b`, `\\u002b`, `%5Cu002b`.
  `(?:\\\\|${PERCENT}5c)(?:u[\\da-f]{4}|x[\\da-f]{2}|[bfnrtv])`,
  // In a URL, which may stand in a URL: `%2B`, `%252B`.
  `${PERCENT}[\\da-f]{2}`,
].join("|");

/** A text is read in all three ways, since what looks like an escape or like markup may be the secret itself. */
const READINGS: { where: RegExp; noise?: RegExp }[] = [
  { where: /^/ },
  { where: /[%&\\]/, noise: new RegExp(ESCAPE, "iy") },
  { where: /</, noise: new RegExp(`<[^<>]*>|${ESCAPE}`, "iy") },
];

/** Writes `***` for what is hidden. */
function blank(text: string, hidden: Uint8Array): string {
  let shown = "";
  let from = 0;
  for (let start = hidden.indexOf(1); start >= 0; start = hidden.indexOf(1, from)) {
    const between = text.slice(from, start);
    const joined = from > 0 && between.length <= CLOSE && !/\s/.test(between);
    if (!joined) {
      shown += `${between}***`;
    }
    const end = hidden.indexOf(0, start);
    from = end < 0 ? text.length : end;
  }
  return shown + text.slice(from);
}
