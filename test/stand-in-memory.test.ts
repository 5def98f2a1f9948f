/** The stand-in remembers what it started, lets it run, and goes wrong with it as it is told. */

import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, onTestFinished, test } from "vitest";
import { callsOf, readDocument } from "../scripts/lib/document.ts";
import { DDS_INSTANCE_ID, TEST_TOKEN } from "../scripts/lib/test-account.ts";
import type { Settings } from "../scripts/stand-in/fate.ts";
import { NEXT_PATH, SETTINGS_PATH, startStandIn } from "../scripts/stand-in/server.ts";
import { INSTANCE_ID, PROJECT_ID, standInForTest } from "./support.ts";

const document = readDocument();
const v1 = `/v1.0/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`;
const v2 = `/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`;
const dds = `/v3/${PROJECT_ID}/backups`;
const START = Date.UTC(2026, 10, 22, 3);

type Facts = Record<string, unknown>;

/** All that the bodies here may have; each test asks for what its call has. */
interface Body {
  backup_id: string;
  job_id: string;
  total_num: number;
  backup_record_response: Facts[];
  backups: Facts[];
  job: Facts;
  error_code?: string;
  error: { code?: string };
}

interface Reply {
  status: number;
  body: Body;
}

/** A stand-in whose clock the test sets, and calls of it. */
async function service(settings: Partial<Settings> = {}) {
  const clock = { now: START };
  const standIn = await startStandIn({ settings, now: () => clock.now });
  onTestFinished(() => standIn.close());
  const call = async (path: string, body?: unknown, method = body === undefined ? "GET" : "POST"): Promise<Reply> => {
    const headers = { "x-auth-token": TEST_TOKEN, "content-type": "application/json" };
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(standIn.url + path, { method, headers, ...init });
    const text = await response.text();
    const reply = { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    expectDocumented(method, path, reply);
    return reply;
  };
  return {
    clock,
    standIn,
    call,
    startDcs: (body: object = {}, path = v2) => call(path, body),
    startDds: (name: string, more: object = {}) =>
      call(dds, { backup: { instance_id: DDS_INSTANCE_ID, name, ...more } }),
    dcs: async (path = v2) => (await call(path)).body.backup_record_response,
    dds: async (query = "") => (await call(dds + query)).body.backups,
    job: (id: string) => call(`/v3/${PROJECT_ID}/jobs?id=${id}`),
  };
}

const ajv = new Ajv2020({ strict: false, formats: { int32: true, int64: true } });
ajv.addSchema({ $id: "spec", ...document });

/** Whatever the stand-in makes up, its body is one that the spec knows for that call and status. */
function expectDocumented(method: string, path: string, { status, body }: Reply): void {
  const found = callsOf(document).find(
    (call) =>
      call.method === method.toLowerCase() &&
      new RegExp(`^${call.path.replace(/\{\w+\}/g, "[^/]+")}$`).test(path.split("?")[0] ?? ""),
  );
  if (!found || body === undefined) {
    return;
  }
  const key = String(status) in found.operation.responses ? String(status) : "default";
  const pointer = ["paths", found.path, found.method, "responses", key, "content", "application/json", "schema"];
  const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
  // Compiled once, where validate would compile a reference at each call.
  const isDocumented = ajv.getSchema(`spec#/${escaped}`);
  expect(isDocumented?.(body), `${path}: ${ajv.errorsText(isDocumented?.errors)}`).toBe(true);
}

describe("a backup", () => {
  test("of DCS waits, runs and succeeds in both lists, with what it was started with", async () => {
    const { clock, startDcs, dcs } = await service({ duration: 4000 });
    const { body } = await startDcs({ remark: "升级之前", backup_format: "aof" });
    const own = {
      backup_id: body.backup_id,
      backup_name: "backup_20261122110000",
      instance_id: INSTANCE_ID,
      ...{ backup_type: "manual", period: null },
      created_at: "2026-11-22T03:00:00.000Z",
      remark: "升级之前",
    };
    expect(await dcs()).toEqual([expect.objectContaining({ ...own, status: "waiting", backup_format: "aof" })]);
    expect(await dcs()).not.toEqual([expect.objectContaining({ execution_at: expect.anything() })]);
    clock.now += 999;
    expect(await dcs()).toMatchObject([{ status: "waiting" }]);
    clock.now += 1;
    const running = { ...own, status: "backuping", execution_at: "2026-11-22T03:00:01.000Z" };
    expect(await dcs(v1)).toEqual([expect.objectContaining({ ...running, backup_format: "AOF" })]);
    expect((await dcs())[0]).not.toHaveProperty("updated_at");
    clock.now += 3000;
    const done = { ...own, status: "succeed", progress: "100.00", updated_at: "2026-11-22T03:00:04.000Z" };
    expect(await dcs()).toEqual([expect.objectContaining(done)]);
    expect(await dcs(v1)).toEqual([expect.objectContaining(done)]);
  });

  test("of DDS is built and completed, and so is its job, whose end is filled in before", async () => {
    const { clock, startDds, dds, job } = await service({ duration: 4000 });
    const { body } = await startDds("before-the-upgrade", { description: "nightly" });
    const own = {
      id: body.backup_id,
      name: "before-the-upgrade",
      description: "nightly",
      instance_id: DDS_INSTANCE_ID,
      type: "Manual",
      begin_time: "2026-11-22 03:00:00",
    };
    expect(await dds()).toEqual([expect.objectContaining({ ...own, status: "BUILDING" })]);
    clock.now += 3000;
    expect(await dds()).toEqual([expect.objectContaining({ ...own, status: "BUILDING" })]);
    expect(await dds()).not.toEqual([expect.objectContaining({ end_time: expect.anything() })]);
    expect((await job(body.job_id)).body.job).toMatchObject({
      ...{ id: body.job_id, status: "Running", progress: "75%", fail_reason: null },
      ...{ created: "2026-11-22T03:00:00+0000", ended: "2026-11-22T03:00:10+0000" },
      instance: { id: DDS_INSTANCE_ID },
    });
    clock.now += 1000;
    expect(await dds()).toEqual([
      expect.objectContaining({ ...own, status: "COMPLETED", end_time: "2026-11-22 03:00:04" }),
    ]);
    const ended = { status: "Completed", progress: "", ended: "2026-11-22T03:00:04+0000" };
    expect((await job(body.job_id)).body.job).toMatchObject(ended);
  });

  test("has ended as soon as it is started, where nobody says how long it runs", async () => {
    const standIn = await standInForTest();
    const headers = { "x-auth-token": TEST_TOKEN, "content-type": "application/json" };
    for (let count = 0; count < 2; count++) {
      expect((await fetch(standIn.url + v2, { method: "POST", headers, body: "{}" })).status).toBe(200);
    }
    const { backup_record_response } = (await (await fetch(standIn.url + v2, { headers })).json()) as Body;
    expect(backup_record_response.map(({ status }) => status)).toEqual(["succeed", "succeed"]);
  });
});

describe("refuses", () => {
  test.each([
    ["DCS.4096", v2, v2],
    ["111400096", v1, v1],
    ["111400096", v2, v1],
  ])("with %s a second start while the first backup of a DCS instance runs", async (code, first, second) => {
    const { clock, startDcs, standIn } = await service({ duration: 1000 });
    expect((await startDcs({}, first)).status).toBe(200);
    clock.now += 999;
    const { status, body } = await startDcs({}, second);
    expect([status, body.error_code ?? body.error.code]).toEqual([400, code]);
    expect(standIn.backups).toHaveLength(1);
    const other = second.replace(INSTANCE_ID, "3d05ca07-4c92-4f1c-9d4c-3c0ab1e7c0f6");
    expect((await startDcs({}, other)).status).toBe(200);
    clock.now += 1;
    expect((await startDcs({}, second)).status).toBe(200);
  });

  test("with 403 a second start while a DDS instance is busy", async () => {
    const { clock, startDds } = await service({ duration: 1000 });
    await startDds("first");
    expect(await startDds("second")).toMatchObject({ status: 403, body: { error_code: "DBS.200011" } });
    clock.now += 1000;
    expect((await startDds("second")).status).toBe(200);
  });

  test("with DBS.201201 a name that a backup of the project has, whatever its instance", async () => {
    const { startDds } = await service();
    await startDds("mybackup1");
    const again = await startDds("mybackup1", { instance_id: "3d05ca074c924f1c9d4c3c0ab1e7c0f6in02" });
    expect(again).toMatchObject({ status: 400, body: { error_code: "DBS.201201" } });
  });

  test.each([
    [`${v2}?limit=1001`, "DCS.4063"],
    [`${v2}?begin_time=2026-11-22`, "DCS.4063"],
    [`${v2}?begin_time=20261122030100&end_time=20261122030100`, "DCS.4025"],
    [`${v1}?start=0`, "111400063"],
    [`${v1}?beginTime=20261122030100&endTime=20261122030059`, "111400025"],
    // This is the name of the field in v2.
    [`${v1}?end_time=20261122030100`, "111400063"],
    [`${dds}?limit=101`, "DBS.280439"],
    [`${dds}?offset=-1`, "DBS.280440"],
    [`${dds}?backup_id=`, "DBS.280124"],
    [`${dds}?backup_type=manual`, "DBS.200001"],
    [`${dds}?order_field=name`, "DBS.200001"],
    [`${dds}?begin_time=2026-11-22%2003:00:00`, "DBS.280409"],
    [`${dds}?begin_time=2026-11-22%2003:00:00&end_time=2026-11-22%2003:00:00`, "DBS.280409"],
    [`${dds}?begin_time=2026-11-22&end_time=2026-11-23`, "DBS.280409"],
    [`/v3/${PROJECT_ID}/jobs`, "DBS.200001"],
  ])("GET %s with %s", async (path, code) => {
    const { call } = await service();
    const { status, body } = await call(path);
    expect([status, body.error_code ?? body.error.code]).toEqual([400, code]);
  });
});

describe("lists of DCS", () => {
  /** Starts five backups, a minute apart, whose remarks are numbers. */
  async function five() {
    const it = await service();
    for (let number = 0; number < 5; number++) {
      await it.startDcs({ remark: String(number) });
      it.clock.now += 60_000;
    }
    const remarks = async (path: string) => (await it.dcs(path)).map(({ remark }) => remark).join("");
    return { ...it, remarks };
  }

  test("begin with the newest, tell the total, and have pages of ten unless told otherwise", async () => {
    const { call, clock, startDcs } = await service();
    for (let number = 0; number < 12; number++) {
      await startDcs({ remark: String(number) });
      clock.now += 1000;
    }
    for (const path of [v2, v1]) {
      const { body } = await call(path);
      expect(body.total_num).toBe(12);
      expect(body.backup_record_response).toHaveLength(10);
      expect(body.backup_record_response[0]).toMatchObject({ remark: "11" });
    }
  });

  test.each([
    [`${v2}?limit=2`, "43"],
    [`${v2}?limit=2&offset=2`, "21"],
    [`${v2}?limit=2&offset=4`, "0"],
    [`${v2}?offset=5`, ""],
    [`${v1}?limit=2`, "43"],
    [`${v1}?limit=2&start=1`, "43"],
    [`${v1}?limit=2&start=3`, "21"],
    [`${v1}?start=5`, "0"],
    [`${v2}?begin_time=20261122030100&end_time=20261122030300`, "321"],
    [`${v2}?begin_time=20261122030301`, "4"],
    [`${v1}?endTime=20261122030100`, "10"],
  ])("GET %s gives %s", async (path, expected) => {
    const { remarks, call } = await five();
    expect(await remarks(path)).toBe(expected);
    expect((await call(path)).body.total_num).toBe(/time/i.test(path) ? expected.length : 5);
  });

  test("are of one instance and one project", async () => {
    const { dcs, startDcs } = await service();
    await startDcs();
    expect(await dcs(v2.replace(INSTANCE_ID, "3d05ca07-4c92-4f1c-9d4c-3c0ab1e7c0f6"))).toEqual([]);
    expect(await dcs(v2.replace(PROJECT_ID, "1".repeat(32)))).toEqual([]);
  });

  test("answer 204 without a body while there is nothing, where that is ordered", async () => {
    const { call, startDcs } = await service({ empty: 204 });
    expect(await call(v2)).toEqual({ status: 204, body: undefined });
    await startDcs();
    expect((await call(v2)).status).toBe(200);
    expect((await call(`${v2}?offset=1`)).body).toEqual({ total_num: 1, backup_record_response: [] });
  });

  test("lose the oldest with the 25th, of whichever API", async () => {
    const { clock, dcs, startDcs } = await service();
    const ids: string[] = [];
    for (let number = 0; number < 25; number++) {
      ids.unshift((await startDcs({}, number % 2 ? v1 : v2)).body.backup_id);
      clock.now += 1000;
    }
    const listed = (await dcs(`${v2}?limit=100`)).map(({ backup_id }) => backup_id);
    expect(listed).toEqual(ids.slice(0, 24));
  });
});

describe("lists of DDS", () => {
  async function three() {
    // No limit of DDS is documented, so it keeps more than it is told to.
    const it = await service({ duration: 30_000, keep: 1 });
    for (const [name, more] of [
      ["gamma1", {}],
      ["alpha1", { instance_id: "3d05ca074c924f1c9d4c3c0ab1e7c0f6in02", description: "weekly" }],
      ["beta", {}],
    ] as const) {
      await it.startDds(name, more);
      it.clock.now += 60_000;
    }
    it.clock.now -= 31_000;
    return it;
  }

  test.each([
    ["", "beta alpha1 gamma1"],
    [`?instance_id=${DDS_INSTANCE_ID}`, "beta gamma1"],
    ["?limit=1&offset=1", "alpha1"],
    ["?backup_type=Manual", "beta alpha1 gamma1"],
    ["?backup_type=Auto", ""],
    ["?mode=ReplicaSet", "beta alpha1 gamma1"],
    ["?mode=Sharding", ""],
    ["?backup_status=COMPLETED", "alpha1 gamma1"],
    ["?backup_status=BUILDING", "beta"],
    ["?backup_name=a1", "alpha1 gamma1"],
    ["?backup_description=week", "alpha1"],
    ["?instance_name=orders", "beta alpha1 gamma1"],
    ["?order_field=name&order_rule=asc", "alpha1 beta gamma1"],
    ["?order_field=name&order_rule=desc", "gamma1 beta alpha1"],
    ["?order_field=beginTime&order_rule=asc", "gamma1 alpha1 beta"],
    ["?order_field=status&order_rule=desc", "alpha1 gamma1 beta"],
    ["?order_field=type&order_rule=asc", "beta alpha1 gamma1"],
    ["?begin_time=2026-11-22%2003:01:00&end_time=2026-11-22%2003:02:00", "beta alpha1"],
  ])("GET %s gives %s", async (query, names) => {
    const { dds } = await three();
    expect((await dds(query)).map(({ name }) => name).join(" ")).toBe(names);
  });

  test("find one backup by its ID, and say of another that it is not there, in either way", async () => {
    const { call, standIn, startDds } = await service();
    const { backup_id } = (await startDds("mybackup1")).body;
    expect((await call(`${dds}?backup_id=${backup_id}`)).body).toMatchObject({ total_count: 1 });
    const unknown = `${dds}?backup_id=${"0".repeat(32)}br02`;
    expect(await call(unknown)).toMatchObject({ status: 400, body: { error_code: "DBS.201214" } });
    standIn.set({ absent: 200 });
    expect(await call(unknown)).toEqual({ status: 200, body: { backups: [], total_count: 0 } });
  });
});

describe("on order", () => {
  test("the lists lag", async () => {
    const { clock, standIn, startDcs, dcs } = await service();
    standIn.next({ listedAfter: 3000 });
    await startDcs();
    clock.now += 2999;
    expect(await dcs()).toEqual([]);
    clock.now += 1;
    expect(await dcs()).toHaveLength(1);
  });

  test("a record vanishes", async () => {
    const { clock, standIn, startDcs, dcs } = await service();
    standIn.next({ vanishesAfter: 1000 });
    await startDcs();
    expect(await dcs()).toHaveLength(1);
    clock.now += 1000;
    expect(await dcs()).toEqual([]);
  });

  test.each([
    ["failed", { status: "failed", error_code: "dcs.08.0002" }, { status: "FAILED" }],
    ["deleted", { status: "deleted" }, { status: "DISABLED" }],
    ["expired", { status: "expired" }, { status: "DISABLED" }],
  ] as const)("a backup ends as %s", async (ends, record, backup) => {
    const { clock, standIn, startDcs, startDds, dcs, dds } = await service({ duration: 1000 });
    standIn.next({ ends }, { ends });
    await startDcs();
    await startDds("mybackup1");
    expect(await dcs()).toMatchObject([{ status: "waiting" }]);
    clock.now += 1000;
    expect(await dcs()).toMatchObject([record]);
    expect(await dcs(v1)).toMatchObject([record]);
    expect(await dds()).toMatchObject([backup]);
  });

  test("a DDS backup fails, and its job tells why", async () => {
    const { standIn, startDds, job } = await service();
    standIn.next({ ends: "failed" });
    const { job_id } = (await startDds("mybackup1")).body;
    expect((await job(job_id)).body.job).toMatchObject({ status: "Failed", fail_reason: expect.stringMatching(/./) });
  });

  test("a state that nobody knows is shown while a backup runs", async () => {
    const { clock, standIn, startDcs, startDds, dcs, dds } = await service({ duration: 1000 });
    standIn.next({ state: "verifying" }, { state: "VERIFYING" });
    await startDcs();
    await startDds("mybackup1");
    clock.now += 500;
    expect(await dcs()).toMatchObject([{ status: "verifying" }]);
    expect(await dds()).toMatchObject([{ status: "VERIFYING" }]);
    clock.now += 500;
    expect(await dcs()).toMatchObject([{ status: "succeed" }]);
  });

  test("DDS does not know a job for a while, as it knows no other", async () => {
    const { clock, standIn, startDds, job } = await service();
    standIn.next({ jobAfter: 2000 });
    const { job_id } = (await startDds("mybackup1")).body;
    const unknown = { status: 400, body: { error_code: "DBS.200543" } };
    expect(await job(job_id)).toMatchObject(unknown);
    clock.now += 2000;
    expect(await job(job_id)).toMatchObject({ status: 200 });
    expect(await job("a03b1b8a-b756-467c-8a49-38720c3d23ec")).toMatchObject(unknown);
  });

  test("a start is answered with 504, but starts a backup", async () => {
    const { standIn, startDcs, dcs } = await service();
    standIn.next({ code: 504, startsAfter: 0 });
    expect(await startDcs({ remark: "lost" })).toMatchObject({ status: 504, body: { error_code: "APIGW.0201" } });
    expect(await dcs()).toMatchObject([{ remark: "lost" }]);
  });

  test("a start is reset, but starts a backup three seconds later, and until then nothing is there of it", async () => {
    const { clock, standIn, startDcs, dcs } = await service();
    standIn.next({ misbehave: "reset", startsAfter: 3000 });
    await expect(startDcs({ remark: "lost" })).rejects.toThrow("fetch failed");
    expect((await startDcs({ remark: "one" })).status).toBe(200);
    expect((await startDcs({ remark: "two" })).status).toBe(200);
    clock.now += 2999;
    expect(await dcs()).toMatchObject([{ remark: "two" }, { remark: "one" }]);
    clock.now += 1;
    const lost = { remark: "lost", created_at: "2026-11-22T03:00:03.000Z" };
    expect(await dcs()).toMatchObject([lost, { remark: "two" }, { remark: "one" }]);
  });

  test("a start that is refused starts nothing, whatever was ordered for it", async () => {
    const { standIn, startDcs } = await service();
    standIn.next({ code: 504, startsAfter: 0 }, { duration: 5 });
    expect((await startDcs({ remark: "r".repeat(129) })).status).toBe(504);
    expect((await startDcs({ remark: "r".repeat(129) })).status).toBe(400);
    expect(standIn.backups).toEqual([]);
  });

  test("an answer or a misbehaviour alone starts nothing", async () => {
    const { standIn, startDcs, dcs } = await service();
    const call = "CopyInstance";
    standIn.next({ code: 504 }, { misbehave: "close" }, { code: 504, call }, { misbehave: "close", call });
    for (let count = 0; count < 2; count++) {
      expect((await startDcs()).status).toBe(504);
      await expect(startDcs()).rejects.toThrow("fetch failed");
    }
    expect(await dcs()).toEqual([]);
  });

  test("a start is answered without a job, as old deployments do", async () => {
    const { standIn, startDds, dds } = await service();
    standIn.next({ code: 200, example: "CreateManualBackupAcceptedWithoutJob", duration: 0 });
    const { body } = await startDds("mybackup1");
    expect(Object.keys(body)).toEqual(["backup_id"]);
    expect(await dds()).toMatchObject([{ id: body.backup_id }]);
  });
});

describe("an order", () => {
  test("for a backup waits for a start, and one for a call waits for that call", async () => {
    const { standIn, startDcs, call } = await service();
    standIn.next({ ends: "failed" }, { code: 503, call: "ListBackupRecords" });
    expect((await call(v1)).status).toBe(200);
    expect((await call(v2)).status).toBe(503);
    expect((await startDcs()).status).toBe(200);
    expect((await call(v2)).body.backup_record_response).toMatchObject([{ status: "failed" }]);
  });

  test("is taken over HTTP for any call and status, and a fate for a call that starts", async () => {
    const { call } = await service();
    const orders = [
      { code: 200 },
      { code: 599, call: "ListBackups" },
      { code: 504, startsAfter: 0, call: "CopyInstance" },
      { misbehave: "reset", startsAfter: 0 },
    ];
    expect(await call(NEXT_PATH, orders)).toMatchObject({ status: 200, body: { waiting: orders } });
  });

  test("may come with the request itself", async () => {
    const { standIn, dcs } = await service();
    const headers = { "x-auth-token": TEST_TOKEN, "content-type": "application/json" };
    const prefer = "code=504, startsAfter=0, ends=failed";
    const init = { method: "POST", headers: { ...headers, prefer }, body: "{}" };
    expect((await fetch(standIn.url + v2, init)).status).toBe(504);
    expect(await dcs()).toMatchObject([{ status: "failed" }]);
    for (const prefer of ["misbehave=html, ends=deleted", "ends=expired"]) {
      await fetch(standIn.url + v2, { ...init, headers: { ...headers, prefer } });
    }
    // What is no fate is as good as nothing.
    await fetch(standIn.url + v2, { ...init, headers: { ...headers, prefer: "code=504, ends=badly" } });
    await fetch(standIn.url + v2, { ...init, headers: { ...headers, prefer: "ends=badly" } });
    const states = (await dcs()).map(({ status }) => status);
    expect(states).toEqual(["succeed", "expired", "deleted", "failed"]);
  });

  test.each<[object, RegExp]>([
    [{ duration: -1 }, /"duration" takes a number of milliseconds, not -1/],
    [{ duration: "2" }, /"duration" takes a number of milliseconds, not "2"/],
    [{ ends: "badly" }, /"ends" takes finished or failed or deleted or expired/],
    [{ state: "" }, /"state" takes a text, not ""/],
    [{ state: 5 }, /"state" takes a text, not 5/],
    [
      { ends: "failed", lists: 1 },
      /There is no "lists"; there are: code, example, headers, misbehave, call, startsAfter/,
    ],
    [{ startsafter: 1 }, /There is no "startsafter"; there are: code/],
    [{ ends: "failed", example: "DcsBackupRunning" }, /"example" needs the "code" that it is for/],
    // The stand-in would pass over them.
    [{ misbehave: "reset", code: 504 }, /no "code", "example" or "headers" can go with it/],
    [{ misbehave: "reset", example: "DcsBackupRunning" }, /no "code", "example" or "headers" can go with it/],
    [{ misbehave: "reset", headers: { "retry-after": "3" } }, /no "code", "example" or "headers" can go with it/],
    // A setting is no part of one backup's fate.
    [{ ends: "failed", keep: 24 }, /There is no "keep"/],
    [{ code: 504, call: "DeleteAll" }, /no call "DeleteAll"; there are: CopyInstance/],
    [{ misbehave: "explode", duration: 1 }, /no misbehaviour "explode"; there are: reset, close/],
    [{ code: 199, duration: 1 }, /"code" takes a whole number from 200 to 599, not 199/],
    [{ code: 600, duration: 1 }, /"code" takes a whole number from 200 to 599, not 600/],
    [{ code: "404" }, /"code" takes a whole number from 200 to 599, not "404"/],
    [{ code: 429, headers: { "bad name": "x" } }, /takes names and values of HTTP/],
    [{ code: 429, headers: { "x-bad-value": "\n" } }, /takes names and values of HTTP/],
    [{ code: 429, headers: 5 }, /"headers" takes an object/],
    [{ code: 504, duration: 5, call: "ListBackups" }, /ListBackups starts nothing/],
  ])("like %j is refused with what it takes", async (order, message) => {
    const { call, standIn } = await service();
    const { status, body } = await call(NEXT_PATH, [{ duration: 1 }, order]);
    expect(status).toBe(400);
    expect(body.error).toMatch(message);
    expect((await call(NEXT_PATH)).body).toEqual({ waiting: [] });
    expect(standIn.backups).toEqual([]);
  });
});

describe("settings", () => {
  test("hold for all starts that follow, can be read, and go back to the first", async () => {
    const { call, startDcs, dcs, clock } = await service({ duration: 1000 });
    const first = { duration: 1000, keep: 24, empty: 200 };
    expect(await call(SETTINGS_PATH)).toMatchObject({ status: 200, body: first });
    await call(SETTINGS_PATH, { ends: "failed", empty: 204, state: "odd" });
    expect((await call(v2)).status).toBe(204);
    expect((await call(SETTINGS_PATH, { keep: 1, empty: 200, absent: 200 })).status).toBe(200);
    expect((await call(SETTINGS_PATH, { keep: 24, empty: 204, absent: 400 })).status).toBe(200);
    for (let count = 0; count < 2; count++) {
      await startDcs();
      clock.now += 1000;
    }
    expect(await dcs()).toMatchObject([{ status: "failed" }, { status: "failed" }]);
    expect((await call(SETTINGS_PATH, undefined, "DELETE")).body).not.toHaveProperty("state");
    await startDcs();
    clock.now += 1000;
    expect((await dcs())[0]).toMatchObject({ status: "succeed" });
  });

  test.each<[unknown, RegExp]>([
    [{ keep: 0 }, /"keep" takes a whole number from 1, not 0/],
    [{ empty: 404 }, /"empty" takes 200 or 204, not 404/],
    [{ absent: 404 }, /"absent" takes 200 or 400, not 404/],
    [{ toString: 1 }, /There is no "toString"/],
    [null, /Settings are an object/],
    [[], /Settings are an object/],
    [5, /Settings are an object/],
  ])("like %j are refused with what they take", async (settings, message) => {
    const { call } = await service();
    const { status, body } = await call(SETTINGS_PATH, settings);
    expect([status, body.error]).toEqual([400, expect.stringMatching(message)]);
    expect((await call(SETTINGS_PATH)).body).toMatchObject({ keep: 24, empty: 200 });
  });
});
