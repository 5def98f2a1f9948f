/** The command tells everything by its exit code, and prints one document. */
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { closedUrl, listen } from "../scripts/lib/listen.ts";
import { manifest } from "../scripts/lib/manifest.ts";
import { TEST_TOKEN } from "../scripts/lib/test-account.ts";
import { create } from "../src/cli/create.ts";
import { factsOf } from "../src/cli/error-facts.ts";
import { print } from "../src/cli/outcome.ts";
import { helpOf } from "../src/cli/words.ts";
import { ApiError, type Attempt, type DdsBackup, uniqueRemark } from "../src/index.ts";
import {
  COMMAND,
  canSignal,
  contextOf,
  documentIn,
  environmentOf,
  expectEnd,
  expectUsage,
  fast,
  IDS,
  posts,
  run,
  runAsProcess,
  start,
} from "./command.ts";
import {
  clientOf,
  DDS_BODY,
  folderForTest,
  httpAnswer,
  jumpingClock,
  knowsProxies,
  rawServer,
  standInForTest,
  until,
} from "./support.ts";

const FAULT =
  /\nhuaweicloud-backup: this is a fault of the command itself\. .* look with list before you run it again\n$/;
const NO_KEY = { HUAWEICLOUD_SDK_AK: undefined, HUAWEICLOUD_SDK_SK: undefined };

