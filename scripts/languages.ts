/**
 * Shows that other languages' code generators take the spec as it is shipped: `npm run test:languages`, or `-- go-ogen rust…` for some
 * rows. Each row of `test/languages/rows.ts` generates a client, compiles it with the small program in its folder, and lets that make the
 * calls against the stand-in; what the program says it sent and decoded is compared with what went over the wire.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { OPENAPI_GENERATOR, type Row, readmeTable, rows } from "../test/languages/rows.ts";
import { writePlace } from "./readme.ts";
import { startStandIn, TEST_KEY, TEST_TOKEN } from "./stand-in.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Downloads and build outputs, so that only the first run is slow. */
const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "huaweicloud-backup", "languages");
const STEP_TIMEOUT_MS = 15 * 60_000;
/** What is being brought or was, by where it goes: rows share tools. */
const installs = new Map<string, Promise<void>>();
let openapiGeneratorInstalled: Promise<void> | undefined;

const inputs = {
  PROJECT_ID: "0549b4a43100d4f32f51c01c2fe4acdb",
  DCS_INSTANCE_ID: "5560df16-cebf-4473-95c4-d1b573c16e79",
  DDS_INSTANCE_ID: "a89dab5e39394eccbdb77b19d57b0180in02",
};
const copyInstance = {
  target: `/v2/${inputs.PROJECT_ID}/instances/${inputs.DCS_INSTANCE_ID}/backups`,
  body: { remark: "before the upgrade", backup_format: "aof" },
};
const copyInstanceV1 = {
  target: `/v1.0/${inputs.PROJECT_ID}/instances/${inputs.DCS_INSTANCE_ID}/backups`,
  body: { remark: "before the upgrade" },
};
const createManualBackup = {
  target: `/v3/${inputs.PROJECT_ID}/backups`,
  body: { backup: { instance_id: inputs.DDS_INSTANCE_ID, name: "mybackup1", description: "before the upgrade" } },
};

/** What a generated client's program must send and be answered, and what a program on the vendor's SDK must, in order. */
const plans = {
  client: {
    started: [copyInstance, copyInstanceV1, createManualBackup],
    refused: [
      { target: copyInstance.target, status: 400, code: "DCS.4098" },
      { target: copyInstance.target, status: 504, code: "APIGW.0201" },
      { target: copyInstance.target, status: 401, code: 401 },
      { target: copyInstanceV1.target, status: 400, code: "111400098" },
      { target: copyInstanceV1.target, status: 504, code: "APIGW.0201" },
      { target: copyInstanceV1.target, status: 401, code: 401 },
      { target: createManualBackup.target, status: 400, code: "DBS.280277" },
    ],
  },
  sdk: {
    started: [copyInstance, createManualBackup],
    refused: [
      { target: copyInstance.target, status: 400, code: "DCS.4098" },
      { target: createManualBackup.target, status: 400, code: "DBS.280277" },
      { target: copyInstance.target, status: 401, code: "APIGW.0301" },
    ],
  },
};

type Cell = "yes" | "**no**" | "–" | "not run";
interface Result {
  generated: Cell;
  compiled: Cell;
  calls: Cell;
  errors: Cell;
  seconds: number;
  /** What went wrong. */
  fault?: string;
}

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
const results = await runAll(chosen);
console.log(`\n${table(chosen, results)}\n`);
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
const notGreen = chosen.filter((row) => !isGreen(results.get(row)));
const notRun = chosen.filter((row) => results.get(row)?.generated === "not run");
console.log(
  `${chosen.length - notGreen.length - notRun.length} of ${chosen.length} rows are green, ${notRun.length} not run, in ${minutes} minutes.`,
);
if (notGreen.length > 0 || (notRun.length > 0 && process.env["CI"] === "true")) process.exitCode = 1;

function matches({ name, language }: Row, wanted: string): boolean {
  return name === wanted || name.startsWith(`${wanted}-`) || language.toLowerCase() === wanted;
}

