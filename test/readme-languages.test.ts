import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readmeTable } from "./languages/rows.ts";

test("the README's commands for other languages are those of the matrix", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, shown] = /<!-- languages -->\n(.*)\n<!-- \/languages -->/s.exec(readme) ?? [];
  expect(shown, "run `npm run test:languages -- --readme`").toBe(readmeTable());
});
