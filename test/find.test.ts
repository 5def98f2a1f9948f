/** A start whose answer was lost is found again where it left a backup, and nothing else is taken for it. */
import { getEventListeners } from "node:events";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { DDS_INSTANCE_ID } from "../scripts/lib/test-account.ts";
import { ddsTime } from "../scripts/stand-in/records.ts";
import { type Moment, moment } from "../src/clock.ts";
import {
  type Attempt,
  BackupError,
  type BackupRecord,
  type DdsBackup,
  type FindOptions,
  findBackup,
  type Lost,
  uniqueName,
  uniqueRemark,
  WaitError,
} from "../src/index.ts";
import { departures, serviceTimes } from "../src/memory.ts";
import { readServiceTime, timeSent } from "../src/service-time.ts";
import {
  BACKUP_ID,
  DDS_BACKUP_ID,
  dcsPage,
  dcsRecord,
  ddsBackup,
  ddsPage,
  inTurn,
  type ListService,
  listService,
  once,
  type Reply,
} from "./list-service.ts";
import { clientOf, INSTANCE_ID, jumpingClock, PROJECT_ID, stoppedClock, thrownBy } from "./support.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const remark = uniqueRemark("before the upgrade");
const name = uniqueName("before the upgrade");

function attemptOf(facts: Partial<Attempt> = {}): Attempt {
  return {
    operationId: "CopyInstance",
    instanceId: INSTANCE_ID,
    remark,
    sentAt: new Date().toISOString(),
    clock: "local",
    ...facts,
  };
}

const ddsAttempt = (facts: Partial<Attempt> = {}): Attempt => ({
  operationId: "CreateManualBackup",
  instanceId: DDS_INSTANCE_ID,
  name,
  sentAt: new Date().toISOString(),
  clock: "local",
  ...facts,
});

/** As a start throws it. */
function lostNow(attempt: Attempt, sentAt: Moment = moment()): BackupError {
  departures.set(attempt, sentAt);
  return new BackupError(`${attempt.operationId} got no answer`, {
    ...{ operationId: attempt.operationId, backupMayExist: true, retryable: false, attempt },
  });
}

const ago = (milliseconds: number): Moment => {
  const { ticks, wall } = moment();
  return { ticks: ticks - milliseconds, wall: wall - milliseconds };
};

const isoAgo = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString();

/** Looks once, unless `options` say otherwise. */
function find({ url }: ListService, lost: Lost, options: FindOptions = {}) {
  return findBackup(clientOf(url, once), lost, { settle: 0, interval: 1, ...options });
}

/** Its list is empty, and while it is asked the third time a minute passes. */
function nothingForAMinute(): Promise<ListService> {
  const jump = jumpingClock();
  return listService(({ count }) => {
    if (count === 2) {
      jump(MINUTE);
    }
    return { status: 204 };
  });
}

const found = (record: object, sure = true) => ({ found: "one", sure, record });

