/** `--key`: the backup that an earlier run with the same key started is taken over. */
import { type BackupError, findBackup, isBackupError } from "../index.js";
import type { Context } from "./context.js";
import { factsOf, type Outcome } from "./outcome.js";
import { type AnyRecord, answerOf, begunAt, formatOf, type Job, type StartAnswer } from "./service.js";
import { UsageError } from "./usage.js";
import { waitFor } from "./wait.js";

/** `adopt`: its backup, still under way or finished. `end`: how this run ends at once. `none`: one has to be started. */
export type Earlier =
  | { kind: "adopt"; answer: StartAnswer; record: AnyRecord; isFinished: boolean }
  | { kind: "end"; outcome: Omit<Outcome, "service"> }
  | { kind: "none" };

/** @param nameIsTaken whether the service refused to start one of this name, since there is one already. */
export async function lookForKey(context: Context, job: Job, nameIsTaken: boolean): Promise<Earlier> {
  if (context.args.key === undefined) {
    return { kind: "none" };
  }
  let records: readonly AnyRecord[];
  try {
    const it = await findBackup(context.backups, job.trace, { signal: context.interrupt.reads });
    records = it.found === "none" ? [] : it.found === "one" ? [it.record] : it.records;
  } catch (error) {
    if (!isBackupError(error)) {
      throw error;
    }
    return { kind: "end", outcome: cannotLook(error) };
  }
  for (const record of records) {
    const earlier = await judge(context, record, nameIsTaken);
    if (earlier.kind !== "none") {
      return earlier;
    }
  }
  return { kind: "none" };
}

async function judge(context: Context, record: AnyRecord, nameIsTaken: boolean): Promise<Earlier> {
  const { args, progress } = context;
  const answer = answerOf(record);
  if (Date.now() - begunAt(record) > args.keyAge) {
    refuseOldName(context, answer);
    return { kind: "none" };
  }
  // A wait of no length only tells the state.
  const onlyLook = { ...context, args: { ...args, timeout: 0 } };
  const state = await waitFor(onlyLook, answer, "unknown");
  if (state.outcome === "failed" || state.outcome === "gone") {
    if (!nameIsTaken) {
      return { kind: "none" };
    }
    progress.say("The name of this key is still held by that backup: give another --key");
    return { kind: "end", outcome: { backup_id: answer.backup_id, ...state } };
  }
  const format = formatOf(record);
  if (args.format !== undefined && format !== undefined && format !== args.format) {
    throw new UsageError(`--format: the backup ${answer.backup_id} with this key is ${format}, not ${args.format}`);
  }
  return { kind: "adopt", answer, record: state.record ?? record, isFinished: state.outcome === "completed" };
}

/** This run has started nothing, so whatever there may be is not of its making. */
function cannotLook(error: BackupError): Omit<Outcome, "service"> {
  const cause = isBackupError(error.cause) ? error.cause : error;
  return { outcome: error.retryable ? "later" : "refused", error: { ...factsOf(cause), backupMayExist: false } };
}

/** A name stays taken, however old its backup is; a remark does not. */
function refuseOldName({ args }: Context, { backup_id }: StartAnswer): void {
  if (args.service === "dds") {
    throw new UsageError(`--key: the backup ${backup_id} with this key is older than --key-age; give a new key`);
  }
}
