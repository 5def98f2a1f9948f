// Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
import { Api, type DcsFailure, type DcsV1Failure, type DdsFailure, type HttpResponse } from "./client/Api.ts";
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

/** A client of the stand-in, or of what it has at that path: a documented answer, say. */
function at(path = ""): Api<unknown> {
  return new Api({
    baseUrl: STAND_IN_URL + path,
    ...(signed ? { customFetch: signed } : { baseApiParams: { headers: { "X-Auth-Token": STAND_IN_TOKEN } } }),
  });
}

const instance = [PROJECT_ID, DCS_INSTANCE_ID] as const;
const copyInstance = (path?: string) => at(path).v2.copyInstance(...instance, { remark, backup_format: "aof" });
const copyInstanceV1 = (path?: string) => at(path).v10.copyInstanceV1(...instance, { remark });
const createManualBackup = (path?: string) =>
  at(path).v3.createManualBackup(PROJECT_ID, {
    backup: { instance_id: DDS_INSTANCE_ID, name: "mybackup1", description: remark },
  });

async function refused(call: Promise<object>): Promise<object> {
  const response: HttpResponse<object, DcsFailure | DcsV1Failure | DdsFailure> = await call.then(
    () => Promise.reject(new Error("not refused")),
    (reason) => reason,
  );
  const { status, error: failure } = response;
  return failure.error
    ? { status, code: failure.error.code, message: failure.error.message, title: failure.error.title }
    : { status, code: failure.error_code, message: failure.error_msg, request_id: failure.request_id };
}

const [{ data: copied }, { data: copiedV1 }, { data: created }] = [
  await copyInstance(),
  await copyInstanceV1(),
  await createManualBackup(),
];
const [since, begin, end] = ["20200101000000", "2020-01-01 00:00:00", "2099-12-31 23:59:59"];
const { data: records } = await at().v2.listBackupRecords(...instance, { begin_time: since, limit: 100 });
const { data: recordsV1 } = await at().v10.listBackupRecordsV1(...instance, { beginTime: since, limit: 100 });
const { data: backups } = await at().v3.listBackups(PROJECT_ID, {
  ...{ instance_id: DDS_INSTANCE_ID, begin_time: begin, end_time: end },
});
const { data: job } = await at().v3.showJobDetail(PROJECT_ID, { id: created.job_id ?? "" });
const found = [
  (records || undefined)?.backup_record_response?.find(({ backup_id }) => backup_id === copied.backup_id),
  recordsV1.backup_record_response?.find(({ backup_id }) => backup_id === copiedV1.backup_id),
  backups.backups?.find(({ id }) => id === created.backup_id),
  job.job,
].map((one) => one && { id: "backup_id" in one ? one.backup_id : one.id, status: one.status });
const errors: object[] = [];
for (const answer of ["400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(await refused(copyInstance(`/answer/${answer}`)));
}
for (const answer of ["400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(await refused(copyInstanceV1(`/answer/${answer}`)));
}
errors.push(await refused(createManualBackup("/answer/400/DdsInvalidName")));
const losing = at("/lost");
for (let losses = Number(LOSSES ?? 0); losses > 0; losses--) {
  await losing.v2.copyInstance(...instance, { remark }).then(
    () => Promise.reject(new Error("not lost")),
    (reason) => reason,
  );
}
const started = [
  { backup_id: copied.backup_id },
  { backup_id: copiedV1.backup_id },
  { backup_id: created.backup_id, job_id: created.job_id },
];
console.log(JSON.stringify({ started, found, errors }));
