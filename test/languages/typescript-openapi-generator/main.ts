// Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
import {
  Configuration,
  DCSApi,
  type DcsFailure,
  DcsFailureFromJSON,
  type DcsV1Failure,
  DcsV1FailureFromJSON,
  DDSApi,
  type DdsFailure,
  DdsFailureFromJSON,
  ResponseError,
} from "./client/index.ts";
import { signingFetch } from "./signing/huaweicloud-signing.ts";

const { STAND_IN_URL, STAND_IN_TOKEN, PROJECT_ID, DCS_INSTANCE_ID, DDS_INSTANCE_ID } = process.env as Record<
  string,
  string
>;
const {
  ACCESS_KEY_ID: accessKeyId,
  SECRET_ACCESS_KEY: secretAccessKey = "",
  SECURITY_TOKEN,
  DIALECT,
  LOSSES,
} = process.env;
/** Undefined where the token is to be sent instead. */
const signed =
  accessKeyId === undefined
    ? undefined
    : signingFetch({
        ...{ accessKeyId, secretAccessKey, dialect: DIALECT === "scoped" ? "scoped" : "access" },
        ...(SECURITY_TOKEN && { securityToken: SECURITY_TOKEN }),
      });
const remark = "before the upgrade";

/** For the stand-in, or for what it has at that path: a documented answer, say. */
function at(path = ""): Configuration {
  return new Configuration({
    basePath: STAND_IN_URL + path,
    ...(signed ? { fetchApi: signed } : { apiKey: STAND_IN_TOKEN }),
  });
}

const instance = { projectId: PROJECT_ID, instanceId: DCS_INSTANCE_ID };
const copyInstance = (path?: string) =>
  new DCSApi(at(path)).copyInstance({ ...instance, backupInstanceBody: { remark, backupFormat: "aof" } });
const copyInstanceV1 = (path?: string) =>
  new DCSApi(at(path)).copyInstanceV1({ ...instance, backupInstanceV1Body: { remark } });
const createManualBackup = (path?: string) =>
  new DDSApi(at(path)).createManualBackup({
    projectId: PROJECT_ID,
    createManualBackupRequestBody: { backup: { instanceId: DDS_INSTANCE_ID, name: "mybackup1", description: remark } },
  });

async function refused(
  call: Promise<object>,
  decode: (body: unknown) => DcsFailure | DcsV1Failure | DdsFailure,
): Promise<object> {
  const error = await call.then(
    () => new Error("not refused"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ResponseError)) {
    throw error;
  }
  const { error: nested, errorCode, errorMsg, requestId } = decode(await error.response.json());
  const { status } = error.response;
  return nested
    ? { status, code: nested.code, message: nested.message, title: nested.title }
    : { status, code: errorCode, message: errorMsg, request_id: requestId };
}

const [copied, copiedV1, created] = [await copyInstance(), await copyInstanceV1(), await createManualBackup()];
const [dcs, dds] = [new DCSApi(at()), new DDSApi(at())];
const since = { ...instance, beginTime: "20200101000000", limit: 100 };
const records = (await dcs.listBackupRecords(since))?.backupRecordResponse;
const { backupRecordResponse: recordsV1 } = await dcs.listBackupRecordsV1(since);
const { backups } = await dds.listBackups({
  projectId: PROJECT_ID,
  instanceId: DDS_INSTANCE_ID,
  beginTime: "2020-01-01 00:00:00",
  endTime: "2099-12-31 23:59:59",
});
const { job } = await dds.showJobDetail({ projectId: PROJECT_ID, id: created.jobId ?? "" });
const found = [
  records?.find(({ backupId }) => backupId === copied.backupId),
  recordsV1?.find(({ backupId }) => backupId === copiedV1.backupId),
  backups?.find(({ id }) => id === created.backupId),
  job,
].map((one) => one && { id: "backupId" in one ? one.backupId : one.id, status: one.status });
const errors: object[] = [];
for (const answer of ["400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(await refused(copyInstance(`/answer/${answer}`), DcsFailureFromJSON));
}
for (const answer of ["400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(await refused(copyInstanceV1(`/answer/${answer}`), DcsV1FailureFromJSON));
}
errors.push(await refused(createManualBackup("/answer/400/DdsInvalidName"), DdsFailureFromJSON));
const started = [
  { backup_id: copied.backupId },
  { backup_id: copiedV1.backupId },
  { backup_id: created.backupId, job_id: created.jobId },
];
const losing = new DCSApi(at("/lost"));
for (let losses = Number(LOSSES ?? 0); losses > 0; losses--) {
  const lost = losing.copyInstance({ ...instance, backupInstanceBody: { remark, backupFormat: "aof" } });
  await lost.then(
    () => Promise.reject(new Error("not lost")),
    (reason) => reason,
  );
}
console.log(JSON.stringify({ started, found, errors }));
