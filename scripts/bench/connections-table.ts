/** What it costs that each request has a connection of its own, which is the default. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aimed } from "./figures.ts";
import { firstLine, nodeVersion, pairRatios, startServer } from "./processes.ts";

/** @param folder has the package, server.js and pair.js. @param nodes are Node's binaries. */
export async function connectionsTable(folder: string, nodes: string[], quick: boolean): Promise<string> {
  const lines: string[] = [];
  for (const scheme of ["http", "https"]) {
    // A server for each: on Node 24, one request that closes its connection ends the keeping of all others to that server.
    const authorities = ["kept.pem", "closed.pem"].map((name) => join(folder, name));
    const servers = authorities.map((path) => startServer(folder, ...(scheme === "https" ? [path] : [])));
    try {
      const urls = await Promise.all(servers.map(firstLine));
      const trusted = join(folder, "trusted.pem");
      writeFileSync(
        trusted,
        scheme === "https" ? authorities.map((path) => readFileSync(path, "utf8")).join("\n") : "",
      );
      for (const node of nodes) {
        const pair = [urls.join(), "huaweicloud-backup", "a connection each", 1];
        const { rps, cpu } = pairRatios(node, pair, folder, { quick, env: { NODE_EXTRA_CA_CERTS: trusted } });
        lines.push(`| ${nodeVersion(node)} | ${scheme} | ${aimed(rps)} | ${aimed(cpu)} |`);
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
