/**
 * What is known of a start whose outcome is not: plain JSON without secrets, so that a later process can look for the backup with
 * `findBackup`.
 */
export interface Attempt {
  /** Which of the three calls it was. */
  operationId: "CopyInstance" | "CopyInstanceV1" | "CreateManualBackup";
  instanceId: string;
  /** As sent. DCS only. */
  remark?: string;
  /** As sent. DCS only. */
  backupFormat?: string;
  /** As sent. DDS only. */
  name?: string;
  /** When the last request left, in ISO 8601. */
  sentAt: string;
  /** Whose clock gave `sentAt`: that of the service, as it stands in the `Date` of its answers, or this machine's. */
  clock: "service" | "local";
}
