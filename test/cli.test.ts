/** The command tells everything by its exit code, prints one document, and never makes a second backup. */
import { existsSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, onTestFinished, test } from "vitest";
import { closedUrl, listen } from "../scripts/lib/listen.ts";
import { TEST_KEY, TEST_TOKEN } from "../scripts/lib/test-account.ts";
import { type StandIn, startStandIn } from "../scripts/stand-in/server.ts";
import schema from "../src/cli/outcome.schema.json" with { type: "json" };
import { documentIn, type Ended, environmentOf, IDS, run, start, until } from "./command.ts";
import { folderForTest, httpAnswer, knowsProxies, rawServer } from "./support.ts";

const fast = ["--interval", "20ms"];

async function standIn(duration = 0): Promise<StandIn> {
  const service = await startStandIn({ settings: { duration } });
  onTestFinished(() => service.close());
  return service;
}

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
const isDocument = ajv.compile(schema);

/** An end with its one document, which the schema describes, and with nothing secret on either stream. */
function expectEnd(ended: Ended, code: number, expected: object): Record<string, unknown> {
  expect(ended.code, ended.stderr).toBe(code);
  expect(ended.stdout.trim().split("\n")).toHaveLength(1);
  const document = documentIn(ended);
  isDocument(document);
  expect(isDocument.errors).toBeNull();
  expect(document).toMatchObject({ schema: 1, ...expected });
  expect(ended.stdout + ended.stderr).not.toContain(TEST_KEY.secretAccessKey);
  expect(ended.stdout + ended.stderr).not.toMatch(/Signature=(?!\*)|\u001B/);
  return document;
}

function expectUsage(ended: Ended, message: RegExp): void {
  expect(ended.stderr).toMatch(message);
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe("");
}

const posts = ({ received }: StandIn) => received.filter(({ method }) => method === "POST");

