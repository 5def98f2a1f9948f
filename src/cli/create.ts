/** `create`: starts a backup unless a run with the same key did, and waits for it. It never sends a second start after one that may have worked. */
import { nameTakenCodes } from "../../generated/tables.js";
import { rethrowOthers } from "../errors.js";
import type { AnyRecord } from "../follow/types.js";
import { ApiError, type Attempt, type BackupError, findBackup, isBackupError, WaitError } from "../index.js";
import { pause } from "../pause.js";
import { newRetryPolicy } from "./again.js";
import { type Context, orInterrupted, REASONS } from "./context.js";
import { type ErrorFacts, factsOf } from "./error-facts.js";
import { lookForKey, waitForKey } from "./key.js";
import type { Outcome } from "./outcome.js";
import { duration, foundNothing } from "./progress.js";
import { apiOf, readRecord, type Start, type StartAnswer, startOf, waitOn } from "./service.js";
import { UsageError } from "./usage.js";
import { waitFor } from "./wait.js";

type End = Omit<Outcome, "service">;

/** Of a run whose signal came before its start. */
const UNSENT: ErrorFacts = {
  name: "BackupError",
  message: "Nothing was started, since the signal came first",
  retryable: true,
  backupMayExist: false,
};

export async function create(context: Context): Promise<Outcome> {
  const { service, instanceId } = context.args;
  const start = startOf(context.args);
  await checkWaiting(context);
  const outcome = await startOrAdopt(context, start);
  return orInterrupted(context, { ...outcome, service, instance_id: instanceId, ...apiOf(context.args) });
}

/** A wait that ends before its first look tells what is wrong with its options, before anything is started. */
export async function checkWaiting({ args, backups }: Pick<Context, "args" | "backups">): Promise<void> {
  const { timeout, interval } = args;
  const ended = { signal: AbortSignal.abort(), timeout, interval };
  await waitOn(backups, args, { backup_id: "none" }, ended).catch((error: unknown) => {
    if (!(error instanceof WaitError)) {
      throw error;
    }
  });
}

/** Looks before each start, since another run with the same key may have been faster. */
async function startOrAdopt(context: Context, start: Start): Promise<End> {
  const { args, interrupt, progress } = context;
  const again = newRetryPolicy(args);
  /** Why the last start was not done. */
  let error: BackupError | undefined;
  while (!interrupt.signal) {
    const earlier = await lookForKey(context, start);
    if (earlier.kind !== "none") {
      return earlier.kind === "end" ? earlier.outcome : adopt(context, earlier);
    }
    const own = error && mayHideBackup(error) && (await findOwn(context, start));
    if (own) {
      return own;
    }
    // It may have come during that look.
    if (interrupt.signal) {
      break;
    }
    const sent = await tryStart(context, start);
    if ("answer" in sent) {
      return follow(context, sent.answer);
    }
    error = sent.error;
    if (error.backupMayExist) {
      return recover(context, error, factsOf(error));
    }
    if (!args.exact && error instanceof ApiError && nameTakenCodes.has(error.errorCode ?? "")) {
      return args.key === undefined ? recoverByName(context, start, error) : adoptByName(context, start, error);
    }
    const next = again(error);
    if (!next) {
      return giveUp(context, start, error);
    }
    progress.repeat(next.reason, `${REASONS[next.reason]}: asks again in ${duration(next.wait)}`);
    await pause(next.wait, interrupt.reads);
  }
  return { outcome: "later", error: error ? factsOf(error) : UNSENT };
}

/**
 * A backup may stand behind such a refusal. A proxy that sends a start again shows how the second one was refused, and one that judges answers
 * puts a page of its own in the place of any. What a 401 refuses must not be asked again.
 */
function mayHideBackup(error: BackupError): boolean {
  return error instanceof ApiError && (error.retryable || (error.errorCode === undefined && error.status !== 401));
}

/** Ends with the refusal, unless a backup stands behind it: this run's own, or one of another run with this key. */
async function giveUp(context: Context, start: Start, error: BackupError): Promise<End> {
  if (mayHideBackup(error)) {
    const earlier = await lookForKey(context, start).catch((failure: unknown) => {
      // One that may not be adopted leaves things as the refusal has them.
      if (!(failure instanceof UsageError)) {
        throw failure;
      }
      return undefined;
    });
    if (earlier?.kind === "adopt") {
      return adopt(context, earlier);
    }
    const own = await findOwn(context, start);
    if (own) {
      return own;
    }
  }
  return { outcome: error.retryable ? "later" : "refused", error: factsOf(error) };
}

