/** A call's secrets, to be taken out of whatever is shown. Held privately, so that they show in no inspection either. */
export class Secrets {
  readonly #secrets = new Set<string>();
  #pattern: RegExp | undefined;

  /** One too short to be real would only garble what is shown. */
  add(...secrets: (string | undefined)[]): void {
    for (const secret of secrets) if (secret && secret.length >= SHORTEST) this.#secrets.add(secret);
    this.#pattern = undefined;
  }

  redact(text: string): string {
    if (text.length < SHORTEST || this.#secrets.size === 0) return text;
    // Of two that begin alike the longer one is looked for first, else its end would stay.
    const longestFirst = [...this.#secrets].sort((a, b) => b.length - a.length);
    this.#pattern ??= new RegExp(longestFirst.map(patternOf).join("|"), "g");
    return text.replace(this.#pattern, "***");
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
    if (code !== undefined) Object.assign(copy, { code: this.redact(String(code)) });
    // A chain of causes may be a circle.
    if (cause !== undefined && depth < 4) copy.cause = this.scrub(cause, depth + 1);
    return copy;
  }
}

const SHORTEST = 4;
/** So much of a long secret gives it away where the rest is cut off, as at the end of a message. */
const TELLING = 12;

function patternOf(secret: string): string {
  const characters = [...secret].map(written);
  const whole = characters.join("");
  return secret.length < TELLING + SHORTEST
    ? whole
    : `${whole}|${characters.slice(0, TELLING).join("")}[\\w+/=.~%\\\\-]*`;
}

/**
 * A character as it is, or as JSON, JSON in JSON, URLs or HTML may write it. All write letters and digits as they are. Backslashes are
 * counted to eight, since a text that is full of them would be read again from each one.
 */
function written(character: string): string {
  if (/\w/.test(character)) return character;
  const code = character.charCodeAt(0);
  const hex = code.toString(16).replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  return `(?:\\\\{0,8}\\${character}|\\\\{1,8}u00${hex}|%${hex}|&#(?:${code}|[xX]${hex});)`;
}
