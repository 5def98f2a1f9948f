/** `--key`: the backup that an earlier run with the same key started is taken over. */
import { rethrowOthers } from "../errors.js";
import { MAX_LIST_LAG } from "../follow/time.js";
import type { AnyRecord } from "../follow/types.js";
import { type ApiError, type BackupError, findBackup, isBackupError } from "../index.js";
import { pause } from "../pause.js";
import type { Context } from "./context.js";
import { type ErrorFacts, factsOf } from "./error-facts.js";
import type { Outcome } from "./outcome.js";
import { formatOf, readRecord, type Start, type StartAnswer } from "./service.js";
import { UsageError } from "./usage.js";

/** `adopt`: its backup, still under way or finished. `end`: how this run ends at once. `none`: one has to be started. */
type Earlier =
  | { kind: "adopt"; answer: StartAnswer; record: AnyRecord; isFinished: boolean }
  | { kind: "end"; outcome: Omit<Outcome, "service"> }
  | { kind: "none" };

/** @param taken the service's refusal to start one of this name, since there is one already. */
export async function lookForKey(context: Context, start: Start, taken?: BackupError): Promise<Earlier> {
  if (context.args.key === undefined) {
    return { kind: "none" };
  }
  let records: readonly AnyRecord[];
  try {
    const it = await findBackup(context.backups, start.trace, { signal: context.interrupt.reads });
    records = it.found === "none" ? [] : it.found === "one" ? [it.record] : it.records;
  } catch (error) {
    rethrowOthers(error);
    return { kind: "end", outcome: cannotLook(error, taken) };
  }
  let outdated: UsageError | undefined;
  for (const record of records) {
    const earlier = judge(context, record, taken);
    if (earlier.kind === "outdated") {
      outdated ??= earlier.error;
    } else if (earlier.kind !== "none") {
      return earlier;
    }
  }
  if (outdated) {
    throw outdated;
  }
  return { kind: "none" };
}

/** A name stays taken, however old its backup is; a remark does not. Another of the key's backups may be in use all the same. */
type Judged = Earlier | { kind: "outdated"; error: UsageError };

function judge({ args, progress }: Context, record: AnyRecord, taken: BackupError | undefined): Judged {
  const { id, state, startedAt } = readRecord(record);
  const age = Date.now() - startedAt;
  // One that runs and does not say when it was begun can't be old.
  const isRecent = Number.isNaN(age) ? state === "waiting" || state === "running" : age <= args.keyAge;
  if (!isRecent) {
    const old = Number.isNaN(age) ? "does not say how old it is" : "is older than --key-age";
    if (args.service === "dds") {
      return {
        kind: "outdated",
        error: new UsageError(`--key: the backup ${id} with this key ${old}; give a new key`),
      };
    }
    progress.repeat(id, `Passes over the backup ${id} with this key, which ${old}`);
    return { kind: "none" };
  }
  if (state === "failed" || state === "gone") {
    return taken ? { kind: "end", outcome: nameIsHeld(record, state, taken) } : { kind: "none" };
  }
  const format = formatOf(record);
  if (args.format !== undefined && format !== undefined && format !== args.format) {
    throw new UsageError(`--format: the backup ${id} with this key is ${format}, not ${args.format}`);
  }
  return { kind: "adopt", answer: { backup_id: id }, record, isFinished: state === "completed" };
}

function nameIsHeld(record: AnyRecord, outcome: "failed" | "gone", taken: BackupError): Omit<Outcome, "service"> {
  const { id, status } = readRecord(record);
  const message = `The name of this key is still held by the backup ${id}, which is ${status}: give another --key`;
  return { outcome, backup_id: id, record, error: { ...factsOf(taken), message } };
}

/**
 * There is a backup of the key's name, so nothing more is started: the list has it sooner or later.
 *
 * @param taken the service's refusal to start another one.
 */
export async function waitForKey(
  context: Context,
  start: Start,
  taken: ApiError,
): Promise<Exclude<Earlier, { kind: "none" }>> {
  const { args, interrupt, progress } = context;
  const began = performance.now();
  progress.say("A backup of this key exists: looks for it");
  for (;;) {
    const earlier = await lookForKey(context, start, taken);
    const failure = earlier.kind === "end" ? earlier.outcome : undefined;
    if (earlier.kind === "adopt") {
      return earlier;
    }
    // A list that fails for now may do better at the next look.
    if (failure && failure.outcome !== "later") {
      return { kind: "end", outcome: failure.outcome === "refused" ? unseen(start, taken, failure.error) : failure };
    }
    const left = began + MAX_LIST_LAG - performance.now();
    if (interrupt.signal || left <= 0) {
      return { kind: "end", outcome: unseen(start, taken, interrupt.signal ? undefined : failure?.error) };
    }
    await pause(Math.min(args.interval, left), interrupt.reads);
  }
}

/** @param failure why the list can't be read. Where it can, or a signal ended the look, nothing was found. */
function unseen({ trace }: Start, taken: ApiError, failure: ErrorFacts | undefined): Omit<Outcome, "service"> {
  const why = failure
    ? `the list can't be read: ${failure.message}`
    : `no look has found it: ${taken.operationId} was refused with ${taken.errorCode}`;
  const message = `A backup of this key exists, but ${why}`;
  const error = { ...(failure ?? factsOf(taken)), message, backupMayExist: true };
  return { outcome: "unknown", attempt: trace, error };
}

/** This run has started nothing, so whatever there may be is not of its making. */
function cannotLook(error: BackupError, taken: BackupError | undefined): Omit<Outcome, "service"> {
  // Where there is none, a signal ended the look.
  const { cause } = error;
  const facts = factsOf(isBackupError(cause) ? cause : error);
  const why = isBackupError(cause) ? `failed: ${facts.message}` : "was cut off";
  const message = taken ? facts.message : `Nothing was started, since the look for a backup of this key ${why}`;
  return { outcome: error.retryable ? "later" : "refused", error: { ...facts, message, backupMayExist: false } };
}
