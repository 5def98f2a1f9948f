import { createBackupClient, credentialsFromEnv, isBackupError, uniqueName } from "huaweicloud-backup";

const { CLOUD_REGION = "cn-north-4", CLOUD_PROJECT_ID = "", CLOUD_INSTANCE_ID = "", CLOUD_ENDPOINT } = process.env;
if (!CLOUD_INSTANCE_ID) throw new Error("CLOUD_INSTANCE_ID is not set");

const backups = createBackupClient({
  region: CLOUD_REGION,
  projectId: CLOUD_PROJECT_ID,
  credentials: credentialsFromEnv(), // HUAWEICLOUD_SDK_AK and _SK, else CLOUD_SDK_AK and CLOUD_SDK_SK
  ...(CLOUD_ENDPOINT && { endpoints: { dds: CLOUD_ENDPOINT } }),
});

// A new name each time: it finds the backup again when the answer is lost.
const name = uniqueName("before-upgrade");

try {
  const { backup_id, job_id } = await backups.createManualBackup({
    backup: { instance_id: CLOUD_INSTANCE_ID, name, description: "before the upgrade" },
  });
  console.log("started", backup_id, "by job", job_id ?? "unknown");
} catch (error) {
  if (!isBackupError(error)) throw error;
  console.error(error.message); // what failed, and whether a backup may have been started
  process.exitCode = 1;
}
