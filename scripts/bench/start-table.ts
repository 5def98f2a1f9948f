/** How long the command takes to say something that needs no network, by what an empty program takes. */
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { aimed, median } from "./figures.ts";

const ARGUMENTS = ["--version", "--help", "create --help"];

/** @param folder has the package. @param nodes are Node's binaries. */
export function startTable(folder: string, nodes: string[], quick: boolean): string {
  const empty = join(folder, "empty.mjs");
  writeFileSync(empty, "");
  const command = join(folder, "node_modules/huaweicloud-backup/dist/cli/main.js");
  const programs = [[empty], ...ARGUMENTS.map((text) => [command, ...text.split(" ")])];
  const lines = nodes.map((node) => {
    const times = programs.map(() => [] as number[]);
    for (let round = 0; round < (quick ? 3 : 61); round++) {
      for (const [index, program] of programs.entries()) {
        const start = performance.now();
        spawnSync(node, program, { cwd: folder });
        times[index]?.push(performance.now() - start);
      }
    }
    const [bare = [], ...ours] = times;
    const cells = ours.map((own) => aimed(median(own.map((time, round) => time / (bare[round] ?? 1))), { most: 1.3 }));
    return `| ${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()} | ${cells.join(" | ")} |`;
  });
  return [
    "A process of the command, by one of a program with nothing in it.",
    "",
    `| Node | ${ARGUMENTS.map((text) => `\`${text}\``).join(" | ")} |`,
    "|---|---|---|---|",
    ...lines,
  ].join("\n");
}
