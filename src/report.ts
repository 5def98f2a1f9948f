/** What the caller is told of a call that failed. */
import { type Answer, isFromCache, own } from "./answer.js";
import type { Ending } from "./ask.js";
import type { Attempt } from "./attempt.js";
import { type Call, isRead } from "./call.js";
import { clockNote } from "./clock-note.js";
import { readErrorBody } from "./error-body.js";
import { ApiError, BackupError, InvalidResponseError, NetworkError } from "./errors.js";
import type { Outcome } from "./exchange.js";
import { expectedOf } from "./expected.js";
import { reasonOf } from "./failures.js";
import { CredentialsFailure } from "./sign.js";
import { isSuccess, retryAfter } from "./status.js";
import { attemptOf, LOOK_FIRST, type Verdict, verdictOf } from "./verdict.js";

/** The error of a call that did not succeed. What is not the call's own, such as a `TypeError`, comes back as it is. */
export function errorOf(call: Call, { outcome, refusal }: Ending): unknown {
  const before = refusal ? `; before that it was refused: ${summaryOf(call, refusal)}` : "";
  switch (outcome.kind) {
    case "answer":
      return isSuccess(outcome.status) ? unreadable(call, outcome) : refused(call, outcome);
    case "strange":
      return strangelyAnswered(call, outcome);
    case "broken":
      return broken(call, outcome, before);
    case "stopped":
      return stopped(call, outcome, before);
    case "unready":
      return unready(call, outcome, before);
  }
}

type OutcomeOf<Kind> = Extract<Outcome, { kind: Kind }>;

/** What every error tells, and those of an answer its request's id. */
interface Facts extends Verdict {
  operationId: string;
  attempt?: Attempt | undefined;
  requestId?: string | undefined;
}

function factsOf(call: Call, outcome: Outcome): Facts {
  const verdict = verdictOf(call, outcome);
  const { operationId } = call;
  return { operationId, ...verdict, attempt: verdict.backupMayExist ? attemptOf(call, outcome) : undefined };
}

/** What an error's answer says, fit to be shown. @param limit of characters for a body that names no error. */
function told(call: Call, answer: Answer, limit?: number) {
  const { secrets } = call;
  const { code, message, isWhole, requestId } = readErrorBody(answer);
  return {
    isWhole,
    status: answer.status,
    // A number is no secret.
    errorCode: typeof code === "number" ? String(code) : secrets.show(code, 64),
    errorMessage: secrets.show(message, isWhole ? limit : undefined),
    requestId: secrets.show(requestId, 128) ?? secrets.show(answer.headers.get("x-request-id") ?? "", 128),
  };
}

/** For example `400 DCS.4096: The instance is being backed up.` */
function joined(what: unknown[], message: string | undefined): string {
  return [what.filter(Boolean).join(" "), message].filter(Boolean).join(": ");
}

function summaryOf(call: Call, answer: Answer): string {
  const { status, errorCode, errorMessage, requestId } = told(call, answer);
  return joined([status, errorCode], errorMessage) + (requestId ? `, request id ${requestId}` : "");
}

function refused(call: Call, answer: Answer): ApiError {
  const facts = { ...factsOf(call, answer), ...told(call, answer), retryAfter: retryAfter(answer) };
  const { status, errorCode, errorMessage } = facts;
  const how = isFromCache(answer) ? "was answered from a cache with" : "failed with";
  const what = `${how} ${joined([status, errorCode], errorMessage)}`;
  return new ApiError(messageOf(call, what, facts, clockNote(answer, errorMessage)), facts);
}

/** A 2xx that is no success, for example an error's body, a job without a backup, or what a cache has kept. */
function unreadable(call: Call, answer: Answer): InvalidResponseError {
  const { status, text, body } = answer;
  const { isWhole, ...error } = told(call, answer, 200);
  const jobId = own(body, "job_id");
  const what = isFromCache(answer)
    ? "JSON from a cache"
    : body === undefined
      ? "no JSON"
      : `JSON without ${expectedOf[call.operationId].what}`;
  const got = joined([error.errorCode], error.errorMessage) || (text ? "markup alone" : "an empty body");
  const facts = {
    ...factsOf(call, answer),
    ...error,
    errorMessage: isWhole ? undefined : error.errorMessage,
    jobId: typeof jobId === "string" ? call.secrets.show(jobId, 128) : undefined,
  };
  return new InvalidResponseError(messageOf(call, `was answered ${status}, but with ${what}: ${got}`, facts), facts);
}

function strangelyAnswered(call: Call, outcome: OutcomeOf<"strange">): NetworkError {
  const { status, redirected, location } = outcome;
  const where = location ? ` to ${call.secrets.show(location, 200)}` : "";
  const what = redirected
    ? `was redirected${where}, which no call may follow: the credentials are for one host`
    : `was answered with ${status}, which is no status of HTTP`;
  return networkError(call, outcome, what);
}

function broken(call: Call, outcome: OutcomeOf<"broken">, before: string): NetworkError {
  const { error, status } = outcome;
  const cause = call.secrets.scrub(error);
  const reason = call.secrets.show(error == null ? "" : reasonOf(cause), 500) ?? "for no reason given";
  const after = status === undefined ? "got no answer" : `got no whole answer after status ${status}`;
  return networkError(call, outcome, `${after} (${reason})${before}`, { cause });
}

function stopped(call: Call, outcome: OutcomeOf<"stopped">, before: string): NetworkError {
  const { timedOut } = outcome;
  const what = timedOut ? `timed out: it got no complete answer within ${call.timeout} ms` : "was aborted";
  return networkError(call, outcome, what + before, { timedOut, cause: timedOut ? undefined : call.signal?.reason });
}

/** A call that had been sent and refused before must not look as if nothing had been sent. */
function unready(call: Call, outcome: OutcomeOf<"unready">, before: string): unknown {
  const { error } = outcome;
  if (error instanceof CredentialsFailure) {
    const facts = factsOf(call, outcome);
    const message = `${call.operationId} was not sent: the credentials function failed${before}. ${conclusion(call, facts)}`;
    return new BackupError(message, { ...facts, cause: call.secrets.scrub(error.cause) });
  }
  return before && error instanceof TypeError ? new TypeError(error.message + before, { cause: error }) : error;
}

function networkError(
  call: Call,
  outcome: Outcome,
  what: string,
  more: { timedOut?: boolean; cause?: unknown } = {},
): NetworkError {
  const facts = factsOf(call, outcome);
  return new NetworkError(messageOf(call, what, facts), { ...facts, ...more });
}

/** A log line: what failed, where, and what may have happened. */
function messageOf(call: Call, what: string, facts: Facts, note = ""): string {
  const { method, url } = call;
  const { operationId, requestId } = facts;
  const where = `${method} ${url}${requestId ? `, request id ${requestId}` : ""}`;
  return `${operationId} ${what} (${where})${note}. ${conclusion(call, facts)}`;
}

/** A read starts nothing, so nothing has to be said of a backup. */
function conclusion(call: Call, { backupMayExist, retryable }: Verdict): string {
  if (isRead(call)) {
    return retryable ? "Ask again later" : "Asking again unchanged meets the same";
  }
  if (backupMayExist) {
    return LOOK_FIRST;
  }
  return retryable ? "Nothing was started: ask again later" : "Nothing was started";
}