describe("create", () => {
  test("exits with 0 when there is a finished backup of DCS, of DCS v1.0 and of DDS", async () => {
    const service = await standInForTest({ duration: 50 });
    for (const [args, kind, also] of [
      [["dcs", IDS.dcs, "--remark", "before", "--format", "aof"], "dcs", [undefined, undefined]],
      [["dcs", IDS.dcs, "--api", "v1.0"], "dcs", ["v1.0", undefined]],
      [["dds", IDS.dds, "--name", "nightly", "--description", "before"], "dds", [undefined, expect.any(String)]],
    ] as const) {
      const ended = await runAsProcess(["create", ...args, ...fast], environmentOf(service.url));
      const end = expectEnd(ended, 0, { outcome: "completed", service: kind });
      const { backup_id, record } = end;
      expect([end["api"], end["job_id"]]).toEqual(also);
      expect(JSON.stringify(record)).toContain(String(backup_id));
      expect(ended.stderr).toMatch(new RegExp(`^started ${backup_id}\n`));
    }
    expect(posts(service).map(({ target }) => target.split("/")[1])).toEqual(["v2", "v1.0", "v3"]);
    const bodies = posts(service).map(({ body }) => JSON.parse(body));
    const [mark, another] = bodies.map(({ remark }) => /#\w{10}$/.exec(remark)?.[0]);
    expect(mark).not.toBe(another);
    expect(bodies).toMatchObject([
      { remark: expect.stringMatching(/^before #/), backup_format: "aof" },
      { remark: expect.stringMatching(/^#/) },
      { backup: { instance_id: IDS.dds, name: expect.stringMatching(/^nightly-/), description: "before" } },
    ]);
  });

  test("ends after the start with --no-wait, and says nothing but the id with --output id and --quiet", async () => {
    const service = await standInForTest({ duration: 60_000 });
    const ended = await run(["create", "dcs", IDS.dcs, "--no-wait"], environmentOf(service.url));
    expectEnd(ended, 0, { outcome: "started", service: "dcs", instance_id: IDS.dcs });
    const args = ["create", "dds", IDS.dds, "--no-wait", "--output", "id", "--quiet"];
    const quiet = await run(args, environmentOf(service.url));
    expect(quiet).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^[0-9a-f]{32}br\d\d\n$/) });
  });

  test("takes a token from the environment", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url, { ...NO_KEY, HUAWEICLOUD_BACKUP_TOKEN: TEST_TOKEN });
    expectEnd(await run(["create", "dcs", IDS.dcs, ...fast], env), 0, { outcome: "completed" });
  });

  test("exits with 1 when the service refuses, and with 4 when it is busy, throttled or not reached", async () => {
    const service = await standInForTest();
    service.next({ code: 403 });
    const refused = await runAsProcess(["create", "dcs", IDS.dcs], environmentOf(service.url));
    expectEnd(refused, 1, { outcome: "refused", error: { status: 403, retryable: false, backupMayExist: false } });
    expect(service.received).toHaveLength(1);
    service.next({ code: 400, example: "DcsBackupRunning" });
    const busy = await runAsProcess(["create", "dcs", IDS.dcs], environmentOf(service.url));
    expectEnd(busy, 4, { outcome: "later", error: { errorCode: "DCS.4096", retryable: true } });
    const unreached = await runAsProcess(["create", "dcs", IDS.dcs], environmentOf(await closedUrl()));
    expectEnd(unreached, 4, { outcome: "later", error: { name: "NetworkError", backupMayExist: false } });
  });

  test.skipIf(!knowsProxies)("names the proxy that does not let it through, and nothing was started", async () => {
    const proxy = createServer().on("connect", (_, socket) => socket.end("HTTP/1.1 407 X\r\n\r\n"));
    const url = await listen(proxy);
    onTestFinished(() => void proxy.close());
    const env = environmentOf("https://dcs.nowhere.invalid", { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: url });
    const ended = await runAsProcess(["create", "dcs", IDS.dcs], env);
    expectEnd(ended, 1, { outcome: "refused", error: { name: "NetworkError", backupMayExist: false } });
    expect(ended.stderr).toContain("Proxy response (407)");
  });

  test("keeps asking while the instance is busy, for --busy-timeout", async () => {
    const service = await standInForTest();
    const busy = { call: "CopyInstance", code: 400, example: "DcsBackupRunning" } as const;
    service.next(busy, busy);
    const ended = await run(["create", "dcs", IDS.dcs, "--busy-timeout", "1m", ...fast], environmentOf(service.url));
    expectEnd(ended, 0, { outcome: "completed" });
    expect(posts(service)).toHaveLength(3);
  });

  test("exits with 3 when the backup fails or is deleted", async () => {
    const service = await standInForTest({ duration: 20 });
    service.next({ ends: "failed" });
    const failed = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(failed, 3, { outcome: "failed", record: { error_code: "dcs.08.0002" } });
    service.next({ ends: "deleted" });
    const gone = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(gone, 3, { outcome: "gone" });
  });

  test("exits with 124 when --timeout is over, and says how to go on", async () => {
    const service = await standInForTest({ duration: 60_000 });
    const args = ["create", "dcs", IDS.dcs, "--api", "v1.0", "--timeout", "100ms", ...fast];
    const began = performance.now();
    const ended = await run(args, environmentOf(service.url));
    const end = expectEnd(ended, 124, { outcome: "timeout", service: "dcs", error: { retryable: true } });
    const { backup_id, seconds } = end;
    expect(seconds).toBeGreaterThanOrEqual(0.1);
    expect(seconds).toBeLessThanOrEqual((performance.now() - began) / 1000 + 0.05);
    expect(ended.stderr).toContain(`huaweicloud-backup wait dcs ${IDS.dcs} ${backup_id} --api v1.0`);
  });

  test.each([
    ["the instance is busy", "dcs", { code: 400, example: "DcsBackupRunning" }],
    ["the name is taken", "dds", { code: 400, example: "DdsNameTaken" }],
  ] as const)("finds its own backup where a proxy sent the start twice, and %s", async (_, kind, refusal) => {
    const service = await standInForTest({ duration: 50 });
    service.next({ ...refusal, startsAfter: 0 });
    const args = ["create", kind, IDS[kind], "--busy-timeout", "1m", ...fast];
    const ended = await run(args, environmentOf(service.url));
    expectEnd(ended, 0, { outcome: "completed", recovered: true });
    expect(posts(service)).toHaveLength(1);
  });

  test("finds its own backup where a proxy sent the start twice, and its second answer is a 429", async () => {
    const service = await standInForTest();
    service.next({ code: 429, startsAfter: 0 });
    const ended = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(ended, 0, { outcome: "completed", recovered: true });
    expect(posts(service)).toHaveLength(1);
  });

  test.each([
    ["dcs", []],
    ["dds", []],
    ["dcs", ["--key", "run 7"]],
  ] as const)("finds its own backup of %s behind a refusal that names no code %j", async (kind, more) => {
    const service = await standInForTest({ duration: 50 });
    service.next({
      call: kind === "dcs" ? "CopyInstance" : "CreateManualBackup",
      misbehave: "null-error",
      startsAfter: 0,
    });
    const ended = await run(["create", kind, IDS[kind], ...more, ...fast], environmentOf(service.url));
    expectEnd(ended, 0, { outcome: "completed", [more.length > 0 ? "adopted" : "recovered"]: true });
    expect(posts(service)).toHaveLength(1);
  });

  test("exits with 1 where a refusal names no code and hides no backup, or no list can be read", async () => {
    const service = await standInForTest();
    service.next({ call: "CopyInstance", misbehave: "null-error" });
    const refused = ["create", "dcs", IDS.dcs];
    expectEnd(await run(refused, environmentOf(service.url)), 1, { outcome: "refused", error: { status: 400 } });
    service.next({ call: "CopyInstance", misbehave: "null-error" }, { call: "ListBackupRecords", code: 403 });
    expectEnd(await run(refused, environmentOf(service.url)), 1, { outcome: "refused", error: { status: 400 } });
    expect(posts(service)).toHaveLength(2);
  });

  test("exits with 5 and the attempt where the name that it made up is taken, and the list can't be read", async () => {
    const service = await standInForTest();
    service.next({ code: 400, example: "DdsNameTaken" }, { call: "ListBackups", code: 403 });
    const ended = await run(["create", "dds", IDS.dds], environmentOf(service.url));
    const message = expect.stringMatching(/^CreateManualBackup was refused with DBS\.201201, but only this run knows/);
    const { attempt } = expectEnd(ended, 5, { error: { errorCode: "DBS.201201", message, backupMayExist: true } });
    expect(attempt).toMatchObject({ sentAt: expect.any(String), clock: "local" });
  });

  test("finds a backup whose answer was lost, and sends no second start", async () => {
    const service = await standInForTest({ duration: 50 });
    service.next({ code: 504, startsAfter: 0 });
    const ended = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(ended, 0, { outcome: "completed", recovered: true });
    service.next({ misbehave: "reset", startsAfter: 300 });
    const later = await run(["create", "dds", IDS.dds, ...fast], environmentOf(service.url));
    expectEnd(later, 0, { outcome: "completed", recovered: true });
    expect(posts(service)).toHaveLength(2);
    expect(service.backups).toHaveLength(2);
  });

  test("says for how long it looked in vain for a lost answer's backup", async () => {
    const jump = jumpingClock();
    const service = await standInForTest();
    service.next({ code: 504 });
    const context = contextOf(["create", "dcs", IDS.dcs, ...fast], service.url);
    const { listBackupRecords } = context.backups;
    context.backups.listBackupRecords = (...asked) => {
      jump(40_000);
      return listBackupRecords(...asked);
    };
    expect(await create(context)).toMatchObject({ outcome: "unknown", error: { status: 504 } });
    expect(context.said()).toMatch(/\nNothing was found in [12] min \d+ s; it may still turn up\n$/);
  });

  test("exits with 5 and the attempt where a lost answer's backup can't be looked for", async () => {
    const service = await standInForTest();
    service.next({ code: 504, startsAfter: 0 }, { call: "ListBackupRecords", code: 403 });
    const ended = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    const { attempt } = expectEnd(ended, 5, { outcome: "unknown", error: { status: 504, backupMayExist: true } });
    expect(attempt).toMatchObject({ operationId: "CopyInstance", instanceId: IDS.dcs });
    expect(ended.stderr).toMatch(/To look for it: huaweicloud-backup find/);
    expect(ended.stderr).toMatch(/ListBackupRecords failed with 403/);
  });

  test.each([["id"], ["text"], ["id", "--quiet"]])(
    "with --output %s leaves an unknown start's attempt on stderr",
    async (...output) => {
      const service = await standInForTest({ duration: 60_000 });
      service.next({ code: 504, startsAfter: 0 }, { call: "ListBackupRecordsV1", code: 403 });
      const remark = "\u200Fright to left\u2028";
      const create = ["create", "dcs", IDS.dcs, "--remark", remark, "--api", "v1.0", "--output", ...output];
      const ended = await run(create, environmentOf(service.url));
      expect(ended.code).toBe(5);
      expect(ended.stderr).not.toMatch(/[\u200F\u2028]/);
      const document = ended.stderr.split("\n").find((line) => line.startsWith("{"));
      const found = await run(["find"], environmentOf(service.url), document);
      const { backupId } = service.backups[0] ?? {};
      expectEnd(found, 0, { outcome: "found", backup_id: backupId, api: "v1.0" });
      expect(found.stderr).toContain(`To wait for it: huaweicloud-backup wait dcs ${IDS.dcs} ${backupId} --api v1.0\n`);
      expect(found.stderr).toMatch(/^found .* \((waiting|backuping)\) after /m);
    },
  );

  test.each([
    ["failed", "failed"],
    ["deleted", "gone"],
  ] as const)("with --no-wait tells of a lost start's backup that it is %s", async (ends, outcome) => {
    const service = await standInForTest();
    service.next({ code: 504, startsAfter: 0, ends });
    const ended = await run(["create", "dcs", IDS.dcs, "--no-wait"], environmentOf(service.url));
    expectEnd(ended, 3, { outcome, recovered: true });
  });

  test("exits with 5 and shows what it may be where --exact leaves it unsure after a lost answer", async () => {
    // By the service's clock, which stands still, both runs are of one moment, however slow they are.
    const time = Date.now();
    const service = await standInForTest({}, () => time);
    const args = ["create", "dcs", IDS.dcs, "--exact", "--remark", "nightly", ...fast];
    service.next({ code: 504, startsAfter: 0 });
    const ended = await run(args, environmentOf(service.url));
    expectEnd(ended, 5, { outcome: "unknown", records: [{ remark: "nightly" }], attempt: { remark: "nightly" } });
    service.next({ code: 504, startsAfter: 0 });
    const again = await run([...args, "--output", "id"], environmentOf(service.url));
    expect(again).toMatchObject({ code: 5, stdout: "" });
    const document = again.stderr.split("\n").find((line) => line.startsWith("{")) ?? "";
    expect(JSON.parse(document)).toMatchObject({ records: [{ remark: "nightly" }, { remark: "nightly" }] });
  });

  test("exits with 1 where the name of --exact is taken, and takes nobody's backup for its own", async () => {
    const service = await standInForTest();
    const args = ["create", "dds", IDS.dds, "--exact", "--name", "nightly", ...fast];
    expectEnd(await run(args, environmentOf(service.url)), 0, { outcome: "completed" });
    const again = await run(args, environmentOf(service.url));
    expectEnd(again, 1, { outcome: "refused", error: { errorCode: "DBS.201201", backupMayExist: false } });
  });

  test("is not sure of a DDS backup either, whose name --exact has given", async () => {
    const service = await standInForTest();
    service.next({ code: 504, startsAfter: 0 });
    const ended = await run(
      ["create", "dds", IDS.dds, "--exact", "--name", "nightly", ...fast],
      environmentOf(service.url),
    );
    expectEnd(ended, 5, { outcome: "unknown", records: [{ name: "nightly" }], attempt: { name: "nightly" } });
  });

  test("asks three times where it is throttled or not reached, and then exits with 4", async () => {
    const service = await standInForTest();
    const throttled = { call: "CopyInstance", code: 429 };
    service.next(throttled, throttled);
    expectEnd(await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url)), 0, { outcome: "completed" });
    service.next(throttled, throttled, throttled);
    const ended = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(ended, 4, { outcome: "later", error: { status: 429, retryable: true } });
    expect(posts(service)).toHaveLength(6);
    service.next({ ...throttled, headers: { "retry-after": "3600" } });
    const message = expect.stringMatching(/\. Nothing was started: ask again later, in 1 h 0 min$/);
    const much = await run(["create", "dcs", IDS.dcs], environmentOf(service.url));
    expectEnd(much, 4, { outcome: "later", error: { message } });
    expect(posts(service)).toHaveLength(7);
  });

  test("says by how much the clock is off", async () => {
    const service = await standInForTest();
    service.next({ misbehave: "clock-skew" });
    const ended = await run(["create", "dcs", IDS.dcs], environmentOf(service.url));
    expectEnd(ended, 1, { outcome: "refused", error: { message: expect.stringMatching(/clock/) } });
  });

  test("heeds --timeout during a look", async () => {
    const service = await standInForTest({ duration: 60_000 });
    service.next({ call: "ListBackupRecords", misbehave: "hang" }, { call: "ListBackupRecords", misbehave: "hang" });
    const ended = await run(["create", "dcs", IDS.dcs, "--timeout", "100ms", ...fast], environmentOf(service.url));
    expectEnd(ended, 124, { outcome: "timeout", backup_id: service.backups[0]?.backupId });
  });

  test("waits on while the list lags, and exits with 5 where the backup never turns up in it", async () => {
    const service = await standInForTest();
    service.next({ listedAfter: 6_000 });
    const lagging = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(lagging, 0, { outcome: "completed" });
    expect(lagging.stderr).toMatch(/not in the list yet/);
    service.next({ listedAfter: 600_000 });
    const args = ["create", "dds", IDS.dds, "--timeout", "3s", ...fast];
    const ended = await run(args, environmentOf(service.url));
    expectEnd(ended, 5, { outcome: "unknown", backup_id: expect.any(String), error: { name: "WaitError" } });
    expect(ended.stderr).toMatch(/look again with huaweicloud-backup wait dds \w+ --job [\w-]+\n/);
  });

  test("shows a state that nobody knows, and waits on", async () => {
    const service = await standInForTest({ duration: 200 });
    service.next({ state: "verifying" });
    expectEnd(await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url)), 0, { outcome: "completed" });
  });

  test("exits with 5 where the list may not be read after the start", async () => {
    const service = await standInForTest();
    service.next({ call: "ListBackupRecords", code: 403 });
    const ended = await run(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    expectEnd(ended, 5, { outcome: "unknown", backup_id: expect.any(String), error: { name: "WaitError" } });
  });
});

