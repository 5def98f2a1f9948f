/** The service's clock, as the `Date` of its answers shows it. */
import { longestBetween, type Moment } from "./clock.js";
import { parseDate } from "./date.js";

/** What the service's clock showed in the `Date` of an answer, in ms since 1970, and when that answer arrived here. */
export interface ServiceTime {
  date: number;
  arrivedAt: Moment;
}

/** @param header the answer's `Date`. */
export function readServiceTime(header: string | null, arrivedAt: Moment): ServiceTime | undefined {
  const date = parseDate(header ?? "");
  return date === undefined ? undefined : { date, arrivedAt };
}

/**
 * When a request left, for those who only have the `attempt`: by the service's clock where its answer showed it, otherwise by ours. It is
 * never later than the truth, except by as much as the clock is wrong.
 *
 * @param signedAt what the client's `now` gave for the request. The gateway refuses a signature whose time is more than 15 minutes off.
 */
export function timeSent(
  leftAt: Moment,
  signedAt: number,
  seen?: ServiceTime,
): { sentAt: string; clock: "service" | "local" } {
  const time = seen ? seen.date - longestBetween(leftAt, seen.arrivedAt) : signedAt;
  return { sentAt: new Date(time).toISOString(), clock: seen ? "service" : "local" };
}
