/**
 * Measures speed, start, types and heap against the alternatives, and what waits cost: `npm run bench`. It prints tables, and with
 * `--write` puts them into BENCHMARKS.md. `--quick` takes a tenth of the time and proves only that it runs; names of sections after the options pick some, and
 * the others stay as they are. Ratios of what ran side by side are to be trusted, single times are not.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { connectionsTable } from "./bench/connections-table.ts";
import { aimed, median } from "./bench/figures.ts";
import { firstLine, nodeVersion, pairRatios, startRatios, startServer } from "./bench/processes.ts";
import { startTable } from "./bench/start-table.ts";
import { compileTimes } from "./bench/types.ts";
import { waitsTable } from "./bench/waits-table.ts";
import { installNodes } from "./lib/nodes.ts";
import { root } from "./lib/root.ts";
import { devVersion, npm } from "./lib/tools.ts";
import { withInstalledPackage } from "./package/pack.ts";

/** The SDK's main entry needs uuid, and does not declare it. */
const PEERS = {
  axios: "1.21.1",
  "@huaweicloud/huaweicloud-sdk-core": devVersion("@huaweicloud/huaweicloud-sdk-core"),
  uuid: "9.0.0",
};
/** The versions of Node to measure on, of those that the package is proved on. */
const NODES = /^(20|24)\./;

/** Each line of the table: the contender, and what it is measured by. */
const PAIRS = [
  ["fetch", "fetch"],
  ["signed fetch", "fetch"],
  ["openapi-fetch", "fetch"],
  ["axios", "fetch"],
  ["vendor's SDK", "fetch"],
  ["huaweicloud-backup", "fetch"],
  ["huaweicloud-backup", "signed fetch"],
  ["huaweicloud-backup", "vendor's SDK"],
] as const;

/** How many requests per second are aimed at, as a share of those that the unit makes. */
const CALLS_AIMS: Record<string, number> = { "signed fetch": 0.9, "vendor's SDK": 1.2 };

const { values, positionals } = parseArgs({
  options: { write: { type: "boolean" }, quick: { type: "boolean" } },
  allowPositionals: true,
});
const quick = values.quick ?? false;
const file = join(root, "BENCHMARKS.md");
const earlier = readFileSync(file, "utf8");
const sections: string[] = [];

await withInstalledPackage(async ({ folder }) => {
  npm(folder, "install", ...Object.entries(PEERS).map(([name, version]) => `${name}@${version}`));
  await build({
    entryPoints: ["server", "pair", "heap", "signature", "redaction", "waits"].map((name) =>
      join(root, `scripts/bench/${name}.ts`),
    ),
    outdir: folder,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "es2022",
  });
  const nodes = installNodes()
    .filter(({ version }) => NODES.test(version))
    .map(({ binary }) => binary);

  await section("Calls", () => speed(folder, nodes));
  await section("A connection each", () => connectionsTable(folder, nodes, quick));
  await section("One signature", () => signatures(folder, nodes));
  await section("Import", () => imports(folder, nodes));
  await section("Start of the command", () => startTable(folder, nodes, quick));
  await section("A five-line user under tsc", () => compileTimes(folder, quick ? 1 : 7));
  await section("Heap", () => heap(folder, nodes));
  await section("Redaction", () => redaction(folder, nodes));
  await section("Waits", () => waitsTable(folder, nodes, quick));
});

if (values.write) {
  writeFileSync(file, `${header()}\n${sections.join("\n")}`);
}

async function section(title: string, measure: () => string | Promise<string>): Promise<void> {
  const chosen = positionals.length === 0 || positionals.includes(title);
  const [, before = ""] = earlier.split(`## ${title}\n`);
  const text = chosen
    ? `## ${title}\n\nMeasured on ${new Date().toISOString().slice(0, 10)}. ${await measure()}\n`
    : `## ${title}\n${before.split("\n## ")[0]?.trimEnd()}\n`;
  if (chosen) {
    console.log(text);
  }
  sections.push(text);
}

function header(): string {
  const peers = Object.entries(PEERS).map(([name, version]) => `${name} ${version}`);
  return [
    "# Benchmarks",
    "",
    `Made by \`npm run bench -- --write\` on ${cpus().length} shared cores of ${cpus()[0]?.model.trim()}, Linux; ${peers.join(", ")}.`,
    "Single times on such a machine mean little; the ratios are medians of runs side by side.",
    "",
    "What is aimed at: 1.2 times the calls of the vendor's SDK and 0.9 times those of a signed `fetch`, an import of at most 1.1 times bare",
    "Node, `tsc` of at most 1.15 times plain `fetch` with `skipLibCheck` and 1.3 without, and a heap that does not grow. A figure that misses",
    "its aim has the aim beside it. The command starts within 1.3 times an empty program.",
    "",
  ].join("\n");
}

