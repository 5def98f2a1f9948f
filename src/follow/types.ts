/** The wire's types until the generated ones have them, and as much of a client as following a backup needs. */
import type { CallOptions } from "../options.js";

export interface BackupRecord {
  backup_id: string;
  backup_name?: string;
  instance_id?: string;
  status?: string;
  progress?: string;
  backup_type?: string;
  backup_format?: string;
  size?: number;
  created_at?: string;
  execution_at?: string;
  updated_at?: string;
  remark?: string | null;
  error_code?: string | object | null;
}

export interface ListBackupRecordsResponse {
  total_num?: number;
  backup_record_response?: BackupRecord[];
}

export interface DdsBackup {
  id: string;
  name?: string;
  instance_id?: string;
  type?: string;
  begin_time?: string;
  end_time?: string;
  status?: string;
  size?: number;
  description?: string;
}

export interface ListBackupsResponse {
  total_count?: number;
  backups?: DdsBackup[];
}

export interface ShowJobDetailResponse {
  job: { id?: string; status?: string; progress?: string; fail_reason?: string | null };
}

export interface ListsDcs {
  listBackupRecords(
    instanceId: string,
    query?: { offset?: number; limit?: number },
    options?: CallOptions,
  ): Promise<ListBackupRecordsResponse>;
}

export interface ListsDcsV1 {
  listBackupRecordsV1(
    instanceId: string,
    query?: { start?: number; limit?: number },
    options?: CallOptions,
  ): Promise<ListBackupRecordsResponse>;
}

export interface ListsDds {
  listBackups(
    query?: { instance_id?: string; backup_id?: string; offset?: number; limit?: number },
    options?: CallOptions,
  ): Promise<ListBackupsResponse>;
}

export interface ShowsJobs {
  showJobDetail(id: string, options?: CallOptions): Promise<ShowJobDetailResponse>;
}
