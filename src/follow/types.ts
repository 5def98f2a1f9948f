/** The parts of a client that following a backup needs, and what its lists have. */
import type { BackupRecord, DdsBackup } from "../../generated/types.js";
import type { BackupClient } from "../client.js";

/** A backup of either service, as a list has it. */
export type AnyRecord = BackupRecord | DdsBackup;

export type ListsDcs = Pick<BackupClient, "listBackupRecords">;
export type ListsDcsV1 = Pick<BackupClient, "listBackupRecordsV1">;
export type ListsDds = Pick<BackupClient, "listBackups">;
export type ShowsJobs = Pick<BackupClient, "showJobDetail">;
