/** What an error of a look says, whichever copy of this package made it. */
import type { BackupError } from "../errors.js";
import { isPassing } from "../status.js";

interface ServiceFacts {
  status: number | undefined;
  errorCode: string | undefined;
  errorMessage: string | undefined;
  retryAfter: number;
}

export function readFailure(error: BackupError): ServiceFacts {
  const { status, errorCode, errorMessage, retryAfter } = error as Partial<Record<keyof ServiceFacts, unknown>>;
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  return {
    status: typeof status === "number" ? status : undefined,
    errorCode: text(errorCode),
    errorMessage: text(errorMessage),
    retryAfter: typeof retryAfter === "number" ? retryAfter : 0,
  };
}

/** The service would say the same again to a read: any 4xx that does not pass, and is not of a cache. */
export function isRefused(error: BackupError): boolean {
  const { status = 0 } = readFailure(error);
  return status >= 400 && !isPassing(status) && !error.retryable;
}
