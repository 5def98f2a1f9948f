import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.ts";

/** The rules and settings for this repository's own document. */
export const REDOCLY_CONFIG = join(root, "spec/lint/redocly.yaml");

/** Runs Redocly's command line, so that the result is what anybody gets. @returns what it printed. @throws its words when it fails. */
export function redocly(args: readonly string[], cwd: string = root): string {
  const { status, stdout, stderr } = runRedocly(args, cwd);
  // Its box about Node's age is of no use here.
  if (status !== 0) {
    throw new Error(`${stdout}${stderr}`.replace(/^ *[╔║╚].*\n/gm, "").trim());
  }
  return stdout;
}

/** For commands that fail to say that they found something. */
export function runRedocly(
  args: readonly string[],
  cwd: string = root,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(join(root, "node_modules/.bin/redocly"), args, {
    cwd,
    encoding: "utf8",
    // Off, it neither reports on us, nor do the pages that it builds report on their readers.
    env: { ...process.env, REDOCLY_TELEMETRY: "off" },
    maxBuffer: 2 ** 28,
  });
}
