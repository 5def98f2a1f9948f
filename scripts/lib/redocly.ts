import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.ts";

/** The rules and settings for this repository's own document. */
export const REDOCLY_CONFIG = join(root, "spec/lint/redocly.yaml");

/** Runs Redocly's command line, so that the result is what anybody gets. @returns what it printed. @throws its words when it fails. */
export function redocly(args: readonly string[], cwd: string = root): string {
  const { status, stdout, stderr } = runRedocly(args, cwd);
  // It draws a box around a hint to update Node, which is of no use here.
  if (status !== 0) {
    throw new Error(`${stdout}${stderr}`.replace(/^ *[╔║╚].*\n/gm, "").trim());
  }
  return stdout;
}

/** Runs Redocly and throws nothing, for the commands whose exit code tells that they found something. */
export function runRedocly(
  args: readonly string[],
  cwd: string = root,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, "node_modules/@redocly/cli/bin/cli.js"), ...args], {
    cwd,
    encoding: "utf8",
    // Redocly must not report on us. It also reads this to decide whether the pages that it builds report on their readers.
    env: { ...process.env, REDOCLY_TELEMETRY: "off" },
    maxBuffer: 2 ** 28,
  });
}