describe("what is found on DCS", () => {
  test("with a mark in its remark is sure", async () => {
    const service = await listService(() => dcsPage([dcsRecord({ remark })]));
    expect(await find(service, lostNow(attemptOf()))).toEqual({
      ...{ found: "one", sure: true, answer: { backup_id: BACKUP_ID } },
      record: expect.objectContaining({ backup_id: BACKUP_ID, remark }),
    });
    expect(service.paths).toEqual([`/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`]);
  });

  test("is looked for in the list of the API that was asked to start it", async () => {
    const service = await listService(() => dcsPage([dcsRecord({ remark })]));
    await find(service, lostNow(attemptOf({ operationId: "CopyInstanceV1" })));
    expect(service.paths).toEqual([`/v1.0/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`]);
    expect(service.lists.map(String)).toEqual(["limit=100&start=1"]);
  });

  test.each([["before the upgrade"], ["deploy #2024112501"], [undefined]])(
    "with the remark %j, which has no mark, is not sure",
    async (plain) => {
      const service = await listService(() => dcsPage([dcsRecord({ remark: plain ?? null })]));
      const { remark: _, ...attempt } = attemptOf();
      const lost = lostNow(plain === undefined ? attempt : { ...attempt, remark: plain });
      expect(await find(service, lost)).toMatchObject(found({ backup_id: BACKUP_ID }, false));
    },
  );

  test.each([
    ["trimmed", "  before the upgrade ", "before the upgrade"],
    ["with its accents written in another way", "apre\u0300s", "apr\u00e8s"],
    ["cut at its beginning, with the mark left", remark, remark.slice(7)],
  ])("may come back %s", async (_, sent, back) => {
    const service = await listService(() => dcsPage([dcsRecord({ remark: back })]));
    expect(await find(service, lostNow(attemptOf({ remark: sent })))).toMatchObject({ found: "one" });
  });

  test("is sure though spaces behind the mark were trimmed", async () => {
    const service = await listService(() => dcsPage([dcsRecord({ remark })]));
    expect(await find(service, lostNow(attemptOf({ remark: `${remark} \n` })))).toMatchObject(found({ remark }));
  });

  test.each<[string, Partial<BackupRecord>]>([
    ["has another mark", { remark: uniqueRemark("before the upgrade") }],
    ["has the text without the mark", { remark: "before the upgrade" }],
    ["has the mark, but not at the end", { remark: `${remark} again` }],
    ["has no remark", { remark: null }],
    ["is automatic", { backup_type: "auto" }],
    ["is in the other format", { backup_format: "AOF" }],
    ["was made before", { created_at: isoAgo(MINUTE) }],
  ])("is no backup that %s", async (_, facts) => {
    const service = await listService(() => dcsPage([dcsRecord({ remark, ...facts })]));
    expect(await find(service, lostNow(attemptOf({ backupFormat: "rdb" })))).toMatchObject({ found: "none" });
  });

  test("may be in the format that was asked for, written in any way, or in one that is not known", async () => {
    for (const backup_format of ["RDB", "rdb", "", null, 7]) {
      const service = await listService(() => dcsPage([dcsRecord({ remark, backup_format } as object)]));
      const lost = lostNow(attemptOf({ backupFormat: "Rdb" }));
      expect(await find(service, lost)).toMatchObject({ found: "one" });
    }
  });

  test("may be one that does not say whether it is manual", async () => {
    const { backup_type: _, ...record } = dcsRecord({ remark });
    const service = await listService(() => ({ body: { backup_record_response: [record] } }));
    expect(await find(service, lostNow(attemptOf()))).toMatchObject(found({ remark }));
  });

  test.each(["1 Jan 2020 12:00:00", "2020"])("may be one whose time has no form that is known, as %s", async (time) => {
    const service = await listService(() => dcsPage([dcsRecord({ remark, created_at: time })]));
    expect(await find(service, lostNow(attemptOf()))).toMatchObject(found({ remark }));
  });

  const inZone = (time: number, hours: number) => new Date(time + hours * HOUR).toISOString();
  test.each<[string, (time: number) => string]>([
    ["with a comma", (time) => inZone(time, 0).replace(".", ",")],
    ["without a zone", (time) => inZone(time, 0).slice(0, -1).replace("T", " ")],
    ["without seconds", (time) => inZone(time, 0).slice(0, 16)],
    ["+0800", (time) => inZone(time, 8).replace("Z", "+0800")],
    ["-05:00", (time) => inZone(time, -5).replace("Z", "-05:00")],
    ["-0500", (time) => inZone(time, -5).replace("Z", " -0500")],
    ["of HTTP", (time) => new Date(time).toUTCString()],
  ])("was made when its time says, in the form %s", async (_, form) => {
    for (const [time, outcome] of [
      [Date.now() + 2 * MINUTE, "one"],
      [Date.now() - 2 * MINUTE, "none"],
    ] as const) {
      const service = await listService(() => dcsPage([dcsRecord({ remark, created_at: form(time) })]));
      expect(await find(service, lostNow(attemptOf()))).toMatchObject({ found: outcome });
    }
  });

  test("is not sure where somebody else gave the same remark in the same minute", async () => {
    const plain = "nightly";
    const service = await listService(() => dcsPage([dcsRecord({ backup_id: "theirs", remark: plain })]));
    const it = await find(service, lostNow(attemptOf({ remark: plain })));
    expect(it).toMatchObject(found({ backup_id: "theirs" }, false));
  });

  test("are all that it may be, newest first, and last what says no time", async () => {
    const records = [
      dcsRecord({ backup_id: "none", remark: "nightly", created_at: "" }),
      dcsRecord({ backup_id: "first", remark: "nightly", created_at: isoAgo(3 * SECOND) }),
      dcsRecord({ backup_id: "third", remark: "nightly", created_at: isoAgo(SECOND) }),
      dcsRecord({ backup_id: "second", remark: "nightly", created_at: isoAgo(2 * SECOND) }),
      dcsRecord({ backup_id: "neither", remark: "nightly", created_at: "" }),
      dcsRecord({ backup_id: "other", remark: "weekly" }),
    ];
    const service = await listService(() => dcsPage(records));
    const it = await find(service, lostNow(attemptOf({ remark: "nightly" }), ago(10 * SECOND)));
    expect(it).toMatchObject({ found: "several" });
    expect("records" in it && it.records.map((record) => "backup_id" in record && record.backup_id)).toEqual([
      "third",
      "second",
      "first",
      "none",
      "neither",
    ]);
  });

  test("is nothing where the service says so by 204", async () => {
    stoppedClock().set(HOUR);
    const service = await listService(() => ({ status: 204 }));
    expect(await find(service, lostNow(attemptOf()))).toEqual({ found: "none", lookedFor: 0 });
  });
});

