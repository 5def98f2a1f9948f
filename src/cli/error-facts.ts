/** What the document tells of an error. */
import { type BackupError, isBackupError } from "../index.js";
import { duration } from "./progress.js";

interface ServiceFacts {
  status?: unknown;
  errorCode?: unknown;
  requestId?: unknown;
}

export interface ErrorFacts extends ServiceFacts {
  name: string;
  message: string;
  retryable: boolean;
  backupMayExist: boolean;
}

/** Where a list was refused, what the service said stands on the error's cause. */
export function factsOf(error: BackupError): ErrorFacts {
  const { name, retryable, backupMayExist } = error;
  const told: ServiceFacts & { retryAfter?: unknown } = error as object;
  const behind: ServiceFacts = isBackupError(error.cause) ? (error.cause as object) : {};
  const status = told.status ?? behind.status;
  const errorCode = told.errorCode ?? behind.errorCode;
  const requestId = told.requestId ?? behind.requestId;
  const { retryAfter } = told;
  // The message of such an error ends with "ask again later".
  const when = retryable && typeof retryAfter === "number" && retryAfter >= 500 ? `, in ${duration(retryAfter)}` : "";
  const message = error.message + when;
  return { name, message, status, errorCode, requestId, retryable, backupMayExist };
}
