/** The loop of every wait: it looks into the list until the backup has ended or the time is over. */
import { clock } from "../clock.js";
import { type BackupError, isBackupError, rethrowOthers } from "../errors.js";
import { pause } from "../pause.js";
import { aborted, failed, gone, refused, timedOut, unlisted, type Wording } from "./endings.js";
import type { List } from "./lists.js";
import { isRefused, readFailure } from "./look-error.js";
import type { WaitSettings } from "./options.js";
import type { Reading } from "./records.js";
import { about, LAST_LOOK, MAX_LIST_LAG, type Timed, within } from "./time.js";
import type { AnyRecord } from "./types.js";

/** The one backup that is waited for. */
export interface Followed<Item> extends Wording {
  list: List<Item>;
  id: string;
  /** The service says by this error that the backup is not in the list. */
  isUnlisted?: (error: BackupError) => boolean;
  askPercent?: (signal: AbortSignal) => Promise<number | undefined>;
  askReason?: (signal: AbortSignal) => Promise<string | undefined>;
}

/** One wait, and what its looks have shown so far. */
interface Wait<Item> {
  backup: Followed<Item>;
  settings: WaitSettings<Item>;
  /** When it began, by `clock`. */
  began: number;
  /** When its time is over, by `clock`. */
  end: number;
  /** The backup as it was last seen. */
  last?: Reading<Item>;
  /** How many good looks did not find it since it was last seen, or since one failed after that. */
  missing: number;
  /** Why the last look failed. */
  error?: BackupError | undefined;
}

/** In ms. No wait is held up longer for the percent or the reason, which it can do without. */
const MAX_EXTRA = 5_000;

/** Looks at once, and then again and again until a look ends the wait or the time is over. */
export async function follow<Item extends AnyRecord>(
  backup: Followed<Item>,
  settings: WaitSettings<Item>,
): Promise<Item> {
  const { signal, interval, timeout } = settings;
  const began = clock();
  const end = began + timeout;
  const wait: Wait<Item> = { backup, settings, began, end, missing: 0 };
  for (let isLast = false; ; ) {
    isLast ||= clock() >= end;
    const left = isLast ? LAST_LOOK : end - clock();
    const look = await within(left, signal, (signal) => findIn(backup, signal, left));
    const finished = await judge(look, wait);
    if (finished) {
      return finished;
    }
    if (isLast || look.kind === "stopped") {
      throw timeIsOver(wait);
    }
    await report(wait);
    const wanted = Math.max(about(interval), wait.error ? readFailure(wait.error).retryAfter : 0);
    // Timers may be early by a part of a millisecond, in which no look comes to its end.
    isLast = wanted >= end - clock();
    await pause(Math.min(wanted, end - clock()), signal);
  }
}

/** One look: page after page until the backup is found. */
async function findIn<Item>({ list, id, isUnlisted }: Followed<Item>, signal: AbortSignal, left: number) {
  try {
    for await (const { readings } of list.pages(signal, left)) {
      const found = readings.find((reading) => reading.id === id);
      if (found) {
        return found;
      }
    }
  } catch (error) {
    if (!(isBackupError(error) && isUnlisted?.(error))) {
      throw error;
    }
  }
  return undefined;
}

/** Notes what a look has shown. @returns the finished backup. Throws where the wait ends without one. */
async function judge<Item extends AnyRecord>(
  look: Timed<Reading<Item> | undefined>,
  wait: Wait<Item>,
): Promise<Item | undefined> {
  switch (look.kind) {
    case "stopped":
      throwIfAborted(wait);
      return undefined;
    case "failed":
      noteFailure(look.error, wait);
      return undefined;
    case "done":
      wait.error = undefined;
      if (look.value) {
        return noteRecord(look.value, wait);
      }
      noteMissing(wait);
      return undefined;
  }
}

function noteFailure<Item extends AnyRecord>(error: unknown, wait: Wait<Item>): void {
  rethrowOthers(error);
  if (isRefused(error)) {
    throw refused(wait.backup, wait.last, error);
  }
  wait.error = error;
  if (wait.last) {
    wait.missing = 0; // Two looks running must miss it, and this one saw nothing.
  }
}

async function noteRecord<Item extends AnyRecord>(reading: Reading<Item>, wait: Wait<Item>): Promise<Item | undefined> {
  const { backup, settings, end } = wait;
  wait.missing = 0;
  wait.last = reading;
  switch (reading.state) {
    case "completed":
      return reading.item;
    case "failed": {
      const time = Math.min(MAX_EXTRA, end + LAST_LOOK - clock());
      const asked = backup.askReason && (await within(time, settings.signal, backup.askReason));
      throw failed(backup, reading, asked?.kind === "done" ? asked.value : undefined);
    }
    case "gone":
      throw gone(backup, reading, `was deleted or has expired: its state is ${reading.status}`);
    default:
      return undefined;
  }
}

/** A list may be late, and a record may move from one page to another while they are read. */
function noteMissing<Item extends AnyRecord>(wait: Wait<Item>): void {
  wait.missing++;
  if (wait.last && wait.missing >= 2) {
    throw gone(wait.backup, wait.last, "was in the list, and is there no more");
  }
  const elapsed = clock() - wait.began;
  if (!wait.last && elapsed >= MAX_LIST_LAG) {
    throw unlisted(wait.backup, elapsed, undefined);
  }
}

function timeIsOver<Item extends AnyRecord>({ backup, settings, began, last, missing, error }: Wait<Item>): Error {
  const wasNeverListed = !last && missing > 0;
  return wasNeverListed ? unlisted(backup, clock() - began, error) : timedOut(backup, last, settings.timeout, error);
}

function throwIfAborted<Item extends AnyRecord>({ backup, settings: { signal }, last }: Wait<Item>): void {
  if (signal?.aborted) {
    throw aborted(backup, last, signal.reason);
  }
}

/** What a caller's function throws must not end the wait, nor what it promises and then breaks. */
async function report<Item>({ backup, settings, began, end, last, error, missing }: Wait<Item>): Promise<void> {
  const { askPercent } = backup;
  const { onProgress, signal } = settings;
  if (!onProgress) {
    return;
  }
  let percent = last?.percent;
  if (askPercent && last && !error && missing === 0) {
    const asked = await within(Math.min(MAX_EXTRA, end - clock()), signal, askPercent);
    percent = asked.kind === "done" ? asked.value : undefined;
  }
  if (signal?.aborted) {
    return;
  }
  try {
    const returned = onProgress({
      state: !last ? "unlisted" : last.state === "waiting" ? "waiting" : "running",
      elapsed: Math.round(clock() - began),
      ...(percent !== undefined && { percent }),
      ...(last && { record: last.item }),
      ...(error && { error }),
    });
    Promise.resolve(returned).catch(() => {});
  } catch {
    // It is the caller's own affair.
  }
}
