/** `findBackup`: looks for the backup of a start whose answer was lost. */
import { operations } from "../../generated/tables.js";
import type { BackupRecord, DdsBackup } from "../../generated/types.js";
import { clock, longestBetween, MAX_SKEW, type Moment, moment } from "../clock.js";
import { BackupError, rethrowOthers } from "../errors.js";
import { departures, serviceTimes } from "../memory.js";
import { pause } from "../pause.js";
import type { ServiceTime } from "../service-time.js";
import { LOOK_FIRST } from "../verdict.js";
import { dcsList, dcsListV1, ddsList, type List } from "./lists.js";
import { isRefused, readFailure } from "./look-error.js";
import { checkLost, type Lost, type LostStart, mayBeOfDcs, mayBeOfDds } from "./lost.js";
import { checkFindOptions, type FindOptions } from "./options.js";
import type { Reading } from "./records.js";
import { about, LAST_LOOK, within } from "./time.js";
import type { AnyRecord, ListsDcs, ListsDcsV1, ListsDds } from "./types.js";

/**
 * What came of a search. `one`: the backup, with an `answer` as the start would have given it; only where it is `sure` was it certainly that
 * start which made it. `none`: nothing was found in `lookedFor` ms, which does not mean that nothing can turn up later. `several`: all that
 * it may be, newest first.
 */
export type Found =
  | { found: "one"; sure: boolean; answer: { backup_id: string }; record: BackupRecord | DdsBackup }
  | { found: "none"; lookedFor: number }
  | { found: "several"; records: (BackupRecord | DdsBackup)[] };

/** In ms. `Date` and the times of DDS have whole seconds, and a service has more than one clock. */
const CLOCK_SLACK = 5_000;

/**
 * In ms. Where nothing comes from a connection any more, undici sends the next requests over HTTP/2 on it too, until there was none for 4 s:
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md#parameter-clientoptions. A first look there would take all the time.
 */
const SILENCE = 5_000;

/** One way to look: through one list, for records that may be the lost start's. */
interface Search<Item> {
  list: List<Item>;
  mayBe(lost: LostStart, since: number, reading: Reading<Item>): boolean;
}

/**
 * Looks for the backup of a start whose outcome is not known, in the list of the same API. It starts nothing. Where nothing is found, it
 * looks again until `settle` is over.
 *
 * @param lost the error that the start threw, or its `attempt`, also one that was JSON in between. An attempt without `sentAt` is looked
 * for by its mark or name alone, once.
 * @throws BackupError when the list can't be read or the signal aborts. Its `backupMayExist` is true, since the question stays open, and
 * its `attempt` is the same. TypeError that begins with the argument's or option's name.
 * @example
 * const it = await findBackup(backups, error);
 * if (it.found === "one" && it.sure) return waitForCopyInstance(backups, instanceId, it.answer);
 */
export async function findBackup(
  backups: ListsDcs & ListsDcsV1 & ListsDds,
  lost: Lost,
  options: FindOptions = {},
): Promise<Found> {
  const start = checkLost(lost);
  switch (start.operationId) {
    case "CopyInstance":
      return search(start, { list: dcsList(backups, start.instanceId), mayBe: mayBeOfDcs }, options);
    case "CopyInstanceV1":
      return search(start, { list: dcsListV1(backups, start.instanceId), mayBe: mayBeOfDcs }, options);
    case "CreateManualBackup":
      return search(start, { list: ddsList(backups, { instance_id: start.instanceId }), mayBe: mayBeOfDds }, options);
  }
}

async function search<Item extends AnyRecord>(
  start: LostStart,
  { list, mayBe }: Search<Item>,
  options: FindOptions,
): Promise<Found> {
  const { signal, settle, interval } = checkFindOptions(options, list.isLoopback);
  const began = moment();
  let time: ServiceTime | undefined;
  const timeLeft = () => endOf(start, settle, began, time) - clock();
  if (start.timedOut) {
    await pause(Math.min(SILENCE, timeLeft()), signal);
  }
  // There is one whole look in any case.
  let allowed = Number.POSITIVE_INFINITY;
  for (;;) {
    const look = await within(allowed, signal, (signal) => collect(list, signal, allowed));
    if (look.kind === "stopped") {
      const why = signal?.aborted ? "since the signal aborted" : "since the list gave no answer in time";
      throw openQuestion(start, list, `ended, ${why}`, signal?.reason, true);
    }
    if (look.kind === "done") {
      time = look.value.time ?? time;
      const since = earliestStart(start, time);
      const candidates = look.value.readings.filter((reading) => mayBe(start, since, reading));
      if (candidates.length > 0) {
        return conclude(start, candidates, earliestStart(start, time, CLOCK_SLACK));
      }
    }
    const left = timeLeft();
    const asked = look.kind === "failed" ? pauseAfterFailure(start, list, look.error, left) : 0;
    if (left <= 0) {
      return { found: "none", lookedFor: Math.round(clock() - began.ticks) };
    }
    await pause(Math.min(Math.max(about(interval), asked), left), signal);
    allowed = Math.max(0, timeLeft()) + LAST_LOOK;
  }
}

