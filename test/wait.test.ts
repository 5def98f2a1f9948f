/** A wait ends as the service's list says, and for nothing else. */
import { getEventListeners } from "node:events";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { about } from "../src/follow/time.ts";
import {
  BackupError,
  type BackupRecord,
  type DdsBackup,
  isBackupError,
  WaitError,
  type WaitOptions,
  type WaitProgress,
  waitForCopyInstance,
  waitForCopyInstanceV1,
  waitForManualBackup,
} from "../src/index.ts";
import {
  BACKUP_ID,
  DDS_BACKUP_ID,
  dcs,
  dcsPage,
  dcsRecord,
  dds,
  ddsBackup,
  ddsPage,
  inTurn,
  JOB_ID,
  type ListService,
  listService,
  once,
  type Reply,
} from "./list-service.ts";
import { clientOf, INSTANCE_ID, jumpingClock, stoppedClock, thrownBy } from "./support.ts";

const often = { interval: 1 };

function waitDcs({ url }: ListService, options: WaitOptions<BackupRecord> = {}): Promise<BackupRecord> {
  return waitForCopyInstance(clientOf(url, once), INSTANCE_ID, { backup_id: BACKUP_ID }, { ...often, ...options });
}

function waitDds(
  { url }: ListService,
  options: WaitOptions<DdsBackup> = {},
  job: { job_id?: string } = {},
): Promise<DdsBackup> {
  return waitForManualBackup(clientOf(url, once), { backup_id: DDS_BACKUP_ID, ...job }, { ...often, ...options });
}

/** What `onProgress` was told, one line a look. */
function progressOf<Item>(): { told: WaitProgress<Item>[]; onProgress: (progress: WaitProgress<Item>) => void } {
  const told: WaitProgress<Item>[] = [];
  return { told, onProgress: (progress) => told.push(progress) };
}

/** The time is over after the first look, however long that took. */
function overAfterFirstLook(): { timeout: number; onProgress: () => void } {
  const jump = jumpingClock();
  return { timeout: 30_000, onProgress: () => jump(40_000) };
}

const error = (status: number, code: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: { error_code: code, error_msg: "no" },
});

describe("a state that ends a wait", () => {
  test.each(["succeed", "SUCCEED"])("of DCS, %s, gives the record at the first look", async (status) => {
    const service = await listService(() => dcs(status));
    expect(await waitDcs(service)).toMatchObject({ backup_id: BACKUP_ID, status });
    expect(service.lists).toHaveLength(1);
  });

  test.each(["COMPLETED", "completed"])("of DDS, %s, gives the backup at the first look", async (status) => {
    const service = await listService(() => dds(status));
    expect(await waitDds(service)).toMatchObject({ id: DDS_BACKUP_ID, status });
    expect(service.lists.map(String)).toEqual([`backup_id=${DDS_BACKUP_ID}&limit=100&offset=0`]);
  });

  test("comes after others that do not", async () => {
    const service = await listService(inTurn(dcs("waiting"), dcs("backuping"), dcs("Backuping"), dcs("succeed")));
    const { told, onProgress } = progressOf<BackupRecord>();
    await waitDcs(service, { onProgress });
    expect(told.map(({ state }) => state)).toEqual(["waiting", "running", "running"]);
    expect(service.lists).toHaveLength(4);
  });

  test("is looked for in the old API's list, which counts from one", async () => {
    const service = await listService(inTurn(dcs("waiting"), dcs("succeed")));
    const backups = clientOf(service.url, once);
    await waitForCopyInstanceV1(backups, INSTANCE_ID, { backup_id: BACKUP_ID }, often);
    expect(service.lists.map(String)).toEqual(["limit=100&start=1", "limit=100&start=1"]);
  });

  test("of DCS, failed, is an error with the service's code", async () => {
    const service = await listService(inTurn(dcs("backuping"), dcs("failed", { error_code: "dcs.08.0002" })));
    const thrown = await thrownBy(waitDcs(service));
    expect(thrown).toMatchObject({
      ...{ name: "WaitError", outcome: "failed", backupMayExist: true, retryable: false },
      ...{ operationId: "ListBackupRecords", errorCode: "dcs.08.0002", record: { status: "failed" } },
    });
    expect(String(thrown)).toContain(`Backup ${BACKUP_ID} of instance ${INSTANCE_ID} ended as failed: dcs.08.0002.`);
  });

  test.each([{}, ""])("of DCS, failed, does without a code where %j stands for it", async (error_code) => {
    const service = await listService(() => dcs("failed", { error_code }));
    const thrown = await thrownBy(waitDcs(service));
    expect(thrown).toMatchObject({ outcome: "failed", errorCode: undefined });
    expect(String(thrown)).toContain("ended as failed. Waiting again tells the same: start another one");
  });

  test.each(["deleted", "expired", "Deleted"])("of DCS, %s, is gone", async (status) => {
    const service = await listService(() => dcs(status));
    const thrown = await thrownBy(waitDcs(service));
    expect(thrown).toMatchObject({ outcome: "gone", backupMayExist: false, retryable: false, record: { status } });
    expect(String(thrown)).toContain(`was deleted or has expired: its state is ${status}. Start another one`);
  });

  test.each([
    ["FAILED", "failed", true],
    ["DISABLED", "gone", false],
    ["DELETING", "gone", false],
    ["Failed", "failed", true],
  ])("of DDS, %s, is %s", async (status, outcome, backupMayExist) => {
    const service = await listService(() => dds(status));
    expect(await thrownBy(waitDds(service))).toMatchObject({ outcome, backupMayExist, retryable: false });
  });
});

