/** Runs the samples of the docs, in whatever language they are, against the stand-in. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSamples, SAMPLES } from "../../scripts/docs/samples.ts";
import { callsOf, readDocument, serversOf } from "../../scripts/lib/document.ts";
import { listen } from "../../scripts/lib/listen.ts";
import { root } from "../../scripts/lib/root.ts";
import { makeTemporaryFolder, removeFolder } from "../../scripts/lib/temporary.ts";
import { DCS_INSTANCE_ID, DDS_INSTANCE_ID, PROJECT_ID, TEST_KEY } from "../../scripts/lib/test-account.ts";
import { readRequest } from "../../scripts/stand-in/request.ts";
import { type ReceivedRequest, type StandIn, startStandIn } from "../../scripts/stand-in/server.ts";
import { clientOf } from "../support.ts";

export const directory = `${root}spec/samples/`;

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

const remark = expect.stringMatching(/^before the upgrade (#\w+|\d[\dTZ-]+)$/);

export const calls: Record<string, Call> = {
  CopyInstance: {
    path: `/v2/${PROJECT_ID}/instances/${DCS_INSTANCE_ID}/backups`,
    CLOUD_INSTANCE_ID: DCS_INSTANCE_ID,
    body: { backup_format: "aof", remark },
  },
  CopyInstanceV1: {
    path: `/v1.0/${PROJECT_ID}/instances/${DCS_INSTANCE_ID}/backups`,
    CLOUD_INSTANCE_ID: DCS_INSTANCE_ID,
    body: { remark },
  },
  CreateManualBackup: {
    path: `/v3/${PROJECT_ID}/backups`,
    CLOUD_INSTANCE_ID: DDS_INSTANCE_ID,
    body: {
      backup: {
        instance_id: DDS_INSTANCE_ID,
        name: expect.stringMatching(/^before-upgrade-([0-9a-hjkmnp-tv-z]{10}|\d[\d-]+)$/),
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
export const operationIds = Object.keys(calls);
const reads = operationIds.filter((id) => !starts.includes(id));
export const ofV1 = ["CopyInstanceV1", "ListBackupRecordsV1"];

/** What the samples run with. */
interface Ground {
  standIn: StandIn;
  /** Where samples are compiled once. The commands for readers compile before each run, which takes longer than all else. */
  programs: string;
  /** What each read must print of the backups that were started first. */
  found: Record<string, string>;
}

/** Prepares it for the tests of one file. */
export function prepareGround(): Ground {
  const ground = {} as Ground;
  beforeAll(async () => {
    const standIn = await startStandIn();
    const backups = clientOf(standIn.url);
    const { backup_id } = await backups.copyInstance(DCS_INSTANCE_ID);
    const dds = await backups.createManualBackup({
      backup: { instance_id: DDS_INSTANCE_ID, name: "found-by-samples" },
    });
    const { job_id = "" } = dds;
    Object.assign(calls["ShowJobDetail"] ?? {}, { CLOUD_JOB_ID: job_id, query: { id: job_id } });
    const found = {
      ListBackupRecords: backup_id,
      ListBackupRecordsV1: backup_id,
      ListBackups: dds.backup_id,
      ShowJobDetail: "Completed",
    };
    Object.assign(ground, { standIn, found, programs: makeTemporaryFolder("samples") });
  });
  afterAll(async () => {
    removeFolder(ground.programs);
    await ground.standIn.close();
  });
  return ground;
}

type Command = [command: string, args: string[], env?: Record<string, string>];

/** Without an endpoint, the samples of one language ask the host that the spec names for the region. A proxy tells which, and goes nowhere. */
export function describeHosts(end: string, commandFor: (id: string) => Command, ids = operationIds): void {
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
export function describeRuns(
  ground: Ground,
  end: string,
  commandFor: (id: string) => Command,
  ids = operationIds,
): void {
  test.each(ids.filter((id) => reads.includes(id)))(
    `%s${end} finds what was started`,
    { timeout: 120_000 },
    async (id) => {
      const [command, args, env] = commandFor(id);
      const before = ground.standIn.received.length;
      const result = await run(command, args, id, { ...env, CLOUD_ENDPOINT: ground.standIn.url });
      expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining(ground.found[id] ?? "") });
      const [request, ...more] = ground.standIn.received.slice(before);
      expect(more).toEqual([]);
      const [path, query] = request?.target.split("?") ?? [];
      expect([request?.method, path]).toEqual(["GET", calls[id]?.path]);
      expect(Object.fromEntries(new URLSearchParams(query))).toMatchObject(calls[id]?.query ?? {});
    },
  );

  test.each(ids.filter((id) => starts.includes(id)))(`%s${end} starts a backup`, { timeout: 120_000 }, async (id) => {
    const [command, args, env] = commandFor(id);
    const before = ground.standIn.received.length;
    const result = await run(command, args, id, { ...env, CLOUD_ENDPOINT: ground.standIn.url });
    expect(result).toMatchObject({ code: 0, stdout: expect.stringMatching(/\w{8,}/) });
    const [request, ...more] = ground.standIn.received.slice(before);
    expect(more).toEqual([]);
    expect(request?.target).toBe(calls[id]?.path);
    expect(JSON.parse(request?.body ?? "")).toEqual(calls[id]?.body);
    expect(request?.headers).toMatchObject({ "content-type": "application/json", "x-project-id": PROJECT_ID });
  });

  test.each(ids)(`%s${end} fails and says why when it is refused`, async (id) => {
    const [command, args, env] = commandFor(id);
    const before = ground.standIn.received.length;
    const wrong = { ...env, CLOUD_ENDPOINT: ground.standIn.url, CLOUD_SDK_SK: "wrong" };
    const { code, stdout, stderr } = await run(command, args, id, wrong);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/APIGW?\.0301/);
    expect(stdout).not.toMatch(/^started/m);
    expect(stdout).not.toContain(ground.found[id] ?? "started");
    expect(ground.standIn.received.length - before).toBe(1);
  });

  test.each(ids)(`%s${end} names a variable that is empty, and sends nothing`, async (id) => {
    const [command, args, env] = commandFor(id);
    const before = ground.standIn.received.length;
    for (const name of ["CLOUD_SDK_SK", calls[id]?.CLOUD_JOB_ID ? "CLOUD_JOB_ID" : "CLOUD_INSTANCE_ID"]) {
      const result = await run(command, args, id, { ...env, CLOUD_ENDPOINT: ground.standIn.url, [name]: "" });
      expect(result.code, name).not.toBe(0);
      expect(result.stdout + result.stderr, name).toMatch(new RegExp(`${name}|instanceId`));
    }
    expect(ground.standIn.received).toHaveLength(before);
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

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program with the variables that the samples read and little else. */
export function run(command: string, args: string[], id: string, env: Record<string, string>): Promise<Result> {
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
export async function answerAll(
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

export const read = (file: string): string => readFileSync(directory + file, "utf8");

/** A sample as the docs show it. */
export function shown(file: string): string {
  const [id = "", end] = file.split(/(?=\.)/);
  return readSamples(id, "en")[SAMPLES.findIndex((sample) => sample.end === end)]?.source ?? "";
}
