/** Tells a clock that is wrong: the gateway refuses a signature whose time is more than 15 minutes off. */
import type { Answer } from "./answer.js";
import { MAX_SKEW } from "./clock.js";
import { parseDate } from "./date.js";

/** The gateway's text may name both times. Otherwise the answer's `Date` is compared with the client's clock. */
export function clockNote({ status, headers, receivedAt }: Answer, message = ""): string {
  if (status !== 401 || !/sign.*(expire|time)|expire.*sign/i.test(message)) {
    return "";
  }
  const ours = timeIn(message, "signature") ?? receivedAt;
  const theirs = timeIn(message, "server") ?? parseDate(headers.get("date") ?? "");
  const ahead = ours - (theirs ?? ours);
  if (Math.abs(ahead) <= MAX_SKEW) {
    return "";
  }
  return `. This machine's clock is ${duration(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"} the service's: set it right`;
}

function timeIn(message: string, whose: string): number | undefined {
  return parseDate(new RegExp(`\\b${whose} time\\s*:\\s*(\\d[\\d-]+[T ][\\d:]+Z?)`, "i").exec(message)?.[1] ?? "");
}

/** Near the limit a second matters; further off it would only distract. */
function duration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const limit = MAX_SKEW / 60_000;
  const seconds = Math.ceil(milliseconds / 1000) % 60;
  return minutes > limit ? `${minutes} minutes` : `${limit} minutes and ${seconds} second${seconds === 1 ? "" : "s"}`;
}
