/**
 * Runs the tests of what users run on every version of Node but the oldest, which `npm test` runs on in CI: `npm run test:nodes`.
 */
import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { installNodes } from "./lib/nodes.ts";
import { root } from "./lib/root.ts";

/** These tests are of tools that run on the Node of contributors alone. */
const OF_TOOLS = [
  "docs-content",
  "docs-plain",
  "generate",
  "languages",
  "lint",
  "openapi-3.0",
  "samples",
  "stand-in-memory",
  "translation",
  "verify-signature",
];

for (const { version, binary } of installNodes().slice(1)) {
  console.log(`Node ${version}`);
  const exclusions = OF_TOOLS.map((name) => `--exclude=test/${name}.test.ts`);
  // The tests start further programs with `node`, which must be this version too.
  const env = { ...process.env, PATH: [dirname(binary), process.env["PATH"]].join(delimiter) };
  const { status } = spawnSync(binary, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...exclusions], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  if (status !== 0) {
    process.exit(1);
  }
}