describe("create", () => {
  test("exits with 0 when there is a finished backup of DCS, of DCS v1.0 and of DDS", async () => {
    const service = await standIn(50);
    for (const [args, kind] of [
      [["dcs", IDS.dcs, "--remark", "before", "--format", "aof"], "dcs"],
      [["dcs", IDS.dcs, "--api", "v1.0"], "dcs"],
      [["dds", IDS.dds, "--name", "nightly", "--description", "before"], "dds"],
    ] as const) {
      const ended = await run(["create", ...args, ...fast], environmentOf(service.url));
      const { backup_id, record } = expectEnd(ended, 0, { outcome: "completed", service: kind });
      expect(JSON.stringify(record)).toContain(String(backup_id));
      expect(ended.stderr).toMatch(new RegExp(`^started ${backup_id}\n`));
    }
    expect(posts(service).map(({ body }) => JSON.parse(body))).toMatchObject([
      { remark: expect.stringMatching(/^before #/), backup_format: "aof" },
      { remark: expect.stringMatching(/^#/) },
      { backup: { instance_id: IDS.dds, name: expect.stringMatching(/^nightly-/), description: "before" } },
    ]);
  });

  test("ends after the start with --no-wait, and says nothing but the id with --output id and --quiet", async () => {
    const service = await standIn(60_000);
    const ended = await run(["create", "dcs", IDS.dcs, "--no-wait"], environmentOf(service.url));
    expectEnd(ended, 0, { outcome: "started", service: "dcs", instance_id: IDS.dcs });
    const args = ["create", "dds", IDS.dds, "--no-wait", "--output", "id", "--quiet"];
    const quiet = await run(args, environmentOf(service.url));
    expect(quiet).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^[0-9a-f]{32}br\d\d\n$/) });
  });

  test("takes a token from the environment", async () => {
    const service = await standIn();
    const keys = { HUAWEICLOUD_SDK_AK: undefined, HUAWEICLOUD_SDK_SK: undefined };
    const env = environmentOf(service.url, { ...keys, HUAWEICLOUD_BACKUP_TOKEN: TEST_TOKEN });
    expectEnd(await run(["create", "dcs", IDS.dcs, ...fast], env), 0, { outcome: "completed" });
  });

  test("exits with 1 when the service refuses, and with 4 when it is busy, throttled or not reached", async () => {
    const service = await standIn();
    service.next({ code: 403 });
    const refused = await run(["create", "dcs", IDS.dcs], environmentOf(service.url));
    expectEnd(refused, 1, { outcome: "refused", error: { status: 403, retryable: false, backupMayExist: false } });
    service.next({ code: 400, example: "DcsBackupRunning" });
    const busy = await run(["create", "dcs", IDS.dcs], environmentOf(service.url));
    expectEnd(busy, 4, { outcome: "later", error: { errorCode: "DCS.4096", retryable: true } });
    const unreached = await run(["create", "dcs", IDS.dcs], environmentOf(await closedUrl()));
    expectEnd(unreached, 4, { outcome: "later", error: { name: "NetworkError", backupMayExist: false } });
  });

  test.skipIf(!knowsProxies)("names the proxy that does not let it through, and nothing was started", async () => {
    const proxy = createServer().on("connect", (_, socket) => socket.end("HTTP/1.1 407 X\r\n\r\n"));
    const url = await listen(proxy);
    onTestFinished(() => void proxy.close());
    const env = environmentOf("https://dcs.nowhere.invalid", { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: url });
    const ended = await run(["create", "dcs", IDS.dcs], env);
    expectEnd(ended, 1, { outcome: "refused", error: { name: "NetworkError", backupMayExist: false } });
    expect(ended.stderr).toContain("Proxy response (407)");
  });

  test("keeps asking while the instance is busy, for --busy-timeout", async () => {
    const service = await standIn();
    service.next({ code: 400, example: "DcsBackupRunning" }, { code: 400, example: "DcsBackupRunning" });
    const ended = await run(["create", "dcs", IDS.dcs, "--busy-timeout", "1m", ...fast], environmentOf(service.url));
    expectEnd(ended, 0, { outcome: "completed" });
    expect(posts(service)).toHaveLength(3);
  });

  test("exits with 3 when the backup fails or is deleted", async () => {
    const service = await standIn(20);
    service.next({ ends: "failed" });
    const failed = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(failed, 3, { outcome: "failed", record: { error_code: "dcs.08.0002" } });
    service.next({ ends: "deleted" });
    const gone = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(gone, 3, { outcome: "gone" });
  });

  test("exits with 124 when --timeout is over, and says how to go on", async () => {
    const service = await standIn(60_000);
    const args = ["create", "dcs", IDS.dcs, "--timeout", "100ms", ...fast];
    const ended = await run(args, environmentOf(service.url));
    const { backup_id } = expectEnd(ended, 124, { outcome: "timeout", service: "dcs", error: { retryable: true } });
    expect(ended.stderr).toContain(`huaweicloud-backup wait dcs ${IDS.dcs} ${backup_id}`);
  });

  test("finds a backup whose answer was lost, and sends no second start", async () => {
    const service = await standIn(50);
    service.next({ code: 504, startsAfter: 0 });
    const ended = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(ended, 0, { outcome: "completed", recovered: true });
    service.next({ misbehave: "reset", startsAfter: 300 });
    const later = await run(["create", "dds", IDS.dds, ...fast], environmentOf(service.url));
    expectEnd(later, 0, { outcome: "completed", recovered: true });
    expect(posts(service)).toHaveLength(2);
    expect(service.backups).toHaveLength(2);
  });

  test("exits with 5 and the attempt where a lost answer's backup can't be looked for", async () => {
    const service = await standIn();
    service.next({ code: 504, startsAfter: 0 }, { call: "ListBackupRecords", code: 403 });
    const ended = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    const { attempt } = expectEnd(ended, 5, { outcome: "unknown", error: { status: 504, backupMayExist: true } });
    expect(attempt).toMatchObject({ operationId: "CopyInstance", instanceId: IDS.dcs });
    expect(ended.stderr).toMatch(/To look for it: huaweicloud-backup find/);
  });

  test("exits with 5 and shows what it may be where --exact leaves it unsure after a lost answer", async () => {
    const service = await standIn();
    const args = ["create", "dcs", IDS.dcs, "--exact", "--remark", "nightly", ...fast];
    service.next({ code: 504, startsAfter: 0 });
    const ended = await run(args, environmentOf(service.url));
    expectEnd(ended, 5, { outcome: "unknown", records: [{ remark: "nightly" }], attempt: { remark: "nightly" } });
    service.next({ code: 504, startsAfter: 0 });
    const again = await run([...args, "--output", "id"], environmentOf(service.url));
    expect(again).toMatchObject({ code: 5, stdout: "" });
  });

  test("asks three times where it is throttled or not reached, and then exits with 4", async () => {
    const service = await standIn();
    service.next({ code: 429 }, { code: 429 });
    expectEnd(await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url)), 0, { outcome: "completed" });
    service.next({ code: 429 }, { code: 429 }, { code: 429 });
    const ended = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(ended, 4, { outcome: "later", error: { status: 429, retryable: true } });
    expect(posts(service)).toHaveLength(6);
    service.next({ code: 429, headers: { "retry-after": "3600" } });
    expectEnd(await run(["create", "dcs", IDS.dcs], environmentOf(service.url)), 4, { outcome: "later" });
    expect(posts(service)).toHaveLength(7);
  });

  test("says by how much the clock is off", async () => {
    const service = await standIn();
    service.next({ misbehave: "clock-skew" });
    const ended = await run(["create", "dcs", IDS.dcs], environmentOf(service.url));
    expectEnd(ended, 1, { outcome: "refused", error: { message: expect.stringMatching(/clock/) } });
  });

  test("heeds --timeout during a look", async () => {
    const service = await standIn(60_000);
    service.next({ call: "ListBackupRecords", misbehave: "hang" }, { call: "ListBackupRecords", misbehave: "hang" });
    const ended = await run(["create", "dcs", IDS.dcs, "--timeout", "100ms", ...fast], environmentOf(service.url));
    expectEnd(ended, 124, { outcome: "timeout", backup_id: service.backups[0]?.backupId });
  });

  test("waits on while the list lags, and exits with 5 where the backup never turns up in it", async () => {
    const service = await standIn();
    service.next({ listedAfter: 6_000 });
    const lagging = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(lagging, 0, { outcome: "completed" });
    expect(lagging.stderr).toMatch(/not in the list yet/);
    service.next({ listedAfter: 600_000 });
    const args = ["create", "dds", IDS.dds, "--timeout", "200ms", ...fast];
    const ended = await run(args, environmentOf(service.url));
    expectEnd(ended, 5, { outcome: "unknown", backup_id: expect.any(String), error: { name: "WaitError" } });
  });

  test("shows a state that nobody knows, and waits on", async () => {
    const service = await standIn(200);
    service.next({ state: "verifying" });
    expectEnd(await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url)), 0, { outcome: "completed" });
  });

  test("exits with 5 where the list may not be read after the start", async () => {
    const service = await standIn();
    service.next({ call: "ListBackupRecords", code: 403 });
    const ended = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(ended, 5, { outcome: "unknown", backup_id: expect.any(String), error: { name: "WaitError" } });
  });
});

