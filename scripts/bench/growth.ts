/** How long the scripts take as the spec grows: a copy of this checkout whose operations are there ten and a hundred times. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse, stringify } from "yaml";
import { root } from "../package/pack.ts";

const SCRIPTS = ["generate", "lint", "typecheck", "test", "docs", "build"];
/** Seconds after which a script is given up. */
const LIMIT = 600;
/** What `check` runs, one after the other. */
const CHECKED = ["generate", "lint", "typecheck", "test"];

/** @param plot also writes a picture of the curves. */
export function growth(factors: number[], plot: boolean): string {
  const scripts = [...SCRIPTS, "check"];
  const seconds = factors.map((factor) => {
    const folder = grow(factor);
    try {
      const times = new Map(SCRIPTS.map((script) => [script, time(folder, script)]));
      return [...times.values(), CHECKED.reduce((sum, script) => sum + (times.get(script) ?? 0), 0)];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  const lines = factors.map((factor, row) => {
    const cells = seconds[row]?.map((second) => (second < LIMIT ? second.toFixed(1) : `over ${LIMIT}`)) ?? [];
    return `| ${factor * 3} | ${cells.join(" | ")} |`;
  });
  if (plot) {
    const curves = scripts.map((name, column) => ({ name, points: seconds.map((row) => row[column] ?? 0) }));
    writeFileSync(
      join(root, "docs/growth.svg"),
      draw(
        factors.map((factor) => factor * 3),
        curves,
      ),
    );
  }
  return [
    "Seconds that each script takes when the three operations are in the spec again and again under other names, with their samples and their",
    "Chinese; `check` is the sum of the first four. The tests that call a method for each operation fail on the copies, and take their time;",
    "many of them start a stand-in of the whole spec, so that their time grows with its square.",
    "",
    `| operations | ${scripts.map((name) => `\`${name}\``).join(" | ")} |`,
    `|---|${scripts.map(() => "---|").join("")}`,
    ...lines,
    ...(plot ? ["", "![Seconds by operations, both axes logarithmic](docs/growth.svg)"] : []),
  ].join("\n");
}

function grow(factor: number): string {
  const folder = mkdtempSync(join(tmpdir(), "growth-"));
  for (const name of readdirSync(root)) {
    if (name === "node_modules") symlinkSync(join(root, name), join(folder, name));
    else if (name !== ".git" && name !== "dist") cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const contents = join(folder, "spec/openapi.yaml");
  const locale = join(folder, "spec/locales/zh-CN.yaml");
  const document = parse(readFileSync(contents, "utf8")) as { paths: Record<string, { $ref: string }> };
  const overlay = parse(readFileSync(locale, "utf8")) as { actions: { target: string }[] };
  for (const [path, { $ref }] of Object.entries(document.paths)) {
    const file = join(folder, "spec", $ref);
    const operationId = basename($ref, ".yaml");
    const source = readFileSync(file, "utf8");
    const samples = readdirSync(join(folder, "spec/samples")).filter((name) => name.startsWith(`${operationId}.`));
    const translations = overlay.actions.filter(({ target }) => target.includes(`'${path}'`));
    for (let copy = 2; copy <= factor; copy++) {
      const [copyId, copyPath] = [`${operationId}Copy${copy}`, path.replace("/", `/copy${copy}/`)];
      writeFileSync(
        file.replace(operationId, copyId),
        source.replace(`operationId: ${operationId}`, `operationId: ${copyId}`),
      );
      document.paths[copyPath] = { $ref: $ref.replace(operationId, copyId) };
      for (const name of samples) {
        cpSync(join(folder, "spec/samples", name), join(folder, "spec/samples", name.replace(operationId, copyId)));
      }
      for (const action of translations) {
        overlay.actions.push({ ...action, target: action.target.replace(`'${path}'`, `'${copyPath}'`) });
      }
    }
  }
  writeFileSync(contents, stringify(document));
  writeFileSync(locale, stringify(overlay));
  return folder;
}

function time(folder: string, script: string): number {
  const start = performance.now();
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", SCARF_ANALYTICS: "false" };
  // The command ends npm's children too, as a limit of Node's own would not.
  const limited = ["--signal=KILL", String(LIMIT), "npm", "run", script];
  const options = { cwd: folder, encoding: "utf8", env, maxBuffer: 2 ** 30 } as const;
  const { status, stdout, stderr } = spawnSync("timeout", limited, options);
  const seconds = (performance.now() - start) / 1000;
  if (seconds >= LIMIT) return Number.POSITIVE_INFINITY;
  // The client has no methods for the copies, and two tests know how many operations there are.
  const known = /Copy\d|with the three operations|and there is none besides/;
  const expected =
    script === "test" && stderr.split("\n").every((line) => !line.includes(" FAIL ") || known.test(line));
  if (status !== 0 && !expected) throw new Error(`${script} failed\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
  return seconds;
}

interface Curve {
  name: string;
  /** In seconds. */
  points: number[];
}

/** Both axes logarithmic; no colours but one, so that it reads on light and dark pages. */
function draw(operations: number[], curves: Curve[]): string {
  const x = (count: number) => 60 + 220 * Math.log10(count / (operations[0] ?? 1));
  const y = (second: number) => 260 - 80 * Math.log10(Math.max(second, 0.1) / 0.1);
  const text = (px: number, py: number, words: string) =>
    `<text x="${Math.round(px)}" y="${Math.round(py)}">${words}</text>`;
  const lines = curves.map(({ name, points }) => {
    const at = points
      .map((second, i) => [Math.round(x(operations[i] ?? 1)), Math.round(y(second))] as const)
      .filter((_, i) => Number.isFinite(points[i]));
    return { name, at, end: at.at(-1) ?? ([0, 0] as const) };
  });
  const taken = new Map<number, number>();
  // From the top down, each name below the one before where their curves end too close together.
  const names = [...lines]
    .sort((a, b) => a.end[1] - b.end[1])
    .map(({ name, end: [endX, endY] }) => {
      const line = Math.max(endY + 4, (taken.get(endX) ?? 0) + 13);
      taken.set(endX, line);
      return text(endX + 8, line, name);
    });
  const ticks = [
    ...operations.map((count) => text(x(count) - 8, 285, `${count}`)),
    ...[0.1, 1, 10, 100].map((second) => text(15, y(second) + 4, `${second} s`)),
  ];
  const style = "text{font:12px sans-serif;fill:#777}polyline{fill:none;stroke:#777;stroke-width:2}";
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300" role="img" aria-label="Seconds that each script takes by number of operations">',
    `<style>${style}</style>`,
    ...ticks,
    ...lines.map(({ at }) => `<polyline points="${at.map((point) => point.join()).join(" ")}"/>`),
    ...names,
    "</svg>\n",
  ].join("\n");
}