describe("a state that nobody knows", () => {
  test.each(["archiving", "", "__proto__", "constructor"])("%j ends nothing", async (status) => {
    const service = await listService(inTurn(dcs(status), dcs("succeed")));
    const { told, onProgress } = progressOf<BackupRecord>();
    expect(await waitDcs(service, { onProgress })).toMatchObject({ status: "succeed" });
    expect(told).toMatchObject([{ state: "running", record: { status } }]);
  });

  test("is named when the time is over", async () => {
    const service = await listService(() => dds("ARCHIVING"));
    const thrown = await thrownBy(waitDds(service, overAfterFirstLook()));
    expect(thrown).toMatchObject({ outcome: "timeout", record: { status: "ARCHIVING" } });
    expect(String(thrown)).toContain('"ARCHIVING"');
  });
});

describe("a backup that is not in the list", () => {
  const others = dcsPage([dcsRecord({ backup_id: "another" })]);

  test("is waited for: a list may be late", async () => {
    const service = await listService(inTurn({ status: 204 }, dcsPage([]), others, dcs("backuping"), dcs("succeed")));
    const { told, onProgress } = progressOf<BackupRecord>();
    await waitDcs(service, { onProgress });
    expect(told.map(({ state }) => state)).toEqual(["unlisted", "unlisted", "unlisted", "running"]);
    expect(told.map(({ record }) => record?.backup_id)).toEqual([undefined, undefined, undefined, BACKUP_ID]);
  });

  test("ends the wait as unlisted after a minute, and not before", async () => {
    const jump = jumpingClock();
    const service = await listService(() => others);
    const { told, onProgress } = progressOf<BackupRecord>();
    const waiting = waitDcs(service, {
      onProgress: (progress) => {
        onProgress(progress);
        jump(25_000);
      },
    });
    expect(await thrownBy(waiting)).toMatchObject({ outcome: "unlisted", backupMayExist: true, retryable: true });
    expect(told.map(({ state }) => state)).toEqual(["unlisted", "unlisted", "unlisted"]);
  });

  test("ends the wait as unlisted where the last looks fail, and tells why", async () => {
    const clock = stoppedClock();
    const service = await listService(inTurn(others, { status: 503, body: { error_code: "X.1" } }));
    const waiting = waitDcs(service, {
      timeout: 10_000,
      onProgress: ({ error }) => clock.set(error ? 10_000 : 5_000),
    });
    const thrown = await thrownBy(waiting);
    expect(thrown).toMatchObject({ outcome: "unlisted", record: undefined, cause: { status: 503 } });
  });

  test("ends a wait of less than a minute as unlisted, too", async () => {
    const service = await listService(() => others);
    const thrown = await thrownBy(waitDcs(service, overAfterFirstLook()));
    expect(thrown).toMatchObject({ outcome: "unlisted", record: undefined });
    const advice = "A list may be late, or the id wrong: look again with waitFor";
    expect(String(thrown)).toMatch(new RegExp(` was not in the list within \\d+ ms\\. ${advice}`));
    expect(String(thrown)).toContain(`{ backup_id: "${BACKUP_ID}" }`);
  });

  test("may be missing once: its record may be moving to another page", async () => {
    const service = await listService(inTurn(dcs("waiting"), others, dcs("backuping"), others, dcs("succeed")));
    const { told, onProgress } = progressOf<BackupRecord>();
    await waitDcs(service, { onProgress });
    expect(told.map(({ state }) => state)).toEqual(["waiting", "waiting", "running", "running"]);
  });

  test("but was there, is gone when it is missing twice", async () => {
    const service = await listService(inTurn(dcs("backuping"), others, others, dcs("succeed")));
    const thrown = await thrownBy(waitDcs(service));
    expect(thrown).toMatchObject({ outcome: "gone", backupMayExist: false, record: { status: "backuping" } });
    expect(String(thrown)).toContain("was in the list, and is there no more. Start another one");
    expect(service.lists).toHaveLength(3);
  });

  test("is not taken for gone because a look failed", async () => {
    const broken: Reply = { misbehave: "reset" };
    const service = await listService(inTurn(dcs("backuping"), broken, others, broken, others, dcs("succeed")));
    expect(await waitDcs(service)).toMatchObject({ status: "succeed" });
  });

  test.each(["DBS.201214", "DBS.201204", "DBS.201502", "DBS.201501", "DBS.280016", "DBS.280110"])(
    "is what DDS means by %s",
    async (code) => {
      const service = await listService(inTurn(error(400, code), ddsPage([]), dds("BUILDING"), dds("COMPLETED")));
      const { told, onProgress } = progressOf<DdsBackup>();
      await waitDds(service, { onProgress });
      expect(told.map(({ state }) => state)).toEqual(["unlisted", "unlisted", "running"]);
    },
  );

  test("is not another one that DDS answers with", async () => {
    const another = ddsBackup({ id: "another", status: "COMPLETED" });
    const service = await listService(
      inTurn(ddsPage([another]), ddsPage([another, ddsBackup({ status: "COMPLETED" })])),
    );
    expect(await waitDds(service)).toMatchObject({ id: DDS_BACKUP_ID });
    expect(service.lists).toHaveLength(2);
  });
});