describe("--key", () => {
  const args = (service: "dcs" | "dds", ...more: string[]) => [
    "create",
    service,
    IDS[service],
    "--key",
    "run 7",
    ...fast,
    ...more,
  ];

  test.each(["dcs", "dds"] as const)(
    "adopts what an earlier run started on %s, whatever else is given",
    async (kind) => {
      const service = await standIn(200);
      const env = environmentOf(service.url);
      const { backup_id } = expectEnd(await run(args(kind, "--no-wait"), env), 0, { outcome: "started" });
      const label = kind === "dcs" ? "--remark" : "--name";
      const adopted = { outcome: "completed", adopted: true, backup_id };
      expectEnd(await run(args(kind, label, "other"), env), 0, adopted);
      expectEnd(await run(args(kind), env), 0, adopted);
      expect(service.backups).toHaveLength(1);
    },
  );

  test("adopts a backup whose run died without an answer", async () => {
    const service = await standIn(50);
    service.next({ misbehave: "hang", startsAfter: 0 });
    const first = await start(args("dcs"), environmentOf(service.url));
    await until(() => service.backups.length === 1);
    first.process.kill("SIGKILL");
    await first.ended;
    expectEnd(await run(args("dcs"), environmentOf(service.url)), 0, { outcome: "completed", adopted: true });
    expect(service.backups).toHaveLength(1);
  });

  test("makes one backup where the run is killed at any step and run again", async () => {
    const service = await standIn(300);
    const env = environmentOf(service.url);
    for (let step = 1; ; step++) {
      const before = service.received.length;
      const running = await start(args("dcs"), env);
      let over = false;
      running.ended.then(() => {
        over = true;
      });
      await until(() => over || service.received.length >= before + step);
      running.process.kill("SIGKILL");
      if ((await running.ended).code === 0) {
        break;
      }
    }
    expect(posts(service).length).toBeGreaterThan(0);
    expect(service.backups).toHaveLength(1);
  });

  test("makes one backup where two run at once: the second adopts the first one's", async () => {
    const service = await standIn(8_000);
    const env = environmentOf(service.url);
    const both = await Promise.all([
      run(args("dcs", "--busy-timeout", "1m"), env),
      run(args("dcs", "--busy-timeout", "1m"), env),
    ]);
    for (const ended of both) {
      expectEnd(ended, 0, { outcome: "completed" });
    }
    expect(service.backups).toHaveLength(1);
  });

  test("starts anew after one that failed on DCS, and for another instance", async () => {
    const service = await standIn();
    const env = environmentOf(service.url);
    service.next({ ends: "failed" });
    expectEnd(await run(args("dcs"), env), 3, { outcome: "failed" });
    const second = expectEnd(await run(args("dcs"), env), 0, { outcome: "completed" });
    expect(second).not.toHaveProperty("adopted");
    expect(service.backups).toHaveLength(2);
  });

  test("starts anew after one that failed, whatever its format was", async () => {
    const service = await standIn();
    const env = environmentOf(service.url);
    service.next({ ends: "failed" });
    expectEnd(await run(args("dcs", "--format", "rdb"), env), 3, { outcome: "failed" });
    expectEnd(await run(args("dcs", "--format", "aof"), env), 0, { outcome: "completed" });
  });

  test("exits with 3 where a failed backup of DDS still holds the key's name", async () => {
    const service = await standIn();
    const env = environmentOf(service.url);
    service.next({ ends: "failed" });
    const { backup_id } = expectEnd(await run(args("dds"), env), 3, { outcome: "failed" });
    const again = await run(args("dds"), env);
    expectEnd(again, 3, { outcome: "failed", backup_id });
    expect(again.stderr).toMatch(/give another --key/);
    expect(service.backups).toHaveLength(1);
  });

  test("adopts a backup of DDS that the list shows only after its name was refused", async () => {
    const service = await standIn();
    const env = environmentOf(service.url);
    service.next({ listedAfter: 1_500 });
    const first = expectEnd(await run(args("dds", "--no-wait"), env), 0, { outcome: "started" });
    const second = expectEnd(await run(args("dds"), env), 0, { outcome: "completed", adopted: true });
    expect(second["backup_id"]).toBe(first["backup_id"]);
    expect(service.backups).toHaveLength(1);
  });

  test("exits with 5 where a backup of the key's name is not listed for a minute", { timeout: 90_000 }, async () => {
    const service = await standIn();
    const env = environmentOf(service.url);
    service.next({ listedAfter: 600_000 });
    expectEnd(await run(args("dds", "--no-wait"), env), 0, { outcome: "started" });
    const ended = await run(args("dds", "--interval", "2s"), env);
    expectEnd(ended, 5, { outcome: "unknown", error: { errorCode: "DBS.201201" } });
    expect(posts(service)).toHaveLength(2);
  });

  test("with --no-wait tells that the adopted backup is finished", async () => {
    const service = await standIn();
    const env = environmentOf(service.url);
    expectEnd(await run(args("dcs"), env), 0, { outcome: "completed" });
    expectEnd(await run(args("dcs", "--no-wait"), env), 0, { outcome: "completed", adopted: true });
  });

  test("looks before each further start", async () => {
    const service = await standIn();
    service.next({ call: "CopyInstance", code: 429 }, { call: "CopyInstance", code: 400, example: "DcsBackupRunning" });
    expectEnd(await run(args("dcs", "--busy-timeout", "1m"), environmentOf(service.url)), 0, { outcome: "completed" });
    const calls = service.received.slice(0, 6).map(({ method }) => method);
    expect(calls).toEqual(["GET", "POST", "GET", "POST", "GET", "POST"]);
  });

  test("does not adopt one that is older than --key-age", async () => {
    const service = await standIn();
    const env = environmentOf(service.url);
    for (const kind of ["dcs", "dds"] as const) {
      expectEnd(await run(args(kind), env), 0, { outcome: "completed" });
    }
    expect(expectEnd(await run(args("dcs", "--key-age", "0s"), env), 0, {})).not.toHaveProperty("adopted");
    expectUsage(
      await run(args("dds", "--key-age", "0s"), env),
      /^huaweicloud-backup: --key: the backup .* give a new key/,
    );
  });

  test("ends with 2 where the earlier backup has another format", async () => {
    const service = await standIn();
    const env = environmentOf(service.url);
    expectEnd(await run(args("dcs", "--format", "rdb"), env), 0, { outcome: "completed" });
    expectUsage(await run(args("dcs", "--format", "aof"), env), /--format: the backup .* is rdb, not aof/);
  });

  test("sends nothing where the list can't be read first", async () => {
    const service = await standIn();
    service.next({ call: "ListBackupRecords", code: 403 });
    const refused = await run(args("dcs"), environmentOf(service.url));
    expectEnd(refused, 1, { outcome: "refused", error: { status: 403, backupMayExist: false } });
    const unreached = await run(args("dcs"), environmentOf(await closedUrl()));
    expectEnd(unreached, 4, { outcome: "later", error: { backupMayExist: false } });
    expect(posts(service)).toEqual([]);
  });
});

