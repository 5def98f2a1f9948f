/** Takes one row through its steps, in a folder of its own. */
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/root.ts";
import { makeTemporaryFolder, removeFolder } from "../lib/temporary.ts";
import { callConfined, confinedNeeds, runConfined } from "./confined.ts";
import { cellsOf, nothingDone, notRun, type Result } from "./result.ts";
import type { Row } from "./rows.ts";
import { copySamples } from "./samples.ts";
import { isMissing, run } from "./shell.ts";
import { installFor } from "./toolchains.ts";

/** @param keep leaves the work folder where it is, and tells where. */
export async function runRow(row: Row, keep: boolean): Promise<Result> {
  const missing = [...row.needs, ...confinedNeeds].filter(isMissing);
  if (missing.length > 0) {
    return notRun(row, `The machine has no ${missing.join(", ")}.`);
  }
  const start = Date.now();
  const work = makeTemporaryFolder(row.name);
  const result = nothingDone(row);
  try {
    await takeSteps(row, work, result);
  } catch (error) {
    result.fault = (error as Error).message;
  } finally {
    if (keep) {
      console.log(`${row.name}: ${work}`);
    } else {
      removeFolder(work);
    }
  }
  return { ...result, seconds: Math.round((Date.now() - start) / 1000) };
}

/** Writes into the result how far it came. Only what brings packages has a network. */
async function takeSteps(row: Row, work: string, result: Result): Promise<void> {
  copyInputs(row, work);
  const environment = await installFor(row, work);
  if (row.generate) {
    await runConfined(row.generate, work, environment);
    requireCode(row, work);
    result.cells.generated = "yes";
  }
  if (row.compile) {
    await (row.compileBringsPackages ? run : runConfined)(row.compile, work, environment);
    result.cells.compiled = "yes";
  }
  if (row.call) {
    const { cells, fault } = cellsOf(row, await callConfined(row.name, work, environment));
    Object.assign(result.cells, cells);
    Object.assign(result, fault && { fault });
  }
}

function copyInputs({ name, folder = name, document, samples, signing, kind }: Row, work: string): void {
  const programs = join(root, "test/languages", folder);
  if (existsSync(programs)) {
    cpSync(programs, work, { recursive: true });
  }
  if (document) {
    cpSync(join(root, "generated", document), join(work, document));
  }
  if (kind === "validator") {
    cpSync(join(root, "generated"), work, { recursive: true, filter: (path) => !/\.(js|ts|html)$/.test(path) });
  }
  if (signing) {
    cpSync(join(root, "spec/signing", signing), join(work, "signing"), { recursive: true });
  }
  if (samples) {
    copySamples(samples, work);
  }
}

/** Throws unless the generated files have what the row says that they contain. */
function requireCode({ contains = [] }: Row, work: string): void {
  if (contains.length === 0) {
    return;
  }
  const sources = readdirSync(work, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(md|json)$/.test(entry.name))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
  const missing = contains.filter((pattern) => !sources.some((source) => pattern.test(source)));
  if (missing.length > 0) {
    throw new Error(`No generated file has ${missing.join(", ")}`);
  }
}
