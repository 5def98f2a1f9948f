// Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
import { createClient } from "./client/client/index.ts";
import {
  copyInstance,
  copyInstanceV1,
  createManualBackup,
  listBackupRecords,
  listBackupRecordsV1,
  listBackups,
  showJobDetail,
} from "./client/sdk.gen.ts";
import type { DcsFailure, DcsV1Failure, DdsFailure } from "./client/types.gen.ts";
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
const at = (path = "") => ({
  client: createClient({
    baseUrl: STAND_IN_URL + path,
    ...(signed
      ? { fetch: signed }
      : { auth: ({ name }: { name?: string }) => (name === "X-Auth-Token" ? STAND_IN_TOKEN : undefined) }),
  }),
});
const instance = { project_id: PROJECT_ID, instance_id: DCS_INSTANCE_ID };
const copy = (path?: string) => copyInstance({ ...at(path), path: instance, body: { remark, backup_format: "aof" } });
const copyV1 = (path?: string) => copyInstanceV1({ ...at(path), path: instance, body: { remark } });
const create = (path?: string) =>
  createManualBackup({
    ...at(path),
    path: { project_id: PROJECT_ID },
    body: { backup: { instance_id: DDS_INSTANCE_ID, name: "mybackup1", description: remark } },
  });

function refused({ error, response }: { error?: DcsFailure | DcsV1Failure | DdsFailure; response: Response }): object {
  if (error === undefined) {
    throw new Error("not refused");
  }
  const { status } = response;
  if ("error" in error) {
    const { code, message } = error.error;
    return { status, code, message, ...("title" in error.error && { title: error.error.title }) };
  }
  const { error_code: code, error_msg: message } = error;
  return { status, code, message, ...("request_id" in error && { request_id: error.request_id }) };
}

const [copied, copiedV1, created] = [await copy(), await copyV1(), await create()];
if (!copied.data || !copiedV1.data || !created.data) {
  throw new Error("refused");
}
const started = [
  { backup_id: copied.data.backup_id },
  { backup_id: copiedV1.data.backup_id },
  { backup_id: created.data.backup_id, job_id: created.data.job_id },
];
const period = { query: { begin_time: "20200101000000", limit: 100 } };
const { data: records } = await listBackupRecords({ ...at(), path: instance, ...period });
const { data: recordsV1 } = await listBackupRecordsV1({
  ...at(),
  path: instance,
  query: { beginTime: "20200101000000", limit: 100 },
});
const { data: backups } = await listBackups({
  ...at(),
  path: { project_id: PROJECT_ID },
  query: { instance_id: DDS_INSTANCE_ID, begin_time: "2020-01-01 00:00:00", end_time: "2099-12-31 23:59:59" },
});
const { data: job } = await showJobDetail({
  ...at(),
  path: { project_id: PROJECT_ID },
  query: { id: created.data.job_id ?? "" },
});
const { backup_id } = copied.data;
const found = [
  (records || undefined)?.backup_record_response?.find((one) => one.backup_id === backup_id),
  recordsV1?.backup_record_response?.find((one) => one.backup_id === started[1]?.backup_id),
  backups?.backups?.find(({ id }) => id === started[2]?.backup_id),
  job?.job,
].map((one) => one && { id: "backup_id" in one ? one.backup_id : one.id, status: one.status });
const errors: object[] = [];
for (const answer of ["400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(refused(await copy(`/answer/${answer}`)));
}
for (const answer of ["400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(refused(await copyV1(`/answer/${answer}`)));
}
errors.push(refused(await create("/answer/400/DdsInvalidName")));
const { client: losing } = at("/lost");
for (let losses = Number(LOSSES ?? 0); losses > 0; losses--) {
  const { data } = await copyInstance({ client: losing, path: instance, body: { remark, backup_format: "aof" } });
  if (data) {
    throw new Error("not lost");
  }
}
console.log(JSON.stringify({ started, found, errors }));