describe("a signal", () => {
  const cases = [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const;

  test.each(cases)("%s during the wait stops it with %i, and the backup goes on", async (signal, code) => {
    const service = await standIn(60_000);
    const running = await start(["create", "dcs", IDS.dcs, "--interval", "60s"], environmentOf(service.url));
    await until(() => running.stderr().includes("waiting"));
    running.process.kill(signal);
    const ended = await running.ended;
    expectEnd(ended, code, { outcome: "interrupted", signal, backup_id: expect.any(String) });
    expect(ended.stderr).toMatch(/a backup that was started goes on/);
  });

  test("during the start waits for its answer", async () => {
    const answer = httpAnswer("200 OK", '{"backup_id":"b-1"}');
    const server = await rawServer((socket) => setTimeout(() => socket.write(answer), 600));
    const running = await start(["create", "dcs", IDS.dcs], environmentOf(server.url));
    await until(() => server.requests.length === 1);
    running.process.kill("SIGTERM");
    expectEnd(await running.ended, 143, { outcome: "interrupted", backup_id: "b-1" });
    expect(server.requests).toHaveLength(1);
  });

  test("during a start that is not answered gives the attempt, which find takes", async () => {
    const service = await standIn(50);
    service.next({ misbehave: "hang", startsAfter: 0 });
    const running = await start(["create", "dcs", IDS.dcs], environmentOf(service.url));
    await until(() => service.backups.length === 1);
    running.process.kill("SIGINT");
    const ended = await running.ended;
    const { attempt } = expectEnd(ended, 130, { outcome: "interrupted", error: { backupMayExist: true } });
    expect(attempt).toMatchObject({ operationId: "CopyInstance", instanceId: IDS.dcs });
    const found = await run(["find"], environmentOf(service.url), ended.stdout);
    expectEnd(found, 0, { outcome: "found", backup_id: service.backups[0]?.backupId });
  });

  test("in the pause while the instance is busy lets no further start be sent", async () => {
    const service = await standIn();
    service.next({ code: 400, example: "DcsBackupRunning" });
    const args = ["create", "dcs", IDS.dcs, "--busy-timeout", "5m", "--interval", "60s"];
    const running = await start(args, environmentOf(service.url));
    await until(() => running.stderr().includes("busy: asks again"));
    running.process.kill("SIGTERM");
    const ended = await running.ended;
    expectEnd(ended, 143, { outcome: "interrupted", error: { errorCode: "DCS.4096", backupMayExist: false } });
    expect(posts(service)).toHaveLength(1);
  });

  test("during the look for the key's backup lets no start be sent", async () => {
    const service = await standIn();
    service.next({ misbehave: "hang" });
    const running = await start(["create", "dcs", IDS.dcs, "--key", "k"], environmentOf(service.url));
    await until(() => service.received.length === 1);
    running.process.kill("SIGINT");
    expectEnd(await running.ended, 130, { outcome: "interrupted", error: { backupMayExist: false } });
    expect(posts(service)).toEqual([]);
  });

  test("during a look of the wait ends the look", async () => {
    const service = await standIn(60_000);
    service.next({ call: "ListBackupRecords", misbehave: "hang" });
    const running = await start(["create", "dcs", IDS.dcs], environmentOf(service.url));
    await until(() => service.received.length === 2);
    running.process.kill("SIGINT");
    expectEnd(await running.ended, 130, { outcome: "interrupted", backup_id: service.backups[0]?.backupId });
  });

  test("while find reads a pipe into which nothing comes ends it, and nothing is sent", async () => {
    const service = await standIn();
    const running = await start(["find"], environmentOf(service.url), null);
    // More than a pipe holds, so when it is written the command is reading.
    await new Promise((resolve) => running.process.stdin.write(" ".repeat(1_000_000), resolve));
    running.process.kill("SIGTERM");
    expectEnd(await running.ended, 143, { outcome: "interrupted", signal: "SIGTERM" });
    expect(service.received).toEqual([]);
  });

  test("that comes a second time ends the process at once", async () => {
    const service = await standIn();
    service.next({ misbehave: "hang" });
    const running = await start(["create", "dcs", IDS.dcs], environmentOf(service.url));
    await until(() => service.received.length === 1);
    running.process.kill("SIGINT");
    await until(() => running.stderr().includes("SIGINT"));
    running.process.kill("SIGINT");
    expect(await running.ended).toMatchObject({ code: 130, stdout: "" });
  });
});

describe("wait, find and list", () => {
  test("wait follows a backup that was started", async () => {
    const service = await standIn(100);
    const env = environmentOf(service.url);
    for (const kind of ["dcs", "dds"] as const) {
      const { backup_id, job_id } = documentIn(await run(["create", kind, IDS[kind], "--no-wait"], env));
      const ids = kind === "dcs" ? [IDS.dcs, String(backup_id)] : [String(backup_id), "--job", String(job_id)];
      expectEnd(await run(["wait", kind, ...ids, ...fast], env), 0, { outcome: "completed", service: kind, backup_id });
    }
  });

  test("wait exits with 1 where the list may not be read", async () => {
    const service = await standIn();
    service.next({ code: 403 });
    const ended = await run(["wait", "dcs", IDS.dcs, "b"], environmentOf(service.url));
    expectEnd(ended, 1, { outcome: "refused", error: { name: "WaitError" } });
  });

  test("find exits with 5 where it is not sure, and says what it may be", async () => {
    const service = await standIn();
    service.next({ misbehave: "hang", startsAfter: 0 });
    const env = environmentOf(service.url);
    const running = await start(["create", "dcs", IDS.dcs, "--exact", "--remark", "nightly"], env);
    await until(() => service.backups.length === 1);
    running.process.kill("SIGINT");
    const file = join(folderForTest(), "out.json");
    writeFileSync(file, (await running.ended).stdout);
    const found = await run(["find", file], env);
    expectEnd(found, 5, { outcome: "unknown", records: [{ remark: "nightly" }] });
  });

  test("list gives all pages", async () => {
    const service = await standIn();
    service.set({ keep: 200 });
    const env = environmentOf(service.url);
    const { copyInstance } = (await import("./support.ts")).clientOf(service.url);
    for (let count = 0; count < 120; count++) {
      await copyInstance(IDS.dcs);
    }
    const { records } = expectEnd(await run(["list", "dcs", IDS.dcs], env), 0, { outcome: "listed", service: "dcs" });
    expect(records).toHaveLength(120);
    expect((await run(["list", "dds", "--output", "id"], env)).stdout).toBe("");
  });
});

describe("what is wrong on the line is named, and nothing is sent", () => {
  test.each<[string[], NodeJS.ProcessEnv, RegExp]>([
    [["creat", "dcs", "i"], {}, /creat: is no command, did you mean create\?/],
    [["create", "dcs", "i", "--remrk", "x"], {}, /--remrk: is no flag, did you mean --remark\?/],
    [[], {}, /<command>: missing/],
    [["create"], {}, /<service>: missing; write create dcs/],
    [["create", "rds", "i"], {}, /<service>: must be dcs or dds, not rds/],
    [["create", "dcs"], {}, /<instance-id>: missing/],
    [["create", "dcs", ""], {}, /<instance-id>: is empty, perhaps from a variable that is not set/],
    [["create", "dcs", "i", "j"], {}, /j: is one argument too many/],
    [["create", "dcs", "a/b"], {}, /<instance-id>: must be an ID/],
    [["create", "dcs", "i", "--timeout", "60"], {}, /--timeout: must be a duration with a unit, .* not "60"/],
    [["create", "dcs", "i", "--timeout"], {}, /--timeout: needs a value/],
    [["create", "dcs", "i", "--quiet=yes"], {}, /--quiet: takes no value/],
    [["create", "dcs", "i", "--format", "zip"], {}, /--format: must be aof or rdb, not "zip"/],
    [["create", "dcs", "i", "--name", "n"], {}, /--name: is for dds alone/],
    [["create", "dds", "i", "--remark", "n"], {}, /--remark: is for dcs alone/],
    [["create", "dds", "i", "--exact"], {}, /--name: is needed with --exact/],
    [["create", "dds", "i", "--exact", "--name", "1"], {}, /--name: must/],
    [["create", "dds", "i", "--description", "a<b"], {}, /--description: must match/],
    [["create", "dcs", "i", "--exact", "--remark", "x".repeat(129)], {}, /--remark: must NOT have more than 128/],
    [["create", "dcs", "i", "--api", "v1.0", "--format", "aof"], {}, /--format: is not a field of this body/],
    [["create", "dcs", "i", "--key", ""], {}, /--key: is empty/],
    [["create", "dcs", "i", "--key", "k", "--exact"], {}, /--key: .*can't go with --exact/],
    [["create", "dcs", "i", "--endpoint", "x"], {}, /--endpoint: must be dcs=URL or dds=URL/],
    [["create", "dcs", "i", "--endpoint", "dcs=http://example.com"], {}, /--endpoint dcs=….*: must begin with https/],
    [["wait", "dcs", "i", "b", "--key", "k"], {}, /--key: is no flag of wait/],
    [["create", "dcs", "i"], { HUAWEICLOUD_SDK_SK: undefined }, /HUAWEICLOUD_SDK_SK: not set/],
    [["create", "dcs", "i"], { HUAWEICLOUD_SDK_SK: "s\n" }, /HUAWEICLOUD_SDK_SK: ends in a line break/],
    [["create", "dcs", "i"], { HUAWEICLOUD_BACKUP_TOKEN: "t" }, /HUAWEICLOUD_BACKUP_TOKEN: is set, and so is/],
    [["create", "dcs", "i"], { HUAWEICLOUD_SDK_PROJECT_ID: undefined }, /--project-id: missing/],
    [
      ["create", "dcs", "i", "--interval", "1d25d"],
      {},
      /^huaweicloud-backup: --interval: must be a number of milliseconds from 1/,
    ],
    [["find", "no-such-file.json"], {}, /no-such-file.json: can't be read: ENOENT/],
    [
      ["create", "dcs", "i", "--region", "nowhere-1"],
      { HUAWEICLOUD_BACKUP_ENDPOINT_DCS: "", HUAWEICLOUD_BACKUP_ENDPOINT_DDS: "" },
      /--region or HUAWEICLOUD_BACKUP_REGION: "nowhere-1" is not one/,
    ],
  ])("%j", async (args, more, message) => {
    const server = await rawServer(() => {});
    expectUsage(await run(args, environmentOf(server.url, more)), message);
    expect(server.requests).toEqual([]);
  });

  test("find refuses what has no open question in it", async () => {
    const server = await rawServer(() => {});
    const env = environmentOf(server.url);
    expectUsage(
      await run(["find"], env, '{"outcome":"completed","backup_id":"b"}'),
      /its outcome is known: .* use wait/,
    );
    expectUsage(await run(["find"], env, '{"attempt":{"operationId":"DeleteAll"}}'), /operationId must be one of/);
    expectUsage(await run(["find"], env, "{"), /stdin: can't be read as JSON/);
  });
});

describe("what is printed", () => {
  test("--dry-run shows the request and sends nothing, without credentials", async () => {
    const server = await rawServer(() => {});
    const keys = { HUAWEICLOUD_SDK_AK: undefined, HUAWEICLOUD_SDK_SK: undefined };
    const args = ["create", "dcs", IDS.dcs, "--dry-run", "--exact", "--remark", "r"];
    const ended = await run(args, environmentOf(server.url, keys));
    const body = { remark: "r" };
    const { url } = expectEnd(ended, 0, { outcome: "dry-run", method: "POST", body });
    expect(url).toContain(`${server.url}/v2/`);
    expect(server.requests).toEqual([]);
  });

  test("help fits a screen and begins with the pipeline's line, and each command has its own", async () => {
    const { stdout, code } = await run(["--help"], environmentOf(""));
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.slice(0, 4).join("\n")).toContain('create dcs <instance-id> --key "$RUN_ID"');
    expect(lines.length).toBeLessThanOrEqual(30);
    for (const command of ["create", "wait", "find", "list"]) {
      const help = await run([command, "--help"], environmentOf(""));
      expect(help.stdout).toMatch(/Exit: 0[\s\S]*Example: /);
      expect(Math.max(...help.stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(125);
    }
    expect((await run(["--version"], environmentOf(""))).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("a reader of stdout that goes away changes no exit code", async () => {
    const service = await standIn();
    const running = await start(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    running.process.stdout.destroy();
    expect((await running.ended).code).toBe(0);
  });

  test.skipIf(!existsSync("/dev/full"))("on a full disk the document goes to stderr, with the same code", async () => {
    const { spawn } = await import("node:child_process");
    const { buildCommand } = await import("./command.ts");
    const service = await standIn();
    const child = spawn(process.execPath, [await buildCommand(), "create", "dcs", IDS.dcs, "--quiet", ...fast], {
      env: environmentOf(service.url),
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    });
    let stderr = "";
    child.stderr?.on("data", (data) => {
      stderr += data;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(0);
    expect(JSON.parse(stderr)).toMatchObject({ outcome: "completed" });
  });
});
