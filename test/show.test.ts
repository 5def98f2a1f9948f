/** What `npm start` shows, word for word but for what differs from run to run. */
import { expect, onTestFinished, test, vi } from "vitest";
import { DCS_INSTANCE_ID, DDS_INSTANCE_ID, PROJECT_ID, TEST_KEY, TEST_TOKEN } from "../scripts/lib/test-account.ts";
import { startStandIn } from "../scripts/stand-in/server.ts";
import { showBackups } from "../scripts/stand-in/show.ts";

const INTERVAL = 500;

test("backups are followed to their end, a lost one is found, and no secret is shown", async () => {
  const began = Date.now();
  // A clock that only looks move, so that each look finds the same, however busy the machine is.
  const looks = () => standIn.received.filter(({ method }) => method === "GET").length;
  const standIn = await startStandIn({ settings: { duration: 4 * INTERVAL }, now: () => began + looks() * INTERVAL });
  onTestFinished(() => standIn.close());
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());

  await showBackups(standIn);

  const text = log.mock.calls.map(([line]) => `${line}\n`).join("");
  expect(text).not.toContain(TEST_TOKEN);
  expect(text).not.toContain(TEST_KEY.secretAccessKey);
  expect(masked(text, standIn.url)).toBe(SHOWN);
});

function masked(text: string, url: string): string {
  return text
    .replaceAll(url, "URL")
    .replaceAll(PROJECT_ID, "PROJECT")
    .replaceAll(DCS_INSTANCE_ID, "DCS")
    .replaceAll(DDS_INSTANCE_ID, "DDS")
    .replaceAll(TEST_KEY.accessKeyId, "KEY")
    .replace(/x-sdk-date: \d{8}T\d{6}Z/g, "x-sdk-date: DATE")
    .replace(/"(backup_id|job_id)":"[-0-9a-f]{36}"/g, '"$1":"ID"')
    .replace(/"backup_id":"[0-9a-f]{32}br02"/g, '"backup_id":"ID"')
    .replace(/([ -])#?[0-9a-z]{10}(?=")/g, "$1MARK")
    .replace(/request id [0-9a-f]{32}/g, "request id ID")
    .replace(/\b\d+\.\d s {5}/g, "N.N s     ");
}

const SHOWN = `copyInstance, signed with an access key, and waitForCopyInstance
  sent      POST /v2/PROJECT/instances/DCS/backups
            content-type: application/json
            x-project-id: PROJECT
            x-sdk-date: DATE
            authorization: SDK-HMAC-SHA256 Access=KEY, SignedHeaders=host;x-project-id;x-sdk-date, Signature=***
            {"backup_format":"aof","remark":"before the upgrade MARK"}
  answered  {"backup_id":"ID"}
  N.N s     backuping
  N.N s     backuping
  N.N s     backuping
  finished  succeed, 880232 bytes

createManualBackup, with a token, and waitForManualBackup
  sent      POST /v3/PROJECT/backups
            content-type: application/json
            x-project-id: PROJECT
            x-auth-token: ***
            {"backup":{"instance_id":"DDS","name":"before-the-upgrade-MARK","description":"nightly"}}
  answered  {"job_id":"ID","backup_id":"ID"}
  N.N s     BUILDING, 50 %
  N.N s     BUILDING
  finished  COMPLETED, 1182 KB

copyInstanceV1, signed with an access key
  sent      POST /v1.0/PROJECT/instances/3d05ca07-4c92-4f1c-9d4c-3c0ab1e7c0f6/backups
            content-type: application/json
            x-project-id: PROJECT
            x-sdk-date: DATE
            authorization: SDK-HMAC-SHA256 Access=KEY, SignedHeaders=host;x-project-id;x-sdk-date, Signature=***
            {"remark":"before the upgrade"}
  answered  {"backup_id":"ID"}

copyInstance, whose answer is lost, and findBackup
  sent      POST /v2/PROJECT/instances/DCS/backups
            content-type: application/json
            x-project-id: PROJECT
            x-sdk-date: DATE
            authorization: SDK-HMAC-SHA256 Access=KEY, SignedHeaders=host;x-project-id;x-sdk-date, Signature=***
            {"remark":"before the upgrade MARK"}
  threw     ApiError: CopyInstance failed with 504 APIGW.0201: Service timed out (30000 ms) (POST URL/v2/PROJECT/instances/DCS/backups, request id ID). A backup may have been started: list the instance's backups before asking again
  found     {"backup_id":"ID"} surely that start's
  N.N s     backuping
  N.N s     backuping
  N.N s     backuping
  finished  succeed

createManualBackup with a name that is too short
  sent      POST /v3/PROJECT/backups
            content-type: application/json
            x-project-id: PROJECT
            x-sdk-date: DATE
            authorization: SDK-HMAC-SHA256 Access=KEY, SignedHeaders=host;x-project-id;x-sdk-date, Signature=***
            {"backup":{"instance_id":"DDS","name":"my"}}
  threw     ApiError: CreateManualBackup failed with 400 DBS.280277: /backup/name must NOT have fewer than 4 characters (limit 4) (POST URL/v3/PROJECT/backups, request id ID). Nothing was started

`;
