import { busyCodes } from "../generated/tables.js";
import { toJson } from "./answer.js";

/** Marks our errors across copies of this package and across realms, where `instanceof` fails. */
const BRAND = Symbol.for("huaweicloud-backup.BackupError");

export interface BackupErrorFacts {
  operationId: string;
  backupMayExist: boolean;
  retryable: boolean;
  cause?: unknown;
}

/**
 * The base of all errors that a call can end with. It is itself thrown when the credentials function failed, with that failure as
 * `cause`: no HTTP exchange took place, so `backupMayExist` is false and `retryable` true.
 */
export class BackupError extends Error {
  override readonly name: string = "BackupError";
  /** The call that failed, for example `CopyInstance`. */
  declare readonly operationId: string;
  /** The service may have started a backup: list the instance's backups before asking again. */
  declare readonly backupMayExist: boolean;
  /** Asking again unchanged can work, and can't make a second backup. */
  declare readonly retryable: boolean;

  /** The facts become the error's own fields. A subclass's constructor only says which more it needs. */
  constructor(message: string, { cause, ...facts }: BackupErrorFacts) {
    super(`${message}. ${outcome(facts.backupMayExist, facts.retryable)}`, cause === undefined ? undefined : { cause });
    Object.defineProperty(this, BRAND, { value: true });
    Object.assign(this, facts);
  }
}

function outcome(backupMayExist: boolean, retryable: boolean): string {
  if (backupMayExist) return "A backup may have been started: list the instance's backups before asking again";
  return retryable ? "Nothing was started: ask again later" : "Nothing was started";
}

/** True for every error of this package's calls, whichever copy of the package threw it. */
export function isBackupError(error: unknown): error is BackupError {
  try {
    return typeof error === "object" && error !== null && BRAND in error;
  } catch {
    return false; // Whatever throws when it is asked is none of ours.
  }
}

export interface ApiErrorFacts extends BackupErrorFacts {
  status: number;
  errorCode: string | undefined;
  errorMessage: string | undefined;
  requestId: string | undefined;
  retryAfter: number | undefined;
}

/**
 * The service, or the gateway before it, answered with something else than success. After 4xx other than 408 nothing was started; after
 * 408 and 5xx a backup may have been.
 *
 * ```http
 * POST /v2/0549b4a43100d4f32f51c01c2fe4acdb/instances/5560df16-cebf-4473-95c4-d1b573c16e79/backups HTTP/1.1
 * Content-Type: application/json
 *
 * {}
 *
 * HTTP/1.1 400 Bad Request
 * X-Request-Id: 5a63903e8ba6c8d1f2b7a5e94c01d37e
 *
 * {"error_code":"DCS.4096","error_msg":"The instance is being backed up.","error_ext_msg":null}
 * ```
 * throws an `ApiError` with `status: 400`, `errorCode: "DCS.4096"`, `backupMayExist: false` and `retryable: true`.
 */
export class ApiError extends BackupError {
  override readonly name = "ApiError";
  /** The HTTP status. */
  declare readonly status: number;
  /** The vendor's code, for example `DCS.4096`; the codes and their meanings are in the docs. */
  declare readonly errorCode: string | undefined;
  /** The vendor's text, cleaned of markup and secrets and cut to 1024 characters. */
  declare readonly errorMessage: string | undefined;
  /** What the vendor's support asks for. */
  declare readonly requestId: string | undefined;
  /** How long the answer asks to wait, in milliseconds. */
  declare readonly retryAfter: number | undefined;

  constructor(message: string, facts: ApiErrorFacts) {
    super(message, facts);
  }
}

/**
 * No complete answer came: the connection was refused or broken, the time ran out, the call was aborted, or the answer was a redirect.
 * A backup may have been started unless nothing had been sent by then.
 *
 * ```http
 * POST /v3/0549b4a43100d4f32f51c01c2fe4acdb/backups HTTP/1.1
 * Content-Type: application/json
 *
 * {"backup":{"instance_id":"a89dab5e39394eccbdb77b19d57b0180in02","name":"mybackup1"}}
 *
 * HTTP/1.1 307 Temporary Redirect
 * Location: https://elsewhere.example/login
 * ```
 * throws a `NetworkError` with `timedOut: false`, `backupMayExist: true` and `retryable: false`. So does a connection that breaks after
 * the request was sent; one that was never made has `backupMayExist: false` and `retryable: true`.
 */
export class NetworkError extends BackupError {
  override readonly name = "NetworkError";
  /** The call's `timeout` ran out. */
  declare readonly timedOut: boolean;

  constructor(message: string, facts: BackupErrorFacts & { timedOut?: boolean }) {
    const whole = { ...facts, timedOut: facts.timedOut ?? false };
    super(message, whole);
  }
}

/**
 * The answer's status says success, its body does not: no JSON, or no `backup_id` in it. A backup may have been started.
 *
 * ```http
 * POST /v2/0549b4a43100d4f32f51c01c2fe4acdb/instances/5560df16-cebf-4473-95c4-d1b573c16e79/backups HTTP/1.1
 * Content-Type: application/json
 *
 * {}
 *
 * HTTP/1.1 200 OK
 * Content-Type: text/html
 *
 * <!doctype html><title>Sign in</title>
 * ```
 * throws an `InvalidResponseError` with `status: 200`, `backupMayExist: true` and `retryable: false`.
 */
export class InvalidResponseError extends BackupError {
  override readonly name = "InvalidResponseError";
  /** The HTTP status, 200 to 299. */
  declare readonly status: number;
  /** What the vendor's support asks for. */
  declare readonly requestId: string | undefined;

  constructor(message: string, facts: BackupErrorFacts & { status: number; requestId: string | undefined }) {
    super(message, facts);
  }
}

export interface ErrorBody {
  code?: string | undefined;
  message?: string | undefined;
  requestId?: string | undefined;
}

/**
 * Reads any error body: the five documented shapes, other JSON, and text that is no JSON at all, which then is the message.
 *
 * @param body parsed JSON, or text where it could not be parsed.
 */
export function readErrorBody(body: unknown): ErrorBody {
  if (typeof body === "string") return { message: clean(body) };
  const outer = asRecord(body);
  const inner = outer["error"] && typeof outer["error"] === "object" ? asRecord(outer["error"]) : outer;
  const code = scalar(inner["error_code"] ?? inner["code"])?.replace(/\s/g, "");
  const message = scalar(inner["error_msg"] ?? inner["message"] ?? outer["error"]);
  return {
    code: code && clean(code, 64),
    message: clean(message || (code || body === undefined ? "" : toJson(body))),
    requestId: clean(scalar(outer["request_id"]) ?? "", 128),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>;
}

function scalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** One printable line: no markup, no control or direction characters, and short. Empty text is undefined. */
export function clean(text: string, limit = 1024): string | undefined {
  const line = text
    .slice(0, 16 * 1024)
    .replace(/<(script|style)\b[\s\S]*?<\/\1>|<[^<>]*>/gi, " ")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
  return line.length > limit ? `${line.slice(0, limit)}…` : line || undefined;
}

/** A refusal: the service says that it did not do what was asked. After any other answer a backup may exist. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

/** The instance is busy with something else: a passing refusal, by the spec's table of error codes. */
export function isBusy(status: number, code: string | undefined): boolean {
  return isRefusal(status) && code !== undefined && busyCodes.has(code);
}