describe("what is found on DDS", () => {
  test("by its name is sure, and found in the list of its instance", async () => {
    const service = await listService(() => ddsPage([ddsBackup({ name, type: "manual" })]));
    expect(await find(service, lostNow(ddsAttempt()))).toMatchObject({
      ...found({ id: DDS_BACKUP_ID }),
      answer: { backup_id: DDS_BACKUP_ID },
    });
    expect(service.lists.map(String)).toEqual([`instance_id=${DDS_INSTANCE_ID}&limit=100&offset=0`]);
  });

  test("is sure by a name without a mark, too: names are unique", async () => {
    const service = await listService(() => ddsPage([ddsBackup({ name: "mybackup1" })]));
    expect(await find(service, lostNow(ddsAttempt({ name: "mybackup1" })))).toMatchObject(found({ name: "mybackup1" }));
  });

  test("is sure by a name without a mark, also where it does not say when it began", async () => {
    const { begin_time: _, ...backup } = ddsBackup({ name: "mybackup1" });
    const service = await listService(() => ({ body: { backups: [backup] } }));
    const lost = lostNow(ddsAttempt({ name: "mybackup1" }));
    expect(await find(service, lost)).toMatchObject(found({ name: "mybackup1" }));
  });

  test.each([undefined, ""])("may say of its instance nothing, as %j", async (instance_id) => {
    const { instance_id: _, ...backup } = ddsBackup({ name });
    const record = instance_id === undefined ? backup : { ...backup, instance_id };
    const service = await listService(() => ({ body: { backups: [record] } }));
    expect(await find(service, lostNow(ddsAttempt()))).toMatchObject(found({ id: DDS_BACKUP_ID }));
  });

  test.each<[string, Partial<DdsBackup>]>([
    ["has another name", { name: uniqueName("before the upgrade") }],
    ["has its name in other letters", { name: name.toUpperCase() }],
    ["has its mark behind another text", { name: `another${name.slice(-11)}` }],
    ["is automatic", { type: "Auto" }],
    ["has a name that is no text", { name: 7 as unknown as string }],
    ["is of another instance", { instance_id: "another" }],
    ["is an old one of the same name", { begin_time: ddsTime(Date.now() - HOUR) }],
  ])("is no backup that %s", async (_, facts) => {
    const service = await listService(() => ddsPage([ddsBackup({ name, ...facts })]));
    expect(await find(service, lostNow(ddsAttempt()))).toMatchObject({ found: "none" });
  });

  test("has begun in the window by UTC, wherever this machine is", async () => {
    const { TZ } = process.env;
    onTestFinished(() => {
      process.env["TZ"] = TZ;
    });
    for (const zone of ["Asia/Shanghai", "America/Lima"]) {
      process.env["TZ"] = zone;
      const service = await listService(() =>
        ddsPage([
          ddsBackup({ name, begin_time: ddsTime(Date.now()) }),
          ddsBackup({ id: "old", name, begin_time: ddsTime(Date.now() - 4 * HOUR) }),
        ]),
      );
      expect(await find(service, lostNow(ddsAttempt()))).toMatchObject(found({ id: DDS_BACKUP_ID }));
    }
  });
});

describe("the pages of a list", () => {
  const others = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => dcsRecord({ backup_id: `other-${first + index}` }));

  test("are read all, also after the backup was found", async () => {
    const second = dcsRecord({ backup_id: "second", remark });
    const service = await listService(({ query }) =>
      query.get("offset") === "0"
        ? dcsPage([dcsRecord({ remark }), ...others(0, 99)], 150)
        : dcsPage([...others(100, 49), second], 150),
    );
    expect(await find(service, lostNow(attemptOf()))).toMatchObject({ found: "several" });
    expect(service.lists.map((query) => query.get("offset"))).toEqual(["0", "100"]);
  });

  test("may show a record twice that moves from one to the next while they are read", async () => {
    const moving = dcsRecord({ remark });
    const service = await listService(({ query }) =>
      query.get("offset") === "0"
        ? dcsPage([...others(0, 99), moving], 150)
        : dcsPage([moving, ...others(99, 50)], 151),
    );
    expect(await find(service, lostNow(attemptOf()))).toMatchObject(found({ backup_id: BACKUP_ID }));
  });

  test("may lack a record that moves the other way, which the next look finds", async () => {
    const service = await listService(({ query, count }) => {
      const offset = Number(query.get("offset"));
      return offset === 0 && count > 1
        ? dcsPage([...others(0, 99), dcsRecord({ remark })], 100)
        : dcsPage(others(offset, offset ? 40 : 100), 140);
    });
    const it = await find(service, lostNow(attemptOf()), { settle: MINUTE });
    expect(it).toMatchObject(found({ backup_id: BACKUP_ID }));
  });
});

