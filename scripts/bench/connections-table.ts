/** What it costs that each request has a connection of its own, which is the default. */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aimed, median } from "./figures.ts";
import { firstLine, nodeVersion } from "./processes.ts";

/** @param folder has the package, server.js and pair.js. @param nodes are Node's binaries. */
export async function connectionsTable(folder: string, nodes: string[], quick: boolean): Promise<string> {
  const lines: string[] = [];
  for (const scheme of ["http", "https"]) {
    // A server for each: on Node 24, one request that closes its connection ends the keeping of all others to that server.
    const authorities = ["kept.pem", "closed.pem"].map((name) => join(folder, name));
    const servers = authorities.map((path) => startServer(folder, scheme === "https" ? [path] : []));
    try {
      const urls = await Promise.all(servers.map(firstLine));
      const trusted = join(folder, "trusted.pem");
      writeFileSync(
        trusted,
        scheme === "https" ? authorities.map((path) => readFileSync(path, "utf8")).join("\n") : "",
      );
      for (const node of nodes) {
        lines.push(`| ${nodeVersion(node)} | ${scheme} | ${measure(node, folder, urls.join(), trusted, quick)} |`);
      }
    } finally {
      for (const server of servers) {
        server.kill();
      }
    }
  }
  return [
    "Our own call with `keepAlive: false`, by that with `keepAlive: true`, one after the other: requests per second, and CPU time per request",
    "on the client's side. The server is on the same machine; between machines come the round trips of TCP and TLS.",
    "",
    "| Node | over | rps | CPU |",
    "|---|---|---|---|",
    ...lines,
  ].join("\n");
}

function startServer(folder: string, args: string[]) {
  return spawn(process.execPath, [join(folder, "server.js"), ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

function measure(node: string, folder: string, urls: string, trusted: string, quick: boolean): string {
  const sizes = quick ? ["4", "60"] : ["30", "150"];
  const output = execFileSync(node, ["pair.js", urls, "huaweicloud-backup", "a connection each", "1", ...sizes], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted },
  });
  const results: { rps: number; cpu: number }[] = JSON.parse(output);
  return [results.map(({ rps }) => rps), results.map(({ cpu }) => cpu)].map((it) => aimed(median(it))).join(" | ");
}
