// Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
import {
  copyInstance,
  copyInstanceV1,
  createManualBackup,
  type DcsFailure,
  type DcsV1Failure,
  type DdsFailure,
  listBackupRecords,
  listBackupRecordsV1,
  listBackups,
  showJobDetail,
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

/** The stand-in, or what it has at that path: a documented answer, say. The generated functions ask the global `fetch` for a path. */
let base = STAND_IN_URL;
const send = signed ?? fetch;
globalThis.fetch = (path, init) => {
  const headers = { ...init?.headers, ...(signed ? {} : { "X-Auth-Token": STAND_IN_TOKEN }) };
  return send(`${base}${path}`, { ...init, headers });
};

const instance = [PROJECT_ID, DCS_INSTANCE_ID] as const;
const copy = () => copyInstance(...instance, { remark, backup_format: "aof" });
const copyV1 = () => copyInstanceV1(...instance, { remark });
const create = () =>
  createManualBackup(PROJECT_ID, { backup: { instance_id: DDS_INSTANCE_ID, name: "mybackup1", description: remark } });

async function refused(call: () => Promise<{ status: number; data: unknown }>, answer: string): Promise<object> {
  base = `${STAND_IN_URL}/answer/${answer}`;
  const { status, data } = await call();
  const failure = data as DcsFailure | DcsV1Failure | DdsFailure;
  if ("error" in failure) {
    const { code, message } = failure.error;
    return { status, code, message, ...("title" in failure.error && { title: failure.error.title }) };
  }
  const { error_code: code, error_msg: message } = failure;
  return { status, code, message, ...("request_id" in failure && { request_id: failure.request_id }) };
}

const copied = await copy();
const copiedV1 = await copyV1();
const created = await create();
if (copied.status !== 200 || copiedV1.status !== 200 || created.status !== 200) {
  throw new Error("refused");
}
const [since, begin, end] = ["20200101000000", "2020-01-01 00:00:00", "2099-12-31 23:59:59"];
const records = await listBackupRecords(...instance, { begin_time: since, limit: 100 });
const recordsV1 = await listBackupRecordsV1(...instance, { beginTime: since, limit: 100 });
const backups = await listBackups(PROJECT_ID, { instance_id: DDS_INSTANCE_ID, begin_time: begin, end_time: end });
const job = await showJobDetail(PROJECT_ID, { id: created.data.job_id ?? "" });
if (records.status !== 200 || recordsV1.status !== 200 || backups.status !== 200 || job.status !== 200) {
  throw new Error("not listed");
}
const found = [
  records.data.backup_record_response?.find(({ backup_id }) => backup_id === copied.data.backup_id),
  recordsV1.data.backup_record_response?.find(({ backup_id }) => backup_id === copiedV1.data.backup_id),
  backups.data.backups?.find(({ id }) => id === created.data.backup_id),
  job.data.job,
].map((one) => one && { id: "backup_id" in one ? one.backup_id : one.id, status: one.status });
const errors: object[] = [];
for (const answer of ["400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(await refused(copy, answer));
}
for (const answer of ["400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(await refused(copyV1, answer));
}
errors.push(await refused(create, "400/DdsInvalidName"));
base = `${STAND_IN_URL}/lost`;
for (let losses = Number(LOSSES ?? 0); losses > 0; losses--) {
  const { status } = await copy().catch(() => ({ status: 0 }));
  if (status === 200) {
    throw new Error("not lost");
  }
}
const started = [
  { backup_id: copied.data.backup_id },
  { backup_id: copiedV1.data.backup_id },
  { backup_id: created.data.backup_id, job_id: created.data.job_id },
];
console.log(JSON.stringify({ started, found, errors }));
