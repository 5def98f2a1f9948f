// Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
import axios, { isAxiosError } from "axios";
import { Configuration, DCSApi, type DcsFailure, type DcsV1Failure, DDSApi, type DdsFailure } from "./client/index.ts";
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

/** Arguments of a client of the stand-in, or of what it has at that path: a documented answer, say. */
function at(path = ""): ConstructorParameters<typeof DCSApi> {
  const basePath = STAND_IN_URL + path;
  return signed
    ? [new Configuration({ basePath }), undefined, axios.create({ adapter: "fetch", env: { fetch: signed } })]
    : [new Configuration({ basePath, apiKey: STAND_IN_TOKEN })];
}

const instance = [PROJECT_ID, DCS_INSTANCE_ID] as const;
const copyInstance = (path?: string) =>
  new DCSApi(...at(path)).copyInstance(...instance, { remark, backup_format: "aof" });
const copyInstanceV1 = (path?: string) => new DCSApi(...at(path)).copyInstanceV1(...instance, { remark });
const createManualBackup = (path?: string) =>
  new DDSApi(...at(path)).createManualBackup(PROJECT_ID, {
    backup: { instance_id: DDS_INSTANCE_ID, name: "mybackup1", description: remark },
  });

async function refused(call: Promise<object>): Promise<object> {
  const error = await call.then(
    () => new Error("not refused"),
    (reason: unknown) => reason,
  );
  if (!isAxiosError<DcsFailure | DcsV1Failure | DdsFailure>(error) || !error.response) {
    throw error;
  }
  const { status, data } = error.response;
  return data.error
    ? { status, code: data.error.code, message: data.error.message, title: data.error.title }
    : { status, code: data.error_code, message: data.error_msg, request_id: data.request_id };
}

const [{ data: copied }, { data: copiedV1 }, { data: created }] = [
  await copyInstance(),
  await copyInstanceV1(),
  await createManualBackup(),
];
const [dcs, dds] = [new DCSApi(...at()), new DDSApi(...at())];
const since = "20200101000000";
const { data: records } = await dcs.listBackupRecords(...instance, since, undefined, undefined, 100);
const { data: recordsV1 } = await dcs.listBackupRecordsV1(...instance, undefined, 100, since);
const { data: backups } = await dds.listBackups(
  ...([PROJECT_ID, DDS_INSTANCE_ID, undefined, undefined, undefined, undefined] as const),
  ...(["2020-01-01 00:00:00", "2099-12-31 23:59:59"] as const),
);
const { data: job } = await dds.showJobDetail(PROJECT_ID, created.job_id ?? "");
const found = [
  records.backup_record_response?.find(({ backup_id }) => backup_id === copied.backup_id),
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
const losing = new DCSApi(...at("/lost"));
for (let losses = Number(LOSSES ?? 0); losses > 0; losses--) {
  await losing.copyInstance(...instance, { remark }).then(
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
