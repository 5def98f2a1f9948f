import { execFile, execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSamples, SAMPLES } from "../scripts/docs/samples.ts";
import { callsOf, readDocument, serversOf } from "../scripts/lib/document.ts";
import { listen } from "../scripts/lib/listen.ts";
import { root } from "../scripts/lib/root.ts";
import { makeTemporaryFolder, removeFolder, withTemporaryFolder } from "../scripts/lib/temporary.ts";
import { DCS_INSTANCE_ID, DDS_INSTANCE_ID, PROJECT_ID, TEST_KEY, TEST_TOKEN } from "../scripts/lib/test-account.ts";
import { readRequest } from "../scripts/stand-in/request.ts";
import { type ReceivedRequest, type StandIn, startStandIn } from "../scripts/stand-in/server.ts";
import { findSignatureFault } from "../scripts/stand-in/verify-signature.ts";
import { authorization } from "../src/signing.ts";
import { clientOf } from "./support.ts";

// The code samples of the docs start a backup when a reader runs them, or show what has become of one. Those in Java, Python and Go that use the vendor's SDK are compiled
// and run by `npm run test:languages`, which has the SDKs; the rest are run here, against the stand-in.

const directory = `${root}spec/samples/`;

interface Call {
  path: string;
  /** One of the two variables names what the call is about. */
  CLOUD_INSTANCE_ID?: string;
  CLOUD_JOB_ID?: string;
  /** The body of a start. */
  body?: object;
  /** What a read has in its query, at least. */
  query?: Record<string, string>;
}

const calls: Record<string, Call> = {
  CopyInstance: {
    path: `/v2/${PROJECT_ID}/instances/${DCS_INSTANCE_ID}/backups`,
    CLOUD_INSTANCE_ID: DCS_INSTANCE_ID,
    body: { backup_format: "aof", remark: "before the upgrade" },
  },
  CopyInstanceV1: {
    path: `/v1.0/${PROJECT_ID}/instances/${DCS_INSTANCE_ID}/backups`,
    CLOUD_INSTANCE_ID: DCS_INSTANCE_ID,
    body: { remark: "before the upgrade" },
  },
  CreateManualBackup: {
    path: `/v3/${PROJECT_ID}/backups`,
    CLOUD_INSTANCE_ID: DDS_INSTANCE_ID,
    body: {
      backup: {
        instance_id: DDS_INSTANCE_ID,
        name: expect.stringMatching(/^before-upgrade-\d[\d-]+$/),
        description: "before the upgrade",
      },
    },
  },
};
const starts = Object.keys(calls);

const dcsBackups = { CLOUD_INSTANCE_ID: DCS_INSTANCE_ID, query: { limit: "100" } };
Object.assign(calls, {
  ListBackupRecords: { path: calls["CopyInstance"]?.path, ...dcsBackups },
  ListBackupRecordsV1: { path: calls["CopyInstanceV1"]?.path, ...dcsBackups },
  ListBackups: {
    path: `/v3/${PROJECT_ID}/backups`,
    CLOUD_INSTANCE_ID: DDS_INSTANCE_ID,
    query: { limit: "100", instance_id: DDS_INSTANCE_ID },
  },
  // Its query names the job that is started first.
  ShowJobDetail: { path: `/v3/${PROJECT_ID}/jobs` },
});
const operationIds = Object.keys(calls);
const reads = operationIds.filter((id) => !starts.includes(id));
const ofV1 = ["CopyInstanceV1", "ListBackupRecordsV1"];

let standIn: StandIn;
/** For what is compiled here: the commands for readers compile before each run, which takes longer than all else. */
let programs: string;
/** What each read must print of the backups that were started first. */
let found: Record<string, string>;

beforeAll(async () => {
  programs = makeTemporaryFolder("samples");
  standIn = await startStandIn();
  const backups = clientOf(standIn.url);
  const { backup_id } = await backups.copyInstance(DCS_INSTANCE_ID);
  const dds = await backups.createManualBackup({ backup: { instance_id: DDS_INSTANCE_ID, name: "found-by-samples" } });
  const { job_id = "" } = dds;
  Object.assign(calls["ShowJobDetail"] ?? {}, { CLOUD_JOB_ID: job_id, query: { id: job_id } });
  found = {
    ListBackupRecords: backup_id,
    ListBackupRecordsV1: backup_id,
    ListBackups: dds.backup_id,
    ShowJobDetail: "Completed",
  };
});

afterAll(async () => {
  removeFolder(programs);
  await standIn.close();
});