describe("the window, in the process that sent the start", () => {
  /** The service's clock is so much ahead of this machine's. */
  const serviceAhead = (offset: number, facts: Partial<BackupRecord>) =>
    listService(() => ({
      ...dcsPage([dcsRecord({ remark, ...facts })]),
      headers: { date: new Date(Date.now() + offset).toUTCString() },
    }));
  const at = (time: number) => ({ created_at: new Date(time).toISOString() });

  test.each([
    ["ahead", -7 * HOUR],
    ["behind", 7 * HOUR],
  ])("does not mind this machine's clock, which may be hours %s", async (_, offset) => {
    const sent = ago(20 * SECOND);
    const right = await serviceAhead(offset, at(Date.now() + offset - 19 * SECOND));
    expect(await find(right, lostNow(attemptOf(), sent))).toMatchObject({ found: "one" });
    const older = await serviceAhead(offset, at(Date.now() + offset - 40 * SECOND));
    expect(await find(older, lostNow(attemptOf(), sent))).toMatchObject({ found: "none" });
  });

  test("begins five seconds early, since clocks of one service differ", async () => {
    const service = await serviceAhead(0, at(Date.now() - 23 * SECOND));
    expect(await find(service, lostNow(attemptOf(), ago(20 * SECOND)))).toMatchObject({ found: "one" });
  });

  test("is not too narrow after this machine slept, and its monotonic clock with it", async () => {
    const service = await serviceAhead(0, at(Date.now() - HOUR));
    const { ticks, wall } = moment();
    const lost = lostNow(attemptOf(), { ticks: ticks - SECOND, wall: wall - HOUR });
    expect(await find(service, lost)).toMatchObject({ found: "one" });
  });

  test("is not too narrow after the wall clock was set back", async () => {
    const service = await serviceAhead(0, at(Date.now() - MINUTE));
    const { ticks, wall } = moment();
    const lost = lostNow(attemptOf(), { ticks: ticks - MINUTE, wall: wall + HOUR });
    expect(await find(service, lost)).toMatchObject({ found: "one" });
  });

  test("is never too narrow while one of the two clocks is not behind the truth", async () => {
    const span = fc.integer({ min: 0, max: 48 * HOUR });
    const wrong = fc.integer({ min: -48 * HOUR, max: 48 * HOUR });
    await fc.assert(
      fc.asyncProperty(span, span, wrong, wrong, fc.boolean(), async (passed, slept, step, serviceOffset, which) => {
        const [ticksPassed, wallPassed] = which
          ? [passed, passed + step] // The wall clock was set.
          : [Math.max(0, passed - slept), passed]; // The machine slept.
        const receivedAt = moment();
        const sentAt = { ticks: receivedAt.ticks - ticksPassed, wall: receivedAt.wall - wallPassed };
        const service = Date.now() + serviceOffset;
        const backups = {
          ...clientOf("http://127.0.0.1:1", once),
          async listBackupRecords() {
            const created_at = new Date(service - passed).toISOString();
            const answer = { total_num: 1, backup_record_response: [dcsRecord({ remark, created_at })] };
            const time = readServiceTime(new Date(service).toUTCString(), receivedAt);
            serviceTimes.set(answer, time ?? expect.unreachable());
            return answer;
          },
        };
        const it = await findBackup(backups, lostNow(attemptOf(), sentAt), { settle: 0 });
        expect(it).toMatchObject({ found: "one" });
      }),
    );
  });

  test("is that of the attempt where the list's answer has no Date", async () => {
    const sentAt = isoAgo(0);
    const backups = {
      ...clientOf("http://127.0.0.1:1", once),
      listBackupRecords: async () => ({
        total_num: 1,
        backup_record_response: [dcsRecord({ remark, created_at: isoAgo(14 * MINUTE) })],
      }),
    };
    const lost = lostNow(attemptOf({ sentAt }));
    expect(await findBackup(backups, lost, { settle: 0 })).toMatchObject({ found: "one" });
  });
});

