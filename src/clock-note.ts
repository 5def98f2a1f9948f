/** Tells a clock that is wrong: the gateway refuses a signature whose time is more than 15 minutes off. */
import type { Answer } from "./answer.js";
import { parseDate } from "./status.js";

const TOLERANCE = 15 * 60_000;

/** The gateway's text may name both times. Else the answer's `Date` is compared with the client's clock. */
export function clockNote({ status, headers, receivedAt }: Answer, message = ""): string {
  if (status !== 401 || !/sign.*(expire|time)|expire.*sign/i.test(message)) {
    return "";
  }
  const [, signed = "", served = ""] =
    /signature time\s*:\s*([^,;]+)[,;]\s*server time\s*:\s*([^,;)]+)/i.exec(message) ?? [];
  const ours = parseTime(signed) ?? receivedAt;
  const theirs = parseTime(served) ?? parseDate(headers.get("date") ?? "");
  const ahead = ours - (theirs ?? ours);
  if (Math.abs(ahead) <= TOLERANCE) {
    return "";
  }
  return `. This machine's clock is ${duration(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"} the service's: set it right`;
}

/** `20261125T021900Z` as in `X-Sdk-Date`, RFC 3339 or its like, or a date of HTTP. */
function parseTime(text: string): number | undefined {
  const [, year, month, day, time] = /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d:?\d\d:?\d\d)/.exec(text.trim()) ?? [];
  if (time === undefined) {
    return parseDate(text.trim());
  }
  const [, hours, minutes, seconds] = /(\d\d):?(\d\d):?(\d\d)/.exec(time) ?? [];
  const parsed = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Near the limit a second matters; further off it would only distract. */
function duration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const seconds = Math.ceil(milliseconds / 1000) % 60;
  return minutes > 15 ? `${minutes} minutes` : `15 minutes and ${seconds} second${seconds === 1 ? "" : "s"}`;
}
