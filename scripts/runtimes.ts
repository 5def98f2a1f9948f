/**
 * Runs one conformance program with the packed package on every runtime, over http and https, and starts backups in apps of Next.js:
 * `npm run test:runtimes`. README has the table that it prints, and it fails when the two differ; `--write` puts the new one there. Names of
 * runtimes after the options pick some. For Linux on x64, as in CI.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { closedUrl, listen } from "./lib/listen.ts";
import { readPlace, writePlace } from "./lib/readme.ts";
import { root } from "./lib/root.ts";
import { PROJECT_ID, TEST_KEY, TEST_TOKEN } from "./lib/test-account.ts";
import { withInstalledPackage } from "./package/pack.ts";
import type { Config, Protocol } from "./runtimes/conformance.ts";
import { type Host, hosts, type Program } from "./runtimes/hosts.ts";
import { NEXT_VERSIONS, proveOnNext } from "./runtimes/next.ts";
import { COLUMNS, cellsOf, type ProtocolRun } from "./runtimes/table.ts";
import { makeCertificate } from "./stand-in/certificate.ts";
import { type StandIn, startStandIn } from "./stand-in/server.ts";

const { values, positionals } = parseArgs({ options: { write: { type: "boolean" } }, allowPositionals: true });

const PROTOCOLS = { http: undefined, "https/1.1": "http/1.1", "https/h2": "h2" } as const;

const failures: string[] = [];
const rows: string[] = [];
const certificate = makeCertificate();

await withInstalledPackage(async ({ folder }) => {
  const program = await makeProgram(folder);
  const authority = join(folder, "authority.pem");
  writeFileSync(authority, certificate.authority);
  for (const host of hosts().filter(({ name }) => isChosen(name))) {
    const runs: ProtocolRun[] = [];
    for (const protocol of Object.keys(PROTOCOLS) as Protocol[]) {
      runs.push(await runOn(host, program, protocol, authority));
    }
    const { cells, faults } = cellsOf(host, runs);
    failures.push(...faults);
    rows.push(`| ${[host.name, ...cells].join(" | ")} |`);
    console.log(rows.at(-1));
  }
  for (const next of NEXT_VERSIONS.filter(({ version }) => isChosen(`Next.js ${version}`))) {
    const faults = await proveOnNext(folder, next);
    failures.push(...faults.map((fault) => `Next.js ${next.version}: ${fault}`));
    console.log(`Next.js ${next.version}: ${faults.length === 0 ? "each start is sent" : "not as it should be"}`);
  }
});

const table = [`| ${COLUMNS.join(" | ")} |`, `|${COLUMNS.map(() => "---|").join("")}`, ...rows].join("\n");
if (positionals.length === 0) {
  compareWithReadme(table);
}
const readme = readFileSync(join(root, "README.md"), "utf8");
failures.push(
  ...NEXT_VERSIONS.filter(({ version }) => !readme.includes(version)).map((next) => `README names no ${next.version}`),
);
if (failures.length > 0) {
  console.error(`\n${failures.join("\n")}`);
  process.exitCode = 1;
}

function isChosen(name: string): boolean {
  return positionals.length === 0 || positionals.some((beginning) => name.startsWith(beginning));
}

async function makeProgram(folder: string): Promise<Program> {
  const program = { folder, module: join(folder, "conformance.mjs"), bundle: join(folder, "conformance.bundle.js") };
  const source = join(root, "scripts/runtimes/conformance.ts");
  const external = ["huaweicloud-backup"];
  await build({ entryPoints: [source], outfile: program.module, format: "esm", bundle: true, external });
  await build({ entryPoints: [program.module], outfile: program.bundle, format: "esm", bundle: true });
  return program;
}

async function runOn(host: Host, program: Program, protocol: Protocol, authority: string): Promise<ProtocolRun> {
  const spoken = PROTOCOLS[protocol];
  const standIn = await startStandIn({ tls: spoken && { ...certificate, protocol: spoken } });
  const orders = await takeOrders(standIn);
  try {
    const config: Config = {
      url: standIn.url,
      orderUrl: orders.url,
      protocol,
      projectId: PROJECT_ID,
      key: TEST_KEY,
      token: TEST_TOKEN,
      closedUrl: await closedUrl(),
    };
    const outcomes = await host.run(program, config, spoken && authority);
    return { protocol, outcomes, received: standIn.received };
  } catch (cause) {
    throw new Error(`${host.name} could not be asked over ${protocol}`, { cause });
  } finally {
    await standIn.close();
    orders.close();
  }
}

/** A server by which a program tells the stand-in what its next calls get. */
async function takeOrders(standIn: StandIn): Promise<{ url: string; close(): void }> {
  const server = createServer(async (incoming, outgoing) => {
    standIn.forget();
    standIn.next(...JSON.parse(await text(incoming)));
    outgoing.writeHead(200, { connection: "close" }).end();
  });
  const url = await listen(server);
  return { url, close: () => server.close() };
}

function compareWithReadme(table: string): void {
  const shown = readPlace("runtimes");
  if (shown === undefined) {
    failures.push("README.md has no place for the table of runtimes");
  } else if (values.write) {
    writePlace("runtimes", table);
  } else if (shown !== table) {
    failures.push('README.md has another table: "npm run test:runtimes -- --write" puts this one there');
  }
}