async function tryStart({ starter, interrupt, progress }: Context, start: Start) {
  try {
    const answer = await start.send(starter, { signal: interrupt.starts });
    progress.say(`started ${answer.backup_id}`);
    return { answer };
  } catch (error) {
    rethrowOthers(error);
    return { error };
  }
}

/** Takes over the backup that has the key's name. */
async function adoptByName(context: Context, start: Start, error: ApiError): Promise<End> {
  const earlier = await waitForKey(context, start, error);
  return earlier.kind === "adopt" ? adopt(context, earlier) : earlier.outcome;
}

async function adopt(
  context: Context,
  { answer, record, isFinished }: { answer: StartAnswer; record: Outcome["record"]; isFinished: boolean },
): Promise<End> {
  context.progress.say(`adopted ${answer.backup_id}, which an earlier run with this key started`);
  const known = { adopted: true, record } as const;
  return isFinished ? { outcome: "completed", backup_id: answer.backup_id, ...known } : follow(context, answer, known);
}

async function follow(
  context: Context,
  answer: StartAnswer,
  how: Pick<Outcome, "recovered" | "adopted" | "record"> = {},
): Promise<End> {
  const { backup_id, job_id } = answer;
  const known = { backup_id, ...(typeof job_id === "string" && job_id ? { job_id } : {}), ...how };
  // One that has failed already was started, but that is not all there is to say.
  const hasFailed = how.record !== undefined && ["failed", "gone"].includes(readRecord(how.record).state);
  if (context.interrupt.signal || !(context.args.wait || hasFailed)) {
    return { outcome: "started", ...known };
  }
  return { ...known, ...(await waitFor(context, answer, "unknown")) };
}

/** The answer was lost: the list tells whether there is a backup. */
async function recover(context: Context, lost: BackupError | Attempt, error: ErrorFacts): Promise<End> {
  const attempt = isBackupError(lost) ? lost.attempt : lost;
  const unknown: End = { outcome: "unknown", attempt, error };
  const { interrupt, progress, args, backups } = context;
  if (interrupt.signal || !attempt) {
    return unknown;
  }
  progress.say(`${error.message}. Looks for it`);
  try {
    const it = await findBackup(backups, lost, { signal: interrupt.reads, interval: Math.min(args.interval, 5_000) });
    // A name that somebody gave may be another run's too, and no cloud but one says that names are unique.
    if (it.found === "one" && it.sure && !args.exact) {
      return await followFound(context, it);
    }
    if (it.found === "none") {
      progress.say(foundNothing(it.lookedFor));
      return unknown;
    }
    return { ...unknown, records: it.found === "one" ? [it.record] : it.records };
  } catch (failure) {
    rethrowOthers(failure);
    progress.say(failure.message);
    return unknown;
  }
}

function followFound(context: Context, { answer, record }: { answer: StartAnswer; record: AnyRecord }): Promise<End> {
  context.progress.say(`found ${answer.backup_id}`);
  return follow(context, answer, { recovered: true, record });
}

/** No other backup has the name that this run made up. So the start arrived, and some proxy sent it again. */
function recoverByName(context: Context, { trace }: Start, error: ApiError): Promise<End> {
  const attempt = { ...trace, sentAt: new Date().toISOString(), clock: "local" as const };
  const message = `${error.operationId} was refused with ${error.errorCode}, but only this run knows the name: a proxy may have sent the start twice`;
  return recover(context, attempt, { ...factsOf(error), message, backupMayExist: true });
}

/** Looks for this run's own backup, which nobody else can have the mark of. */
async function findOwn(context: Context, { trace }: Start): Promise<End | undefined> {
  const { args, backups, interrupt } = context;
  if (args.exact || args.key !== undefined || interrupt.signal) {
    return undefined;
  }
  try {
    const it = await findBackup(backups, trace, { signal: interrupt.reads });
    return it.found === "one" ? await followFound(context, it) : undefined;
  } catch (failure) {
    // A list that can't be read leaves things as the refusal has them.
    rethrowOthers(failure);
    return undefined;
  }
}
