/** What CONTRIBUTING says of every file. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../scripts/lib/root.ts";

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

const textOf = (path: string): string => readFileSync(path, "utf8");

test.each([
  ["src", 220],
  ["scripts", 250],
])("no file of %s/ has more than %i lines", (folder, most) => {
  const long = filesIn(folder).filter((path) => textOf(path).split("\n").length - 1 > most);
  expect(long).toEqual([]);
});

test("no script imports from the tests", () => {
  const bad = filesIn("scripts").filter((path) => path.endsWith(".ts") && /from "[./]*\/test\//.test(textOf(path)));
  expect(bad).toEqual([]);
});
