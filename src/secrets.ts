/** A call's secrets, to be taken out of whatever is shown. Held privately, so that they show in no inspection either. */
export class Secrets {
  readonly #secrets: string[] = [];

  /** One too short to be real would only garble what is shown. */
  add(...secrets: (string | undefined)[]): void {
    for (const secret of secrets) if (secret && secret.length >= 4) this.#secrets.push(secret);
  }

  /** Each secret is also looked for as JSON and URLs would write it. */
  redact(text: string): string {
    let result = text;
    for (const secret of this.#secrets) {
      if (text.length < secret.length) continue; // No form is shorter.
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
        result = result.replaceAll(form, "***");
      }
    }
    return result;
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
