/** The waits: one for each start. */
import { absentBackupCodes } from "../../generated/tables.js";
import type { BackupRecord, DdsBackup } from "../../generated/types.js";
import { type BackupError, isBackupError } from "../errors.js";
import { clean } from "../text.js";
import { dcsList, dcsListV1, ddsList } from "./lists.js";
import { isRefused, readFailure } from "./look-error.js";
import { type Followed, follow } from "./loop.js";
import { checkWaitOptions, type WaitOptions } from "./options.js";
import { readPercent } from "./records.js";
import type { AnyRecord, ListsDcs, ListsDcsV1, ListsDds, ShowsJobs } from "./types.js";

/**
 * Waits until a backup that `copyInstance` started is finished, by looking into the list of the instance's backups. It starts nothing, and
 * it may be called again at any time, in another process too: the id in the answer is all that it needs.
 *
 * @returns the finished backup as the list has it.
 * @throws WaitError whose `outcome` tells how the wait ended otherwise; TypeError that begins with the argument's or option's name.
 * @example
 * const answer = await backups.copyInstance(instanceId, { remark: uniqueRemark("before the upgrade") });
 * const record = await waitForCopyInstance(backups, instanceId, answer, { onProgress: console.error });
 */
export async function waitForCopyInstance(
  backups: ListsDcs,
  instanceId: string,
  answer: { backup_id: string },
  options: WaitOptions<BackupRecord> = {},
): Promise<BackupRecord> {
  return waitFor("waitForCopyInstance", dcsList(backups, instanceId), answer, options, instanceId);
}

/**
 * As `waitForCopyInstance`, for a backup that `copyInstanceV1` started.
 * @deprecated Use `copyInstance` and `waitForCopyInstance`.
 */
export async function waitForCopyInstanceV1(
  backups: ListsDcsV1,
  instanceId: string,
  answer: { backup_id: string },
  options: WaitOptions<BackupRecord> = {},
): Promise<BackupRecord> {
  return waitFor("waitForCopyInstanceV1", dcsListV1(backups, instanceId), answer, options, instanceId);
}

/**
 * Waits until a backup that `createManualBackup` started is finished, by looking for it in the list of backups. Where the answer has a
 * `job_id`, that job gives `percent` to `onProgress` and the reason of a failure; it takes a permission of its own, and the wait does
 * without where that is missing.
 *
 * @returns the finished backup as the list has it.
 * @throws WaitError whose `outcome` tells how the wait ended otherwise; TypeError that begins with the argument's or option's name.
 * @example
 * const answer = await backups.createManualBackup({ backup: { instance_id, name: uniqueName("before the upgrade") } });
 * const backup = await waitForManualBackup(backups, answer, { timeout: 30 * 60_000 });
 */
export async function waitForManualBackup(
  backups: ListsDds & ShowsJobs,
  answer: { backup_id: string; job_id?: string },
  options: WaitOptions<DdsBackup> = {},
): Promise<DdsBackup> {
  const list = ddsList(backups, { backup_id: checkAnswer(answer) });
  const jobId = typeof answer.job_id === "string" && answer.job_id ? answer.job_id : undefined;
  const job = jobId === undefined ? {} : askJob(backups, jobId);
  return waitFor("waitForManualBackup", list, answer, options, undefined, { ...job, isUnlisted });
}

function waitFor<Item extends AnyRecord>(
  name: string,
  list: Followed<Item>["list"],
  answer: { backup_id: string },
  options: WaitOptions<Item>,
  instanceId: string | undefined,
  extras: Partial<Followed<Item>> = {},
): Promise<Item> {
  const id = checkAnswer(answer);
  // What a service sent is cleaned before it is shown.
  const shown = clean(id, 128) ?? "";
  const args = ["backups", instanceId && JSON.stringify(instanceId), `{ backup_id: ${JSON.stringify(shown)} }`];
  const backup: Followed<Item> = {
    list,
    id,
    operationId: list.operationId,
    title: `Backup ${shown}${instanceId === undefined ? "" : ` of instance ${instanceId}`}`,
    waitAgain: `${name}(${args.filter(Boolean).join(", ")})`,
    ...extras,
  };
  return follow(backup, checkWaitOptions(options, list.isLoopback));
}

function checkAnswer(answer: unknown): string {
  const { backup_id } = Object(answer) as { backup_id?: unknown };
  if (typeof backup_id === "string" && backup_id !== "") {
    return backup_id;
  }
  throw new TypeError("answer: must be what the start answered, an object with a backup_id");
}

function isUnlisted(error: BackupError): boolean {
  return isRefused(error) && absentBackupCodes.has(readFailure(error).errorCode ?? "");
}

/**
 * What only the job of a DDS backup knows. What it says of the end never counts: its `ended` is filled in while it still runs. It may
 * refuse for want of its own permission, and then is asked no more; a new job is not known for some seconds.
 */
function askJob(backups: ShowsJobs, jobId: string): Pick<Followed<DdsBackup>, "askPercent" | "askReason"> {
  let isForbidden = false;
  const ask = async (signal: AbortSignal) => {
    if (isForbidden) {
      return undefined;
    }
    try {
      return (await backups.showJobDetail(jobId, { signal })).job;
    } catch (error) {
      isForbidden = isBackupError(error) && [401, 403].includes(readFailure(error).status ?? 0);
      return undefined;
    }
  };
  return {
    askPercent: async (signal) => readPercent((await ask(signal))?.progress),
    askReason: async (signal) => {
      const reason = (await ask(signal))?.fail_reason;
      return typeof reason === "string" ? clean(reason) : undefined;
    },
  };
}