test("every operation has a sample in every language, and there is none besides", () => {
  const files = operationIds.flatMap((id) => SAMPLES.map(({ end }) => id + end));
  expect(readdirSync(directory).sort()).toEqual([...files, "sign.sh", "tsconfig.json"].sort());
});

describe.each(operationIds.flatMap((id) => SAMPLES.map(({ end }) => id + end)))("%s", (file) => {
  test("reads the same variables as the others, and no others", () => {
    const names = new Set(shown(file).match(/\bCLOUD_[A-Z_]+/g));
    expect([...names].sort()).toEqual([
      "CLOUD_ENDPOINT",
      file.startsWith("ShowJobDetail.") ? "CLOUD_JOB_ID" : "CLOUD_INSTANCE_ID",
      "CLOUD_PROJECT_ID",
      "CLOUD_REGION",
      "CLOUD_SDK_AK",
      "CLOUD_SDK_SK",
    ]);
  });
});

describe("TypeScript", () => {
  test("compiles under the strictest settings", () => {
    execFileSync(`${root}node_modules/.bin/tsc`, ["--noEmit", "-p", directory], { stdio: "pipe" });
  });

  beforeAll(() =>
    build({
      entryPoints: operationIds.map((id) => `${directory}${id}.ts`),
      outdir: programs,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      tsconfig: `${directory}tsconfig.json`,
    }),
  );

  describeRuns(".ts", (id) => [process.execPath, [join(programs, `${id}.mjs`)]]);
});

describe.skipIf(lacks("curl --version", "openssl version"))("curl", () => {
  const script = (id: string): string => join(programs, `${id}.sh`);

  beforeAll(() => {
    for (const id of operationIds) {
      writeFileSync(script(id), shown(`${id}.sh`));
    }
  });

  describeRuns(".sh", (id) => ["sh", [script(id)]]);

  test("runs where it stands in the repository too", async () => {
    const env = { CLOUD_ENDPOINT: standIn.url };
    const result = await run("sh", [`${directory}ListBackupRecords.sh`], "ListBackupRecords", env);
    expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining(found["ListBackupRecords"] ?? "") });
  });

  describe.each([
    ["that knows no -r", 'case " $* " in *" -r "*) echo "unknown option -r" >&2; exit 1 ;; esac; exec "$OPENSSL" "$@"'],
    ["that knows no -macopt", 'case " $* " in *" -macopt "*) exit 1 ;; esac; exec "$OPENSSL" "$@"'],
    ["that is silent", "exit 0"],
    ["that counts wrongly", `echo ${"0".repeat(64)} *stdin`],
    ["that is not there", undefined],
  ])("with an openssl %s", (_, openssl) => {
    test.each(operationIds)("%s.sh says so and sends nothing", async (id) => {
      await withTemporaryFolder("bin", async (bin) => {
        for (const name of ["curl", "cut", "date"]) {
          symlinkSync(pathOf(name), join(bin, name));
        }
        if (openssl !== undefined) {
          writeFileSync(join(bin, "openssl"), `#!/bin/sh\n${openssl}\n`);
          chmodSync(join(bin, "openssl"), 0o755);
        }
        const before = standIn.received.length;
        const env = { PATH: bin, OPENSSL: pathOf("openssl"), CLOUD_ENDPOINT: standIn.url };
        const { code, stdout, stderr } = await run("/bin/sh", [script(id)], id, env);
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(stderr).toContain("Nothing was sent");
        expect(standIn.received).toHaveLength(before);
      });
    });
  });

  describeHosts(".sh", (id) => ["sh", [script(id)]]);

  test.each(operationIds)("%s knows an answer that has blanks and line breaks", async (id) => {
    const answers = { backup_id: "x", backup_record_response: [], backups: [], job: {} };
    const body = `${JSON.stringify(answers, null, 2).replaceAll(":", " :")}\n`;
    const server = await answerAll([], () => ({ status: 200, body }));
    try {
      expect(await run("sh", [script(id)], id, { CLOUD_ENDPOINT: server.url })).toMatchObject({ code: 0 });
    } finally {
      server.close();
    }
  });

  test.each(operationIds)("%s signs in the scoped dialect for Open Telekom Cloud", async (id) => {
    const received: ReceivedRequest[] = [];
    const body = JSON.stringify({ backup_id: "x", backup_record_response: [], backups: [], job: {} });
    const proxy = await answerAll(received, () => ({ status: 200, body }));
    try {
      const env = { CLOUD_ENDPOINT: "http://dcs.eu-de.otc.t-systems.com", http_proxy: proxy.url };
      expect(await run("sh", [script(id)], id, env)).toMatchObject({ code: 0 });
    } finally {
      proxy.close();
    }
    const [request] = received;
    expect(request?.headers["host"]).toBe("dcs.eu-de.otc.t-systems.com");
    expect(request?.headers["authorization"]).toMatch(/ Credential=\w+\/\d{8}\/\/\/sdk_request, /);
    const { pathname, search } = new URL(request?.target ?? "");
    const target = pathname + search;
    expect(request && findSignatureFault({ ...request, target }, TEST_KEY, Date.now())).toBeUndefined();
  });
});

