import { createBackupClient, credentialsFromEnv, isBackupError, uniqueRemark } from "huaweicloud-backup";

const { CLOUD_REGION = "cn-north-4", CLOUD_PROJECT_ID = "", CLOUD_INSTANCE_ID = "", CLOUD_ENDPOINT } = process.env;

const backups = createBackupClient({
  region: CLOUD_REGION,
  projectId: CLOUD_PROJECT_ID,
  credentials: credentialsFromEnv(), // HUAWEICLOUD_SDK_AK and _SK, else CLOUD_SDK_AK and CLOUD_SDK_SK
  ...(CLOUD_ENDPOINT && { endpoints: { dcs: CLOUD_ENDPOINT } }),
});

try {
  const { backup_id } = await backups.copyInstance(CLOUD_INSTANCE_ID, {
    backup_format: "aof",
    // A new remark each time: it finds the backup again when the answer is lost.
    remark: uniqueRemark("before the upgrade"),
  });
  console.log("started", backup_id);
} catch (error) {
  if (!isBackupError(error)) throw error;
  console.error(error.message); // what failed, and whether a backup may have been started
  process.exitCode = 1;
}