test("a wait whose time is over after a look sets no timer in the past, of which Node warns", async () => {
  const timers = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => void vi.restoreAllMocks());
  await thrownBy(waitDcs(await listService(() => dcs("backuping")), overAfterFirstLook()));
  expect(timers.mock.calls.map(([, time = 0]) => time).filter((time) => time < 0)).toEqual([]);
});

describe("a look that fails", () => {
  test.each([
    [401, "DCS.1001"],
    [403, "DCS.2003"],
    [404, "DCS.3022"],
    [400, "DCS.4061"],
    [499, "X"],
  ])("with %i ends the wait at once", async (status, code) => {
    const service = await listService(() => error(status, code));
    const thrown = await thrownBy(waitDcs(service));
    expect(thrown).toMatchObject({
      ...{ outcome: "refused", backupMayExist: true, retryable: false, errorCode: code, errorMessage: "no" },
      cause: { name: "ApiError", status, errorCode: code },
    });
    expect(String(thrown)).toContain("The backup may go on: when the reason is gone, wait on with waitFor");
    expect(service.lists).toHaveLength(1);
  });

  test("on DDS with a code that does not mean that the backup is missing ends the wait at once", async () => {
    const service = await listService(() => error(400, "DBS.280124"));
    expect(await thrownBy(waitDds(service))).toMatchObject({ outcome: "refused", errorCode: "DBS.280124" });
  });

  test.each<[string, Reply, object]>([
    ["429", error(429, "APIGW.0308"), { status: 429 }],
    ["408", error(408, ""), { status: 408 }],
    ["500", error(500, "DCS.5078"), { status: 500 }],
    ["502", error(502, "APIGW.0201"), { status: 502 }],
    ["504", { status: 504, body: "<html>gateway timeout</html>" }, { status: 504 }],
    ["a broken connection", { misbehave: "reset" }, { name: "NetworkError" }],
    ["half an answer", { ...dcs("succeed"), misbehave: "half" }, { name: "NetworkError" }],
    ["a page of HTML with status 200", { body: "<html>sign in</html>" }, { name: "InvalidResponseError" }],
  ])("with %s is told, and the next one counts", async (_, reply, told) => {
    const service = await listService(inTurn(dcs("waiting"), reply, dcs("backuping"), dcs("succeed")));
    const progress = progressOf<BackupRecord>();
    expect(await waitDcs(service, { onProgress: progress.onProgress })).toMatchObject({ status: "succeed" });
    const [, failed, next] = progress.told;
    expect(progress.told).toMatchObject([{ state: "waiting" }, { state: "waiting", error: told }, {}]);
    expect(failed?.error).toBeInstanceOf(BackupError);
    expect(next).toMatchObject({ state: "running" });
    expect(next).not.toHaveProperty("error");
  });

  test("leaves as long until the next one as Retry-After asks for", async () => {
    const service = await listService(inTurn(error(429, "APIGW.0308", { "retry-after": "1" }), dcs("succeed")));
    const start = performance.now();
    await waitDcs(service);
    // A lower bound of the protocol, not of speed.
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  test("again and again ends the wait as timeout, with the last failure as its cause", async () => {
    const service = await listService(() => error(503, "x"));
    const thrown = await thrownBy(waitDcs(service, overAfterFirstLook()));
    expect(thrown).toMatchObject({ outcome: "timeout", retryable: true, record: undefined, cause: { status: 503 } });
    expect(String(thrown)).toContain("was not seen, since no look into the list succeeded, after 30000 ms");
    expect(String(thrown)).toContain("503");
    expect(String(thrown)).toContain("Ask again later. It may still run on the service: wait on with waitFor");
  });

  test("again and again for what asking again does not mend, says that its reason has to go first", async () => {
    const service = await listService(() => ({ status: 302, headers: { location: "/login" } }));
    const thrown = await thrownBy(waitDcs(service, overAfterFirstLook()));
    expect(thrown).toMatchObject({ outcome: "timeout", retryable: true, cause: { retryable: false } });
    expect(String(thrown)).toContain(
      "meets the same. It may still run on the service: when the reason is gone, wait on with waitFor",
    );
  });

  test("because an argument is wrong is a TypeError, as of every method", async () => {
    const backups = {
      async listBackupRecords() {
        throw new TypeError("instanceId: must be an ID");
      },
    };
    expect(await thrownBy(waitForCopyInstance(backups, "a/b", { backup_id: "b" }))).toBeInstanceOf(TypeError);
  });
});

describe("the job of a DDS backup", () => {
  /** Lists and jobs in turn. */
  const withJobs = (lists: [Reply, ...Reply[]], jobs: [Reply, ...Reply[]]) =>
    listService((ask) => (ask.path.endsWith("/jobs") ? inTurn(...jobs)(ask) : inTurn(...lists)(ask)));
  const job = (facts: object): Reply => ({ body: { job: { id: JOB_ID, ...facts } } });
  const answer = { job_id: JOB_ID };
  const running = dds("BUILDING");

  test("tells how far it is", async () => {
    const service = await withJobs(
      [running, running, running, dds("COMPLETED")],
      [error(400, "DBS.200543"), job({ status: "Running", progress: "9%" }), job({ status: "Running", progress: "" })],
    );
    const { told, onProgress } = progressOf<DdsBackup>();
    await waitDds(service, { onProgress }, answer);
    expect(told.map(({ percent }) => percent)).toEqual([undefined, 9, undefined]);
    expect(service.jobs.map(String)).toEqual(Array(3).fill(`id=${JOB_ID}`));
  });

  test("is not asked while the backup is missing in the list", async () => {
    const none = ddsPage([]);
    const service = await withJobs([none, running, none, dds("COMPLETED")], [job({ progress: "9%" })]);
    const { told, onProgress } = progressOf<DdsBackup>();
    await waitDds(service, { onProgress }, answer);
    expect(told.map(({ percent }) => percent)).toEqual([undefined, 9, undefined]);
    expect(service.jobs).toHaveLength(1);
  });

  test("is not asked after a look that failed", async () => {
    const service = await withJobs([running, error(503, "x"), dds("COMPLETED")], [job({ progress: "9%" })]);
    const { told, onProgress } = progressOf<DdsBackup>();
    await waitDds(service, { onProgress }, answer);
    expect(told.map(({ percent }) => percent)).toEqual([9, undefined]);
    expect(service.jobs).toHaveLength(1);
  });

  test("is not asked where nobody listens, nor without its id", async () => {
    const service = await withJobs([running, dds("COMPLETED")], [job({})]);
    await waitDds(service, {}, answer);
    service.lists.length = 0;
    await waitDds(service, { onProgress: progressOf<DdsBackup>().onProgress });
    expect(service.jobs).toHaveLength(0);
  });

  test.each(["Completed", "Failed"])("says nothing of the end with %s", async (status) => {
    const service = await withJobs(
      [running, running, running, dds("COMPLETED")],
      [job({ status, ended: "2021-07-12T09:22:04+0000", fail_reason: "x" })],
    );
    const { told, onProgress } = progressOf<DdsBackup>();
    expect(await waitDds(service, { onProgress }, answer)).toMatchObject({ status: "COMPLETED" });
    expect(told.map(({ state }) => state)).toEqual(["running", "running", "running"]);
  });

  test.each([401, 403])("is asked no more after it was forbidden with %i", async (status) => {
    const service = await withJobs([running, running, running, dds("FAILED")], [error(status, "DBS.280063")]);
    const thrown = await thrownBy(waitDds(service, { onProgress: progressOf<DdsBackup>().onProgress }, answer));
    expect(thrown).toMatchObject({ outcome: "failed", errorMessage: undefined });
    expect(service.jobs).toHaveLength(1);
  });

  test.each<[string, Reply]>([
    ["500", error(500, "DBS.280005")],
    ["a broken connection", { misbehave: "reset" }],
    ["an answer without a job", { body: {} }],
  ])("may fail with %s", async (_, reply) => {
    const service = await withJobs([running, running, dds("COMPLETED")], [reply]);
    const { told, onProgress } = progressOf<DdsBackup>();
    await waitDds(service, { onProgress }, answer);
    expect(told.map(({ percent, error }) => [percent, error])).toEqual(Array(2).fill([undefined, undefined]));
    expect(service.jobs).toHaveLength(2);
  });

  test("is asked once for the reason of a failure, also where nobody listens", async () => {
    const reason = "Insufficient <b>space</b>";
    const service = await withJobs([running, dds("FAILED")], [job({ status: "Failed", fail_reason: reason })]);
    const thrown = await thrownBy(waitDds(service, {}, answer));
    expect(thrown).toMatchObject({
      outcome: "failed",
      errorMessage: "Insufficient space",
      record: { status: "FAILED" },
    });
    expect(String(thrown)).toContain(": Insufficient space.");
    expect(service.jobs).toHaveLength(1);
  });
});

describe("percent", () => {
  test.each([
    ["40.00", 40],
    ["100.00", 100],
    ["250", 100],
    ["", undefined],
    ["soon", undefined],
    ["-1", undefined],
  ])("of DCS, %j, is %j", async (progress, percent) => {
    const service = await listService(inTurn(dcs("backuping", { progress }), dcs("succeed")));
    const { told, onProgress } = progressOf<BackupRecord>();
    await waitDcs(service, { onProgress });
    expect(told[0]?.percent).toBe(percent);
  });
});

describe("the pages of a list", () => {
  const page = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => dcsRecord({ backup_id: `other-${first + index}` }));

  test("are read until the backup is found", async () => {
    const service = await listService(({ query }) => {
      const offset = Number(query.get("offset"));
      return dcsPage(offset === 100 ? [...page(100, 7), dcsRecord({ status: "succeed" })] : page(offset, 100), 300);
    });
    await waitDcs(service);
    expect(service.lists.map(String)).toEqual(["limit=100&offset=0", "limit=100&offset=100"]);
  });

  test("go on where the last one ended, however many records it had", async () => {
    const service = await listService(({ query }) => {
      const offset = Number(query.get("offset"));
      return dcsPage(offset < 20 ? page(offset, 10) : [dcsRecord({ status: "succeed" })], 21);
    });
    await waitDcs(service);
    expect(service.lists.map((query) => query.get("offset"))).toEqual(["0", "10", "20"]);
  });

  test("go on past records without an ID", async () => {
    const nameless = (remark: string) => dcsRecord({ backup_id: "", remark });
    const service = await listService(({ query }) => {
      const offset = Number(query.get("offset"));
      return dcsPage([offset < 2 ? nameless(`${offset}`) : dcsRecord({ status: "succeed" })], 3);
    });
    await waitDcs(service);
    expect(service.lists.map((query) => query.get("offset"))).toEqual(["0", "1", "2"]);
  });

  const total = (records: BackupRecord[], total: number | null | undefined): Reply => ({
    body: { backup_record_response: records, total_num: total },
  });
  test.each<[string, (offset: number) => Reply, number]>([
    ["the total", (offset) => total(page(offset, 50), 100), 2],
    ["the total, though the last page is full", (offset) => total(page(offset, 100), 200), 2],
    ["an empty page", (offset) => total(offset < 200 ? page(offset, 100) : [], 1_000), 3],
    ["an empty page where there is no total", (offset) => total(offset < 20 ? page(offset, 20) : [], undefined), 2],
    ["an empty page where the total is null", (offset) => total(offset < 20 ? page(offset, 20) : [], null), 2],
    [
      "an empty page where the total is below what there is",
      (offset) => total(offset < 20 ? page(offset, 20) : [], 0),
      2,
    ],
    ["a page with nothing new", () => total(page(0, 100), 1_000), 2],
    ["the hundredth", (offset) => total(page(offset, 1), undefined), 100],
    [
      "a total that counts one full page may not",
      (offset) => total(page(offset, offset ? 30 : 100), offset ? 30 : 100),
      2,
    ],
  ])("end with %s", async (_, answer, pages) => {
    const service = await listService(({ query }) => answer(Number(query.get("offset"))));
    const controller = new AbortController();
    const { signal } = controller;
    await thrownBy(waitDcs(service, { signal, onProgress: () => controller.abort() }));
    expect(service.lists).toHaveLength(pages);
  });
});

describe("when the time is over", () => {
  test("one look more finds what was finished meanwhile", async () => {
    const service = await listService(inTurn(dcs("backuping"), dcs("succeed")));
    const waiting = waitDcs(service, { interval: 3_600_000, ...overAfterFirstLook() });
    expect(await waiting).toMatchObject({ status: "succeed" });
  });

  test("the error tells that the backup goes on, and how to wait on", async () => {
    const service = await listService(() => dcs("backuping"));
    const thrown = await thrownBy(waitDcs(service, overAfterFirstLook()));
    expect(thrown).toMatchObject({ outcome: "timeout", backupMayExist: true, retryable: true });
    expect(String(thrown)).toContain("still backuping after 30000 ms. It still runs on the service");
    expect(String(thrown)).toContain(`waitForCopyInstance(backups, "${INSTANCE_ID}", { backup_id: "${BACKUP_ID}" })`);
  });

  test("of DDS, the error names the wait of DDS", async () => {
    const service = await listService(() => dds("BUILDING"));
    const thrown = await thrownBy(waitDds(service, overAfterFirstLook()));
    expect(String(thrown)).toContain(`waitForManualBackup(backups, { backup_id: "${DDS_BACKUP_ID}" })`);
    expect(String(thrown)).toContain(`Backup ${DDS_BACKUP_ID} was still BUILDING after 30000 ms.`);
  });

  test("a last look that misses the backup does not take it for one that never was in the list", async () => {
    const service = await listService(inTurn(dcs("backuping"), dcsPage([])));
    const thrown = await thrownBy(waitDcs(service, overAfterFirstLook()));
    expect(thrown).toMatchObject({ outcome: "timeout", record: { status: "backuping" } });
  });

  test("a look under way is cut off, and was the last", async () => {
    const service = await listService(() => ({ misbehave: "hang" }));
    expect(await thrownBy(waitDcs(service, { timeout: 100 }))).toMatchObject({ outcome: "timeout" });
    expect(service.lists.length).toBeLessThan(2);
  });

  test("the last look is given up in the end", async () => {
    const service = await listService(inTurn(dcs("backuping"), { misbehave: "hang" }));
    const thrown = await thrownBy(waitDcs(service, overAfterFirstLook()));
    expect(thrown).toMatchObject({ outcome: "timeout", record: { status: "backuping" } });
    expect(service.lists).toHaveLength(2);
  });

  test("one more look comes, which has time for its answer though a timer was early", async () => {
    const clock = stoppedClock();
    const service = await listService(async ({ count }) => {
      await new Promise((resolve) => setTimeout(resolve, count * 30));
      return dcs(count === 0 ? "backuping" : "succeed");
    });
    const onProgress = () => clock.set(29_999.5);
    expect(await waitDcs(service, { timeout: 30_000, interval: 1000, onProgress })).toMatchObject({
      status: "succeed",
    });
    expect(service.lists).toHaveLength(2);
  });

  // Where the pause is kept from the wait, it takes 40 s.
  test("comes before a pause that the service asks for is over, and tells of it", { timeout: 30_000 }, async () => {
    const clock = stoppedClock();
    const service = await listService(() => error(429, "APIGW.0308", { "retry-after": "40" }));
    const told: unknown[] = [];
    const options: WaitOptions<BackupRecord> = {
      timeout: 30_000,
      onProgress({ error }) {
        told.push(error);
        clock.set(29_999.5);
      },
    };
    const thrown = await thrownBy(
      waitForCopyInstance(clientOf(service.url), INSTANCE_ID, { backup_id: BACKUP_ID }, options),
    );
    expect(thrown).toMatchObject({ outcome: "timeout", cause: { status: 429, retryAfter: 40_000 } });
    expect(told).toMatchObject([{ status: 429 }]);
    expect(service.lists).toHaveLength(2);
  });

  test("leaves no time to ask the job for the reason of a failure, nor sets a timer in the past for it", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    onTestFinished(() => void vi.restoreAllMocks());
    const jump = jumpingClock();
    const service = await listService(async ({ path }) => {
      if (path.endsWith("/jobs")) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return { body: { job: { id: JOB_ID, fail_reason: "late" } } };
      }
      jump(40_000);
      return dds("FAILED");
    });
    const thrown = await thrownBy(waitDds(service, { timeout: 30_000 }, { job_id: JOB_ID }));
    expect(thrown).toMatchObject({ outcome: "failed", errorMessage: undefined });
    expect(timers.mock.calls.filter(([, time = 0]) => time < 0)).toEqual([]);
  });

  test("does not come where it is Infinity", async () => {
    const service = await listService(inTurn(dcs("waiting"), dcs("succeed")));
    await waitDcs(service, { timeout: Number.POSITIVE_INFINITY });
  });

  test("0 looks once", async () => {
    const service = await listService(inTurn(dcs("waiting"), dcs("succeed")));
    expect(await thrownBy(waitDcs(service, { timeout: 0 }))).toMatchObject({ outcome: "timeout" });
    expect(service.lists).toHaveLength(1);
  });

  test("is measured by a clock that nobody sets", async () => {
    const { now } = Date;
    onTestFinished(() => {
      Date.now = now;
    });
    const service = await listService(({ count }) => {
      Date.now = () => now() + (count % 2 ? 1 : -1) * 10 * 3_600_000;
      return dcs(count < 4 ? "backuping" : "succeed");
    });
    expect(await waitDcs(service, { timeout: 60_000 })).toMatchObject({ status: "succeed" });
  });
});

