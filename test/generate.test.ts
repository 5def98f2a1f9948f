/** What is generated is what the spec makes, and each artefact is what it says it is. */
import { execFile } from "node:child_process";
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  absentBackupCodes,
  backupStates,
  busyCodes,
  limits,
  nameTakenCodes,
  operations,
  servers,
} from "../generated/tables.js";
import { makeCalls } from "../scripts/generate/calls.ts";
import { generate } from "../scripts/generate/make.ts";
import { callsOf, type Document, readDocument } from "../scripts/lib/document.ts";
import { root } from "../scripts/lib/root.ts";
import { makeTemporaryFolder, removeFolder } from "../scripts/lib/temporary.ts";
import { TSX } from "../scripts/lib/tsx.ts";
import { folderForTest, thrownBy } from "./support.ts";

const run = promisify(execFile);

/** A copy of what generate reads and writes, so that a test can change it. */
function copyOfRepository(): string {
  const folder = folderForTest();
  copyRepository(folder);
  return folder;
}

function copyRepository(folder: string): void {
  for (const name of ["spec", "scripts", "generated", "package.json"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  // On Windows, where not everybody may make a symbolic link, a junction does; elsewhere the word has no effect.
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
}

function change(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, "spec", file);
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
}

test("--check sees every change and exits with 1, and generate makes generated/ byte for byte", async () => {
  const folder = copyOfRepository();
  const names = readdirSync(join(root, "generated")).filter((name) => name !== "docs");
  for (const name of names) {
    appendFileSync(join(folder, "generated", name), "\n");
  }
  rmSync(join(folder, "generated/tables.js"));
  const script = join(folder, "scripts/generate.ts");
  const failure = await thrownBy(run(process.execPath, [...TSX, script, "--check"], { cwd: folder }));
  expect(failure).toMatchObject({ code: 1 });
  for (const name of names) {
    expect(failure).toMatchObject({ stderr: expect.stringContaining(`generated/${name}`) });
  }

  expect(await generate(folder)).toEqual([]);
  for (const name of names) {
    const [made, committed] = [folder, root].map((place) => readFileSync(join(place, "generated", name), "utf8"));
    expect(made === committed, name).toBe(true);
  }
});

describe("after a field was added and the English of a description has changed", () => {
  let folder: string;
  let complaints: string;

  beforeAll(async () => {
    folder = makeTemporaryFolder("generate-test");
    copyRepository(folder);
    // Without a description the field has nothing to translate.
    change(
      folder,
      "components/schemas/BackupInstanceBody.yaml",
      "properties:\n",
      "properties:\n  keep_days:\n    type: integer\n",
    );
    change(folder, "components/schemas/DdsError.yaml", "How DDS refuses.", "How DDS says no.");
    complaints = (await generate(folder)).join("\n");
  });
  afterAll(() => removeFolder(folder));

  test("the field is in the types and the bundles", () => {
    for (const name of [
      "types.d.ts",
      "openapi.json",
      "openapi.yaml",
      "openapi-3.0.json",
      "dcs.openapi-3.0.json",
      "validators.js",
    ]) {
      expect(readFileSync(join(folder, "generated", name), "utf8"), name).toContain("keep_days");
    }
    expect(readFileSync(join(folder, "generated/dds.openapi-3.0.json"), "utf8")).not.toContain("keep_days");
  });

  test("generate writes what it can and fails, until it is told that the Chinese follows", async () => {
    expect(complaints).toMatch(
      /spec\/locales\/zh-CN\.yaml:\n {2}\$\.components\.schemas\.DdsError: its English is not the one that was translated/,
    );
    const chinese = () => readFileSync(join(folder, "generated/openapi.zh-CN.json"), "utf8");
    expect(readFileSync(join(folder, "generated/openapi.json"), "utf8")).toContain("How DDS says no.");
    expect(chinese()).not.toContain("keep_days");
    expect(await generate(folder, { translated: true })).toEqual([]);
    expect(chinese()).toContain("keep_days");
  });
});

test.each([
  ["a slip in YAML", "openapi.yaml", "tags:\n", " tags:\n", /openapi\.yaml" \(\d+:\d+\)/],
  [
    "a misspelt keyword",
    "components/schemas/DdsError.yaml",
    "description:",
    "descripton:",
    /Did you mean.*description/s,
  ],
  [
    "a scalar for a list",
    "error-codes/dcs.yaml",
    "status: [400]\n  meaning: A job of",
    "status: 400\n  meaning: A job of",
    /status.*npm run lint/s,
  ],
])("generate says where %s is, in words alone, and writes nothing", async (_, file, right, wrong, message) => {
  const folder = copyOfRepository();
  change(folder, file, right, wrong);
  change(folder, "locales/zh-CN.yaml", "x-source: en-", "x-source: en-0");
  const read = () =>
    ["generated/openapi.json", "spec/locales/zh-CN.yaml"].map((name) => readFileSync(join(folder, name), "utf8"));
  const before = read();
  const complaints = (await generate(folder, { translated: true })).join("\n");
  expect(complaints).toMatch(message);
  expect(complaints).not.toMatch(/^ {4}at |<Buffer|Uint8Array|[╔║]/m);
  expect(complaints).toContain("Nothing was written to generated/.");
  expect(read()).toEqual(before);
});

test("YAML and JSON are the same document, OpenAPI 3.1, with the three starts and the four reads", () => {
  const document = readDocument();
  expect(parse(readFileSync(join(root, "generated/openapi.yaml"), "utf8"))).toEqual(document);
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(callsOf(document).map(({ operation }) => operation.operationId)).toEqual([
    "CopyInstance",
    "ListBackupRecords",
    "CopyInstanceV1",
    "ListBackupRecordsV1",
    "CreateManualBackup",
    "ListBackups",
    "ShowJobDetail",
  ]);
});

test("the first example of a 400 is a plain refusal: a mock answers with it, and what passes by itself would be asked again", () => {
  const document = readDocument();
  for (const { operation } of callsOf(document)) {
    const examples = operation.responses["400"]?.content?.["application/json"].examples ?? {};
    const { value } = document.components.examples[Object.keys(examples)[0] ?? ""] ?? {};
    const { error_code, error } = Object(value);
    const code = error_code ?? error.code;
    const entries = Object.values(document["x-error-codes"]).flat();
    const entry = entries.find(({ codes, status }) => codes.includes(code) && status.includes(400));
    expect(entry?.retry, `${operation.operationId}: ${code}`).toBe("never");
  }
});

describe("the tables", () => {
  let document: Document;
  beforeAll(() => {
    document = readDocument();
  });

  test("have every server and region of the spec", () => {
    const told = document.servers.map(({ url, variables }) => ({ url, regions: variables?.region?.enum }));
    expect(servers.map(({ url, regions }) => ({ url, regions }))).toEqual(told);
    for (const { service, url } of servers) {
      expect(url.startsWith(`https://${service}.`), url).toBe(true);
    }
  });

  test("have the method and the path of every operation of the spec", () => {
    const told = callsOf(document).map(({ operation, method, path }) => [
      operation.operationId,
      method.toUpperCase(),
      path,
    ]);
    expect(Object.entries(operations).map(([id, { method, path }]) => [id, method, path])).toEqual(told);
  });

  test("have no code of a read among those that are waited out, since a wait would start a backup late", () => {
    expect([...busyCodes]).toContain("DCS.4096");
    expect([...busyCodes].filter((code) => /^(DCS\.5|1115|APIG|DBS\.201214)/.test(code))).toEqual([]);
  });

  test("tell what is not there, by its codes", () => {
    const codes = ["DBS.201214", "DBS.201204", "DBS.201501", "DBS.201502", "DBS.280110", "DBS.280016"];
    expect([...absentBackupCodes]).toEqual(codes);
  });

  test("tell what is taken, by its code", () => {
    expect([...nameTakenCodes]).toEqual(["DBS.201201"]);
  });

  test("have the states that the prose names, and no others", () => {
    for (const [service, schema] of [
      ["dcs", "BackupRecord"],
      ["dds", "DdsBackup"],
    ] as const) {
      const { description = "" } = document.components.schemas[schema]?.properties?.["status"] ?? {};
      const named = [...description.matchAll(/`(\w+)`/g)].map(([, name]) => name);
      expect(named.sort()).toEqual(Object.keys(backupStates[service]).sort());
    }
  });

  test("say what each state means", () => {
    expect(backupStates).toEqual({
      dcs: {
        ...{ waiting: "waiting", backuping: "running", succeed: "completed", failed: "failed" },
        ...{ expired: "gone", deleted: "gone" },
      },
      dds: { BUILDING: "running", COMPLETED: "completed", FAILED: "failed", DISABLED: "gone", DELETING: "gone" },
    });
  });

  test("have the limits of what every list and both kinds of text take", () => {
    expect(limits).toEqual({ remark: 128, name: 64, page: 100 });
  });
});

test("the types say what may be left out", () => {
  const types = readFileSync(join(root, "generated/types.d.ts"), "utf8");
  expect(types).toMatch(/backup_format\?: "aof" \| "rdb";/);
  expect(types).toMatch(/export type BackupInstanceBody = components\['schemas'\]\['BackupInstanceBody'\];/);
});

test("a method takes a query where the call has one, and must get it where something in it is required", () => {
  const document = readDocument();
  const methodAfter = (change: () => void) => {
    change();
    return /^ {2}listBackups\(.*$/m.exec(makeCalls(document))?.[0];
  };
  const { operation } = callsOf(document).find((call) => call.operation.operationId === "ListBackups") ?? {};
  const [first] = operation?.parameters.filter((one) => one.in === "query") ?? [];
  expect(methodAfter(() => {})).toMatch(/^ {2}listBackups\(query\?: /);
  expect(methodAfter(() => Object.assign(first ?? {}, { required: true }))).toMatch(/^ {2}listBackups\(query: /);
  expect(methodAfter(() => operation?.parameters.splice(0))).toMatch(/^ {2}listBackups\(options\?: /);
});
