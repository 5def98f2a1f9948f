/**
 * Runs one conformance program with the packed package on every runtime: `npm run test:runtimes`. README has the table that it prints, and
 * it fails when the two differ; `--write` puts the new one there. Names of runtimes after the options pick some. For Linux on x64, as in CI.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { closedUrl } from "./lib/listen.ts";
import { readPlace, writePlace } from "./lib/readme.ts";
import { root } from "./lib/root.ts";
import { PROJECT_ID, TEST_KEY, TEST_TOKEN } from "./lib/test-account.ts";
import { withInstalledPackage } from "./package/pack.ts";
import type { Config, Outcome } from "./runtimes/conformance.ts";
import { type Host, hosts, type Program } from "./runtimes/hosts.ts";
import { NEXT_PATH, type ReceivedRequest, startStandIn } from "./stand-in/server.ts";

const { values, positionals } = parseArgs({ options: { write: { type: "boolean" } }, allowPositionals: true });

const failures: string[] = [];
const rows: string[] = [];

await withInstalledPackage(async ({ folder }) => {
  const program = await makeProgram(folder);
  const chosen = (host: Host) => positionals.length === 0 || positionals.some((name) => host.name.startsWith(name));
  for (const host of hosts().filter(chosen)) {
    const { received, outcomes } = await runOn(host, program);
    rows.push(`| ${host.name} | ${report(host, outcomes, received)} |`);
    console.log(rows.at(-1));
  }
});

const table = [
  "| runtime | checks | a connection that was never made | a kept connection that breaks |",
  "|---|---|---|---|",
  ...rows,
].join("\n");
if (positionals.length === 0) {
  compareWithReadme(table);
}
if (failures.length > 0) {
  console.error(`\n${failures.join("\n")}`);
  process.exitCode = 1;
}

async function makeProgram(folder: string): Promise<Program> {
  const program = { folder, module: join(folder, "conformance.mjs"), bundle: join(folder, "conformance.bundle.js") };
  const source = join(root, "scripts/runtimes/conformance.ts");
  await build({ entryPoints: [source], outfile: program.module, format: "esm" });
  await build({ entryPoints: [program.module], outfile: program.bundle, format: "esm", bundle: true });
  return program;
}

async function runOn(
  host: Host,
  program: Program,
): Promise<{ received: readonly ReceivedRequest[]; outcomes: Outcome[] }> {
  const standIn = await startStandIn();
  try {
    const config: Config = {
      url: standIn.url,
      nextUrl: standIn.url + NEXT_PATH,
      projectId: PROJECT_ID,
      key: TEST_KEY,
      token: TEST_TOKEN,
      closedUrl: await closedUrl(),
    };
    return { outcomes: await host.run(program, config), received: standIn.received };
  } finally {
    await standIn.close();
  }
}

/** The host's cells in the table. */
function report(host: Host, outcomes: Outcome[], received: readonly ReceivedRequest[]): string {
  const unsure = outcomes.some(({ cautious, actual }) => actual === cautious);
  const faults = outcomes.flatMap(({ check, instanceId, kept, arrivals, expected, cautious, actual }) => {
    const count = received.filter(({ target, body }) => `${target}${body}`.includes(instanceId)).length;
    // Known of that runtime, and told in README.
    if (kept && host.resends) {
      return actual === "started" && count === 2 ? [] : [`${check}: no longer sent again`];
    }
    if (actual !== expected && actual !== cautious) {
      return [`${check}: ${actual}, not ${expected}`];
    }
    return count === arrivals ? [] : [`${check}: ${count} requests arrived, not ${arrivals}`];
  });
  failures.push(...faults.map((fault) => `${host.name}: ${fault}`));
  const passed = `${outcomes.length - faults.length} of ${outcomes.length}`;
  return [passed, unsure ? "not known" : "known", host.resends ? "sends again by itself" : "sent once"].join(" | ");
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
