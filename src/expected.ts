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
      : withList<ListBackupRecordsResponse>(body, "backup_record_response", "total_num"),
};

const ddsBackups: Expected = {
  ...aList,
  find: ({ body }) => withList<ListBackupsResponse>(body, "backups", "total_count"),
};

const aJob: Expected = {
  what: "a job",
  maxBytes: MEBIBYTE,
  find: ({ body }) => {
    const job = own(body, "job" satisfies keyof ShowJobDetailResponse);
    return typeof job === "object" && job !== null ? body : undefined;
  },
};

/** No field is promised, so an empty list may be left out, or be null. Then the total must say that it is empty. */
function withList<Response>(body: unknown, name: keyof Response & string, total: keyof Response & string) {
  const list = own(body, name);
  if (Array.isArray(list)) {
    return body;
  }
  return list == null && own(body, total) === 0 ? { ...Object(body), [name]: [] } : undefined;
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
