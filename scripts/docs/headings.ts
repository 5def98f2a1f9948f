/**
 * Gives each heading of a description the English one's name in the address, so that an address is the same place in every language. The
 * form is Markdoc's, which Redoc reads.
 */
export function nameHeadings(node: unknown, original: unknown, prefix = "section/"): void {
  if (typeof node !== "object" || node === null) {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    const twin = (original as Record<string, unknown>)[key];
    if (key === "description" && typeof value === "string") {
      (node as Record<string, unknown>)[key] = withNames(value, String(twin), prefix);
    } else {
      nameHeadings(value, twin, key === "paths" ? "" : prefix);
    }
  }
}

function withNames(text: string, original: string, prefix: string): string {
  const names = headingsOf(original).map(({ title }) => prefix + slug(title));
  const headings = headingsOf(text);
  if (headings.length !== names.length) {
    throw new Error(`${headings.length} headings where the original has ${names.length}: ${text.slice(0, 200)}`);
  }
  const lines = text.split("\n");
  headings.forEach(({ line }, index) => {
    lines[line] += ` {% id="${names[index]}" %}`;
  });
  return lines.join("\n");
}

function headingsOf(text: string): { line: number; title: string }[] {
  let fenced = false;
  return text.split("\n").flatMap((content, line) => {
    if (/^\s*```/.test(content)) {
      fenced = !fenced;
    }
    const title = fenced ? undefined : /^#+ (.*)$/.exec(content)?.[1];
    return title === undefined ? [] : [{ line, title }];
  });
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
