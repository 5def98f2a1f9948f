import { type ChildProcess, execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { median } from "./figures.ts";

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
