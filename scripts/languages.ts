/**
 * Shows that other languages' code generators take the spec as it is shipped: `npm run test:languages`, or `-- go-ogen rust…` for some
 * rows. Each row of `scripts/languages/rows.ts` generates a client, compiles it with the small program in its folder, and lets that make the
 * calls against the stand-in; what the program says it sent and decoded is compared with what went over the wire.
 */
import { parseArgs } from "node:util";
import { endConfined } from "./languages/confined.ts";
import { isGreen, outcome, type Result, table, wasRun } from "./languages/result.ts";
import { runRow } from "./languages/row.ts";
import { type Row, readmeTable, rows } from "./languages/rows.ts";
import { installDebian, installOpenapiGenerator, needsOpenapiGenerator, usesMaven } from "./languages/toolchains.ts";
import { writePlace } from "./lib/readme.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Leaves the work folders where they are. */
    keep: { type: "boolean", default: false },
    /** Copies the commands to the README and runs nothing. */
    write: { type: "boolean", default: false },
  },
});
if (values.write) {
  writePlace("languages", readmeTable());
  process.exit();
}
const unknown = positionals.filter((name) => !rows.some((row) => matches(row, name)));
if (unknown.length > 0) {
  console.error(`No such row: ${unknown.join(", ")}. There are: ${rows.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}
const chosen = rows.filter((row) => positionals.length === 0 || positionals.some((name) => matches(row, name)));
const startedAt = Date.now();
await installDebian(chosen).catch((error: Error) => console.error(error.message));
const results = await runAll(chosen);
endConfined();
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
const run = [...results.values()].filter(wasRun);
const green = run.filter(isGreen);
const skipped = chosen.length - run.length;
console.log(`\n${table(results)}\n`);
console.log(`${green.length} of ${chosen.length} rows are green, ${skipped} not run, in ${minutes} minutes.`);
if (green.length < run.length || (skipped > 0 && process.env["CI"] === "true")) {
  process.exitCode = 1;
}

function matches({ name, language }: Row, wanted: string): boolean {
  return name === wanted || name.startsWith(`${wanted}-`) || language.toLowerCase() === wanted;
}

/** Runs two rows at a time, but never two that use Maven. @returns the results, in the order of the rows. */
async function runAll(wanted: Row[]): Promise<Map<Row, Result>> {
  if (wanted.some(needsOpenapiGenerator)) {
    await installOpenapiGenerator().catch(() => "told by each row that needs it");
  }
  const done = new Map<Row, Result>();
  const ofMaven = wanted.filter(usesMaven);
  const others = wanted.filter((row) => !usesMaven(row));
  const work = async (...queues: Row[][]): Promise<void> => {
    for (const queue of queues) {
      for (let row = queue.shift(); row; row = queue.shift()) {
        const result = await runRow(row, values.keep);
        done.set(row, result);
        console.log(outcome(row, result));
      }
    }
  };
  await Promise.all([work(ofMaven, others), work(others)]);
  return new Map(wanted.map((row) => [row, done.get(row) as Result]));
}
