/** How long the command takes to say something that needs no network, by what an empty program takes. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { aimed } from "./figures.ts";
import { nodeVersion, startRatios } from "./processes.ts";

const ARGUMENTS = ["--version", "--help", "create --help"];

/** @param folder has the package. @param nodes are Node's binaries. */
export function startTable(folder: string, nodes: string[], quick: boolean): string {
  const empty = join(folder, "empty.mjs");
  writeFileSync(empty, "");
  const command = join(folder, "node_modules/huaweicloud-backup/dist/cli/main.js");
  const programs = [[empty], ...ARGUMENTS.map((text) => [command, ...text.split(" ")])];
  const lines = nodes.map((node) => {
    const [, ...ratios] = startRatios(node, programs, folder, quick ? 3 : 61);
    return `| ${nodeVersion(node)} | ${ratios.map((ratio) => aimed(ratio, { most: 1.3 })).join(" | ")} |`;
  });
  return [
    "A process of the command, by one of a program with nothing in it.",
    "",
    `| Node | ${ARGUMENTS.map((text) => `\`${text}\``).join(" | ")} |`,
    "|---|---|---|---|",
    ...lines,
  ].join("\n");
}
