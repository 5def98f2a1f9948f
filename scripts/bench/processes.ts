/** Runs the measured programs as processes of their own, in turns. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { median } from "./figures.ts";

/** @param folder has server.js. */
export function startServer(folder: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(folder, "server.js"), ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

/** What a process prints first: a server its URL. */
export async function firstLine({ stdout }: Pick<ChildProcess, "stdout">): Promise<string> {
  if (!stdout) {
    throw new Error("no output");
  }
  const [data] = (await once(stdout, "data")) as [Buffer];
  return data.toString().trim();
}

export function nodeVersion(node: string): string {
  return execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
}

/**
 * How many requests a second a contender makes, and how much CPU time each takes, by those of a unit: see pair.ts. Many short slices of time
 * differ less than few long ones.
 *
 * @param pair is pair.ts's URLs, unit, contender and calls in flight. @param folder has pair.js.
 */
export function pairRatios(
  node: string,
  pair: readonly (string | number)[],
  folder: string,
  { quick, env }: { quick: boolean; env?: NodeJS.ProcessEnv },
): { rps: number; cpu: number } {
  const args = ["pair.js", ...pair, ...(quick ? [12, 20] : [220, 20])].map(String);
  const output = execFileSync(node, args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
  const results: { rps: number; cpu: number }[] = JSON.parse(output);
  return { rps: median(results.map(({ rps }) => rps)), cpu: median(results.map(({ cpu }) => cpu)) };
}

/**
 * How long each program takes from its start to its end, by what the first one takes in the same round.
 * @param programs are arguments of Node.
 */
export function startRatios(node: string, programs: readonly string[][], folder: string, rounds: number): number[] {
  const times = programs.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [index, program] of programs.entries()) {
      const start = performance.now();
      spawnSync(node, program, { cwd: folder });
      times[index]?.push(performance.now() - start);
    }
  }
  const [bare = []] = times;
  return times.map((own) => median(own.map((time, round) => time / (bare[round] ?? 1))));
}
