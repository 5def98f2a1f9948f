/** Whether to ask again, and after how long: a pure function of what came of the last request and of what was tried before. */
import { isFromCache, tellsOfBackup } from "./answer.js";
import { readErrorBody } from "./error-body.js";
import type { Outcome } from "./exchange.js";
import type { RetryNotice } from "./options.js";
import { isBusy, isPassing, isSuccess, isThrottled, retryAfter } from "./status.js";

/** What was tried so far, and what is left. Times are in ms. */
export interface Tried {
  /** How often it was asked again in a row. A busy answer begins a new count. */
  retries: number;
  maxRetries: number;
  /** Until the call's `timeout` is over. */
  timeLeft: number;
  busyRetries: number;
  /** Until the client's `busyTimeout` is over. */
  busyTimeLeft: number;
}

export interface Retry {
  reason: RetryNotice["reason"];
  /** In ms. */
  wait: number;
}

/** In ms: the first pause is up to `base`, each further one up to twice the one before, none above `max`. */
const BACKOFF = { base: 500, max: 10_000 };
const BUSY_BACKOFF = { base: 2_000, max: 30_000 };

/** @param drawn from 0 to 1, by chance: the part of each pause without `Retry-After` that is really waited. */
export function nextTry(outcome: Outcome, tried: Tried & { isRead: boolean }, drawn: number): Retry | undefined {
  const reason = reasonToAskAgain(outcome, tried.isRead);
  const answer = outcome.kind === "answer" ? outcome : undefined;
  // A refusal of a start that broke off may have had more to say. The caller is told, and decides.
  if (!reason || (reason === "throttled" && !tried.isRead && !answer?.complete)) {
    return undefined;
  }
  const asked = answer && retryAfter(answer);
  if (reason === "busy") {
    const { busyTimeLeft } = tried;
    // A client that is told to come back at once would ask hundreds of times a second.
    const wait = Math.max(asked ?? 0, Math.min(backoff(BUSY_BACKOFF, tried.busyRetries, drawn), busyTimeLeft));
    return busyTimeLeft <= 0 || wait > busyTimeLeft ? undefined : { reason, wait };
  }
  const wait = asked ?? backoff(BACKOFF, tried.retries, drawn);
  return tried.retries < tried.maxRetries && wait < tried.timeLeft ? { reason, wait } : undefined;
}

/** Why asking again may work and can't start a second backup. A read starts nothing. */
export function reasonToAskAgain(outcome: Outcome, isRead: boolean): Retry["reason"] | undefined {
  if (outcome.kind === "broken") {
    const { stage } = outcome;
    return stage === "unconnected" ? stage : isRead && stage === "unknown" ? "unanswered" : undefined;
  }
  // Whatever its status, an answer that tells of a backup may mean that there is one.
  if (outcome.kind !== "answer" || (!isRead && tellsOfBackup(outcome))) {
    return undefined;
  }
  const { status } = outcome;
  if (isThrottled(status)) {
    return "throttled";
  }
  if (isRead) {
    const isUnreadable = isSuccess(status) && outcome.value === undefined;
    return isUnreadable || isPassing(status) || isFromCache(outcome) ? "unanswered" : undefined;
  }
  return isBusy(status, readErrorBody(outcome).code) ? "busy" : undefined;
}

/** Exponential with full jitter, so that many callers do not come back together. */
function backoff({ base, max }: { base: number; max: number }, retries: number, drawn: number): number {
  return drawn * Math.min(max, base * 2 ** retries);
}
