/** What a success of each operation must have. Whatever else is in it passes. */
import type { OperationId } from "../generated/tables.js";
import type { ListBackupRecordsResponse, ListBackupsResponse, ShowJobDetailResponse } from "../generated/types.js";
import { backupIdOf, own } from "./answer.js";

export interface Expected {
  /** In words, for an error. */
  what: string;
  /** The answer's body, or undefined where it is not what is expected. */
  find(answer: { status: number; body: unknown }): unknown;
  /** The body is read up to here, and the rest never. */
  maxBytes: number;
}

/** An answer to a start is far shorter than this. */
const MEBIBYTE = 1024 * 1024;

const aBackup: Expected = {
  what: "a backup_id",
  maxBytes: MEBIBYTE,
  find: (answer) => (backupIdOf(answer) === undefined ? undefined : answer.body),
};

/** A page of a thousand backups may be long. */
const aList = { what: "a list of backups", maxBytes: 8 * MEBIBYTE };

/** DCS v2 answers 204 without a body where there is no backup; of v1.0 nobody knows. */
const dcsBackups: Expected = {
  ...aList,
  find: ({ status, body }) =>
    status === 204
      ? ({ total_num: 0, backup_record_response: [] } satisfies ListBackupRecordsResponse)
      : withMember<ListBackupRecordsResponse>(body, "backup_record_response", Array.isArray),
};

const ddsBackups: Expected = {
  ...aList,
  find: ({ body }) => withMember<ListBackupsResponse>(body, "backups", Array.isArray),
};

const aJob: Expected = {
  what: "a job",
  maxBytes: MEBIBYTE,
  find: ({ body }) => withMember<ShowJobDetailResponse>(body, "job", (job) => typeof job === "object" && job !== null),
};

function withMember<Response>(body: unknown, name: keyof Response & string, accept: (value: unknown) => boolean) {
  return accept(own(body, name)) ? body : undefined;
}

export const expectedOf: Readonly<Record<OperationId, Expected>> = {
  CopyInstance: aBackup,
  CopyInstanceV1: aBackup,
  CreateManualBackup: aBackup,
  ListBackupRecords: dcsBackups,
  ListBackupRecordsV1: dcsBackups,
  ListBackups: ddsBackups,
  ShowJobDetail: aJob,
};
