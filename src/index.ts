export type {
  BackupInstanceBody,
  BackupInstanceV1Body,
  CopyInstanceResponse,
  CopyInstanceV1Response,
  CreateManualBackupOption,
  CreateManualBackupRequestBody,
  CreateManualBackupResponse,
} from "../generated/types.js";
export { type BackupClient, createBackupClient } from "./client.js";
export {
  type AccessKeyCredentials,
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnv,
  type TokenCredentials,
} from "./credentials.js";
export { ApiError, BackupError, InvalidResponseError, isBackupError, NetworkError } from "./errors.js";
export type { BackupClientOptions, CallOptions, RetryNotice } from "./options.js";
export type { SigningDialect } from "./signing.js";