describe.skipIf(lacks("python3 --version"))("Python", () => {
  test.each(operationIds)("%s is read by Python", (id) => {
    execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: read(`${id}.py`) });
  });

  describeRuns(".py", (id) => ["python3", [`${directory}${id}.py`]], ofV1);
  describeHosts(".py", (id) => ["python3", [`${directory}${id}.py`]], ofV1);
});

test("the stand-in takes what the vendor's SDK for Go signs, which is not Host, but no less", async () => {
  const { path: target = "" } = calls["CopyInstance"] ?? {};
  const sent = {
    host: "dcs.example.com",
    "user-agent": "go",
    "x-project-id": PROJECT_ID,
    "x-sdk-date": "20261122T030000Z",
  };
  const faultOf = async (...names: (keyof typeof sent)[]) => {
    const headers = Object.fromEntries(names.map((name) => [name, sent[name]]));
    const value = await authorization({ method: "POST", path: target, headers, body: "{}" }, TEST_KEY, "access");
    const request = { method: "POST", target, headers: { ...sent, authorization: value }, body: "{}" };
    return findSignatureFault(request, TEST_KEY, Date.UTC(2026, 10, 22, 3));
  };
  expect(await faultOf("user-agent", "x-project-id", "x-sdk-date")).toBeUndefined();
  expect(await faultOf("user-agent", "x-project-id")).toBe("x-sdk-date must be signed");
});

describe.skipIf(lacks("command -v gofmt"))("Go", () => {
  test.each(operationIds)("%s is formatted as gofmt formats it", (id) => {
    expect(execFileSync("gofmt", { input: read(`${id}.go`) }).toString()).toBe(read(`${id}.go`));
  });

  describe.skipIf(lacks("go version | grep -E 'go1[.](2[2-9]|[3-9][0-9])'"))("run by go", () => {
    beforeAll(() => {
      for (const id of ofV1) {
        execFileSync("go", ["build", "-o", join(programs, id), `${directory}${id}.go`]);
      }
    });
    describeRuns(".go", (id) => [join(programs, id), []], ofV1);
    describeHosts(".go", (id) => [join(programs, id), []], ofV1);
  });
});

describe.skipIf(lacks("java --version", "javac --release 17 -version"))("Java", () => {
  beforeAll(() => {
    const files = ofV1.map((id) => `${directory}${id}.java`);
    execFileSync("javac", ["--release", "17", "-d", programs, ...files]);
  });
  // The quick compiler is enough for a program that ends at once.
  describeRuns(".java", (id) => ["java", ["-XX:TieredStopAtLevel=1", "-cp", programs, id]], ofV1);
  describeHosts(".java", (id) => ["java", ["-XX:TieredStopAtLevel=1", "-cp", programs, id]], ofV1);
});

describe.skipIf(lacks("curl --version", "command -v awk"))("the commands in the description of tokens", () => {
  test.each(["openapi.json", "openapi.zh-CN.json"])(
    "get a token and start a backup with it, in %s",
    { timeout: 60_000 },
    async (name) => {
      const { components } = JSON.parse(readFileSync(`${root}generated/${name}`, "utf8"));
      const commands = /```sh\n([\s\S]*?)```/.exec(components.securitySchemes.XAuthToken.description)?.[1] ?? "";
      const asked: ReceivedRequest[] = [];
      const iam = await answerAll(asked, () => ({
        status: 201,
        body: "{}",
        headers: { "X-Subject-Token": TEST_TOKEN },
      }));
      const user = { CLOUD_USER: "reader", CLOUD_PASSWORD: "p4ss;wor'd", CLOUD_ACCOUNT: "example" };
      const env = { ...user, CLOUD_IAM_ENDPOINT: iam.url, CLOUD_ENDPOINT: standIn.url };
      const before = standIn.received.length;
      const result = await run("sh", ["-euc", commands], "CopyInstance", env);
      iam.close();
      expect(result).toEqual({ code: 0, stdout: expect.stringMatching(/^\{"backup_id":"[\w-]+"\}$/), stderr: "" });
      expect(asked.map(({ method, target }) => `${method} ${target}`)).toEqual(["POST /v3/auth/tokens"]);
      expect(JSON.parse(asked[0]?.body ?? "")).toEqual({
        auth: {
          identity: {
            methods: ["password"],
            password: { user: { name: "reader", password: "p4ss;wor'd", domain: { name: "example" } } },
          },
          scope: { project: { id: PROJECT_ID } },
        },
      });
      const [request, ...more] = standIn.received.slice(before);
      expect(more).toEqual([]);
      expect(request?.headers["x-auth-token"]).toBe(TEST_TOKEN);
      expect(request?.target).toBe(calls["CopyInstance"]?.path);
    },
  );
});

