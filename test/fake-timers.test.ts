/** A user's own tests may let the timers stand still. Then a call or a wait goes on as they do, and ends when it should. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DDS_INSTANCE_ID } from "../scripts/lib/test-account.ts";
import {
  type BackupClient,
  findBackup,
  type NetworkError,
  uniqueName,
  waitForCopyInstance,
  waitForManualBackup,
} from "../src/index.ts";
import { clientOf, INSTANCE_ID, thrownBy } from "./support.ts";

// These timers are what is tested here, and no means.
beforeEach(() => {
  vi.useFakeTimers();
  // A pause is then as long as told, and not a tenth longer or shorter.
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const { setTimeout } = globalThis;

/** What hangs would never end, since Vitest's own limit stands still too. */
function ended<Result>(call: Promise<Result>): Promise<Result> {
  const hangs = new Promise<never>((_, reject) => setTimeout(reject, 10_000, new Error("still waits")));
  return Promise.race([call, hangs]);
}

/** Advances the timers to just before the end of a time, and then to it. */
async function expectEndAt(milliseconds: number, call: Promise<unknown>): Promise<void> {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  call.then(end, end);
  await vi.advanceTimersByTimeAsync(milliseconds - 1);
  // What ends by the platform's own timers has its turn.
  await new Promise((resolve) => setTimeout(resolve));
  expect(hasEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
}

const silent = clientOf("https://dcs.example.com", { fetch: () => new Promise(() => {}) });

/** Its backup runs for so many looks. */
function clientWhoseBackupRunsFor(looks: number): BackupClient {
  let count = 0;
  const fetch = async () => {
    const status = count++ < looks ? "backuping" : "succeed";
    return Response.json({ total_num: 1, backup_record_response: [{ backup_id: "b", status }] });
  };
  return clientOf("https://dcs.example.com", { fetch });
}

test("a call whose time is over ends at that moment, after a minute unless told otherwise", async () => {
  const call = thrownBy(silent.copyInstance(INSTANCE_ID));
  await expectEndAt(60_000, call);
  expect(await ended(call)).toMatchObject({ timedOut: true, backupMayExist: true });
});

test("a call that is aborted ends though the timers stand still", async () => {
  const controller = new AbortController();
  const call = thrownBy(silent.copyInstance(INSTANCE_ID, {}, { signal: controller.signal }));
  await vi.advanceTimersByTimeAsync(0); // until it is sent
  controller.abort();
  expect(await ended(call)).toMatchObject({ timedOut: false, backupMayExist: true });
});

test("a call that is aborted before it begins ends though the timers stand still", async () => {
  const call = thrownBy(silent.copyInstance(INSTANCE_ID, {}, { signal: AbortSignal.abort() }));
  expect(await ended(call)).toMatchObject({ timedOut: false, backupMayExist: false });
});

test("a call that was refused is sent again after the pause", async () => {
  const answers = [
    new Response("{}", { status: 429, headers: { "retry-after": "30" } }),
    Response.json({ backup_id: "b" }),
  ];
  const fetch = async () => answers.shift() ?? Response.error();
  const call = clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID);
  await expectEndAt(30_000, call);
  expect(await ended(call)).toEqual({ backup_id: "b" });
});

test("a wait looks again and again as the timers go on, every ten seconds unless told otherwise", async () => {
  const record = waitForCopyInstance(clientWhoseBackupRunsFor(3), INSTANCE_ID, { backup_id: "b" });
  await expectEndAt(30_000, record);
  expect(await ended(record)).toMatchObject({ status: "succeed" });
});

test("a wait whose time is over ends, after an hour unless told otherwise", async () => {
  const wait = thrownBy(waitForCopyInstance(clientWhoseBackupRunsFor(1_000), INSTANCE_ID, { backup_id: "b" }));
  await expectEndAt(3_600_000, wait);
  expect(await ended(wait)).toMatchObject({ outcome: "timeout" });
});

/** Each look is answered with this, but for what comes after so many. */
function clientWhoseListHangsAfter(looks: number, answer: object): BackupClient {
  let count = 0;
  const fetch = () => (count++ < looks ? Promise.resolve(Response.json(answer)) : new Promise<never>(() => {}));
  return clientOf("https://dcs.example.com", { fetch });
}

test("a wait whose time is over gives its last look two seconds", async () => {
  const running = { total_num: 1, backup_record_response: [{ backup_id: "b", status: "backuping" }] };
  const backups = clientWhoseListHangsAfter(6, running);
  const wait = thrownBy(waitForCopyInstance(backups, INSTANCE_ID, { backup_id: "b" }, { timeout: 60_000 }));
  await expectEndAt(62_000, wait);
  expect(await ended(wait)).toMatchObject({ outcome: "timeout", record: { status: "backuping" } });
});

test("a search whose time is over gives its last look two seconds", async () => {
  const backups = clientWhoseListHangsAfter(18, { total_num: 0, backup_record_response: [] });
  const sentAt = new Date().toISOString();
  const attempt = { operationId: "CopyInstance", instanceId: INSTANCE_ID, sentAt, clock: "local" } as const;
  const search = thrownBy(findBackup(backups, attempt));
  await expectEndAt(92_000, search);
  expect(await ended(search)).toMatchObject({ backupMayExist: true, attempt });
});

test("a wait is held up for five seconds by a job that does not answer, and no longer", async () => {
  const fetch: typeof globalThis.fetch = async (url) =>
    String(url).includes("/jobs?")
      ? new Promise<never>(() => {})
      : Response.json({ total_count: 1, backups: [{ id: "b", status: "FAILED" }] });
  const backups = clientOf("https://dds.example.com", { fetch });
  const wait = thrownBy(waitForManualBackup(backups, { backup_id: "b", job_id: "j" }));
  await expectEndAt(5_000, wait);
  expect(await ended(wait)).toMatchObject({ outcome: "failed", errorMessage: undefined });
});

test("a search looks every five seconds unless told otherwise, for 90 s after the start", async () => {
  let looks = 0;
  const fetch = async () => {
    looks++;
    return Response.json({ total_count: 0, backups: [] });
  };
  const lost = { operationId: "CreateManualBackup", instanceId: DDS_INSTANCE_ID, name: "mybackup1" } as const;
  const attempt = { ...lost, sentAt: new Date().toISOString(), clock: "local" } as const;
  const search = findBackup(clientOf("https://dds.example.com", { fetch }), attempt);
  await expectEndAt(90_000, search);
  expect(await ended(search)).toEqual({ found: "none", lookedFor: 90_000 });
  expect(looks).toBe(19);
});

test("a search after a start that timed out looks when its connection has been left alone for five seconds", async () => {
  const name = uniqueName("nightly");
  const record = { id: "b", name, instance_id: DDS_INSTANCE_ID, type: "Manual", status: "BUILDING" };
  const fetch: typeof globalThis.fetch = async (_, init) =>
    init?.method === "POST" ? new Promise<never>(() => {}) : Response.json({ total_count: 1, backups: [record] });
  const backups = clientOf("https://dds.example.com", { fetch });
  const call = thrownBy(backups.createManualBackup({ backup: { instance_id: DDS_INSTANCE_ID, name } }));
  await vi.advanceTimersByTimeAsync(60_000);
  const search = findBackup(backups, (await ended(call)) as NetworkError);
  await expectEndAt(5_000, search);
  expect(await ended(search)).toMatchObject({ found: "one", sure: true });
});
