/** Whether a start that was surely not done is sent again, and after how long. */
import { ApiError, type BackupError } from "../index.js";
import { MAX_RETRIES } from "../options.js";
import { isThrottled } from "../status.js";
import type { Arguments } from "./arguments.js";

/** In ms. */
const PAUSE = 1_000;
/** In ms. Whoever is told to come back later than this ends the run, and comes back another time. */
const LONGEST = 60_000;

interface Again {
  reason: "busy" | "throttled" | "unconnected";
  /** In ms. */
  wait: number;
}

/** The library would ask again by itself, but a run with a key has to look before each start: another run may have been faster. */
export function newRetryPolicy({ busyTimeout, interval }: Arguments): (error: BackupError) => Again | undefined {
  const busyUntil = performance.now() + busyTimeout;
  let retries = 0;
  return (error) => {
    const asked = (error instanceof ApiError && error.retryAfter) || 0;
    const reason = reasonOf(error);
    if (!error.retryable) {
      return undefined;
    }
    if (reason === "busy") {
      retries = 0;
      const left = busyUntil - performance.now();
      const wait = Math.max(asked, Math.min(interval, left));
      return left <= 0 || wait > left ? undefined : { reason, wait };
    }
    const wait = Math.max(asked, Math.min(interval, PAUSE));
    return retries++ >= MAX_RETRIES || wait > LONGEST ? undefined : { reason, wait };
  };
}

function reasonOf(error: BackupError): Again["reason"] {
  if (!(error instanceof ApiError)) {
    return "unconnected";
  }
  return isThrottled(error.status) ? "throttled" : "busy";
}