type Command = [command: string, args: string[], env?: Record<string, string>];

/** Without an endpoint, the samples of one language ask the host that the spec names for the region. A proxy tells which, and goes nowhere. */
function describeHosts(end: string, commandFor: (id: string) => Command, ids = operationIds): void {
  test.each(ids)(`%s${end} asks the host of its region, on both clouds`, async (id) => {
    const asked: string[] = [];
    const proxy = createServer().on("connect", ({ url }, socket) => {
      asked.push(url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    const url = await listen(proxy);
    const hosts = regionsOf(id);
    try {
      const [command, args, env] = commandFor(id);
      for (const region of hosts.keys()) {
        const proxied = { https_proxy: url, HTTPS_PROXY: url, JAVA_TOOL_OPTIONS: javaProxy(url) };
        const { code } = await run(command, args, id, { ...env, ...proxied, CLOUD_REGION: region });
        expect(code).not.toBe(0);
      }
    } finally {
      proxy.close();
    }
    expect(asked).toEqual([...hosts.values()]);
  });
}

/** The first region of each server of an operation, and its host. */
function regionsOf(id: string): Map<string, string> {
  const document = readDocument();
  const { service = "" } = callsOf(document).find(({ operation }) => operation.operationId === id) ?? {};
  return new Map(
    serversOf(document, service).map(({ url, variables }) => {
      const [region = ""] = variables?.region?.enum ?? [];
      return [region, `${new URL(url.replace("{region}", region)).host}:443`];
    }),
  );
}

const javaProxy = (url: string): string => `-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=${new URL(url).port}`;

/** Runs the samples of one language: with the right key each does its work in one request, with a wrong one it fails and says why. */
function describeRuns(end: string, commandFor: (id: string) => Command, ids = operationIds): void {
  test.each(ids.filter((id) => reads.includes(id)))(
    `%s${end} finds what was started`,
    { timeout: 120_000 },
    async (id) => {
      const [command, args, env] = commandFor(id);
      const before = standIn.received.length;
      const result = await run(command, args, id, { ...env, CLOUD_ENDPOINT: standIn.url });
      expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining(found[id] ?? "") });
      const [request, ...more] = standIn.received.slice(before);
      expect(more).toEqual([]);
      const [path, query] = request?.target.split("?") ?? [];
      expect([request?.method, path]).toEqual(["GET", calls[id]?.path]);
      expect(Object.fromEntries(new URLSearchParams(query))).toMatchObject(calls[id]?.query ?? {});
    },
  );

  test.each(ids.filter((id) => starts.includes(id)))(`%s${end} starts a backup`, { timeout: 120_000 }, async (id) => {
    const [command, args, env] = commandFor(id);
    const before = standIn.received.length;
    const result = await run(command, args, id, { ...env, CLOUD_ENDPOINT: standIn.url });
    expect(result).toMatchObject({ code: 0, stdout: expect.stringMatching(/\w{8,}/) });
    const [request, ...more] = standIn.received.slice(before);
    expect(more).toEqual([]);
    expect(request?.target).toBe(calls[id]?.path);
    expect(JSON.parse(request?.body ?? "")).toEqual(calls[id]?.body);
    expect(request?.headers).toMatchObject({ "content-type": "application/json", "x-project-id": PROJECT_ID });
  });

  test.each(ids)(`%s${end} fails and says why when it is refused`, async (id) => {
    const [command, args, env] = commandFor(id);
    const before = standIn.received.length;
    const wrong = { ...env, CLOUD_ENDPOINT: standIn.url, CLOUD_SDK_SK: "wrong" };
    const { code, stdout, stderr } = await run(command, args, id, wrong);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/APIGW?\.0301/);
    expect(stdout).not.toMatch(/^started/m);
    expect(stdout).not.toContain(found[id] ?? "started");
    expect(standIn.received.length - before).toBe(1);
  });

  test.each(ids)(`%s${end} names a variable that is empty, and sends nothing`, async (id) => {
    const [command, args, env] = commandFor(id);
    const before = standIn.received.length;
    for (const name of ["CLOUD_SDK_SK", calls[id]?.CLOUD_JOB_ID ? "CLOUD_JOB_ID" : "CLOUD_INSTANCE_ID"]) {
      const result = await run(command, args, id, { ...env, CLOUD_ENDPOINT: standIn.url, [name]: "" });
      expect(result.code, name).not.toBe(0);
      expect(result.stdout + result.stderr, name).toMatch(new RegExp(`${name}|instanceId`));
    }
    expect(standIn.received).toHaveLength(before);
  });

  const misleading: [string, { status: number; body: string; headers?: Record<string, string> }][] = [
    ["a login page", { status: 200, body: "<!doctype html><title>Sign in</title>" }],
    ["a redirect", { status: 302, body: "", headers: { location: "/elsewhere" } }],
    ["a redirect that keeps the method", { status: 307, body: "", headers: { location: "/elsewhere" } }],
  ];
  const ofStart: typeof misleading = [
    ...misleading,
    ["half an answer", { status: 200, body: '{"backup_id":"548ceeff' }],
    ["an error that names no backup", { status: 500, body: '{"error_code":"DCS.5000","backup_id":null}' }],
  ];
  const ofRead: typeof misleading = [
    ...misleading,
    ["half a list", { status: 200, body: '{"total_num":2,"backup_record_response":[{"backup_id":"548c' }],
  ];
  const start = ids.find((id) => starts.includes(id)) ?? "";
  const aRead = ids.find((id) => reads.includes(id)) ?? "";
  const rows = [
    ...ofStart.map(([what, answer]) => [start, what, answer] as const),
    ...ofRead.map(([what, answer]) => [aRead, what, answer] as const),
  ];
  test.each(rows)(
    `%s${end} takes %s for no success, and goes nowhere else`,
    { timeout: 120_000 },
    async (id, _, answer) => {
      const [command, args, env] = commandFor(id);
      const received: ReceivedRequest[] = [];
      const server = await answerAll(received, () => answer);
      try {
        const { code, stdout } = await run(command, args, id, { ...env, CLOUD_ENDPOINT: server.url });
        expect({ failed: code !== 0, stdout }).toEqual({
          failed: true,
          stdout: expect.not.stringMatching(/^started/m),
        });
      } finally {
        server.close();
      }
      const paths = received.map(({ target }) => target.split("?")[0]);
      expect(new Set(paths)).toEqual(new Set([calls[id]?.path]));
      // Our own client reads again what it could not read, but starts nothing twice.
      expect(starts.includes(id) ? paths.length : 1).toBe(1);
    },
  );
}

interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program with the variables that the samples read and little else. */
function run(command: string, args: string[], id: string, env: Record<string, string>): Promise<Result> {
  const { PATH = "", HOME = "" } = process.env;
  const given = {
    CLOUD_SDK_AK: TEST_KEY.accessKeyId,
    CLOUD_SDK_SK: TEST_KEY.secretAccessKey,
    CLOUD_REGION: "cn-north-4",
    CLOUD_PROJECT_ID: PROJECT_ID,
    CLOUD_INSTANCE_ID: calls[id]?.CLOUD_INSTANCE_ID ?? "",
    CLOUD_JOB_ID: calls[id]?.CLOUD_JOB_ID ?? "",
  };
  return new Promise((resolve) => {
    execFile(command, args, { cwd: root, env: { PATH, HOME, ...given, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** A server that gives one answer to all, and keeps what it was asked. */
async function answerAll(
  received: ReceivedRequest[],
  answer: () => { status: number; body: string; headers?: Record<string, string | undefined> },
): Promise<{ url: string; close(): void }> {
  const server = createServer(async (incoming, outgoing) => {
    received.push(await readRequest(incoming, 0));
    const { status, body, headers: extra } = answer();
    outgoing.writeHead(status, { "content-type": "application/json", ...extra }).end(body);
  });
  return { url: await listen(server), close: () => server.close() };
}

/** Where a program is. */
const pathOf = (name: string): string => execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();

const read = (file: string): string => readFileSync(directory + file, "utf8");

/** A sample as the docs show it. */
function shown(file: string): string {
  const [id = "", end] = file.split(/(?=\.)/);
  return readSamples(id, "en")[SAMPLES.findIndex((sample) => sample.end === end)]?.source ?? "";
}

/** Whether this machine lacks one of the programs, asked by a command; what needs it is skipped then, and shown as skipped. */
function lacks(...commands: string[]): boolean {
  return !commands.every((command) => {
    try {
      execFileSync("sh", ["-c", command], { stdio: "pipe" });
      return true;
    } catch {
      return false;
    }
  });
}