describe("onProgress", () => {
  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("mine");
      },
    ],
    ["breaks its promise", () => Promise.reject(new Error("mine"))],
  ])("may do what it likes: one that %s ends no wait", async (_, onProgress) => {
    const service = await listService(inTurn(dcs("waiting"), dcs("succeed")));
    await waitDcs(service, { onProgress });
  });

  test("is told how long the wait has lasted", async () => {
    const service = await listService(inTurn(dcs("waiting"), dcs("waiting"), dcs("succeed")));
    const { told, onProgress } = progressOf<BackupRecord>();
    await waitDcs(service, { onProgress, interval: 30 });
    expect(told[1]?.elapsed).toBeGreaterThanOrEqual(27);
    expect(told[1]?.elapsed).toBeLessThan(performance.now());
  });
});

describe("an abort", () => {
  const reason = new Error("enough");
  const expected = { outcome: "aborted", backupMayExist: true, retryable: true, cause: reason };

  /** After the wait has ended nothing may be asked, open or listened to. */
  async function expectQuiet(service: ListService, signal: AbortSignal): Promise<void> {
    const asked = service.lists.length + service.jobs.length;
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    await expect.poll(() => service.open).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(service.lists.length + service.jobs.length).toBe(asked);
  }

  test("before the wait ends it before anything is asked", async () => {
    const service = await listService(() => dcs("succeed"));
    const signal = AbortSignal.abort(reason);
    const message = expect.stringContaining("It may go on at the service: wait on with waitForCopyInstance(");
    expect(await thrownBy(waitDcs(service, { signal }))).toMatchObject({ ...expected, message });
    await expectQuiet(service, signal);
    expect(service.lists).toHaveLength(0);
  });

  test("ends a pause at once", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const service = await listService(() => dcs("backuping"));
    const onProgress = () => setTimeout(() => controller.abort(reason), 5);
    const waiting = waitDcs(service, { signal, onProgress, interval: 3_600_000 });
    const message = expect.stringContaining("It goes on at the service: wait on with waitForCopyInstance(");
    expect(await thrownBy(waiting)).toMatchObject({ ...expected, message, record: { status: "backuping" } });
    await expectQuiet(service, signal);
  });

  test("ends a request at once", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const service = await listService(() => {
      setTimeout(() => controller.abort(reason), 5);
      return { misbehave: "hang" };
    });
    expect(await thrownBy(waitDcs(service, { signal }))).toMatchObject(expected);
    await expectQuiet(service, signal);
  });

  test("ends the wait at once where the client does not heed it", async () => {
    const controller = new AbortController();
    const backups = { listBackupRecords: () => new Promise<never>(() => {}) };
    setTimeout(() => controller.abort(reason), 5);
    const waiting = waitForCopyInstance(backups, INSTANCE_ID, { backup_id: "b" }, { signal: controller.signal });
    expect(await thrownBy(waiting)).toMatchObject(expected);
  });

  test("between two pages ends the wait before the second one", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let asked = 0;
    const backups = {
      async listBackupRecords() {
        asked++;
        controller.abort(reason);
        return { total_num: 200, backup_record_response: [dcsRecord({ backup_id: "another" })] };
      },
    };
    const waiting = waitForCopyInstance(backups, INSTANCE_ID, { backup_id: "b" }, { signal });
    expect(await thrownBy(waiting)).toMatchObject(expected);
    expect(asked).toBe(1);
  });

  test.each([
    ["while the job is asked for its progress", "BUILDING", { outcome: "aborted" }],
    ["while the job is asked for its reason, which is then done without", "FAILED", { outcome: "failed" }],
  ])("ends the wait %s", async (_, status, outcome) => {
    const controller = new AbortController();
    const { signal } = controller;
    const service = await listService(({ path }) => {
      if (!path.endsWith("/jobs")) {
        return dds(status);
      }
      setTimeout(() => controller.abort(reason), 5);
      return { misbehave: "hang" };
    });
    const { told, onProgress } = progressOf<DdsBackup>();
    expect(await thrownBy(waitDds(service, { signal, onProgress }, { job_id: JOB_ID }))).toMatchObject(outcome);
    expect(told).toEqual([]);
    await expectQuiet(service, signal);
  });

  test("during the last look ends the wait as aborted", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const service = await listService(() => {
      setTimeout(() => controller.abort(reason), 5);
      return { misbehave: "hang" };
    });
    expect(await thrownBy(waitDcs(service, { signal, timeout: 0 }))).toMatchObject(expected);
    await expectQuiet(service, signal);
  });

  test("of one signal ends fifty waits, and Node warns of nothing", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    onTestFinished(() => {
      process.off("warning", note);
    });
    const controller = new AbortController();
    const { signal } = controller;
    const service = await listService(() => dcs("backuping"));
    let reported = 0;
    const onProgress = () => {
      reported++;
      if (reported === 50) {
        controller.abort(reason);
      }
    };
    const waits = Array.from({ length: 50 }, () => waitDcs(service, { signal, onProgress, interval: 3_600_000 }));
    for (const thrown of await Promise.all(waits.map(thrownBy))) {
      expect(thrown).toMatchObject(expected);
    }
    await expectQuiet(service, signal);
    expect(warnings).toEqual([]);
  });

  test("that never comes leaves no listener behind", async () => {
    const { signal } = new AbortController();
    const service = await listService(inTurn(dcs("waiting"), dcs("waiting"), dcs("succeed")));
    await waitDcs(service, { signal });
    await expectQuiet(service, signal);
  });
});

