// A user of the package, as compilers of several versions and settings must take it. Needs no DOM types.
import {
  ApiError,
  type BackupClientOptions,
  type CopyInstanceResponse,
  createBackupClient,
  credentialsFromEnv,
  InvalidResponseError,
  isBackupError,
  NetworkError,
  type SigningDialect,
} from "huaweicloud-backup";
import type { components, operations, paths } from "huaweicloud-backup/types";

const options: BackupClientOptions = {
  region: "cn-north-4",
  projectId: "0549b4a43100d4f32f51c01c2fe4acdb",
  credentials: async () => credentialsFromEnv(),
  timeout: 30_000,
};
const backups = createBackupClient(options);
const answer: CopyInstanceResponse = await backups.copyInstance("id", { backup_format: "aof", remark: "" });
const id: string = answer.backup_id;
await backups.copyInstanceV1(id, {}, { timeout: 1 });
const { job_id } = await backups.createManualBackup({ backup: { instance_id: id, name: "mybackup1" } });
// It is `string | undefined` under `strict`, so this compiles with and without it.
const job: string | undefined = job_id;
const dialect: SigningDialect = "scoped";

try {
  await backups.copyInstance(id);
} catch (error) {
  if (error instanceof ApiError) {
    void [error.status.toFixed(), error.errorCode?.trim(), error.retryAfter];
  } else if (error instanceof NetworkError || error instanceof InvalidResponseError) {
    void error.operationId.length;
  } else if (isBackupError(error)) {
    void (error.backupMayExist && error.retryable);
  }
}

type Body = components["schemas"]["BackupInstanceBody"];
type SameBody = operations["CopyInstance"]["requestBody"]["content"]["application/json"];
type Path = keyof paths;
const body: Body & SameBody = { backup_format: "rdb" };
const path: Path = "/v3/{project_id}/backups";

// @ts-expect-error a misspelt field
await backups.copyInstance(id, { backupFormat: "aof" });
// @ts-expect-error a value that the spec does not have
await backups.copyInstance(id, { backup_format: "zip" });
// @ts-expect-error the body's own level is missing
await backups.createManualBackup({ instance_id: id, name: "mybackup1" });
// @ts-expect-error no credentials
createBackupClient({ region: "cn-north-4", projectId: id });
// @ts-expect-error the answer has no such field
void answer.backupId;
// @ts-expect-error no such path
const wrongPath: Path = "/v3/backups";

export { body, dialect, job, path, wrongPath };