describe("an attempt that was JSON in between", () => {
  const readBack = (attempt: Attempt): Attempt => JSON.parse(JSON.stringify(lostNow(attempt).attempt));

  test("is found again", async () => {
    const service = await listService(() => dcsPage([dcsRecord({ remark })]));
    expect(await find(service, readBack(attemptOf()))).toMatchObject(found({ backup_id: BACKUP_ID }));
  });

  test.each<[string, Attempt["clock"], number, string]>([
    ["five seconds before it was sent by the service's clock", "service", 5 * SECOND, "one"],
    ["no more than five seconds before it was sent by the service's clock", "service", 7 * SECOND, "none"],
    ["a quarter of an hour before it was sent by this machine's clock", "local", 15 * MINUTE, "one"],
    ["no more than that before it was sent by this machine's clock", "local", 16 * MINUTE, "none"],
  ])("may have made a backup %s", async (_, clock, before, outcome) => {
    const sent = Date.now() - MINUTE;
    const record = dcsRecord({ remark, created_at: new Date(sent - before).toISOString() });
    const service = await listService(() => dcsPage([record]));
    const lost = readBack(attemptOf({ sentAt: new Date(sent).toISOString(), clock }));
    expect(await find(service, lost)).toMatchObject({ found: outcome });
  });

  test.each([
    ["a name without a mark", "mybackup1", 6 * SECOND, false],
    ["a name without a mark", "mybackup1", 3 * SECOND, true],
    ["a name with a mark", name, 6 * SECOND, true],
  ])("and %s, %s, that began %i ms before is sure: %s", async (_, given, before, sure) => {
    const sent = Date.now() - MINUTE;
    const begin_time = ddsTime(sent - before);
    const service = await listService(() => ddsPage([ddsBackup({ name: given, begin_time })]));
    const lost = readBack(ddsAttempt({ name: given, sentAt: new Date(sent).toISOString(), clock: "local" }));
    expect(await find(service, lost)).toMatchObject(found({ name: given }, sure));
  });

  test.each([
    ["failed", 6 * SECOND, false],
    ["expired", 6 * SECOND, false],
    ["failed", 3 * SECOND, true],
    ["succeed", 6 * SECOND, true],
  ])("may be of a key's second run: a backup that %s, %i ms before, is sure: %s", async (status, before, sure) => {
    const created_at = isoAgo(MINUTE + before);
    const service = await listService(() => dcsPage([dcsRecord({ remark, created_at, status })]));
    const lost = readBack(attemptOf({ sentAt: isoAgo(MINUTE) }));
    expect(await find(service, lost)).toMatchObject(found({ status }, sure));
  });

  test("is looked for until settle after it was sent", async () => {
    const service = await listService(() => ({ status: 204 }));
    const lost = readBack(attemptOf({ sentAt: isoAgo(10 * MINUTE) }));
    expect(await find(service, lost, { settle: 9 * MINUTE })).toMatchObject({ found: "none" });
    expect(service.lists).toHaveLength(1);
  });

  test("is looked for until 90 s after it was sent, unless settle says otherwise", async () => {
    const jump = jumpingClock();
    const service = await listService(({ count }) => {
      jump([80 * SECOND, 10 * SECOND][count] ?? 0);
      return { status: 204 };
    });
    const it = await findBackup(clientOf(service.url, once), readBack(attemptOf()), { interval: 1 });
    expect(it).toMatchObject({ found: "none" });
    expect(service.lists).toHaveLength(2);
  });

  test("is looked for no longer than settle, though a wrong clock put it into the future", async () => {
    const service = await nothingForAMinute();
    const lost = readBack(attemptOf({ sentAt: isoAgo(-HOUR) }));
    expect(await find(service, lost, { settle: MINUTE })).toMatchObject({ found: "none" });
    expect(service.lists).toHaveLength(3);
  });

  test("and was sent by this machine's clock is timed by that, whatever the service's says", async () => {
    const date = new Date(Date.now() + 7 * HOUR).toUTCString();
    const empty = { status: 204, headers: { date } };
    const late = { ...dcsPage([dcsRecord({ remark, created_at: isoAgo(-7 * HOUR) })]), headers: { date } };
    const service = await listService(inTurn(empty, late));
    const lost = readBack(attemptOf({ clock: "local" }));
    expect(await find(service, lost, { settle: MINUTE })).toMatchObject({ found: "one" });
    expect(service.lists).toHaveLength(2);
  });

  test("may have made a backup by a service's clock that is hours behind this machine's", async () => {
    const headers = { date: new Date(Date.now() - 7 * HOUR).toUTCString() };
    const service = await listService(() => ({
      ...dcsPage([dcsRecord({ remark, created_at: isoAgo(7 * HOUR) })]),
      headers,
    }));
    const lost = readBack(attemptOf({ clock: "local" }));
    expect(await find(service, lost)).toMatchObject(found({ backup_id: BACKUP_ID }));
  });

  test("is timed by the Date of an earlier look where the list's last answer has none", async () => {
    const headers = { date: new Date(Date.now() - 7 * HOUR).toUTCString() };
    const record = dcsRecord({ remark, created_at: isoAgo(7 * HOUR) });
    const answers = [
      new Response(null, { status: 204, headers }),
      Response.json({ total_num: 1, backup_record_response: [record] }),
    ];
    const backups = clientOf("http://127.0.0.1:1", { ...once, fetch: async () => answers.shift() ?? Response.error() });
    const it = await findBackup(backups, readBack(attemptOf({ clock: "local" })), { settle: MINUTE, interval: 1 });
    expect(it).toMatchObject(found({ backup_id: BACKUP_ID }));
  });

  test("and was sent by the service's clock is timed by it", async () => {
    jumpingClock()(HOUR);
    const date = new Date(Date.now() + 7 * HOUR);
    const headers = { date: date.toUTCString() };
    const service = await listService(() => ({ status: 204, headers }));
    const sentAt = new Date(date.getTime() - 10 * MINUTE).toISOString();
    const lost = readBack(attemptOf({ sentAt, clock: "service" }));
    expect(await find(service, lost, { settle: 9 * MINUTE })).toMatchObject({ found: "none" });
    expect(service.lists).toHaveLength(1);
    const record = dcsRecord({ remark, created_at: sentAt });
    const late = await listService(inTurn({ status: 204, headers }, { ...dcsPage([record]), headers }));
    expect(await find(late, lost, { settle: 11 * MINUTE })).toMatchObject({ found: "one" });
  });

  test("is looked for until settle is over by this machine's clock too, though that goes on meanwhile", async () => {
    const { now } = performance;
    const { now: wall } = Date;
    onTestFinished(() => {
      performance.now = now;
      Date.now = wall;
    });
    let passed = 0;
    const service = await listService(({ count }) => {
      // Half a minute passes before the second look, and before the fourth.
      passed = (count < 1 ? 0 : count < 3 ? 0.5 : 1) * MINUTE;
      return { status: 204 };
    });
    performance.now = () => now.call(performance) + passed;
    Date.now = () => wall() + passed;
    const it = await find(service, attemptOf({ clock: "local" }), { settle: MINUTE });
    expect(it).toMatchObject({ found: "none" });
    expect(service.lists.length).toBeGreaterThan(3);
  });

  test("may come as the plain copy of an error, as a worker gets it", async () => {
    const service = await listService(() => dcsPage([dcsRecord({ remark })]));
    const error = lostNow(attemptOf());
    const copy = JSON.parse(JSON.stringify({ ...error, message: error.message }));
    expect(await find(service, copy)).toMatchObject(found({ backup_id: BACKUP_ID }));
  });

  test("is not found in a record without an id, for which nobody could wait", async () => {
    for (const backup_id of ["", null, 7]) {
      const service = await listService(() => dcsPage([dcsRecord({ remark, backup_id } as object)]));
      expect(await find(service, lostNow(attemptOf()))).toMatchObject({ found: "none" });
    }
  });

  test("may have null for what was not given", async () => {
    const service = await listService(() => dcsPage([dcsRecord({ remark: null })]));
    const lost: Attempt = JSON.parse(JSON.stringify({ ...attemptOf(), remark: null, backupFormat: null, name: null }));
    expect(await find(service, lost)).toMatchObject(found({ backup_id: BACKUP_ID }, false));
  });
});

