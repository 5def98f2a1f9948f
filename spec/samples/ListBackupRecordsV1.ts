import { createBackupClient, credentialsFromEnv, isBackupError } from "huaweicloud-backup";

const { CLOUD_REGION = "cn-north-4", CLOUD_PROJECT_ID = "", CLOUD_INSTANCE_ID = "", CLOUD_ENDPOINT } = process.env;
if (!CLOUD_INSTANCE_ID) throw new Error("CLOUD_INSTANCE_ID is not set");

const backups = createBackupClient({
  region: CLOUD_REGION,
  projectId: CLOUD_PROJECT_ID,
  credentials: credentialsFromEnv(), // HUAWEICLOUD_SDK_AK and _SK, else CLOUD_SDK_AK and CLOUD_SDK_SK
  ...(CLOUD_ENDPOINT && { endpoints: { dcs: CLOUD_ENDPOINT } }),
});

try {
  const { backup_record_response: records = [] } = await backups.listBackupRecordsV1(CLOUD_INSTANCE_ID, { limit: 100 });
  for (const { backup_id, status } of records) {
    console.log(backup_id, status);
  }
} catch (error) {
  if (!isBackupError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
