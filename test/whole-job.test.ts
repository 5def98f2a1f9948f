/** Start, lose the answer, find the backup again, and wait for its end, as a pipeline does. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { root } from "../scripts/lib/root.ts";
import { DDS_INSTANCE_ID } from "../scripts/lib/test-account.ts";
import { TSX } from "../scripts/lib/tsx.ts";
import type { Order } from "../scripts/stand-in/server.ts";
import {
  type BackupClient,
  type BackupRecord,
  type DdsBackup,
  findBackup,
  isBackupError,
  uniqueName,
  uniqueRemark,
  waitForCopyInstance,
  waitForCopyInstanceV1,
  waitForManualBackup,
} from "../src/index.ts";
import { clientOf, INSTANCE_ID, standInForTest, thrownBy } from "./support.ts";

const often = { interval: 5 };
/** The order for a backup that is started though its caller is not told. */
const lateStart = { startsAfter: 30, duration: 30 };

interface Job {
  start(backups: BackupClient, options?: { signal: AbortSignal }): Promise<{ backup_id: string }>;
  wait(backups: BackupClient, answer: { backup_id: string }): Promise<BackupRecord | DdsBackup>;
}

const jobs: Record<string, Job> = {
  copyInstance: {
    start: (backups, options) => backups.copyInstance(INSTANCE_ID, { remark: uniqueRemark("升级之前") }, options),
    wait: (backups, answer) => waitForCopyInstance(backups, INSTANCE_ID, answer, often),
  },
  copyInstanceV1: {
    start: (backups, options) => backups.copyInstanceV1(INSTANCE_ID, { remark: uniqueRemark("升级之前") }, options),
    wait: (backups, answer) => waitForCopyInstanceV1(backups, INSTANCE_ID, answer, often),
  },
  createManualBackup: {
    start: (backups, options) =>
      backups.createManualBackup({ backup: { instance_id: DDS_INSTANCE_ID, name: uniqueName("升级之前") } }, options),
    wait: (backups, answer) => waitForManualBackup(backups, answer, often),
  },
};

const ways: Record<string, Order> = {
  "a 504 of the gateway": { code: 504 },
  "a reset": { misbehave: "reset" },
  "half an answer": { misbehave: "half" },
  "a page of HTML with status 200": { misbehave: "html" },
  "a redirect": { misbehave: "redirect" },
  "an abort while nothing comes back": { misbehave: "hang" },
};

describe.each(Object.entries(jobs))("%s", (_, { start, wait }) => {
  test("is followed from its answer to its end", async () => {
    const standIn = await standInForTest();
    standIn.set({ duration: 40, listedAfter: 10 });
    const backups = clientOf(standIn.url);
    const record = await wait(backups, await start(backups));
    expect(record.status).toMatch(/^(succeed|COMPLETED)$/);
    expect(standIn.backups).toHaveLength(1);
  });

  test.each(Object.entries(ways))("is found again after %s, and was started once", async (_, way) => {
    const standIn = await standInForTest();
    standIn.next({ ...way, ...lateStart });
    const backups = clientOf(standIn.url);
    const controller = new AbortController();
    const starting = thrownBy(start(backups, { signal: controller.signal }));
    if (way.misbehave === "hang") {
      await expect.poll(() => standIn.backups.length).toBe(1);
      controller.abort();
    }
    const error = await starting;
    const it = await findBackup(backups, isBackupError(error) ? error : expect.unreachable(), often);
    expect(it).toMatchObject({ found: "one", sure: true });
    const record = await wait(backups, it.found === "one" ? it.answer : expect.unreachable());
    expect(record.status).toMatch(/^(succeed|COMPLETED)$/);
    expect(standIn.backups).toHaveLength(1);
  });
});

test("another process finds it by the attempt alone", async () => {
  const standIn = await standInForTest();
  standIn.next({ misbehave: "reset", ...lateStart });
  const error = await thrownBy(clientOf(standIn.url).copyInstance(INSTANCE_ID, { remark: uniqueRemark() }));
  const attempt = JSON.stringify(isBackupError(error) && error.attempt);
  const program = [...TSX, join(root, "test/fixtures/finds.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, [...program, standIn.url, attempt]);
  expect(JSON.parse(stdout)).toMatchObject({ found: "one", sure: true });
  expect(standIn.received.map(({ method }) => method)).toContain("GET");
  expect(standIn.backups).toHaveLength(1);
});