/** Two rows at a time, of Maven's only one. */
async function runAll(wanted: Row[]): Promise<Map<Row, Result>> {
  const done = new Map<Row, Result>();
  const waiting = [...wanted];
  let mavenIsBusy = false;
  if (wanted.some(needsOpenapiGenerator)) await installOpenapiGenerator().catch(() => "told by each row that needs it");
  const worker = async (): Promise<void> => {
    while (waiting.length > 0) {
      const index = waiting.findIndex((row) => !(mavenIsBusy && usesMaven(row)));
      const [row] = index < 0 ? [] : waiting.splice(index, 1);
      if (!row) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        continue;
      }
      if (usesMaven(row)) mavenIsBusy = true;
      const result = await runRow(row);
      if (usesMaven(row)) mavenIsBusy = false;
      done.set(row, result);
      const outcome = result.generated === "not run" ? "not run" : isGreen(result) ? "green" : "NOT GREEN";
      console.log(`${row.name}: ${outcome}, ${result.seconds} s${result.fault ? `\n${indent(result.fault)}` : ""}`);
    }
  };
  await Promise.all([worker(), worker()]);
  return done;
}

function needsOpenapiGenerator({ generate }: Row): boolean {
  return generate?.startsWith("openapi-generator-cli ") ?? false;
}

/** Maven's download folder takes one writer; the other tools lock theirs. */
function usesMaven({ compile }: Row): boolean {
  return compile?.startsWith("mvn ") ?? false;
}

function isMissing(command: string): boolean {
  // With a pipe as its input bash may read the user's start file, and with it another PATH.
  return spawnSync("bash", ["-c", `command -v ${command}`], { stdio: "ignore" }).status !== 0;
}

async function runRow(row: Row): Promise<Result> {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const missing = row.needs.filter(isMissing);
  if (missing.length > 0) {
    const fault = `The machine has no ${missing.join(", ")}.`;
    return { generated: "not run", compiled: "not run", calls: "not run", errors: "not run", seconds: 0, fault };
  }
  const work = mkdtempSync(join(tmpdir(), `${row.name}-`));
  const result: Result = {
    generated: row.generate ? "**no**" : "–",
    compiled: row.compile ? "**no**" : "–",
    calls: row.call ? "**no**" : "–",
    errors: row.call ? "**no**" : "–",
    seconds: 0,
  };
  try {
    const folder = join(root, "test/languages", row.folder ?? row.name);
    if (existsSync(folder)) cpSync(folder, work, { recursive: true });
    if (row.document) cpSync(join(root, "generated", row.document), join(work, row.document));
    const environment = { ...baseEnvironment(), ...(await install(row, work)) };
    if (row.generate) {
      await run(row.generate, work, environment);
      const fault = findMissing(row, work);
      if (fault) return { ...result, fault, seconds: seconds() };
      result.generated = "yes";
    }
    if (row.compile) {
      await run(row.compile, work, environment);
      result.compiled = "yes";
    }
    if (row.call) Object.assign(result, await makeCalls(row, work, environment));
  } catch (error) {
    result.fault = (error as Error).message;
  } finally {
    if (values.keep) console.log(`${row.name}: ${work}`);
    else rmSync(work, { recursive: true, force: true });
  }
  return { ...result, seconds: seconds() };
}

/** Every tool keeps what it brings and builds under `cache`; where it brings it from is the machine's setting. */
function baseEnvironment(): Record<string, string> {
  const { PATH = "" } = process.env;
  return {
    ...(process.env as Record<string, string>),
    PATH: [join(cache, "bin"), PATH].join(delimiter),
    MAVEN_OPTS: `-Dmaven.repo.local=${join(cache, "maven")}`,
    GOMODCACHE: join(cache, "go/mod"),
    GOCACHE: join(cache, "go/build"),
    GOTOOLCHAIN: "local",
    CARGO_TARGET_DIR: join(cache, "cargo"),
    PIP_CACHE_DIR: join(cache, "pip"),
    PYTHONDONTWRITEBYTECODE: "",
    npm_config_cache: join(cache, "npm"),
    SCARF_ANALYTICS: "false",
  };
}

/** Brings a row's tools, once for each version of its requirements, and tells where they are. */
async function install(row: Row, work: string): Promise<Record<string, string>> {
  if (needsOpenapiGenerator(row)) await installOpenapiGenerator();
  if (!row.install) return {};
  const requirements = ["requirements.txt", "package.json"].map((name) => join(work, name)).filter(existsSync);
  const hash = createHash("sha256").update(row.install.command);
  for (const path of requirements) hash.update(readFileSync(path));
  const tools = join(cache, row.install.name, `${row.folder ?? row.name}-${hash.digest("hex").slice(0, 12)}`);
  const environment = {
    TOOLS: tools,
    PATH: [join(tools, "bin"), join(tools, "node_modules/.bin"), baseEnvironment()["PATH"]].join(delimiter),
  };
  const { command } = row.install;
  const bring = async () => {
    if (existsSync(join(tools, "complete"))) return;
    rmSync(tools, { recursive: true, force: true });
    mkdirSync(tools, { recursive: true });
    await run(command, work, { ...baseEnvironment(), ...environment });
    writeFileSync(join(tools, "complete"), "");
  };
  if (!installs.has(tools)) installs.set(tools, bring());
  await installs.get(tools);
  return environment;
}

