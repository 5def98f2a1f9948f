/** The tables of README.md that scripts write, each between `<!-- name -->` and `<!-- /name -->`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

const path = join(root, "README.md");

/** What stands in a place; undefined when README.md has no such place. */
export function readPlace(name: string): string | undefined {
  return split(name)?.content;
}

export function writePlace(name: string, content: string): void {
  const parts = split(name);
  if (!parts) {
    throw new Error(`README.md has no <!-- ${name} -->`);
  }
  writeFileSync(path, `${parts.before}${content}${parts.after}`);
}

function split(name: string): { before: string; content: string; after: string } | undefined {
  const readme = readFileSync(path, "utf8");
  const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const start = readme.indexOf(begin) + begin.length;
  const stop = readme.indexOf(end);
  if (start < begin.length || stop < start) {
    return undefined;
  }
  return { before: readme.slice(0, start), content: readme.slice(start, stop), after: readme.slice(stop) };
}