describe("an attempt without sentAt", () => {
  const old = { created_at: "2020-01-01T00:00:00.000Z" };
  const keyed = uniqueRemark("first run", "run 7");

  test("is found by its mark, whenever it was made and whatever stands before the mark", async () => {
    const service = await listService(() => dcsPage([dcsRecord({ remark: keyed, ...old }), dcsRecord()]));
    const lost = {
      operationId: "CopyInstance",
      instanceId: INSTANCE_ID,
      remark: uniqueRemark("second", "run 7"),
    } as const;
    expect(await find(service, lost)).toMatchObject(found({ remark: keyed }));
  });

  test("is found by the mark of its name, or by its name", async () => {
    const begin_time = ddsTime(0);
    const names = [uniqueName("first run", "run 7"), "mybackup1"];
    const service = await listService(() => ddsPage(names.map((name) => ddsBackup({ id: name, name, begin_time }))));
    const lost = { operationId: "CreateManualBackup", instanceId: DDS_INSTANCE_ID } as const;
    const byMark = await find(service, { ...lost, name: uniqueName("second", "run 7") });
    expect(byMark).toMatchObject(found({ name: names[0] }));
    expect(await find(service, { ...lost, name: "mybackup1" })).toMatchObject(found({ name: "mybackup1" }));
    expect(await find(service, { ...lost, name: "mybackup2" })).toMatchObject({ found: "none" });
  });

  test("is looked for once", async () => {
    const service = await listService(() => ({ status: 204 }));
    const lost = { operationId: "CopyInstance", instanceId: INSTANCE_ID, remark: keyed } as const;
    expect(await find(service, lost, { settle: HOUR })).toMatchObject({ found: "none" });
    expect(service.lists).toHaveLength(1);
  });
});

