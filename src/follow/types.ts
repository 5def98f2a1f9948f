/** As much of a client as following a backup needs. */
import type { BackupClient } from "../client.js";

export type ListsDcs = Pick<BackupClient, "listBackupRecords">;
export type ListsDcsV1 = Pick<BackupClient, "listBackupRecordsV1">;
export type ListsDds = Pick<BackupClient, "listBackups">;
export type ShowsJobs = Pick<BackupClient, "showJobDetail">;
