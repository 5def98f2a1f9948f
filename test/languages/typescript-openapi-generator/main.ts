// Makes the three calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
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

const { STAND_IN_URL, STAND_IN_TOKEN, PROJECT_ID, DCS_INSTANCE_ID, DDS_INSTANCE_ID } = process.env as Record<
  string,
  string
>;
const remark = "before the upgrade";

/** For the stand-in, or for its documented answer `status/example`. */
function at(answer?: string): Configuration {
  return new Configuration({
    basePath: answer ? `${STAND_IN_URL}/answer/${answer}` : STAND_IN_URL,
    apiKey: STAND_IN_TOKEN,
  });
}

const instance = { projectId: PROJECT_ID, instanceId: DCS_INSTANCE_ID };
const copyInstance = (answer?: string) =>
  new DCSApi(at(answer)).copyInstance({ ...instance, backupInstanceBody: { remark, backupFormat: "aof" } });
const copyInstanceV1 = (answer?: string) =>
  new DCSApi(at(answer)).copyInstanceV1({ ...instance, backupInstanceV1Body: { remark } });
const createManualBackup = (answer?: string) =>
  new DDSApi(at(answer)).createManualBackup({
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
const errors: object[] = [];
for (const answer of ["400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(await refused(copyInstance(answer), DcsFailureFromJSON));
}
for (const answer of ["400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(await refused(copyInstanceV1(answer), DcsV1FailureFromJSON));
}
errors.push(await refused(createManualBackup("400/DdsInvalidName"), DdsFailureFromJSON));
const started = [
  { backup_id: copied.backupId },
  { backup_id: copiedV1.backupId },
  { backup_id: created.backupId, job_id: created.jobId },
];
console.log(JSON.stringify({ started, errors }));
