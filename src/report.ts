/** What the caller is told of a call that failed. */
import { type Answer, backupIdOf, own } from "./answer.js";
import type { Ending } from "./ask.js";
import type { Call } from "./call.js";
import { clockNote } from "./clock-note.js";
import { readErrorBody } from "./error-body.js";
import { ApiError, BackupError, InvalidResponseError, NetworkError } from "./errors.js";
import type { Outcome } from "./exchange.js";
import { reasonOf } from "./failures.js";
import { isBusy, isRefusal, isSuccess, isThrottled, retryAfter } from "./status.js";

/** The error of a call that did not succeed. What is not the call's own, such as a `TypeError`, comes back as it is. */
export function errorOf(call: Call, { outcome, refusal }: Ending): unknown {
  const before = refusal && `; before that it was refused: ${summaryOf(call, refusal)}`;
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
      return unready(outcome.error, before);
  }
}

type OutcomeOf<Kind> = Extract<Outcome, { kind: Kind }>;

interface Facts {
  backupMayExist: boolean;
  retryable: boolean;
}

/** What an error's answer says, fit to be shown. */
function told(call: Call, answer: Answer) {
  const { secrets } = call;
  const { code, message, requestId } = readErrorBody(answer);
  return {
    // A number is no secret.
    errorCode: typeof code === "number" ? String(code) : secrets.show(code, 64),
    errorMessage: secrets.show(message),
    requestId: secrets.show(requestId, 128) ?? secrets.show(answer.headers.get("x-request-id") ?? "", 128),
  };
}

function summaryOf(call: Call, answer: Answer): string {
  const { errorCode, errorMessage, requestId } = told(call, answer);
  const what = [answer.status, errorCode].filter(Boolean).join(" ");
  return [errorMessage ? `${what}: ${errorMessage}` : what, requestId && `request id ${requestId}`]
    .filter(Boolean)
    .join(", ");
}

function refused(call: Call, answer: Answer): ApiError {
  const { status, headers, receivedAt } = answer;
  const { errorCode, errorMessage, requestId } = told(call, answer);
  const nothingStarted = isRefusal(status) && backupIdOf(answer) === undefined;
  const passes = isThrottled(status) || isBusy(status, readErrorBody(answer).code);
  const facts = { backupMayExist: !nothingStarted, retryable: nothingStarted && passes };
  const code = [status, errorCode].filter(Boolean).join(" ");
  const what = `failed with ${errorMessage ? `${code}: ${errorMessage}` : code}`;
  return new ApiError(messageOf(call, what, facts, { requestId, note: clockNote(answer, errorMessage) }), {
    ...{ operationId: call.operationId, ...facts, status, errorCode, errorMessage, requestId },
    retryAfter: retryAfter(headers, receivedAt),
  });
}

/** A 2xx that is no success, for example an error's body, or a job without a backup. */
function unreadable(call: Call, answer: Answer): InvalidResponseError {
  const { operationId, secrets } = call;
  const { status, text, body } = answer;
  const { requestId, errorCode, errorMessage } = told(call, answer);
  const jobId = own(body, "job_id");
  const given = body === undefined ? secrets.show(text, 200) : [errorCode, errorMessage].filter(Boolean).join(": ");
  const got =
    body === undefined
      ? `no JSON: ${given ?? (text ? "markup alone" : "an empty body")}`
      : `JSON without a backup_id${errorCode ? ` (${given})` : ""}`;
  const facts = { backupMayExist: true, retryable: false };
  return new InvalidResponseError(messageOf(call, `was answered ${status}, but with ${got}`, facts, { requestId }), {
    ...{ operationId, ...facts, status, requestId, errorCode },
    errorMessage: errorCode === undefined ? undefined : errorMessage,
    jobId: typeof jobId === "string" ? secrets.show(jobId, 128) : undefined,
  });
}

function strangelyAnswered(call: Call, { status, redirected, location }: OutcomeOf<"strange">): NetworkError {
  const where = location ? ` to ${call.secrets.show(location, 200)}` : "";
  const what = redirected
    ? `was redirected${where}, which is never followed: the credentials are for one host`
    : `was answered with ${status}, which is no status of HTTP`;
  return networkError(call, what, { backupMayExist: true, retryable: false });
}

function broken(call: Call, { error, stage, status }: OutcomeOf<"broken">, before = ""): NetworkError {
  // Node's `fetch` hides an answer of 407, which is a refusal: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
  const hidden = /proxy authentication required/i.test(safely(() => reasonOf(error)) ?? "");
  const nothingStarted = stage !== "unknown" || hidden || isRefusal(status ?? 0);
  const facts = { backupMayExist: !nothingStarted, retryable: stage === "unconnected" };
  const cause = safely(() => call.secrets.scrub(error));
  const reason = safely(() => call.secrets.show(error == null ? "" : reasonOf(cause), 500) ?? "for no reason given");
  const after = status === undefined ? "got no answer" : `got no whole answer after status ${status}`;
  const what = `${after} (${reason ?? "for a reason that can't be read"}${hidden ? ", by an answer of 407" : ""})${before}`;
  return networkError(call, what, { ...facts, ...(cause && { cause }) });
}

function safely<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** What had begun to refuse would refuse again, but for a throttled request. */
function stopped(call: Call, { timedOut, sent, status }: OutcomeOf<"stopped">, before = ""): NetworkError {
  const backupMayExist = sent && !isRefusal(status ?? 0);
  const retryable = !backupMayExist && (status === undefined || isThrottled(status));
  const what = timedOut ? `timed out: it got no complete answer within ${call.timeout} ms` : "was aborted";
  const cause: unknown = timedOut ? undefined : call.signal?.reason;
  return networkError(call, what + before, { backupMayExist, retryable, timedOut, cause });
}

/** A call that had been sent and refused before must not look as if nothing had been sent. */
function unready(error: unknown, before: string | undefined): unknown {
  if (error instanceof BackupError) {
    const { message, operationId, backupMayExist, retryable, cause } = error;
    const facts = { backupMayExist, retryable };
    return new BackupError(`${message}${before ?? ""}. ${conclusion(facts)}`, { operationId, ...facts, cause });
  }
  return before !== undefined && error instanceof TypeError
    ? new TypeError(error.message + before, { cause: error })
    : error;
}

function networkError(call: Call, what: string, facts: Facts & { timedOut?: boolean; cause?: unknown }): NetworkError {
  return new NetworkError(messageOf(call, what, facts), { operationId: call.operationId, ...facts });
}

/** A log line: what failed, where, and what may have happened. */
function messageOf(
  { operationId, method, url }: Call,
  what: string,
  facts: Facts,
  { requestId, note = "" }: { requestId?: string | undefined; note?: string } = {},
): string {
  const where = `${method} ${url}${requestId ? `, request id ${requestId}` : ""}`;
  return `${operationId} ${what} (${where})${note}. ${conclusion(facts)}`;
}

function conclusion({ backupMayExist, retryable }: Facts): string {
  if (backupMayExist) {
    return "A backup may have been started: list the instance's backups before asking again";
  }
  return retryable ? "Nothing was started: ask again later" : "Nothing was started";
}