describe("where nothing is found", () => {
  const nothing: Reply = { status: 204 };

  test("it looks again, for a record that comes late", async () => {
    const service = await listService(inTurn(nothing, dcsPage([]), dcsPage([dcsRecord({ remark })])));
    const it = await find(service, lostNow(attemptOf()), { settle: MINUTE });
    expect(it).toMatchObject({ found: "one" });
    expect(service.lists).toHaveLength(3);
  });

  test("it says for how long it looked, to the end of settle", async () => {
    const service = await nothingForAMinute();
    const it = await find(service, lostNow(attemptOf(), ago(HOUR)), { settle: HOUR + MINUTE });
    expect(it).toEqual({ found: "none", lookedFor: expect.any(Number) });
    expect("lookedFor" in it && it.lookedFor).toBeGreaterThanOrEqual(MINUTE);
    expect(service.lists).toHaveLength(3);
  });
});

describe("a list that fails", () => {
  const error = (status: number, code: string): Reply => ({ status, body: { error_code: code, error_msg: "no" } });

  test.each<[string, Reply]>([
    ["500", error(500, "DCS.5078")],
    ["429", error(429, "APIGW.0308")],
    ["a broken connection", { misbehave: "reset" }],
    ["half an answer", { ...dcsPage([dcsRecord()]), misbehave: "half" }],
  ])("with %s is asked again", async (_, reply) => {
    const service = await listService(inTurn(reply, reply, dcsPage([dcsRecord({ remark })])));
    expect(await find(service, lostNow(attemptOf()), { settle: MINUTE })).toMatchObject({ found: "one" });
  });

  test("is left alone for as long as Retry-After asks for", async () => {
    const throttled = { ...error(429, "APIGW.0308"), headers: { "retry-after": "1" } };
    const service = await listService(inTurn(throttled, dcsPage([dcsRecord({ remark })])));
    const start = performance.now();
    expect(await find(service, lostNow(attemptOf()), { settle: MINUTE })).toMatchObject({ found: "one" });
    // A lower bound of the protocol, not of speed.
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  test("until settle is over leaves the question open", async () => {
    const service = await listService(() => error(500, "DCS.5078"));
    const lost = lostNow(attemptOf());
    const thrown = await thrownBy(find(service, lost, { settle: 30 }));
    const facts = { operationId: "ListBackupRecords", backupMayExist: true, retryable: true };
    expect(thrown).toMatchObject({ ...facts, cause: { status: 500 } });
    expect(thrown).toHaveProperty("attempt", lost.attempt);
    expect(String(thrown)).toContain("500 DCS.5078");
    expect(String(thrown)).toContain("A backup may have been started");
  });

  test("since the client refuses to ask ends the search at once", async () => {
    const service = await nothingForAMinute();
    const thrown = await thrownBy(find(service, lostNow(attemptOf({ instanceId: "a/b" })), { settle: MINUTE }));
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toMatch(/^TypeError: instanceId: must be an ID/);
    expect(service.lists).toEqual([]);
  });

  test("that sends elsewhere leaves the question open, and asking again meets the same", async () => {
    const service = await listService(() => ({ status: 302, headers: { location: "/login" } }));
    const thrown = await thrownBy(find(service, lostNow(attemptOf()), { settle: 10 }));
    expect(thrown).toMatchObject({ backupMayExist: true, retryable: false, cause: { retryable: false } });
  });

  test("that is slow is read once, however short settle is, and later for as long as settle has room", async () => {
    const slowly = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2500));
      return dcsPage([dcsRecord({ remark })]);
    };
    const first = await listService(slowly);
    const later = await listService(({ count }) => (count === 0 ? dcsPage([]) : slowly()));
    const [once, again] = await Promise.all([
      find(first, lostNow(attemptOf()), { settle: 50 }),
      find(later, lostNow(attemptOf()), { settle: MINUTE }),
    ]);
    expect(once).toMatchObject({ found: "one" });
    expect(again).toMatchObject({ found: "one" });
  });

  // Where it is not, it hangs for an hour.
  test("that hangs is cut off some time after settle", { timeout: 60_000 }, async () => {
    // So that settle is never over by itself.
    stoppedClock().set(HOUR);
    const service = await listService(inTurn(dcsPage([]), { misbehave: "hang" }));
    const backups = clientOf(service.url, { timeout: HOUR });
    const lost = lostNow(attemptOf());
    const thrown = await thrownBy(findBackup(backups, lost, { settle: 50, interval: 1 }));
    expect(thrown).toMatchObject({ backupMayExist: true, retryable: true, attempt: lost.attempt });
    expect(String(thrown)).toContain("since the list gave no answer in time");
    expect(service.lists).toHaveLength(2);
  });

  test.each([401, 403, 404, 400, 499])("with %i leaves the question open at once", async (status) => {
    const service = await listService(() => error(status, "x"));
    const lost = lostNow(attemptOf());
    const thrown = await thrownBy(find(service, lost, { settle: HOUR }));
    expect(thrown).toMatchObject({ backupMayExist: true, retryable: false, cause: { status }, attempt: lost.attempt });
    expect(service.lists).toHaveLength(1);
  });

  test("is asked again for the error that says so", async () => {
    const service = await listService(inTurn(error(403, "x"), dcsPage([dcsRecord({ remark })])));
    const thrown = await thrownBy(find(service, lostNow(attemptOf())));
    expect(thrown).toBeInstanceOf(BackupError);
    expect(await find(service, thrown as BackupError)).toMatchObject({ found: "one" });
  });
});