describe("what is given wrong", () => {
  const backups = { listBackupRecords: () => Promise.reject(new Error("was asked")) };
  const wait = (answer: unknown, options?: unknown, client: unknown = backups) =>
    waitForCopyInstance(client as typeof backups, INSTANCE_ID, answer as { backup_id: string }, options as object);

  test.each<[string, unknown, unknown?, unknown?]>([
    ["answer", undefined],
    ["answer", {}],
    ["answer", { backup_id: "" }],
    ["answer", "an id"],
    ["options", { backup_id: "b" }, null],
    ["timout", { backup_id: "b" }, { timout: 1 }],
    ["timeout", { backup_id: "b" }, { timeout: -1 }],
    ["timeout", { backup_id: "b" }, { timeout: Number.NaN }],
    ["timeout", { backup_id: "b" }, { timeout: "60m" }],
    ["interval", { backup_id: "b" }, { interval: 999 }],
    ["interval", { backup_id: "b" }, { interval: Number.POSITIVE_INFINITY }],
    ["signal", { backup_id: "b" }, { signal: {} }],
    ["onProgress", { backup_id: "b" }, { onProgress: "console.log" }],
    ["backups", { backup_id: "b" }, {}, {}],
    ["backups", { backup_id: "b" }, {}, null],
  ])("is a TypeError that begins with %s", async (name, answer, options, client) => {
    const thrown = await thrownBy(wait(answer, options, client === undefined ? backups : client));
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toMatch(new RegExp(`^TypeError: ${name}: `));
  });

  test("is an interval of less than a second, but on loopback", async () => {
    const service = await listService(inTurn(dcs("waiting"), dcs("succeed")));
    const { listBackupRecords } = clientOf(service.url, once);
    const unknown = { listBackupRecords };
    const answer = { backup_id: BACKUP_ID };
    const waiting = waitForCopyInstance(unknown, INSTANCE_ID, answer, { interval: 500 });
    expect(await thrownBy(waiting)).toBeInstanceOf(TypeError);
    await waitDcs(service, { interval: 500 });
  });
});

