import { createBackupClient, credentialsFromEnv, isBackupError } from "huaweicloud-backup";

const { CLOUD_REGION = "cn-north-4", CLOUD_PROJECT_ID = "", CLOUD_JOB_ID = "", CLOUD_ENDPOINT } = process.env;
if (!CLOUD_JOB_ID) throw new Error("CLOUD_JOB_ID is not set");

const backups = createBackupClient({
  region: CLOUD_REGION,
  projectId: CLOUD_PROJECT_ID,
  credentials: credentialsFromEnv(), // HUAWEICLOUD_SDK_AK and _SK, else CLOUD_SDK_AK and CLOUD_SDK_SK
  ...(CLOUD_ENDPOINT && { endpoints: { dds: CLOUD_ENDPOINT } }),
});

try {
  const { job } = await backups.showJobDetail(CLOUD_JOB_ID); // the job_id that createManualBackup answers
  console.log(job.status, job.progress || job.fail_reason || "");
} catch (error) {
  if (!isBackupError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
