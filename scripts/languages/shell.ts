/** Runs lines of shell. */
import { spawn, spawnSync } from "node:child_process";

const TIMEOUT_MS = 15 * 60_000;
const LINES_SHOWN = 60;

export type Environment = Record<string, string>;

export interface Ended {
  /** The exit code, or the signal that ended it. */
  code: number | string | null;
  stdout: string;
  /** What it printed to stdout and stderr, as it came. */
  output: string;
}

/** Throws with the end of what it printed unless it exits with 0. */
export async function run(command: string, cwd: string, env: Environment): Promise<Ended> {
  const ended = await attempt(command, cwd, env);
  if (ended.code !== 0) {
    throw new Error(`${command}\nended with ${ended.code}:\n${endOf(ended.output)}`);
  }
  return ended;
}

/** Tells how it ended, however that was. */
export function attempt(command: string, cwd: string, env: Environment): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-euo", "pipefail", "-c", command], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
    let stdout = "";
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code: signal ?? code, stdout, output });
    });
  });
}

/** The last lines, where the reason mostly stands. */
export function endOf(output: string): string {
  return output.trim().split("\n").slice(-LINES_SHOWN).join("\n");
}

export function isMissing(command: string): boolean {
  // With a pipe as its input bash may read the user's start file, and with it another PATH.
  return spawnSync("bash", ["-c", `command -v ${command}`], { stdio: "ignore" }).status !== 0;
}