test("a pause is as long as told, give or take a tenth", () => {
  const pauses = Array.from({ length: 1_000 }, () => about(1_000));
  const [shortest, longest] = [Math.min(...pauses), Math.max(...pauses)];
  expect([shortest >= 900, shortest < 950, longest > 1_050, longest <= 1_100]).toEqual([true, true, true, true]);
});

test("a WaitError is known by isBackupError, and its message has no control characters of the service", async () => {
  const service = await listService(() => ({ status: 204 }));
  const answer = { backup_id: "b\n\u001b[31m" };
  const waiting = waitForCopyInstance(clientOf(service.url, once), INSTANCE_ID, answer, {
    ...often,
    timeout: 0,
  });
  const thrown = await thrownBy(waiting);
  expect(thrown).toBeInstanceOf(WaitError);
  expect(isBackupError(thrown)).toBe(true);
  expect(String(thrown)).not.toMatch(/[\n\u001b]/);
});

test.each([
  ["a state that nobody knows", { status: "b\n\u001b[31m\u202e" }],
  ["a code", { status: "failed", error_code: "b\n\u001b[31m\u202e" }],
])("a WaitError has no control or direction characters of %s", async (_, facts) => {
  const service = await listService(() => dcsPage([dcsRecord(facts)]));
  const thrown = await thrownBy(waitDcs(service, { timeout: 0 }));
  const { message, errorCode = "", record } = thrown as WaitError;
  expect(`${message} ${errorCode}`).toMatch(/b \[31m/);
  expect(`${message} ${errorCode}`).not.toMatch(/\p{C}/u);
  expect(record).toMatchObject(facts);
});
