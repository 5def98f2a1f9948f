// Makes the three calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
import { createClient } from "./client/client/index.ts";
import { copyInstance, copyInstanceV1, createManualBackup } from "./client/sdk.gen.ts";
import type { DcsFailure, DcsV1Failure, DdsFailure } from "./client/types.gen.ts";

const { STAND_IN_URL, STAND_IN_TOKEN, PROJECT_ID, DCS_INSTANCE_ID, DDS_INSTANCE_ID } = process.env as Record<
  string,
  string
>;
const remark = "before the upgrade";

/** For the stand-in, or for its documented answer `status/example`. */
const at = (answer?: string) => ({
  client: createClient({
    baseUrl: answer ? `${STAND_IN_URL}/answer/${answer}` : STAND_IN_URL,
    auth: ({ name }) => (name === "X-Auth-Token" ? STAND_IN_TOKEN : undefined),
  }),
});
const instance = { project_id: PROJECT_ID, instance_id: DCS_INSTANCE_ID };
const copy = (answer?: string) =>
  copyInstance({ ...at(answer), path: instance, body: { remark, backup_format: "aof" } });
const copyV1 = (answer?: string) => copyInstanceV1({ ...at(answer), path: instance, body: { remark } });
const create = (answer?: string) =>
  createManualBackup({
    ...at(answer),
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
const errors: object[] = [];
for (const answer of ["400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(refused(await copy(answer)));
}
for (const answer of ["400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"]) {
  errors.push(refused(await copyV1(answer)));
}
errors.push(refused(await create("400/DdsInvalidName")));
console.log(JSON.stringify({ started, errors }));