describe("an abort", () => {
  const reason = new Error("enough");

  test.each<[string, Reply]>([
    ["in a pause", { status: 204 }],
    ["during a request", { misbehave: "hang" }],
  ])("%s leaves the question open, at once", async (_, reply) => {
    const controller = new AbortController();
    const { signal } = controller;
    const service = await listService(() => {
      setTimeout(() => controller.abort(reason), 10);
      return reply;
    });
    const lost = lostNow(attemptOf());
    const thrown = await thrownBy(find(service, lost, { signal, settle: HOUR, interval: HOUR }));
    expect(thrown).toMatchObject({ backupMayExist: true, retryable: true, attempt: lost.attempt });
    expect(thrown).toHaveProperty("cause", reason);
    expect(String(thrown)).toContain("ended, since the signal aborted");
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    await expect.poll(() => service.open).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(service.lists).toHaveLength(1);
  });

  test("before the search asks nothing", async () => {
    const service = await listService(() => ({ status: 204 }));
    const thrown = await thrownBy(find(service, lostNow(attemptOf()), { signal: AbortSignal.abort(reason) }));
    expect(thrown).toHaveProperty("cause", reason);
    expect(service.lists).toHaveLength(0);
  });
});

describe("what is given wrong", () => {
  const { remark: _, ...unmarked } = attemptOf();
  const { sentAt: __, ...untimed } = { ...unmarked, remark: "no mark" };
  const unknownCall = "lost: operationId must be one of CopyInstance, CopyInstanceV1, CreateManualBackup";
  test.each<[string, unknown, object?]>([
    [unknownCall, undefined],
    [unknownCall, new Error("another")],
    [unknownCall, attemptOf({ operationId: "ListBackups" as "CopyInstance" })],
    [
      "lost: is an error without an attempt: it says that nothing was started, or is of a read",
      new BackupError("x", { operationId: "CopyInstance", backupMayExist: false, retryable: false }),
    ],
    [
      "lost: is the error of a wait, which knows its backup: wait for it again",
      new WaitError("x", { operationId: "ListBackups", backupMayExist: true, retryable: true, outcome: "timeout" }),
    ],
    ["lost: instanceId is missing", attemptOf({ instanceId: "" })],
    ["lost: remark must be a string", attemptOf({ remark: 7 as unknown as string })],
    ["lost: sentAt must be a time in ISO 8601", attemptOf({ sentAt: "yesterday" })],
    ["lost: sentAt must be a time in ISO 8601", attemptOf({ sentAt: 7 as unknown as string })],
    ["lost: name is missing", ddsAttempt({ name: "" })],
    ["lost: needs sentAt, or a remark that ends in a mark of uniqueRemark", untimed],
    ["options: ", attemptOf(), null as never],
    ["setle: ", attemptOf(), { setle: 1 }],
    ["settle: ", attemptOf(), { settle: -1 }],
    ["settle: ", attemptOf(), { settle: Number.POSITIVE_INFINITY }],
    ["interval: ", attemptOf(), { interval: 0 }],
    ["signal: ", attemptOf(), { signal: "stop" }],
  ])("is a TypeError that begins with %s", async (message, lost, options) => {
    const thrown = await thrownBy(findBackup(clientOf("http://127.0.0.1:1", once), lost as Lost, options));
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toMatch(new RegExp(`^TypeError: ${message}`));
  });
});

describe("sentAt of an attempt", () => {
  const signedAt = Date.parse("2026-01-01T00:00:00Z");

  test("is what the request was signed with where the service's time is not known", () => {
    expect(timeSent(moment(), signedAt)).toEqual({ sentAt: "2026-01-01T00:00:00.000Z", clock: "local" });
  });

  test("is counted from the answer of the service", () => {
    const { ticks, wall } = moment();
    const arrivedAt = { ticks: ticks + 30 * SECOND, wall: wall + 30 * SECOND };
    const seen = readServiceTime("Thu, 01 Jan 2026 12:00:00 GMT", arrivedAt);
    const sent = timeSent({ ticks, wall }, signedAt, seen);
    expect(sent).toEqual({ sentAt: "2026-01-01T11:59:30.000Z", clock: "service" });
  });

  test.each([null, "", "soon", "2026-01-01"])("is not counted from a Date that is %j", (header) => {
    expect(readServiceTime(header, moment())).toBeUndefined();
  });
});
