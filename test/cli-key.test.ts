/** A key makes one backup, however often and by how many runs it is given. */
import { createServer } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { closedUrl, listen } from "../scripts/lib/listen.ts";
import { create } from "../src/cli/create.ts";
import { uniqueName, uniqueRemark } from "../src/index.ts";
import {
  contextOf,
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
import { jumpingClock, standInForTest, until } from "./support.ts";

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
      const service = await standInForTest({ duration: 200 });
      const env = environmentOf(service.url);
      const { backup_id } = expectEnd(await runAsProcess(args(kind, "--no-wait"), env), 0, { outcome: "started" });
      const label = kind === "dcs" ? "--remark" : "--name";
      const adopted = { outcome: "completed", adopted: true, backup_id };
      expectEnd(await run(args(kind, label, "other"), env), 0, adopted);
      const again = await run(args(kind), env);
      expectEnd(again, 0, { ...adopted, record: { status: expect.stringMatching(/^(succeed|COMPLETED)$/) } });
      expect(again.stderr).toContain(`adopted ${backup_id}, which an earlier run with this key started\n`);
      expect(again.stderr).toMatch(/\ncompleted \S+ after [\d.]+ s, started by an earlier run\n$/);
      expect(service.backups).toHaveLength(1);
    },
  );

  test("adopts a backup whose run died without an answer", async () => {
    const service = await standInForTest({ duration: 50 });
    service.next({ misbehave: "hang", startsAfter: 0 });
    const first = await start(args("dcs"), environmentOf(service.url));
    await until(() => service.backups.length === 1);
    first.process.kill("SIGKILL");
    await first.ended;
    expectEnd(await run(args("dcs"), environmentOf(service.url)), 0, { outcome: "completed", adopted: true });
    expect(service.backups).toHaveLength(1);
  });

  test("makes one backup where the run is killed at any step and run again", async () => {
    const service = await standInForTest({ duration: 300 });
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
    const service = await standInForTest({ duration: 8_000 });
    const env = environmentOf(service.url);
    const words = args("dcs", "--busy-timeout", "1m", "--interval", "500ms");
    const both = await Promise.all([runAsProcess(words, env), runAsProcess(words, env)]);
    for (const ended of both) {
      expectEnd(ended, 0, { outcome: "completed" });
    }
    expect(service.backups).toHaveLength(1);
  });

  test("starts anew after one that failed on DCS", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    service.next({ ends: "failed" });
    expectEnd(await run(args("dcs"), env), 3, { outcome: "failed" });
    const second = expectEnd(await run(args("dcs"), env), 0, { outcome: "completed" });
    expect(second).not.toHaveProperty("adopted");
    expect(service.backups).toHaveLength(2);
  });

  test("starts anew after one that failed, whatever its format was", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    service.next({ ends: "failed" });
    expectEnd(await run(args("dcs", "--format", "rdb"), env), 3, { outcome: "failed" });
    expectEnd(await run(args("dcs", "--format", "aof"), env), 0, { outcome: "completed" });
  });

  test("exits with 3 where a failed backup of DDS still holds the key's name", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    service.next({ ends: "failed" });
    const { backup_id } = expectEnd(await run(args("dds"), env), 3, { outcome: "failed" });
    const again = await run(args("dds"), env);
    expectEnd(again, 3, { outcome: "failed", backup_id, record: { status: "FAILED" } });
    expect(again.stderr).toMatch(/give another --key/);
    expect(service.backups).toHaveLength(1);
  });

  test("adopts a backup of DDS that the list shows only after its name was refused", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    service.next({ listedAfter: 1_500 });
    const first = expectEnd(await run(args("dds", "--no-wait"), env), 0, { outcome: "started" });
    // The look after the refusal fails with all its retries, and the next one does not.
    service.next({ call: "ListBackups", code: 200 });
    service.next(
      ...Array.from({ length: 3 }, () => ({ call: "ListBackups", code: 503, headers: { "retry-after": "0" } })),
    );
    const second = expectEnd(await run(args("dds"), env), 0, { outcome: "completed", adopted: true });
    expect(second["backup_id"]).toBe(first["backup_id"]);
    expect(service.backups).toHaveLength(1);
  });

  test("exits with 5 where the list may not be read after the key's name was refused", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    expectEnd(await run(args("dds", "--no-wait"), env), 0, { outcome: "started" });
    service.next({ call: "ListBackups", code: 200 }, { call: "ListBackups", code: 403 });
    const ended = await run(args("dds"), env);
    expectEnd(ended, 5, {
      outcome: "unknown",
      attempt: { operationId: "CreateManualBackup" },
      error: {
        status: 403,
        backupMayExist: true,
        message: expect.stringMatching(/^A backup of this key exists, but the list can't be read/),
      },
    });
    expect(posts(service)).toHaveLength(2);
  });

  test("exits with 5 where a backup of the key's name is not listed for a minute", async () => {
    const service = await standInForTest();
    // The process's clock runs twenty times as fast.
    const code = "const now = performance.now.bind(performance); performance.now = () => 20 * now();";
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(code)}`;
    service.next({ listedAfter: 600_000 });
    expectEnd(await run(args("dds", "--no-wait"), environmentOf(service.url)), 0, { outcome: "started" });
    const began = performance.now();
    const ended = await runAsProcess(args("dds", "--interval", "100ms"), environmentOf(service.url, { NODE_OPTIONS }));
    // It does not say, as the refusal does, that nothing was started.
    const message = expect.stringMatching(
      /, but no look has found it: CreateManualBackup was refused with DBS\.201201$/,
    );
    expectEnd(ended, 5, {
      outcome: "unknown",
      error: { errorCode: "DBS.201201", backupMayExist: true, message },
    });
    expect(performance.now() - began).toBeGreaterThan(60_000 / 20);
    expect(service.received.length).toBeLessThan(60_000 / 20 / 100 + 10);
    // Find takes what was printed, and looks once.
    const looks = service.received.length;
    const found = await run(["find"], environmentOf(service.url), ended.stdout);
    expectEnd(found, 5, { outcome: "unknown", attempt: { name: expect.any(String) } });
    expect(found.stderr).toMatch(/^Nothing was found in (one look|[1-9]\d* s); it may still turn up$/m);
    expect(service.received).toHaveLength(looks + 1);
    expect(posts(service)).toHaveLength(2);
  });

  test("tells why the list can't be read where it fails for a minute after the key's name was refused", async () => {
    const jump = jumpingClock();
    const service = await standInForTest();
    const failing = { call: "ListBackups", code: 503 };
    service.next({ call: "ListBackups", code: 200 }, failing, failing);
    service.next({ call: "CreateManualBackup", code: 400, example: "DdsNameTaken" });
    const context = contextOf(args("dds"), service.url);
    const { listBackups } = context.backups;
    context.backups.listBackups = (...asked) => {
      jump(40_000);
      return listBackups(...asked);
    };
    expect(await create(context)).toMatchObject({
      outcome: "unknown",
      error: { status: 503, message: expect.stringMatching(/the list can't be read: ListBackups failed with 503/) },
    });
  });

  test("looks once more where the instance stays busy, since it may be busy with a backup of this key", async () => {
    const service = await standInForTest({ duration: 50 });
    const env = environmentOf(service.url);
    const another = args("dcs", "--format", "rdb");
    const { backup_id } = expectEnd(await run([...another, "--no-wait"], env), 0, { outcome: "started" });
    const unseen = [
      { call: "ListBackupRecords", code: 204 },
      { call: "CopyInstance", code: 400, example: "DcsBackupRunning" },
    ] as const;
    service.next(...unseen);
    expectEnd(await run(another, env), 0, { outcome: "completed", adopted: true, backup_id });
    // One that may not be adopted leaves things as the refusal has them.
    service.next(...unseen);
    const busy = { outcome: "later", error: { errorCode: "DCS.4096", backupMayExist: false } };
    expectEnd(await run(args("dcs", "--format", "aof"), env), 4, busy);
    expect(service.backups).toHaveLength(1);
  });

  /** A service whose list has one backup of the key, as it is told. */
  async function serviceWith(record: object, delay = 0) {
    const starts: string[] = [];
    const remark = uniqueRemark("", JSON.stringify(["dcs", IDS.dcs, "run 7"]));
    const mine = { backup_id: "b", status: "succeed", backup_type: "manual", remark, ...record };
    const server = createServer((incoming, outgoing) => {
      if (incoming.method === "POST") {
        starts.push(incoming.url ?? "");
        outgoing.end('{"backup_id":"new"}');
        return;
      }
      const records = [mine, ...starts.map(() => ({ backup_id: "new", status: "succeed" }))];
      const list = JSON.stringify({ total_num: records.length, backup_record_response: records });
      setTimeout(() => outgoing.end(list), delay);
    });
    onTestFinished(() => void server.close());
    return { url: await listen(server), starts };
  }
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();

  test("does not adopt one that has expired, however slow the list is", async () => {
    const service = await serviceWith({ status: "expired", created_at: anHourAgo }, 2_500);
    const ended = await run(args("dcs"), environmentOf(service.url));
    expect(expectEnd(ended, 0, { outcome: "completed", backup_id: "new" })).not.toHaveProperty("adopted");
    expect(service.starts).toHaveLength(1);
  });

  test.each([
    ["that does not say when it was begun", {}, false],
    ["that does not say so, but still runs", { status: "waiting" }, true],
    ["that does not say so, and is in a state that nobody knows", { status: "verifying" }, true],
    ["that began long ago in another zone", { created_at: "2020-01-01T00:00:00.000 +0800" }, false],
    ["whose format is no text", { created_at: anHourAgo, backup_format: {} }, true],
    ["whose format is in capitals", { created_at: anHourAgo, backup_format: "AOF" }, true],
  ])("judges one %s", async (_, record, isAdopted) => {
    const service = await serviceWith(record);
    const ended = await run(args("dcs", "--no-wait", "--format", "aof"), environmentOf(service.url));
    expectEnd(ended, 0, { backup_id: isAdopted ? "b" : "new" });
    expect(service.starts).toHaveLength(isAdopted ? 0 : 1);
  });

  test("adopts the one that runs on DDS, though an outdated one has the key's mark too", async () => {
    const name = uniqueName("", JSON.stringify(["dds", IDS.dds, "run 7"]));
    const mine = { name, instance_id: IDS.dds, type: "Manual" };
    const backups = [
      { ...mine, id: "old", status: "COMPLETED", begin_time: "2020-01-01 00:00:00" },
      { ...mine, id: "runs", status: "BUILDING" },
    ];
    const server = createServer((_, outgoing) => outgoing.end(JSON.stringify({ backups, total_count: 2 })));
    onTestFinished(() => void server.close());
    const ended = await run(args("dds", "--no-wait"), environmentOf(await listen(server)));
    expectEnd(ended, 0, { outcome: "started", adopted: true, backup_id: "runs" });
  });

  test("with --no-wait tells that the adopted backup is finished", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    expectEnd(await run(args("dcs"), env), 0, { outcome: "completed" });
    expectEnd(await run(args("dcs", "--no-wait"), env), 0, { outcome: "completed", adopted: true });
  });

  test("looks before each further start", async () => {
    const service = await standInForTest();
    service.next({ call: "CopyInstance", code: 429 }, { call: "CopyInstance", code: 400, example: "DcsBackupRunning" });
    expectEnd(await run(args("dcs", "--busy-timeout", "1m"), environmentOf(service.url)), 0, { outcome: "completed" });
    const calls = service.received.slice(0, 6).map(({ method }) => method);
    expect(calls).toEqual(["GET", "POST", "GET", "POST", "GET", "POST"]);
  });

  test("does not adopt one that is older than --key-age", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    for (const kind of ["dcs", "dds"] as const) {
      expectEnd(await run(args(kind), env), 0, { outcome: "completed" });
    }
    const anew = await run(args("dcs", "--key-age", "0s"), env);
    expect(expectEnd(anew, 0, {})).not.toHaveProperty("adopted");
    expect(anew.stderr).toMatch(/Passes over the backup \S+ with this key, which is older than --key-age\n/);
    expectUsage(
      await run(args("dds", "--key-age", "0s"), env),
      /^huaweicloud-backup: --key: the backup .* give a new key/,
    );
  });

  test("ends with 2 where the earlier backup has another format", async () => {
    const service = await standInForTest();
    const env = environmentOf(service.url);
    expectEnd(await run(args("dcs", "--format", "rdb"), env), 0, { outcome: "completed" });
    expectUsage(await run(args("dcs", "--format", "aof"), env), /--format: the backup .* is rdb, not aof/);
  });

  test("sends nothing where the list can't be read first", async () => {
    const service = await standInForTest();
    service.next({ call: "ListBackupRecords", code: 403 });
    const refused = await run(args("dcs"), environmentOf(service.url));
    const message = expect.stringMatching(
      /^Nothing was started, since the look for a backup of this key failed: ListBackupRecords failed with 403/,
    );
    expectEnd(refused, 1, { outcome: "refused", error: { status: 403, message, backupMayExist: false } });
    const unreached = await run(args("dcs"), environmentOf(await closedUrl()));
    expectEnd(unreached, 4, { outcome: "later", error: { backupMayExist: false } });
    expect(posts(service)).toEqual([]);
  });
});
