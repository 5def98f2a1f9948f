/** How the cost of waiting grows with the number of backups that are waited for. */
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../lib/root.ts";
import { TSX } from "../lib/tsx.ts";
import { firstLine, nodeVersion } from "./processes.ts";
import type { WaitFigures } from "./waits.ts";

/** @param folder has the package, and waits.js. @param nodes are Node's binaries. */
export async function waitsTable(folder: string, nodes: string[], quick: boolean): Promise<string> {
  const interval = quick ? 500 : 5_000;
  const duration = 6 * interval;
  const lines: string[] = [];
  for (const node of nodes) {
    for (const throttle of ["", "throttle"]) {
      for (const waits of quick ? [1, 20] : [1, 100, 1_000]) {
        const figures = await measure(folder, node, [String(duration), throttle], [String(waits), String(interval)]);
        lines.push(
          `| ${nodeVersion(node)} | ${waits} | ${throttle ? "a tenth" : "none"} | ${cells(figures).join(" | ")} |`,
        );
      }
    }
  }
  return [
    `Waits at once on one client, for backups that run ${duration / 1000} s in the stand-in, with a look every ${interval / 1000} s: seven looks at`,
    "best. CPU time per request is divided by that of the same call without a wait around it. The last column is the largest part of",
    "all waits that asked within the same hundredth of an interval, first looks aside: these come when the caller begins to wait.",
    "",
    "| Node | waits | 429 | requests per finished backup | CPU per request | heap per wait, kB | heap left, kB | busiest moment |",
    "|---|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

async function measure(folder: string, node: string, service: string[], waits: string[]): Promise<WaitFigures> {
  const program = join(root, "scripts/bench/waits-service.ts");
  const server = spawn(process.execPath, [...TSX, program, ...service], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const url = await firstLine(server);
    const { stdout } = await promisify(execFile)(node, ["--expose-gc", "waits.js", url, ...waits], { cwd: folder });
    return JSON.parse(stdout);
  } finally {
    server.kill();
  }
}

function cells(figures: WaitFigures): string[] {
  const { requests, finished, cpuPerLook, cpuPerCall, heapPerWait, heapLeft, busiest } = figures;
  return [
    (requests / finished).toFixed(2),
    (cpuPerLook / cpuPerCall).toFixed(2),
    // Of a single wait these would be noise.
    ...(finished > 1
      ? [(heapPerWait / 1_000).toFixed(1), (heapLeft / 1_000).toFixed(0), `${(busiest * 100).toFixed(1)} %`]
      : ["", "", ""]),
  ];
}
