/** `create`: starts a backup unless a run with the same key did, and waits for it. It never sends a second start after one that may have worked. */
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, type BackupError, findBackup, isBackupError, WaitError } from "../index.js";
import { type Context, orInterrupted } from "./context.js";
import { factsOf, type Outcome } from "./outcome.js";
import { duration } from "./progress.js";
import { type Answer, type AnyRecord, answerOf, begunAt, formatOf, type Job, jobOf } from "./service.js";
import { UsageError } from "./usage.js";
import { waitFor } from "./wait.js";

/** What DDS says of a name that a backup has already. */
const NAME_TAKEN = "DBS.201201";
/** How long a backup may be missing in a list after a start was refused because of it, in ms. */
const MAX_LAG = 60_000;

export async function create(context: Context): Promise<Outcome> {
  const { service, instanceId } = context.args;
  const job = jobOf(context.backups, context.args);
  await checkWaiting(context, job);
  const outcome = await startOrAdopt(context, job);
  return orInterrupted(context, { ...outcome, service, instance_id: instanceId });
}

/** A wait that ends before its first look tells what is wrong with its options, before anything is started. */
async function checkWaiting({ args: { timeout, interval } }: Context, job: Job): Promise<void> {
  const ended = { signal: AbortSignal.abort(), timeout, interval };
  await job.wait({ backup_id: "none" }, ended).catch((error: unknown) => {
    if (!(error instanceof WaitError)) {
      throw error;
    }
  });
}

async function startOrAdopt(context: Context, job: Job): Promise<Omit<Outcome, "service">> {
  const { args, interrupt, progress } = context;
  const busyUntil = performance.now() + args.busyTimeout;
  let takenSince: number | undefined;
  let taken: BackupError | undefined;
  for (;;) {
    const earlier = await lookForKey(context, job, takenSince !== undefined);
    if (earlier) {
      return earlier;
    }
    if (takenSince !== undefined) {
      if (performance.now() - takenSince >= MAX_LAG) {
        return { outcome: "unknown", ...(taken && { error: factsOf(taken) }) };
      }
      await pause(args.interval, interrupt.reads);
      continue;
    }
    try {
      const answer = await job.start({ signal: interrupt.starts });
      progress.say(`started ${answer.backup_id}`);
      return await follow(context, job, answer);
    } catch (error) {
      if (!isBackupError(error)) {
        throw error;
      }
      if (error.backupMayExist) {
        return await recover(context, job, error);
      }
      const isTaken = args.key !== undefined && error instanceof ApiError && error.errorCode === NAME_TAKEN;
      const left = busyUntil - performance.now();
      if (isTaken) {
        takenSince = performance.now();
        taken = error;
      } else if (!error.retryable || left <= 0 || interrupt.signal) {
        return { outcome: error.retryable ? "later" : "refused", error: factsOf(error) };
      } else {
        const wait = Math.min(args.interval, left);
        progress.say(`busy: asks again in ${duration(wait)}`);
        await pause(wait, interrupt.reads);
      }
    }
  }
}

/** A pause that an abort ends early; whatever comes next sees the signal. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}

async function follow(
  context: Context,
  job: Job,
  answer: Answer,
  how: Pick<Outcome, "recovered" | "adopted" | "record"> = {},
): Promise<Omit<Outcome, "service">> {
  const known = { backup_id: answer.backup_id, ...(answer.job_id ? { job_id: answer.job_id } : {}), ...how };
  if (!context.args.wait || context.interrupt.signal) {
    return { outcome: "started", ...known };
  }
  return { ...known, ...(await waitFor(context, (waiting) => job.wait(answer, waiting), "unknown")) };
}

/** The answer was lost: the list tells whether there is a backup. */
async function recover(context: Context, job: Job, error: BackupError): Promise<Omit<Outcome, "service">> {
  const unknown: Omit<Outcome, "service"> = { outcome: "unknown", attempt: error.attempt, error: factsOf(error) };
  const { interrupt, progress, args } = context;
  if (interrupt.signal) {
    return unknown;
  }
  progress.say(`${error.message}. Looks for it`);
  try {
    const it = await findBackup(context.backups, error, {
      signal: interrupt.reads,
      interval: Math.min(args.interval, 5_000),
    });
    if (it.found === "one" && it.sure) {
      progress.say(`found ${it.answer.backup_id}`);
      return await follow(context, job, it.answer, { recovered: true, record: it.record });
    }
    return it.found === "several" ? { ...unknown, records: it.records } : unknown;
  } catch (failure) {
    if (!isBackupError(failure)) {
      throw failure;
    }
    return unknown;
  }
}

/** The backup of a run with the same key, waited for; undefined where one has to be started. */
async function lookForKey(
  context: Context,
  job: Job,
  nameIsTaken: boolean,
): Promise<Omit<Outcome, "service"> | undefined> {
  const { args, backups, interrupt, progress } = context;
  if (args.key === undefined) {
    return undefined;
  }
  let records: readonly AnyRecord[];
  try {
    const it = await findBackup(backups, job.trace, { signal: interrupt.reads });
    records = it.found === "none" ? [] : it.found === "one" ? [it.record] : (it.records as AnyRecord[]);
  } catch (error) {
    if (!isBackupError(error)) {
      throw error;
    }
    return cannotLook(error);
  }
  for (const record of records) {
    const answer = answerOf(record);
    if (Date.now() - begunAt(record) > args.keyAge) {
      refuseOldName(context, answer);
      continue;
    }
    const format = formatOf(record);
    if (args.format !== undefined && format !== undefined && format !== args.format) {
      throw new UsageError(`--format: the backup ${answer.backup_id} with this key is ${format}, not ${args.format}`);
    }
    // A wait of no length only tells the state.
    const state = await waitFor(
      { ...context, args: { ...args, timeout: 0 } },
      (waiting) => job.wait(answer, waiting),
      "unknown",
    );
    if (state.outcome === "failed" || state.outcome === "gone") {
      if (nameIsTaken) {
        progress.say("The failed backup still holds the name of this key: give another --key");
        return { backup_id: answer.backup_id, ...state };
      }
      continue;
    }
    progress.say(`adopted ${answer.backup_id}, which an earlier run with this key started`);
    return follow(context, job, answer, { adopted: true, record });
  }
  return undefined;
}

/** This run has sent nothing, so whatever there may be is not of its making. */
function cannotLook(error: BackupError): Omit<Outcome, "service"> {
  const cause = isBackupError(error.cause) ? error.cause : error;
  return { outcome: error.retryable ? "later" : "refused", error: { ...factsOf(cause), backupMayExist: false } };
}

/** A name stays taken, however old its backup is; a remark does not. */
function refuseOldName({ args }: Context, { backup_id }: Answer): void {
  if (args.service === "dds") {
    throw new UsageError(`--key: the backup ${backup_id} with this key is older than --key-age; give a new key`);
  }
}
