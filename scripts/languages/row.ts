/** Takes one row through its steps, in a folder of its own. */
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/root.ts";
import { makeTemporaryFolder, removeFolder } from "../lib/temporary.ts";
import { TEST_KEY, TEST_TOKEN } from "../lib/test-account.ts";
import { type Faults, judgeProgram, judgeSchemathesis } from "./judge.ts";
import { inputs } from "./plans.ts";
import { startRecorder } from "./recorder.ts";
import { cellsOf, nothingDone, notRun, type Result } from "./result.ts";
import type { Row } from "./rows.ts";
import { copySamples, runSamples } from "./samples.ts";
import { type Environment, isMissing, run } from "./shell.ts";
import { installFor } from "./toolchains.ts";

/** @param keep leaves the work folder where it is, and tells where. */
export async function runRow(row: Row, keep: boolean): Promise<Result> {
  const missing = row.needs.filter(isMissing);
  if (missing.length > 0) {
    return notRun(`The machine has no ${missing.join(", ")}.`);
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

/** Writes into the result how far it came. */
async function takeSteps(row: Row, work: string, result: Result): Promise<void> {
  copyInputs(row, work);
  const environment = await installFor(row, work);
  if (row.generate) {
    await run(row.generate, work, environment);
    requireCode(row, work);
    result.generated = "yes";
  }
  if (row.compile) {
    await run(row.compile, work, environment);
    result.compiled = "yes";
  }
  if (row.call) {
    Object.assign(result, cellsOf(await makeCalls(row, row.call, work, environment)));
  }
}

function copyInputs({ name, folder = name, document, samples }: Row, work: string): void {
  const programs = join(root, "test/languages", folder);
  if (existsSync(programs)) {
    cpSync(programs, work, { recursive: true });
  }
  if (document) {
    cpSync(join(root, "generated", document), join(work, document));
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

async function makeCalls(row: Row, call: string, work: string, environment: Environment): Promise<Faults> {
  // The vendor's SDKs leave an ID of the machine in the home folder.
  const own = row.kind === "sdk" ? { ...environment, HOME: work } : environment;
  const faults = await runProgram(row, call, work, own);
  if (!row.samples) {
    return faults;
  }
  const more = await runSamples(row.samples, work, own);
  return { calls: [...faults.calls, ...more.calls], errors: [...faults.errors, ...more.errors] };
}

async function runProgram({ kind }: Row, call: string, work: string, environment: Environment): Promise<Faults> {
  const recorder = await startRecorder();
  try {
    const ended = await run(call, work, {
      ...environment,
      ...inputs,
      STAND_IN_URL: recorder.url,
      STAND_IN_TOKEN: TEST_TOKEN,
      ACCESS_KEY_ID: TEST_KEY.accessKeyId,
      SECRET_ACCESS_KEY: TEST_KEY.secretAccessKey,
    });
    if (kind === "schemathesis") {
      return judgeSchemathesis(recorder.exchanges);
    }
    return judgeProgram(kind, recorder.exchanges, ended);
  } finally {
    await recorder.close();
  }
}
