/** Runs the tests on every version of Node but the oldest, which `npm test` runs on in CI: `npm run test:nodes`. */
import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { installNodes } from "./lib/nodes.ts";
import { root } from "./lib/root.ts";

for (const { version, binary } of installNodes().slice(1)) {
  console.log(`Node ${version}`);
  // What the tests start by the name of node is of this version too.
  const env = { ...process.env, PATH: [dirname(binary), process.env["PATH"]].join(delimiter) };
  const { status } = spawnSync(binary, [join(root, "node_modules/vitest/vitest.mjs"), "run"], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  if (status !== 0) {
    process.exit(1);
  }
}