describe("wait, find and list", () => {
  test("wait follows a backup that was started", async () => {
    const service = await standInForTest({ duration: 100 });
    const env = environmentOf(service.url);
    for (const kind of ["dcs", "dds"] as const) {
      const { backup_id, job_id } = documentIn(await run(["create", kind, IDS[kind], "--no-wait"], env));
      const ids = kind === "dcs" ? [IDS.dcs, String(backup_id)] : [String(backup_id), "--job", String(job_id)];
      expectEnd(await run(["wait", kind, ...ids, ...fast], env), 0, { outcome: "completed", service: kind, backup_id });
    }
  });

  test("wait uses the old API of DCS, and asks the job of DDS why a backup failed, where it is told to", async () => {
    const service = await standInForTest({ ends: "failed" });
    const env = environmentOf(service.url);
    const { createManualBackup, copyInstanceV1 } = clientOf(service.url);
    const { backup_id } = await copyInstanceV1(IDS.dcs);
    const dcs = await run(["wait", "dcs", IDS.dcs, backup_id, "--api", "v1.0"], env);
    expectEnd(dcs, 3, { outcome: "failed", instance_id: IDS.dcs, api: "v1.0", backup_id });
    expect(service.received.at(-1)?.target).toMatch(/^\/v1\.0\//);
    const dds = await createManualBackup(DDS_BODY);
    const waited = await run(["wait", "dds", dds.backup_id, "--job", dds.job_id ?? ""], env);
    expectEnd(waited, 3, { outcome: "failed", service: "dds", instance_id: IDS.dds, backup_id: dds.backup_id });
    expect(service.received.at(-1)?.target).toMatch(`/jobs?id=${dds.job_id}`);
  });

  test("wait looks as often as --interval says", async () => {
    const answer = (status: string) => httpAnswer("200 OK", JSON.stringify({ backups: [{ id: "b", status }] }));
    const server = await rawServer((socket, _, count) => socket.end(answer(count < 5 ? "BUILDING" : "COMPLETED")));
    const ended = await run(["wait", "dds", "b", "--timeout", "30s", ...fast], environmentOf(server.url));
    expectEnd(ended, 0, { outcome: "completed" });
  });

  test("wait exits with 1 where the list may not be read", async () => {
    const service = await standInForTest();
    service.next({ code: 403 });
    const ended = await run(["wait", "dcs", IDS.dcs, "b"], environmentOf(service.url));
    const told = { status: 403, errorCode: "DCS.2003", requestId: expect.stringMatching(/^\w{32}$/) };
    const { error } = expectEnd(ended, 1, { outcome: "refused", error: { name: "WaitError", ...told } });
    expect(error).toHaveProperty("message", expect.stringMatching(/wait on with huaweicloud-backup wait dcs \S+ b$/));
  });

  test("wait gives a line that can be pasted, and the service's own words as they are", async () => {
    const message = "waitForCopyInstance(majority) failed";
    const answer = httpAnswer("403 X", JSON.stringify({ error_code: "DBS.1", error_msg: message }));
    const server = createServer((_, response) => response.socket?.end(answer));
    onTestFinished(() => void server.close());
    const ended = await run(["wait", "dds", "b$& '"], environmentOf(await listen(server)));
    expect(ended.stderr).toContain(`403 DBS.1: ${message}`);
    expect(ended.stderr).toContain(`wait on with huaweicloud-backup wait dds 'b$& '\\'''\n`);
  });

  test("wait says once a minute that the list fails", async () => {
    const server = await rawServer((socket) => socket.end(httpAnswer("503 X", "")));
    const args = ["wait", "dds", "b", "--timeout", "5s", ...fast];
    const ended = await run(args, environmentOf(server.url));
    expectEnd(ended, 124, { outcome: "timeout", error: { message: expect.stringMatching(/503.*may still run/) } });
    expect(ended.stderr.split("\n").filter((line) => /no good answer/.test(line))).toHaveLength(1);
  });

  test.skipIf(!canSignal)("find exits with 5 where it is not sure, and says what it may be", async () => {
    const service = await standInForTest();
    service.next({ misbehave: "hang", startsAfter: 0 });
    const env = environmentOf(service.url);
    const running = await start(["create", "dcs", IDS.dcs, "--exact", "--remark", "nightly"], env);
    await until(() => service.backups.length === 1);
    running.process.kill("SIGINT");
    const file = join(folderForTest(), "out.json");
    writeFileSync(file, (await running.ended).stdout);
    const found = await run(["find", file], env);
    const open = { service: "dcs", instance_id: IDS.dcs, attempt: { remark: "nightly" } };
    expectEnd(found, 5, { outcome: "unknown", ...open, records: [{ remark: "nightly" }] });
    const { backupId } = service.backups[0] ?? {};
    const line = `huaweicloud-backup wait dcs ${IDS.dcs} ${backupId}`;
    expect(found.stderr).toMatch(
      new RegExp(
        `^unknown after [\\d.]+ s\\. 1 backup may be it: ${backupId} \\(succeed, 2.*Z\\)\\. To wait for that: ${line}$`,
        "m",
      ),
    );
  });

  test("find exits with 5 and shows all that it may be", async () => {
    const service = await standInForTest();
    const { copyInstance } = clientOf(service.url);
    const sentAt = new Date().toISOString();
    await copyInstance(IDS.dcs, { remark: "nightly" });
    await copyInstance(IDS.dcs, { remark: "nightly" });
    const sent = { operationId: "CopyInstance", instanceId: IDS.dcs, remark: "nightly", backupFormat: "RDB" };
    const attempt = { ...sent, sentAt, clock: "local" };
    const found = await run(["find"], environmentOf(service.url), JSON.stringify(attempt));
    const { records } = expectEnd(found, 5, { outcome: "unknown", instance_id: IDS.dcs, attempt, records: [{}, {}] });
    const [{ backup_id }] = records as [{ backup_id: string }];
    expect(found.stderr).toContain(`. 2 backups may be it, the newest: ${backup_id} (`);
    expect(found.stderr).toContain(`To wait for that: huaweicloud-backup wait dcs ${IDS.dcs} ${backup_id}\n`);
  });

  test("find exits with 5 and keeps the attempt where the list may not be read", async () => {
    const service = await standInForTest();
    service.next({ code: 403 });
    const attempt = { operationId: "CopyInstanceV1", instanceId: IDS.dcs, remark: uniqueRemark() };
    const found = await run(["find"], environmentOf(service.url), JSON.stringify(attempt));
    const known = { service: "dcs", instance_id: IDS.dcs, api: "v1.0" };
    expectEnd(found, 5, { outcome: "unknown", ...known, attempt, error: { status: 403, backupMayExist: true } });
  });

  test("list gives all pages", async () => {
    const service = await standInForTest();
    service.set({ keep: 200 });
    const env = environmentOf(service.url);
    const { copyInstance } = clientOf(service.url);
    for (let count = 0; count < 120; count++) {
      await copyInstance(IDS.dcs);
    }
    const { records } = expectEnd(await run(["list", "dcs", IDS.dcs], env), 0, { outcome: "listed", service: "dcs" });
    expect(records).toHaveLength(120);
    expect((await run(["list", "dds", "--output", "id"], env)).stdout).toBe("");
  });

  test.each([
    [403, 1, "refused"],
    [503, 4, "later"],
  ])("list that is answered with %i exits with %i", async (status, code, outcome) => {
    const server = await rawServer((socket) => socket.end(httpAnswer(`${status} X`, '{"error_code":"X.1"}')));
    const error = { name: "ApiError", status, errorCode: "X.1", backupMayExist: false };
    const env = environmentOf(server.url);
    expectEnd(await run(["list", "dds"], env), code, { outcome, service: "dds", error });
    expectEnd(await run(["list", "dcs", IDS.dcs], env), code, { outcome, instance_id: IDS.dcs, error });
  });

  test("list asks for one instance of DDS, and uses the old API of DCS, where it is told to", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    const dds = await run(["list", "dds", IDS.dds], env);
    expectEnd(dds, 0, { outcome: "listed", service: "dds", instance_id: IDS.dds });
    const dcs = await run(["list", "dcs", IDS.dcs, "--api", "v1.0"], env);
    expectEnd(dcs, 0, { outcome: "listed", service: "dcs", instance_id: IDS.dcs, api: "v1.0" });
    const targets = service.received.map(({ target }) => target);
    expect(targets).toEqual([
      expect.stringContaining(`instance_id=${IDS.dds}`),
      expect.stringMatching(new RegExp(`^/v1\\.0/.*/instances/${IDS.dcs}/backups`)),
    ]);
  });

  test("a record that may be nested too deeply to be written ends no run", async () => {
    // Newer versions of Node can write it.
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    const record = (id: string) => `{"backup_id":"${id}","status":"succeed","more":${deep}}`;
    const answers = { POST: '{"backup_id":"b"}', GET: `{"backup_record_response":[${record("")},${record("b")}]}` };
    const server = createServer(({ method }, response) => response.end(answers[method as "GET" | "POST"]));
    onTestFinished(() => void server.close());
    const env = environmentOf(await listen(server));
    const created = await run(["create", "dcs", IDS.dcs], env);
    expect(created.code, created.stderr).toBe(0);
    expect(created.stdout).toMatch(/"outcome":"completed".*"record":\{"backup_id":"b","status":"succeed"[,}]/);
    const listed = await run(["list", "dcs", IDS.dcs], env);
    expect(listed.code, listed.stderr).toBe(0);
    expect(listed.stdout.match(/\{"backup_id":"b?","status":"succeed"[,}]/g)).toHaveLength(2);
  });

  test("list gives all pages where the total counts those of a page", async () => {
    const backups = Array.from({ length: 150 }, (_, index) => ({ id: `b${index}` }));
    const server = createServer(({ url = "" }, response) => {
      const query = new URL(url, "http://h").searchParams;
      const offset = Number(query.get("offset"));
      const page = backups.slice(offset, offset + Number(query.get("limit")));
      response.end(JSON.stringify({ backups: page, total_count: page.length }));
    });
    onTestFinished(() => void server.close());
    const { stdout } = await run(["list", "dds", "--output", "id"], environmentOf(await listen(server)));
    expect(stdout.trim().split("\n")).toEqual(backups.map(({ id }) => id));
  });

  test("list shows what no service should answer with, and lets nothing of it steer a terminal", async () => {
    const backups = [
      null,
      "text",
      { name: "first" },
      { name: "another" },
      { id: "", name: "second" },
      { id: "b\u001B[2J\n", name: "\u202Ethird\r\u009B\u2028" },
      ["array"],
      { id: 7 },
    ];
    const answer = httpAnswer("200 OK", JSON.stringify({ backups }), { connection: "close" });
    const server = createServer((_, response) => response.socket?.end(answer));
    onTestFinished(() => void server.close());
    const env = environmentOf(await listen(server));
    const ended = await run(["list", "dds"], env);
    const { records } = expectEnd(ended, 0, { outcome: "listed" });
    expect(records).toEqual([...backups.slice(2, 6), { id: 7 }]);
    expect(ended.stdout.trimEnd()).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028]/u);
    const inWords = await run(["list", "dds", "--output", "text"], env);
    expect(inWords).toMatchObject({
      stdout: "?  first\n?  another\n?  second\nb [2J   ?   third \n7  ?\n",
      stderr: "",
    });
    expect((await run(["list", "dds", "--output", "id"], env)).stdout).toBe("b [2J \n7\n");
  });

  test.each(["##vso[task.setvariable variable=a]b", "###[add-mask]b", "##teamcity[buildStop comment='b']"])(
    "the remark %s is no command to a pipeline that reads the log",
    async (remark) => {
      const records = [{ backup_id: "b", status: "succeed", remark }];
      const answer = httpAnswer("200 OK", JSON.stringify({ backup_record_response: records }), { connection: "close" });
      const server = createServer((_, response) => response.socket?.end(answer));
      onTestFinished(() => void server.close());
      const env = environmentOf(await listen(server));
      const ended = await run(["list", "dcs", IDS.dcs], env);
      expect(expectEnd(ended, 0, { outcome: "listed" })).toMatchObject({ records });
      const inWords = await run(["list", "dcs", IDS.dcs, "--output", "text"], env);
      expect(inWords.stdout).toContain(remark.slice(remark.indexOf("[")));
      expect(ended.stdout + inWords.stdout).not.toContain("##");
    },
  );

  test.each(["utf-8", "utf-16le"] as const)("find reads what Windows PowerShell writes as %s", async (encoding) => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    const attempt = { operationId: "CopyInstance", instanceId: IDS.dcs, remark: uniqueRemark(), name: null };
    const file = join(folderForTest(), "out.json");
    writeFileSync(file, Buffer.from(`\uFEFF${JSON.stringify({ attempt })}\r\n`, encoding));
    expectEnd(await run(["find", file], env), 5, { outcome: "unknown", attempt: { instanceId: IDS.dcs } });
  });

  test("find says why stdin can't be read", async () => {
    const env = environmentOf("http://127.0.0.1:1");
    const file = openSync(join(folderForTest(), "for-writing-alone"), "w");
    onTestFinished(() => closeSync(file));
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "find"], {
      ...{ env, encoding: "utf8" },
      stdio: [file, "pipe", "pipe"],
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^huaweicloud-backup: stdin: can't be read: EBADF/);
  });

  test.skipIf(process.platform === "win32")(
    "find heeds a signal while it reads a pipe of the file system",
    async () => {
      const pipe = join(folderForTest(), "pipe");
      execFileSync("mkfifo", [pipe]);
      const running = await start(["find", pipe], environmentOf("http://127.0.0.1:1"));
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      running.process.kill("SIGTERM");
      expect(await running.ended).toMatchObject({ code: null, signal: "SIGTERM" });
    },
  );
});

