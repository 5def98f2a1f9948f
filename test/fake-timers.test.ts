/** A user's own tests may let the timers stand still. Then a call or a wait goes on as they do, and ends when it should. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type BackupClient, waitForCopyInstance } from "../src/index.ts";
import { clientOf, INSTANCE_ID, thrownBy } from "./support.ts";

// These timers are what is tested here, and no means.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const { setImmediate } = globalThis;

/** Ends the test if timers are left, since then the call may never end. */
async function expectNoTimer(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  expect(vi.getTimerCount()).toBe(0);
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
  await expectNoTimer();
  expect(await call).toMatchObject({ timedOut: true, backupMayExist: true });
});

test("a call that is aborted ends without any timer", async () => {
  const controller = new AbortController();
  const call = thrownBy(silent.copyInstance(INSTANCE_ID, {}, { signal: controller.signal }));
  await vi.advanceTimersByTimeAsync(0); // until it is sent
  controller.abort();
  await expectNoTimer();
  expect(await call).toMatchObject({ timedOut: false, backupMayExist: true });
});

test("a call that is aborted before it begins ends without any timer", async () => {
  const call = thrownBy(silent.copyInstance(INSTANCE_ID, {}, { signal: AbortSignal.abort() }));
  await expectNoTimer();
  expect(await call).toMatchObject({ timedOut: false, backupMayExist: false });
});

test("a call that was refused is sent again after the pause", async () => {
  const answers = [
    new Response("{}", { status: 429, headers: { "retry-after": "30" } }),
    Response.json({ backup_id: "b" }),
  ];
  const fetch = async () => answers.shift() ?? Response.error();
  const call = clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID);
  await vi.advanceTimersByTimeAsync(30_000);
  await expectNoTimer();
  expect(await call).toEqual({ backup_id: "b" });
});

test("a wait looks again and again as the timers go on", async () => {
  const record = waitForCopyInstance(clientWhoseBackupRunsFor(3), INSTANCE_ID, { backup_id: "b" });
  await vi.advanceTimersByTimeAsync(33_000);
  await expectNoTimer();
  expect(await record).toMatchObject({ status: "succeed" });
});

test("a wait whose time is over ends", async () => {
  const wait = thrownBy(waitForCopyInstance(clientWhoseBackupRunsFor(1_000), INSTANCE_ID, { backup_id: "b" }));
  await vi.advanceTimersByTimeAsync(3_600_000);
  await expectNoTimer();
  expect(await wait).toMatchObject({ outcome: "timeout" });
});