/** The jar, and the command that its packages give it. */
function installOpenapiGenerator(): Promise<void> {
  openapiGeneratorInstalled ??= (async () => {
    const folder = join(cache, "openapi-generator");
    const jar = join(folder, `openapi-generator-cli-${OPENAPI_GENERATOR}.jar`);
    mkdirSync(join(cache, "bin"), { recursive: true });
    mkdirSync(folder, { recursive: true });
    if (!existsSync(jar)) {
      const artifact = `org.openapitools:openapi-generator-cli:${OPENAPI_GENERATOR}`;
      await run(
        `mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy -Dartifact=${artifact} -DoutputDirectory="${folder}"`,
        folder,
        baseEnvironment(),
      );
    }
    const script = `#!/bin/sh\nexec java -jar "${jar}" "$@"\n`;
    writeFileSync(join(cache, "bin/openapi-generator-cli"), script, { mode: 0o755 });
  })();
  return openapiGeneratorInstalled;
}

/** Runs a line of shell; throws with the end of what it printed unless it exits with 0. */
function run(command: string, cwd: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-euo", "pipefail", "-c", command], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), STEP_TIMEOUT_MS);
    let output = "";
    let everything = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk;
      everything += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      everything += chunk;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else
        reject(
          new Error(
            `${command}\nended with ${signal ?? code}:\n${everything.trim().split("\n").slice(-60).join("\n")}`,
          ),
        );
    });
  });
}

