/** The addresses of headings. */

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
  const names = namesOf(original, prefix);
  const headings = headingsOf(text);
  if (headings.length !== names.length) {
    throw new Error(`${headings.length} headings where the original has ${names.length}: ${text.slice(0, 200)}`);
  }
  const lines = text.split("\n");
  headings.forEach(({ line }, index) => {
    lines[line] += ` {% id="${names[index]}" %}`;
  });
  const targets = new Map(headings.map(({ title }, index) => [title, names[index]]));
  return lines.map((line) => withLinks(line, targets)).join("\n");
}

/** Makes a link of each heading that the text names: *so* in English, and “so” in Chinese. */
function withLinks(line: string, targets: ReadonlyMap<string, string | undefined>): string {
  return line.replace(/(?<!\*)\*([^*]+)\*(?!\*)|(?<=“)([^”]+)(?=”)/g, (words, emphasized, quoted) => {
    const title = emphasized ?? quoted;
    return targets.has(title) ? `[${title}](#/${targets.get(title)})` : words;
  });
}

/** A heading's name begins with that of the one above it, as Redoc wants it. */
function namesOf(text: string, prefix: string): string[] {
  const above: { level: number; name: string }[] = [];
  return headingsOf(text).map(({ level, title }) => {
    while ((above.at(-1)?.level ?? 0) >= level) {
      above.pop();
    }
    const parent = above.at(-1);
    const name = (parent ? `${parent.name}/` : prefix) + slug(title);
    above.push({ level, name });
    return name;
  });
}

function headingsOf(text: string): { line: number; level: number; title: string }[] {
  let fenced = false;
  return text.split("\n").flatMap((content, line) => {
    if (/^\s*```/.test(content)) {
      fenced = !fenced;
    }
    const [, marks = "", title = ""] = (!fenced && /^(#+) (.*)$/.exec(content)) || [];
    return marks ? [{ line, level: marks.length, title }] : [];
  });
}

/** A title, as it stands in an address. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
