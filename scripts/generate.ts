/**
 * Makes `generated/` from `spec/`: `npm run generate`. With `--check` it only compares, and fails when a file is not what the spec makes.
 * With `--translated` it first notes in the overlay that the Chinese says what the English says now.
 */
import { parseArgs } from "node:util";
import { generate } from "./generate/make.ts";
import { root } from "./lib/root.ts";

const { values } = parseArgs({ options: { check: { type: "boolean" }, translated: { type: "boolean" } } });
const complaints = await generate(root, values);
if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exitCode = 1;
} else {
  console.log(`generated/ is what the spec makes${values.check ? "" : " now"}.`);
}
