import type { BackupRecord, DdsBackup } from "../../generated/types.js";
import { BackupError, type BackupErrorFacts } from "../errors.js";

/**
 * How a wait ended without a finished backup.
 *
 * - `failed`: the service could not make the backup.
 * - `gone`: the backup was deleted, has expired, or is in the list no more.
 * - `refused`: the service does not let the list be read; `cause` is its error.
 * - `timeout`: the wait's `timeout` is over; the backup goes on.
 * - `aborted`: the signal aborted, `cause` is its reason; the backup goes on.
 * - `unlisted`: the backup never was in the list.
 */
export type WaitOutcome = "failed" | "gone" | "refused" | "timeout" | "aborted" | "unlisted";

export interface WaitErrorFacts extends BackupErrorFacts {
  outcome: WaitOutcome;
  record?: BackupRecord | DdsBackup | undefined;
  errorCode?: string | undefined;
  errorMessage?: string | undefined;
}

/**
 * A wait ended without a finished backup. `retryable` says that it makes sense to wait again for the same backup; the message tells how.
 * `backupMayExist` is only false where the backup is gone.
 *
 * ```http
 * GET /v2/0549b4a43100d4f32f51c01c2fe4acdb/instances/5560df16-cebf-4473-95c4-d1b573c16e79/backups?limit=100&offset=0 HTTP/1.1
 *
 * HTTP/1.1 200 OK
 * Content-Type: application/json
 *
 * {"total_num":1,"backup_record_response":[{"backup_id":"ffadf49b-47ba-4e36-a5bd-5f6d0a2d1c0d","status":"failed","error_code":"dcs.08.0002"}]}
 * ```
 * throws a `WaitError` with `outcome: "failed"`, `errorCode: "dcs.08.0002"`, `backupMayExist: true` and `retryable: false`.
 */
export class WaitError extends BackupError {
  override readonly name = "WaitError";
  /** How the wait ended. */
  readonly outcome: WaitOutcome;
  /** The backup as it stood in the list when it was last seen there. */
  readonly record: BackupRecord | DdsBackup | undefined;
  /** Why the backup failed, for example `dcs.08.0002`, or why the list was refused. */
  readonly errorCode: string | undefined;
  /** The vendor's text for it: the job's `fail_reason` on DDS. */
  readonly errorMessage: string | undefined;

  constructor(message: string, { outcome, record, errorCode, errorMessage, ...facts }: WaitErrorFacts) {
    super(message, facts);
    this.outcome = outcome;
    this.record = record;
    this.errorCode = errorCode;
    this.errorMessage = errorMessage;
  }
}
