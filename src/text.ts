/** One printable line: no markup, no control or direction characters, and short. Empty text is undefined. */
export function clean(text: string, limit = 1024): string | undefined {
  const line = text
    .slice(0, 16 * 1024)
    .replace(/<(script|style)\b[\s\S]*?<\/\1>|<[^<>]*>/gi, " ")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
  return line.length > limit ? `${line.slice(0, limit)}…` : line || undefined;
}
