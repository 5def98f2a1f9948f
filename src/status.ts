/** What an HTTP status, a vendor's code and `Retry-After` say of the request that they answer. */
import { busyCodes } from "../generated/tables.js";
import type { Answer } from "./answer.js";
import { parseDate } from "./date.js";

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Sends the client elsewhere, which not every 3xx does: https://fetch.spec.whatwg.org/#redirect-status */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * A refusal: the service says that it did not do what was asked. After any other answer a backup may exist. 408 and 499 are what
 * gateways say when the service behind them, or the client before them, took too long: the service may be at work all the same.
 */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 499;
}

/** Too many requests: https://www.rfc-editor.org/rfc/rfc6585#section-4 */
export function isThrottled(status: number): boolean {
  return status === 429;
}

/** The service, or what stands before it, was too slow, too busy or broken: a read may find it otherwise later. */
export function isPassing(status: number): boolean {
  return status === 408 || isThrottled(status) || status >= 500;
}

/**
 * The instance is busy with something else: a passing refusal, by the spec's table of error codes. A 401 is never one, whatever its code:
 * each further request with refused credentials brings the key nearer to its lock.
 */
export function isBusy(status: number, code: string | number | undefined): boolean {
  return isRefusal(status) && status !== 401 && busyCodes.has(String(code));
}

/** A number of seconds, in digits alone. */
const SECONDS = /^\d+(\.\d+)?$/;

/**
 * How long an answer asks to wait, in ms: `Retry-After` is in seconds, or a date that counts from the answer's own `Date`. Of several
 * values, which a chain of proxies makes, the longest counts.
 */
export function retryAfter({ headers, receivedAt }: Pick<Answer, "headers" | "receivedAt">): number | undefined {
  const sentAt = parseDate(headers.get("date") ?? "") ?? receivedAt;
  // A comma also stands within a date.
  const values = (headers.get("retry-after") ?? "").match(/[a-z]+, [^,]+|[^,\s][^,]*/gi) ?? [];
  const waits = values.flatMap((value) => {
    const text = value.trim();
    const wait = SECONDS.test(text) ? Number(text) * 1000 : (parseDate(text) ?? Number.NaN) - sentAt;
    // What is too long for a number still means "not today".
    return Number.isNaN(wait) ? [] : [Math.min(Math.max(0, wait), Number.MAX_SAFE_INTEGER)];
  });
  return waits.length > 0 ? Math.max(...waits) : undefined;
}