describe("what is wrong on the line is named, and nothing is sent", () => {
  test.each<[string[], NodeJS.ProcessEnv, RegExp]>([
    [["creat", "dcs", "i"], {}, /creat: is no command, did you mean create\?/],
    [[], {}, /<command>: missing/],
    [["create", "dcs", "a/b"], {}, /<instance-id>: must be an ID/],
    [["create", "dcs", "i", "--timeout", "25d"], {}, /--timeout: must be a duration from 0ms to 24d/],
    [["create", "dds", "i", "--exact"], {}, /--name: is needed with --exact/],
    [["create", "dds", "i", "--exact", "--name", "1"], {}, /--name: must/],
    [["create", "dds", "i", "--description", "a<b"], {}, /--description: must match/],
    [["create", "dcs", "i", "--exact", "--remark", "x".repeat(129)], {}, /--remark: must NOT have more than 128/],
    [["create", "dcs", "i", "--api", "v1.0", "--format", "aof"], {}, /--format: can't go with --api v1\.0/],
    [["create", "dcs", "i", "--endpoint", "dcs=http://example.com"], {}, /--endpoint dcs=….*: must begin with https/],
    [["create", "dcs", "i"], { HUAWEICLOUD_SDK_SK: undefined }, /HUAWEICLOUD_SDK_SK: not set/],
    [["create", "dcs", "i"], { HUAWEICLOUD_SDK_SK: "s\n" }, /HUAWEICLOUD_SDK_SK: ends in a line break/],
    [
      ["create", "dcs", "i"],
      { HUAWEICLOUD_SDK_SECURITY_TOKEN: '"token"' },
      /HUAWEICLOUD_SDK_SECURITY_TOKEN: stands in quotes, which are no part/,
    ],
    [
      ["create", "dcs", "i"],
      { ...NO_KEY, HUAWEICLOUD_BACKUP_TOKEN: "t\n" },
      /HUAWEICLOUD_BACKUP_TOKEN: ends in a line/,
    ],
    [["create", "dcs", "i"], { HUAWEICLOUD_BACKUP_TOKEN: "t" }, /HUAWEICLOUD_BACKUP_TOKEN: is set, and so is/],
    [["create", "dcs", "i"], { HUAWEICLOUD_SDK_PROJECT_ID: undefined }, /--project-id: missing/],
    [
      ["create", "dcs", "i", "--dry-run", "--interval", "1d25d"],
      {},
      /^huaweicloud-backup: --interval: must be a duration from 1ms to 24d/,
    ],
    [["wait", "dcs", "i", "b", "--dry-run"], {}, /--dry-run: is for create; wait starts nothing anyway/],
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
      /its backup is known: .* use wait/,
    );
    expectUsage(await run(["find"], env, '{"attempt":{"operationId":"DeleteAll"}}'), /operationId must be one of/);
    expectUsage(
      await run(["find"], env, '{"attempt":{"attempt":{"operationId":"CopyInstance"}}}'),
      /operationId must be/,
    );
    expectUsage(await run(["find"], env, "{"), /stdin: can't be read as JSON/);
    for (const document of ["{}", "[]", "null", "7", '"text"', '{"attempt":null}', '{"attempt":"CopyInstance"}']) {
      expectUsage(await run(["find"], env, document), /stdin: has no attempt in it, so there is nothing to look for/);
    }
    const reshaping = '{"operationId":"CopyInstance","instanceId":"a/b","sentAt":"2026-11-28T00:00:00Z"}';
    expectUsage(await run(["find"], env, reshaping), /<instance-id>: must be an ID/);
    expect(server.requests).toEqual([]);
  });

  test.each<[string[], string?]>([
    [["find"], '{"backup_id":"b\\n\\u001b[2J\\u202e"}'],
    [["find"], "\n\u001b[2J\u202e"],
    [["create", "b\n\u001b[2J\u202e"]],
    [["create", "dcs", "b\n\u001b[2J\u202e"]],
  ])("%j shows what is wrong in one line, which steers no terminal", async (args, input) => {
    const ended = await run(args, environmentOf("http://127.0.0.1:1"), input);
    expectUsage(ended, /^huaweicloud-backup: .*\n$/);
    expect(ended.stderr.trimEnd()).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});

describe("what is printed", () => {
  test("of an empty list is a line for people, and no id", () => {
    const none = { outcome: "listed", service: "dds", records: [], seconds: 1 } as const;
    expect(print(none, "text")).toBe("listed 0 backups after 1 s\n");
    expect(print(none, "id")).toBe("");
  });

  test("of a record says what is not told, where that is null, too", () => {
    const record = { id: "b", status: null, begin_time: null } as unknown as DdsBackup;
    expect(print({ outcome: "listed", service: "dds", records: [record] }, "text")).toBe("b  ?\n");
    const unsure = { outcome: "unknown", service: "dds", records: [record], attempt: {} as Attempt } as const;
    expect(print(unsure, "text")).toContain(
      "1 backup may be it: b (?). To wait for that: huaweicloud-backup wait dds b",
    );
  });

  test.each([
    [500, true, "Ask again later, in 1 s"],
    [3_600_000, true, "Ask again later, in 1 h 0 min"],
    [499, true, "Ask again later"],
    [undefined, true, "Ask again later"],
    // What may have worked must not be asked again.
    [3_600_000, false, "Ask again later"],
  ])(
    "of an error tells when to ask again, where asking is of use: after %s ms, retryable %s",
    (retryAfter, retryable, message) => {
      const facts = { operationId: "CopyInstance", status: 429, backupMayExist: !retryable, retryable, retryAfter };
      expect(factsOf(new ApiError("Ask again later", facts))).toMatchObject({ message });
    },
  );

  test("--dry-run shows the request and sends nothing, without credentials", async () => {
    const server = await rawServer(() => {});
    const args = ["create", "dcs", IDS.dcs, "--dry-run", "--exact", "--remark", "r"];
    const ended = await run(args, environmentOf(server.url, NO_KEY));
    const body = { remark: "r" };
    const { url } = expectEnd(ended, 0, { outcome: "dry-run", method: "POST", body });
    expect(url).toContain(`${server.url}/v2/`);
    expect(ended.stderr).toBe("");
    const inWords = await run([...args, "--output", "text"], environmentOf(server.url, NO_KEY));
    expect(inWords).toMatchObject({ code: 0, stdout: `dry-run POST ${url} {"remark":"r"}\n` });
    expect(server.requests).toEqual([]);
  });

  test("--help and --version write to stdout alone, and exit with 0", async () => {
    const env = environmentOf("");
    expect(await runAsProcess(["--help"], env)).toEqual({
      code: 0,
      signal: null,
      stdout: helpOf(undefined),
      stderr: "",
    });
    expect(await runAsProcess(["--version"], env)).toEqual({
      code: 0,
      signal: null,
      stdout: `${manifest.version}\n`,
      stderr: "",
    });
  });

  test("a fault of the command itself exits with 70 and is no usage error", async () => {
    const fault = "data:text/javascript,AbortSignal.abort = undefined;";
    const env = environmentOf("http://127.0.0.1:1", { NODE_OPTIONS: `--import="${fault}"` });
    const { code, stdout, stderr } = await runAsProcess(["create", "dcs", IDS.dcs], env);
    expect({ code, stdout }).toEqual({ code: 70, stdout: "" });
    expect(stderr).toMatch(/^TypeError: AbortSignal\.abort is not a function\n +at /);
    expect(stderr).toMatch(FAULT);
  });

  test.each(["throw new Error('broken')", "Promise.reject(new Error('broken'))"])(
    "so does what goes wrong on the side, which Node ends with 1: %s",
    async (fault) => {
      const server = await rawServer(() => {});
      const code = `globalThis.fetch = () => { setTimeout(() => { ${fault} }); return new Promise(() => {}); };`;
      const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(code)}`;
      const ended = await runAsProcess(["create", "dcs", IDS.dcs], environmentOf(server.url, { NODE_OPTIONS }));
      expect(ended).toMatchObject({ code: 70, stdout: "", stderr: expect.stringMatching(FAULT) });
      expect(ended.stderr).toMatch(/^Error: broken\n +at /);
    },
  );

  test("a reader of stdout that goes away changes no exit code", async () => {
    const service = await standInForTest();
    const running = await start(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    running.process.stdout.destroy();
    const { code, stderr } = await running.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain("{");
  });

  test("a reader of stderr that goes away ends no run", async () => {
    const service = await standInForTest({ duration: 200 });
    const running = await start(["create", "dcs", IDS.dcs, ...fast], environmentOf(service.url));
    running.process.stderr.destroy();
    expectEnd(await running.ended, 0, { outcome: "completed" });
  });

  test("an unknown start's document goes to stderr where the reader of stdout has gone away", async () => {
    const service = await standInForTest();
    service.next({ code: 504, startsAfter: 0 }, { call: "ListBackupRecords", code: 403 });
    const running = await start(["create", "dcs", IDS.dcs, "--quiet"], environmentOf(service.url));
    running.process.stdout.destroy();
    const { code, stderr } = await running.ended;
    expect(code).toBe(5);
    expect(JSON.parse(stderr)).toMatchObject({ outcome: "unknown", attempt: { instanceId: IDS.dcs } });
  });

  test("all that goes to stderr goes out, also where a pipe can't hold it", async () => {
    const service = await standInForTest();
    const long = "x".repeat(1_000_000);
    const usage = await runAsProcess(["find"], environmentOf(service.url), JSON.stringify({ backup_id: long }));
    expectUsage(usage, /its backup is known: x{1000000}; use wait\n$/);
    service.next({ code: 403 });
    const remark = uniqueRemark();
    const attempt = { operationId: "CopyInstance", instanceId: IDS.dcs, remark: `${long} ${remark}` };
    const found = await runAsProcess(["find", "--output", "id"], environmentOf(service.url), JSON.stringify(attempt));
    const document = found.stderr.split("\n").find((line) => line.startsWith("{")) ?? "";
    expect(JSON.parse(document)).toMatchObject({ outcome: "unknown", attempt });
    const list = JSON.stringify({ backup_record_response: [{ backup_id: "b", status: long, remark }] });
    const server = await rawServer((socket) => socket.end(httpAnswer("200 OK", list)));
    const { stderr } = await runAsProcess(
      ["find", "--output", "id"],
      environmentOf(server.url),
      JSON.stringify(attempt),
    );
    expect(stderr).toMatch(/^found b \(x{1000000}\) after .*\n$/m);
  });

  test.skipIf(!existsSync("/dev/full"))("on a full disk the document goes to stderr, with the same code", async () => {
    const { spawn } = await import("node:child_process");
    const service = await standInForTest();
    const child = spawn(process.execPath, [COMMAND, "create", "dcs", IDS.dcs, "--quiet", ...fast], {
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

  test.skipIf(process.platform === "win32")(
    "a document for which the disk has too little room goes to stderr",
    async () => {
      const list = JSON.stringify({ backup_record_response: [{ backup_id: "b", remark: "x".repeat(4_000) }] });
      const server = await rawServer((socket) => socket.end(httpAnswer("200 OK", list)));
      const file = join(folderForTest(), "out.json");
      // A limit has the same effect: a write takes what there is room for, and tells how much that was.
      const line = 'ulimit -f 2; exec "$@" > "$0"';
      const args = ["-c", line, file, process.execPath, COMMAND, "list", "dcs", IDS.dcs, "--quiet"];
      const { stderr } = await promisify(execFile)("/bin/sh", args, { env: environmentOf(server.url) });
      expect(JSON.parse(stderr)).toMatchObject({ outcome: "listed", records: [{ backup_id: "b" }] });
    },
  );

  test.skipIf(!existsSync("/dev/full"))("on a full disk --version goes to stderr, with the same code", () => {
    const full = openSync("/dev/full", "w");
    onTestFinished(() => closeSync(full));
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, "--version"], {
      ...{ env: environmentOf(""), encoding: "utf8" },
      stdio: ["ignore", full, "pipe"],
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: `${manifest.version}\n` });
  });
});
