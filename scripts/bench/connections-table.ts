/** What it costs that each request has a connection of its own, which is the default. */
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { aimed, median } from "./figures.ts";
import { firstLine } from "./processes.ts";

/** @param folder has the package, server.js and pair.js. @param nodes are Node's binaries. */
export async function connectionsTable(folder: string, nodes: string[], quick: boolean): Promise<string> {
  const authority = join(folder, "authority.pem");
  const lines: string[] = [];
  for (const secure of [false, true]) {
    const program = [join(folder, "server.js"), ...(secure ? [authority] : [])];
    const server = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const url = await firstLine(server);
      for (const node of nodes) {
        const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
        lines.push(`| ${version} | ${secure ? "https" : "http"} | ${measure(node, folder, url, authority, quick)} |`);
      }
    } finally {
      server.kill();
    }
  }
  return [
    "Our own call with `keepAlive: false`, by that with `keepAlive: true`, one after the other: requests per second, and CPU time per request",
    "on the client's side. The server is on the same machine; between machines come two round trips for TCP and TLS 1.3.",
    "",
    "| Node | over | rps | CPU |",
    "|---|---|---|---|",
    ...lines,
  ].join("\n");
}

function measure(node: string, folder: string, url: string, authority: string, quick: boolean): string {
  const args = [
    "pair.js",
    url,
    "huaweicloud-backup",
    "a connection each",
    "1",
    ...(quick ? ["4", "60"] : ["30", "150"]),
  ];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
  const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
  const results: { rps: number; cpu: number }[] = JSON.parse(
    execFileSync(node, args, { cwd: folder, encoding: "utf8", env, stdio }),
  );
  return [median(results.map(({ rps }) => rps)), median(results.map(({ cpu }) => cpu))]
    .map((it) => aimed(it))
    .join(" | ");
}
