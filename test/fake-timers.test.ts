/** A user's own tests may let the timers stand still. Then a call or a wait goes on as they do, and ends when it should. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type BackupClient, waitForCopyInstance } from "../src/index.ts";
import { clientOf, INSTANCE_ID, thrownBy } from "./support.ts";

// These timers are what is tested here, and no means.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const { setTimeout } = globalThis;

/** What hangs would never end, since Vitest's own limit stands still too. */
function ended<Result>(call: Promise<Result>): Promise<Result> {
  const hangs = new Promise<never>((_, reject) => setTimeout(reject, 10_000, new Error("still waits")));
  return Promise.race([call, hangs]);
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

test("a call whose time is over ends at that moment", async () => {
  const call = thrownBy(silent.copyInstance(INSTANCE_ID));
  await vi.advanceTimersByTimeAsync(60_000);
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
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await ended(call)).toEqual({ backup_id: "b" });
});

test("a wait looks again and again as the timers go on", async () => {
  const record = waitForCopyInstance(clientWhoseBackupRunsFor(3), INSTANCE_ID, { backup_id: "b" });
  await vi.advanceTimersByTimeAsync(33_000);
  expect(await ended(record)).toMatchObject({ status: "succeed" });
});

test("a wait whose time is over ends", async () => {
  const wait = thrownBy(waitForCopyInstance(clientWhoseBackupRunsFor(1_000), INSTANCE_ID, { backup_id: "b" }));
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await ended(wait)).toMatchObject({ outcome: "timeout" });
});
