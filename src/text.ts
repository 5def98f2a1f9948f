/** Text that others wrote, made fit for a log line. What may hold a secret goes through `Secrets.show` instead. */

/** What somebody threw may be anything. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One printable line: no markup, no control or direction characters, and short. Empty text is undefined. */
export function clean(text: string, limit?: number): string | undefined {
  return cut(oneLine(text), limit) || undefined;
}

/** Only the beginning of a long text is looked at: the search for markup would take too long on all of it. */
const MAX_LENGTH = 16 * 1024;

export function oneLine(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replace(/<(script|style)\b[\s\S]*?<\/\1>|<[^<>]*>/gi, " ")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
}

/** At most `limit` long, and never cut inside a surrogate pair or between a letter and its accents. */
export function cut(line: string, limit = 1024): string {
  return line.length > limit ? `${line.slice(0, limit + 1).replace(/.\p{M}{0,8}$/su, "")}…` : line;
}

/** JSON that is nested too deeply to be written is left out: nothing of these services is. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}
