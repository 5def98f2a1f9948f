/** What the caller is told of a call that failed. */
import type { Answer } from "./answer.js";
import type { Call } from "./call.js";
import { readErrorBody } from "./error-body.js";
import { ApiError, InvalidResponseError, NetworkError } from "./errors.js";
import type { Outcome } from "./exchange.js";
import { isBusy, isRefusal, isThrottled, retryAfter } from "./status.js";

/** The error of an outcome that is no success. What has no outcome of its own, such as a `TypeError`, comes back as it is. */
export function errorOf(call: Call, outcome: Outcome): unknown {
  switch (outcome.kind) {
    case "answer":
      return refused(call, outcome);
    case "strange":
      return strangelyAnswered(call, outcome);
    case "broken":
      return broken(call, outcome);
    case "stopped":
      return stopped(call, outcome);
    case "unsigned":
      return outcome.error;
  }
}

type OutcomeOf<Kind> = Extract<Outcome, { kind: Kind }>;

interface Facts {
  backupMayExist: boolean;
  retryable: boolean;
}

function refused(call: Call, answer: Answer): ApiError {
  const { secrets, operationId } = call;
  const { status, headers } = answer;
  const { code, message, requestId } = readErrorBody(answer);
  // A number is no secret.
  const errorCode = typeof code === "number" ? String(code) : secrets.show(code, 64);
  const errorMessage = secrets.show(message);
  const id = secrets.show(requestId, 128) ?? requestIdOf(call, answer);
  const what = `failed with ${[status, errorCode].filter(Boolean).join(" ")}${errorMessage ? `: ${errorMessage}` : ""}`;
  const facts = { backupMayExist: !isRefusal(status), retryable: isThrottled(status) || isBusy(status, code) };
  return new ApiError(messageOf(call, what, facts, { requestId: id, note: clockNote(answer, errorMessage) }), {
    operationId,
    ...facts,
    status,
    errorCode,
    errorMessage,
    requestId: id,
    retryAfter: retryAfter(headers, answer.receivedAt),
  });
}

/** A 2xx that is no success. */
export function unreadable(call: Call, answer: Answer): InvalidResponseError {
  const { operationId, secrets } = call;
  const { status, text, body } = answer;
  const requestId = requestIdOf(call, answer);
  const shown = secrets.show(text, 200) ?? (text ? "markup alone" : "an empty body");
  const got = body === undefined ? `no JSON: ${shown}` : "JSON without a backup_id";
  const facts = { backupMayExist: true, retryable: false };
  const message = messageOf(call, `was answered ${status}, but with ${got}`, facts, { requestId });
  return new InvalidResponseError(message, { operationId, ...facts, status, requestId });
}

function strangelyAnswered(call: Call, { status, isRedirect, location }: OutcomeOf<"strange">): NetworkError {
  const where = location ? ` to ${call.secrets.show(location, 200)}` : "";
  const what = isRedirect
    ? `was redirected${where}, which is never followed: the credentials are for one host`
    : `was answered with ${status}, which is no status of HTTP`;
  return networkError(call, what, { backupMayExist: true, retryable: false });
}

function broken(call: Call, { error, stage, status }: OutcomeOf<"broken">): NetworkError {
  const facts = {
    backupMayExist: stage === "unknown" && !isRefusal(status ?? 0),
    retryable: stage === "unconnected",
  };
  try {
    const cause = call.secrets.scrub(error);
    const { message, code } = Object(cause.cause) as { message?: string; code?: string };
    const reason =
      [error == null ? "" : cause.message, message || code].filter(Boolean).join(": ") || "for no reason given";
    return networkError(call, `got no answer (${call.secrets.show(reason, 500)})`, { ...facts, cause });
  } catch {
    return networkError(call, "got no answer (for a reason that can't be read)", facts);
  }
}

/** What had begun to refuse would refuse again, but for a throttled request. */
function stopped(call: Call, { timedOut, sent, status }: OutcomeOf<"stopped">): NetworkError {
  const backupMayExist = sent && !isRefusal(status ?? 0);
  const retryable = !backupMayExist && (status === undefined || isThrottled(status));
  const what = timedOut ? `got no complete answer within ${call.timeout} ms` : "was aborted";
  const cause: unknown = timedOut ? undefined : call.signal?.reason;
  return networkError(call, what, { backupMayExist, retryable, timedOut, cause });
}

function networkError(call: Call, what: string, facts: Facts & { timedOut?: boolean; cause?: unknown }): NetworkError {
  return new NetworkError(messageOf(call, what, facts), { operationId: call.operationId, ...facts });
}

/** A log line: what failed, where, and what may have happened. */
function messageOf(
  { operationId, method, endpoint, path }: Call,
  what: string,
  { backupMayExist, retryable }: Facts,
  { requestId, note = "" }: { requestId?: string | undefined; note?: string } = {},
): string {
  const where = `${method} ${endpoint.origin}${path}${requestId ? `, request id ${requestId}` : ""}`;
  const again = retryable ? ": ask again later" : "";
  const end = backupMayExist
    ? "A backup may have been started: list the instance's backups before asking again"
    : `Nothing was started${again}`;
  return `${operationId} ${what} (${where})${note}. ${end}`;
}

function requestIdOf({ secrets }: Call, { headers }: Answer): string | undefined {
  return secrets.show(headers.get("x-request-id") ?? "", 128);
}

/** The gateway refuses a signature whose date is more than 15 minutes off, and says only that it expired. */
function clockNote({ status, headers, receivedAt }: Answer, message = ""): string {
  const minutes = Math.round((receivedAt - Date.parse(headers.get("date") ?? "")) / 60_000);
  if (status !== 401 || !/sign.*expire|expire.*sign/i.test(message) || !(Math.abs(minutes) > 15)) {
    return "";
  }
  return `. This machine's clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? "ahead of" : "behind"} the service's: set it right`;
}
