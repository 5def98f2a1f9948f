/** What the package exports. */
export type {
  BackupInstanceBody,
  BackupInstanceV1Body,
  BackupRecord,
  CopyInstanceResponse,
  CopyInstanceV1Response,
  CreateManualBackupOption,
  CreateManualBackupRequestBody,
  CreateManualBackupResponse,
  DdsBackup,
  JobDetail,
  ListBackupRecordsResponse,
  ListBackupsResponse,
  ShowJobDetailResponse,
} from "../generated/types.js";
export type { Attempt } from "./attempt.js";
export {
  type BackupClient,
  createBackupClient,
  type ListBackupRecordsQuery,
  type ListBackupRecordsV1Query,
  type ListBackupsQuery,
} from "./client.js";
export {
  type AccessKeyCredentials,
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnv,
  type TokenCredentials,
} from "./credentials.js";
export { ApiError, BackupError, InvalidResponseError, isBackupError, NetworkError } from "./errors.js";
export { type Found, findBackup } from "./follow/find.js";
export type { Lost } from "./follow/lost.js";
export { uniqueName, uniqueRemark } from "./follow/mark.js";
export type { FindOptions, WaitOptions, WaitProgress } from "./follow/options.js";
export { waitForCopyInstance, waitForCopyInstanceV1, waitForManualBackup } from "./follow/wait.js";
export { WaitError, type WaitOutcome } from "./follow/wait-error.js";
export type { BackupClientOptions, CallOptions, RetryNotice } from "./options.js";
export type { SigningDialect } from "./signing.js";