function findMissing({ contains = [] }: Row, work: string): string | undefined {
  const files = readdirSync(work, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sources = files
    .filter(({ name }) => !/\.(md|json)$/.test(name))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
  const missing = contains.filter((pattern) => !sources.some((source) => pattern.test(source)));
  return missing.length > 0 ? `No generated file has ${missing.join(", ")}` : undefined;
}

async function makeCalls(row: Row, work: string, environment: Record<string, string>): Promise<Partial<Result>> {
  const recorder = await startRecorder();
  try {
    const output = await run(row.call ?? "", work, {
      ...environment,
      ...inputs,
      // The vendor's SDKs leave an ID of the machine in the home folder.
      ...(row.name.startsWith("sdk-") && { HOME: work }),
      STAND_IN_URL: recorder.url,
      STAND_IN_TOKEN: TEST_TOKEN,
      ACCESS_KEY_ID: TEST_KEY.accessKeyId,
      SECRET_ACCESS_KEY: TEST_KEY.secretAccessKey,
    });
    if (row.name === "schemathesis") return judgeSchemathesis(recorder.exchanges);
    return judge(row.name.startsWith("sdk-") ? "sdk" : "client", recorder.exchanges, output);
  } finally {
    await recorder.close();
  }
}

interface Exchange {
  target: string;
  headers: IncomingMessage["headers"];
  body: string;
  status: number;
  requestId: string | undefined;
  answer: Record<string, unknown>;
}

/**
 * Stands before a stand-in and remembers. Below `/answer/{status}/{example}` it asks for that documented answer, which spares each client a
 * header of its own. Every answer gains a field, as the spec says that answers may.
 */
async function startRecorder(): Promise<{ url: string; exchanges: Exchange[]; close(): Promise<void> }> {
  const standIn = await startStandIn();
  const exchanges: Exchange[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const [, status, example, rest] = /^\/answer\/(\d{3})\/(\w+)(\/.*)$/.exec(incoming.url ?? "") ?? [];
    const target = rest ?? incoming.url ?? "";
    const sent = await read(incoming);
    const { "transfer-encoding": _, ...headers } = incoming.headers;
    const forwarded = sendRequest(standIn.url, {
      method: incoming.method,
      path: target,
      headers: {
        ...headers,
        "content-length": sent.length,
        ...(status && { prefer: `code=${status}, example=${example}` }),
      },
    });
    forwarded.on("error", () => outgoing.destroy());
    forwarded.on("response", async (response) => {
      const received = (await read(response)).toString();
      // HEAD has no body.
      const answer = { ...(received && JSON.parse(received)), added_later: { by: "a newer service" } };
      const requestId = response.headers["x-request-id"]?.toString();
      exchanges.push({ target, headers, body: sent.toString(), status: response.statusCode ?? 0, requestId, answer });
      const { "content-length": __, ...answerHeaders } = response.headers;
      outgoing.writeHead(response.statusCode ?? 500, answerHeaders).end(JSON.stringify(answer));
    });
    forwarded.end(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await standIn.close();
  };
  return { url, exchanges, close };
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Compares what a program decoded with what it was sent, and what it sent with what it should have. */
function judge(kind: keyof typeof plans, exchanges: Exchange[], output: string): Partial<Result> {
  const plan = plans[kind];
  const line = output.trim().split("\n").at(-1) ?? "";
  const told = JSON.parse(line) as { started: unknown[]; errors: unknown[] };
  const accepted = exchanges.slice(0, plan.started.length);
  const refused = exchanges.slice(plan.started.length);
  const faults = { calls: [] as string[], errors: [] as string[] };
  const compare = (list: string[], what: string, actual: unknown, expected: unknown) => {
    if (!isDeepStrictEqual(actual, expected))
      list.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  };

  const sent = accepted.map(({ target, body, status }) => ({ target, body: body && JSON.parse(body), status }));
  compare(
    faults.calls,
    "sent",
    sent,
    plan.started.map((call) => ({ ...call, status: 200 })),
  );
  const ids = accepted.map(({ answer: { added_later: _, ...rest } }) => rest);
  compare(faults.calls, "decoded", told.started, ids);
  for (const { headers } of exchanges) {
    const credentials = [headers["x-auth-token"], headers.authorization?.split(" ")[0]];
    compare(
      faults.calls,
      "credentials",
      credentials,
      kind === "sdk" ? [undefined, "SDK-HMAC-SHA256"] : [TEST_TOKEN, undefined],
    );
  }

  const answered = refused.map(({ target, status, answer }) => ({ target, status, code: factsOf(answer)["code"] }));
  compare(faults.errors, "answered", answered, plan.refused);
  const facts = refused.map(({ status, answer, requestId }) => ({
    status,
    ...factsOf(answer),
    ...(kind === "sdk" && { request_id: requestId }),
  }));
  compare(faults.errors, "decoded", told.errors, facts);
  return {
    calls: faults.calls.length > 0 ? "**no**" : "yes",
    errors: faults.errors.length > 0 ? "**no**" : "yes",
    ...([...faults.calls, ...faults.errors].length > 0 && { fault: [...faults.calls, ...faults.errors].join("\n") }),
  };
}

/** Code, text, request ID and title of an error of any shape. */
function factsOf(answer: Record<string, unknown>): Record<string, unknown> {
  const { error_code, error_msg, request_id, error } = answer;
  const { code, message, title } = (error ?? { code: error_code, message: error_msg }) as Record<string, unknown>;
  return { code, message, ...(request_id !== undefined && { request_id }), ...(title !== undefined && { title }) };
}

/** Schemathesis has judged each answer; this tells whether it reached every call, with success and with refusals. */
function judgeSchemathesis(exchanges: Exchange[]): Partial<Result> {
  const paths = [copyInstance, copyInstanceV1, createManualBackup].map(({ target }) => target.split("/"));
  const seen = (ok: boolean) =>
    paths.every(([, version = "", , second = ""]) =>
      exchanges.some(
        ({ target, status }) =>
          target.startsWith(`/${version}/`) && target.includes(`/${second}`) && status < 300 === ok,
      ),
    );
  return {
    calls: seen(true) ? "yes" : "**no**",
    errors: seen(false) ? "yes" : "**no**",
    ...(!(seen(true) && seen(false)) && {
      fault: `Not every call was accepted and refused in ${exchanges.length} requests`,
    }),
  };
}

function isGreen(result: Result | undefined): boolean {
  return result !== undefined && ![result.generated, result.compiled, result.calls, result.errors].includes("**no**");
}

function table(wanted: Row[], results: Map<Row, Result>): string {
  const head = ["language", "with", "version", "from", "generated", "compiled", "three calls", "typed errors", "s"];
  const lines = wanted.map((row) => {
    const { generated, compiled, calls, errors, seconds } = results.get(row) as Result;
    return [
      row.language,
      row.tool,
      row.version,
      row.document ?? "–",
      generated,
      compiled,
      calls,
      errors,
      String(seconds),
    ];
  });
  const widths = head.map((title, index) => Math.max(title.length, ...lines.map((line) => line[index]?.length ?? 0)));
  const format = (cells: string[]) => `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(" | ")} |`;
  return [format(head), format(widths.map((width) => "-".repeat(width))), ...lines.map(format)].join("\n");
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}
