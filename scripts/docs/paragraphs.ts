/** The lines of a paragraph. */

/** What begins a line that goes on with no line above it, and what begins one that no line goes on with. */
const BEGINS = /^\s*(```|- |\d\. |[|#]|$)/;
const ENDS = /^\s*(```|[|#]|$)/;

/** Makes one line of each paragraph of a description: Redoc's search drops the line breaks, and two words become one at each. */
export function joinLines(node: unknown): void {
  if (typeof node !== "object" || node === null) {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === "description" && typeof value === "string") {
      Object.assign(node, { [key]: joined(value) });
    } else {
      joinLines(value);
    }
  }
}

function joined(text: string): string {
  const lines: string[] = [];
  let fenced = false;
  for (const line of text.split("\n")) {
    const above = lines.at(-1) ?? "";
    if (fenced || ENDS.test(above) || BEGINS.test(line)) {
      lines.push(line);
    } else {
      lines[lines.length - 1] = `${above} ${line.trim()}`;
    }
    fenced = fenced !== /^\s*```/.test(line);
  }
  return lines.join("\n");
}
