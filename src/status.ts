/** What an HTTP status, a vendor's code and `Retry-After` say of the request that they answer. */
import { busyCodes } from "../generated/tables.js";

/** Too many requests, by RFC 6585, section 4. */
const THROTTLED = 429;

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** A refusal: the service says that it did not do what was asked. After any other answer a backup may exist. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

export function isThrottled(status: number): boolean {
  return status === THROTTLED;
}

/** The instance is busy with something else: a passing refusal, by the spec's table of error codes. */
export function isBusy(status: number, code: string | number | undefined): boolean {
  return isRefusal(status) && busyCodes.has(String(code));
}

/** How long an answer asks to wait, in ms: `Retry-After` is in seconds, or an HTTP date that counts from the answer's own `Date`. */
export function retryAfter(headers: Pick<Headers, "get">, receivedAt: number): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) {
    return undefined;
  }
  if (/^\d{1,9}(\.\d+)?$/.test(value)) {
    return Number(value) * 1000;
  }
  // `Date.parse` makes a date of almost anything.
  const sentAt = Date.parse(headers.get("date") ?? "") || receivedAt;
  const wait = / GMT$/.test(value) ? Date.parse(value) - sentAt : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
