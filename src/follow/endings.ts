/** The errors that a wait can end with, and what each advises. */
import type { BackupError } from "../errors.js";
import { clean } from "../text.js";
import type { List } from "./lists.js";
import { readFailure } from "./look-error.js";
import type { Reading } from "./records.js";
import type { AnyRecord } from "./types.js";
import { WaitError, type WaitErrorFacts } from "./wait-error.js";

/** What all messages need to know of the backup that is waited for. */
export interface Wording {
  operationId: List<unknown>["operationId"];
  /** How a message begins. */
  title: string;
  /** The call that waits on. */
  waitAgain: string;
}

/** The backup as it was last seen in the list, if it was. */
type Last = Reading<AnyRecord> | undefined;

export function failed(wording: Wording, last: Reading<AnyRecord>, errorMessage?: string): WaitError {
  const { status, errorCode } = last;
  const reason = [errorCode, errorMessage].filter(Boolean).join(": ");
  return waitError(wording, last, `ended as ${status}${reason ? `: ${reason}` : ""}`, {
    outcome: "failed",
    backupMayExist: true,
    retryable: false,
    errorCode,
    errorMessage,
    advice: "Waiting again tells the same: start another one",
  });
}

export function gone(wording: Wording, last: Last, how: string): WaitError {
  return waitError(wording, last, how, {
    outcome: "gone",
    backupMayExist: false,
    retryable: false,
    advice: "Start another one if you need it",
  });
}

export function refused(wording: Wording, last: Last, cause: BackupError): WaitError {
  const { errorCode, errorMessage } = readFailure(cause);
  return waitError(wording, last, `can't be followed: ${cause.message}`, {
    outcome: "refused",
    backupMayExist: true,
    retryable: false,
    errorCode,
    errorMessage,
    cause,
    advice: `The backup may go on: ${waitOn(wording, cause)}`,
  });
}

export function timedOut(wording: Wording, last: Last, timeout: number, cause: BackupError | undefined): WaitError {
  const why = cause ? `. Reading the list failed: ${cause.message}` : "";
  return waitError(wording, last, `${describe(last)} after ${timeout} ms${why}`, {
    outcome: "timeout",
    backupMayExist: true,
    retryable: true,
    cause,
    advice: `It ${last ? "still runs" : "may still run"} on the service: ${waitOn(wording, cause)}`,
  });
}

function describe(last: Last): string {
  if (!last) {
    return "was not seen, since no look into the list succeeded,";
  }
  const { status, isKnownState } = last;
  return isKnownState ? `was still ${status}` : `was in a state unknown to this version, "${clean(status, 64) ?? ""}",`;
}

export function aborted(wording: Wording, last: Last, cause: unknown): WaitError {
  return waitError(wording, last, "is waited for no more, since the signal aborted", {
    outcome: "aborted",
    backupMayExist: true,
    retryable: true,
    cause,
    advice: `It ${last ? "goes" : "may go"} on at the service: ${waitOn(wording)}`,
  });
}

export function unlisted(wording: Wording, elapsed: number, cause: BackupError | undefined): WaitError {
  return waitError(wording, undefined, `was not in the list within ${Math.round(elapsed)} ms`, {
    outcome: "unlisted",
    backupMayExist: true,
    retryable: true,
    cause,
    advice: `A list may be late, or the id wrong: look again with ${wording.waitAgain}`,
  });
}

/** @param cause why the last look failed. What meets the same again has to be mended first. */
function waitOn({ waitAgain }: Wording, cause?: BackupError): string {
  return `${cause && !cause.retryable ? "when the reason is gone, " : ""}wait on with ${waitAgain}`;
}

function waitError(
  { title, operationId }: Wording,
  last: Last,
  what: string,
  { advice, ...facts }: Omit<WaitErrorFacts, "operationId" | "record"> & { advice: string },
): WaitError {
  return new WaitError(`${title} ${what.replace(/\.$/, "")}. ${advice}`, { operationId, record: last?.item, ...facts });
}
