/** The errors that a call can end with. */
import type { Attempt } from "./attempt.js";

/** Marks our errors across copies of this package and across realms, where `instanceof` fails. */
const BRAND = Symbol.for("huaweicloud-backup.BackupError");

export interface BackupErrorFacts {
  operationId: string;
  backupMayExist: boolean;
  retryable: boolean;
  attempt?: Attempt | undefined;
  cause?: unknown;
}

/**
 * The base of all errors that a call can end with. It is itself thrown in two cases. When the credentials function failed, nothing was
 * sent: `backupMayExist` is false, `retryable` is true, and `cause` is a copy of that failure without secrets. When a search by `findBackup`
 * could not go on, the question stays open: `backupMayExist` is true, and `cause` is the error of the list or the signal's reason.
 */
export class BackupError extends Error {
  override readonly name: string = "BackupError";
  /** The call that failed, for example `CopyInstance`. */
  readonly operationId: string;
  /** The service may have started a backup: list the instance's backups before asking again. */
  readonly backupMayExist: boolean;
  /** Asking again unchanged can work, and can't make a second backup. */
  readonly retryable: boolean;
  /**
   * What `findBackup` needs, now or in a later process, to tell whether there is a backup. On errors of starts and of
   * `findBackup`, where `backupMayExist`. A wait knows its backup, so its errors have none.
   */
  declare readonly attempt?: Attempt;

  constructor(message: string, facts: BackupErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    Object.defineProperty(this, BRAND, { value: true });
    this.operationId = facts.operationId;
    this.backupMayExist = facts.backupMayExist;
    this.retryable = facts.retryable;
    if (facts.attempt) {
      this.attempt = facts.attempt;
    }
  }
}

/** True for every error of this package's calls, whichever copy of the package threw it. */
export function isBackupError(error: unknown): error is BackupError {
  try {
    return typeof error === "object" && error !== null && BRAND in error;
  } catch {
    return false; // An object that throws when it is asked is not one of ours.
  }
}

/** Throws on whatever is no error of a call: something was given wrong, or there is a fault of our own. */
export function rethrowOthers(error: unknown): asserts error is BackupError {
  if (!isBackupError(error)) {
    throw error;
  }
}

interface ApiErrorFacts extends BackupErrorFacts {
  status: number;
  errorCode?: string | undefined;
  errorMessage?: string | undefined;
  requestId?: string | undefined;
  retryAfter?: number | undefined;
}

/**
 * The service, or the gateway before it, answered with something else than success. After a start, a 4xx other
 * than 408 and 499 means that nothing was started; after 408, 499 and 5xx, or where the error's body holds a `backup_id`, a backup may exist.
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
  readonly status: number;
  /** The vendor's code, for example `DCS.4096`; the codes and their meanings are in the docs. */
  readonly errorCode: string | undefined;
  /** The vendor's text, cleaned of markup and secrets, and cut after 1024 characters. */
  readonly errorMessage: string | undefined;
  /** What the vendor's support asks for. */
  readonly requestId: string | undefined;
  /** How long the answer asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(message: string, facts: ApiErrorFacts) {
    super(message, facts);
    this.status = facts.status;
    this.errorCode = facts.errorCode;
    this.errorMessage = facts.errorMessage;
    this.requestId = facts.requestId;
    this.retryAfter = facts.retryAfter;
  }
}

/**
 * No complete answer came: the connection was refused or broken, the time ran out, the call was aborted, or the answer was a redirect.
 * After a start that had been sent by then, a backup may exist.
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
  readonly timedOut: boolean;

  constructor(message: string, facts: BackupErrorFacts & { timedOut?: boolean }) {
    super(message, facts);
    this.timedOut = facts.timedOut ?? false;
  }
}

interface InvalidResponseErrorFacts extends BackupErrorFacts {
  status: number;
  requestId?: string | undefined;
  errorCode?: string | undefined;
  errorMessage?: string | undefined;
  jobId?: string | undefined;
}

/**
 * The status says success, but the body does not hold what the call is made for: a `backup_id`, a list or a job. After a start, a backup may
 * exist.
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
  readonly status: number;
  /** What the vendor's support asks for. */
  readonly requestId: string | undefined;
  /** The code of an error that came with this status all the same. */
  readonly errorCode: string | undefined;
  /** The text of that error, cleaned of markup and secrets, and cut after 1024 characters. */
  readonly errorMessage: string | undefined;
  /** A job that came without a `backup_id`. */
  readonly jobId: string | undefined;

  constructor(message: string, facts: InvalidResponseErrorFacts) {
    super(message, facts);
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.errorCode = facts.errorCode;
    this.errorMessage = facts.errorMessage;
    this.jobId = facts.jobId;
  }
}
