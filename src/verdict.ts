/** What may have happened, by what came of the last request of a call. */
import { parseJson, tellsOfBackup } from "./answer.js";
import { type Attempt, subjectOf } from "./attempt.js";
import { type Call, isRead, isStart } from "./call.js";
import type { Outcome } from "./exchange.js";
import { departures } from "./memory.js";
import { reasonToAskAgain } from "./policy.js";
import { readServiceTime, timeSent } from "./service-time.js";
import { isRefusal, isThrottled } from "./status.js";

export interface Verdict {
  backupMayExist: boolean;
  retryable: boolean;
}

/** What to do where a backup may exist. */
export const LOOK_FIRST = "A backup may have been started: list the instance's backups before asking again";

export function verdictOf(call: Call, outcome: Outcome): Verdict {
  const backupMayExist = !isRead(call) && !startedNothing(outcome);
  return { backupMayExist, retryable: !backupMayExist && passes(outcome, isRead(call)) };
}

function startedNothing(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case "answer":
      return isRefusal(outcome.status) && !tellsOfBackup(outcome);
    case "broken":
      return outcome.stage !== "unknown";
    case "stopped":
      return !outcome.sent || (isRefusal(outcome.status ?? 0) && !outcome.toldOfBackup);
    case "strange":
      return false;
    case "unready":
      return true;
  }
}

/** Whether the same may go otherwise later, of what started nothing. */
function passes(outcome: Outcome, isRead: boolean): boolean {
  switch (outcome.kind) {
    case "unready":
      return true;
    case "stopped":
      return isRead || outcome.status === undefined || isThrottled(outcome.status);
    default:
      return reasonToAskAgain(outcome, isRead) !== undefined;
  }
}

/** What `findBackup` needs to look for what this call may have started. */
export function attemptOf(call: Call, outcome: Outcome): Attempt | undefined {
  const { operationId, body = "", instanceId, leftAt, signedAt } = call;
  if (!leftAt || signedAt === undefined || !isStart(operationId)) {
    return undefined;
  }
  const seen = outcome.kind === "answer" ? readServiceTime(outcome.headers.get("date"), outcome.arrivedAt) : undefined;
  const attempt = { operationId, ...subjectOf(parseJson(body), instanceId), ...timeSent(leftAt, signedAt, seen) };
  departures.set(attempt, leftAt);
  return attempt;
}
