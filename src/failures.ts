/** The `NetworkError`s that a call can end with, and what each says of the backup. */
import type { OperationId } from "../generated/tables.js";
import { clean, isRefusal, NetworkError } from "./errors.js";
import type { Secrets } from "./secrets.js";

interface FailedCall {
  operationId: OperationId;
  url: string;
  secrets: Secrets;
}

/** Ended by the caller's signal or by the time limit. What had begun to refuse would refuse again, but for 429. */
export function stopped(
  call: FailedCall & { signal: AbortSignal | undefined; timeout: number },
  { timedOut, backupMayExist, status }: { timedOut: boolean; backupMayExist: boolean; status?: number | undefined },
): NetworkError {
  const what = timedOut ? `got no complete answer within ${call.timeout} ms` : "was aborted";
  const cause: unknown = timedOut ? undefined : call.signal?.reason;
  const retryable = !backupMayExist && (status === undefined || status === 429);
  return networkError(call, what, { backupMayExist, retryable, timedOut, cause });
}

/** By a redirect, or with a status that HTTP does not know. */
export function strangelyAnswered(call: FailedCall, { status, headers }: Response, isRedirect: boolean): NetworkError {
  const location = headers.get("location");
  const where = location ? ` to ${clean(call.secrets.redact(location), 200)}` : "";
  const what = isRedirect
    ? `was redirected${where}, which is never followed: the credentials are for one host`
    : `was answered with ${status}, which is no status of HTTP`;
  return networkError(call, what, { backupMayExist: true, retryable: false });
}

/** `fetch` failed. Only when no connection was made is it `retryable`. @param status what came of an answer before that. */
export function brokenConnection(error: unknown, call: FailedCall, status: number | undefined): NetworkError {
  const answered = status !== undefined;
  const refused = isRefusal(status ?? 0);
  try {
    const cause = call.secrets.scrub(error);
    const { message, code } = (cause.cause ?? {}) as { message?: string; code?: string };
    const reason =
      [error == null ? "" : cause.message, message || code].filter(Boolean).join(": ") || "for no reason given";
    const retryable = !answered && neverConnected(error);
    const backupMayExist = !refused && (answered || !(retryable || neverSent(error)));
    return networkError(call, `got no answer (${clean(reason, 500)})`, { backupMayExist, retryable, cause });
  } catch {
    return networkError(call, "got no answer (for a reason that can't be read)", {
      backupMayExist: !refused,
      retryable: false,
    });
  }
}

function networkError(
  { operationId, url }: FailedCall,
  what: string,
  facts: { backupMayExist: boolean; retryable: boolean; timedOut?: boolean; cause?: unknown },
): NetworkError {
  return new NetworkError(`${operationId} ${what} (POST ${url})`, { operationId, ...facts });
}

interface SystemError {
  syscall?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/** Of causes that are looked into: a chain may be a circle. */
const MAX_DEPTH = 4;

/** Every runtime tells it in its own way: Node by the system call, Bun by a code, Deno in the message; browsers not at all. */
function neverConnected(error: unknown, depth = 0): boolean {
  const { syscall, code, message, cause, errors } = Object(error) as SystemError;
  return (
    /^(connect|getaddrinfo)$/.test(String(syscall)) ||
    /^(UND_ERR_CONNECT_TIMEOUT|ECONNREFUSED|ConnectionRefused|FailedToOpenSocket)$/.test(String(code)) ||
    /client error \(Connect\)/.test(String(message)) ||
    (Array.isArray(errors) && errors.length > 0 && errors.every((one) => neverConnected(one, MAX_DEPTH))) ||
    (depth < MAX_DEPTH && cause !== undefined && neverConnected(cause, depth + 1))
  );
}

/** The host's certificate was refused, or the port is one that `fetch` never dials: nothing was sent, and asking again meets the same. */
function neverSent(error: unknown): boolean {
  const { code, cause } = Object(error) as SystemError;
  const inner = Object(cause) as SystemError;
  return /CERT|LEAF_SIGNATURE/.test(`${code} ${inner.code}`) || inner.message === "bad port";
}