/** All records of all pages, and the time of the service when the first page came. */
async function collect<Item>(
  list: List<Item>,
  signal: AbortSignal,
  left: number,
): Promise<{ readings: Reading<Item>[]; time: ServiceTime | undefined }> {
  const all: Reading<Item>[] = [];
  let time: ServiceTime | undefined;
  for await (const { answer, readings } of list.pages(signal, left)) {
    time ??= serviceTimes.get(answer);
    all.push(...readings);
  }
  return { readings: all, time };
}

/**
 * The earliest moment, in ms since 1970 by the service's clock, at which the backup can have been made. In the process that sent the start no
 * wall clock is needed: the service's time now, less what has passed since.
 *
 * @param skew how far this machine's clock may be ahead unseen.
 */
function earliestStart(
  { attempt, sentAt, clock }: LostStart,
  time: ServiceTime | undefined,
  skew: number = MAX_SKEW,
): number {
  if (sentAt === undefined) {
    return Number.NEGATIVE_INFINITY;
  }
  const leftAt = departures.get(attempt);
  if (leftAt && time) {
    return time.date - longestBetween(leftAt, time.arrivedAt) - CLOCK_SLACK;
  }
  // A request with a token may be sent by a clock that is further ahead.
  const ahead = time ? Math.max(0, time.arrivedAt.wall - time.date) : 0;
  return sentAt - (clock === "service" ? CLOCK_SLACK : skew + ahead);
}

/** When to look no more, by `clock`. */
function endOf(start: LostStart, settle: number, began: Moment, time: ServiceTime | undefined): number {
  if (start.sentAt === undefined) {
    return began.ticks;
  }
  const leftAt = departures.get(start.attempt);
  if (leftAt) {
    return leftAt.ticks + settle;
  }
  const now = start.clock === "service" && time ? time.date - time.arrivedAt.ticks + began.ticks : began.wall;
  return began.ticks + Math.min(settle, Math.max(0, start.sentAt + settle - now));
}

/**
 * @param since what began before may be an earlier start's. A name alone does not tell it from that one. A mark does, but for a backup that
 * failed: after it, a second run with the same key starts another.
 */
function conclude<Item extends AnyRecord>(start: LostStart, candidates: Reading<Item>[], since: number): Found {
  const [newest, ...older] = candidates.sort((a, b) => (b.startedAt || 0) - (a.startedAt || 0));
  if (newest && older.length === 0) {
    const isMarked = start.mark !== undefined;
    const isNamed = operations[start.operationId].service === "dds";
    const sure =
      newest.startedAt < since ? isMarked && !["failed", "gone"].includes(newest.state) : isMarked || isNamed;
    return { found: "one", sure, answer: { backup_id: newest.id }, record: newest.item };
  }
  return { found: "several", records: candidates.map(({ item }) => item) };
}

/** @returns for how many ms the service asks to be left alone. Throws where it is of no use to look again, or too late. */
function pauseAfterFailure(start: LostStart, list: List<unknown>, error: unknown, left: number): number {
  rethrowOthers(error);
  if (left <= 0 || isRefused(error)) {
    throw openQuestion(start, list, `failed: ${error.message}`, error, error.retryable);
  }
  return readFailure(error).retryAfter;
}

/** Whether there is a backup is as unknown as before. */
function openQuestion(
  { attempt, operationId, instanceId }: LostStart,
  list: List<unknown>,
  what: string,
  cause: unknown,
  retryable: boolean,
): BackupError {
  return new BackupError(`The search for a backup of ${instanceId} by ${operationId} ${what}. ${LOOK_FIRST}`, {
    operationId: list.operationId,
    backupMayExist: true,
    retryable,
    attempt,
    cause,
  });
}