async function speed(folder: string, nodes: string[]): Promise<string> {
  const lines: string[] = [];
  for (const node of nodes) {
    const server = startServer(folder);
    try {
      const url = await firstLine(server);
      for (const [contender, unit] of PAIRS) {
        const cells = [1, 64].map((inFlight) => {
          const { rps, cpu } = pairRatios(node, [url, unit, contender, inFlight], folder, { quick });
          const least = contender === "huaweicloud-backup" ? CALLS_AIMS[unit] : undefined;
          return [aimed(rps, least === undefined ? {} : { least }), aimed(cpu)];
        });
        lines.push(`| ${nodeVersion(node)} | ${contender} | ${unit} | ${cells.flat().join(" | ")} |`);
      }
    } finally {
      server.kill();
    }
  }
  return [
    "The same POST to a local server that answers from the socket. Requests per second and CPU time per request, each divided by the",
    "unit's, which ran in the same process in alternating slices. First with 1 call in flight, then with 64. The first line is the control.",
    "All keep their connections, huaweicloud-backup with `keepAlive: true`.",
    "",
    "| Node | | by | rps, 1 | CPU, 1 | rps, 64 | CPU, 64 |",
    "|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

function signatures(folder: string, nodes: string[]): string {
  const lines = nodes.map((node) => {
    const cells = ["crypto", "subtle"].map((kind) => {
      const times = JSON.parse(run(node, ["signature.js", kind], folder)) as number[];
      return median(times).toFixed(1);
    });
    return `| ${nodeVersion(node)} | ${cells.join(" | ")} |`;
  });
  return ["In microseconds.", "", "| Node | `node:crypto` | `crypto.subtle` |", "|---|---|---|", ...lines].join("\n");
}

function imports(folder: string, nodes: string[]): string {
  const modules = [
    "",
    "huaweicloud-backup",
    "huaweicloud-backup/openapi-fetch",
    "axios",
    "@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js",
  ];
  const files = modules.map((name, index) => {
    const file = join(folder, `import-${index}.mjs`);
    writeFileSync(file, name && `import ${JSON.stringify(name)};`);
    return file;
  });
  const lines = nodes.flatMap((node) => {
    const ratios = startRatios(
      node,
      files.map((file) => [file]),
      folder,
      quick ? 3 : 41,
    );
    return modules.map((name, index) => {
      const aim = name === "huaweicloud-backup" ? { most: 1.1 } : {};
      return `| ${nodeVersion(node)} | ${name || "nothing"} | ${aimed(ratios[index] ?? Number.NaN, aim)} |`;
    });
  });
  return [
    "A process that imports it and ends, by one that imports nothing.",
    "",
    "| Node | imports | time |",
    "|---|---|---|",
    ...lines,
  ].join("\n");
}

function heap(folder: string, nodes: string[]): string {
  const lines = nodes.map((node) => {
    const sizes = JSON.parse(run(node, ["--expose-gc", "heap.js"], folder)) as number[];
    const shown = [sizes[0], sizes[4], sizes[9]].map((size = 0) => (size / 1e6).toFixed(2));
    return `| ${nodeVersion(node)} | ${shown.join(" | ")} |`;
  });
  return [
    "In use after a collection, in MB, with one `AbortSignal` for all calls.",
    "",
    "| Node | after 10,000 calls | 50,000 | 100,000 |",
    "|---|---|---|---|",
    ...lines,
  ].join("\n");
}

function redaction(folder: string, nodes: string[]): string {
  const lines = nodes.map((node) => {
    const times = Object.entries(JSON.parse(run(node, ["redaction.js"], folder)) as Record<string, number[]>);
    const medians = times.map(([name, one]): [string, number] => [name, median(one)]);
    const [slowest = "", longest = 0] = medians.sort(([, a], [, b]) => b - a)[0] ?? [];
    return `| ${nodeVersion(node)} | ${medians.length} | ${aimed(longest, { most: 0.2 })} | ${slowest} |`;
  });
  return [
    "Taking a token of 16,000 characters out of a megabyte of hostile text, in seconds of CPU time.",
    "",
    "| Node | texts | the slowest | which is |",
    "|---|---|---|---|",
    ...lines,
  ].join("\n");
}

function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: "utf8" });
}
