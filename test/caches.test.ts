/** What a cache between the client and the service has kept says how things stood then, and is no answer to the call. */
import { describe, expect, test } from "vitest";
import { uniqueRemark, waitForCopyInstance, waitForManualBackup } from "../src/index.ts";
import { environmentOf, expectEnd, IDS, run } from "./command.ts";
import { clientOf, httpAnswer, INSTANCE_ID, rawServer, thrownBy } from "./support.ts";

const listOf = (...records: object[]) => JSON.stringify({ total_num: records.length, backup_record_response: records });
const recordOf = (status: string, remark = "") => ({ backup_id: "b1", backup_type: "manual", status, remark });

describe("an answer with an Age", () => {
  test.each(["1", "37", "0, 120", "86400"])("of %j is none", async (age) => {
    const server = await rawServer((socket) => socket.write(httpAnswer("200 OK", listOf(), { age })));
    const error = await thrownBy(clientOf(server.url, { maxRetries: 1 }).listBackupRecords(INSTANCE_ID));
    expect(error).toMatchObject({ name: "InvalidResponseError", status: 200, backupMayExist: false, retryable: true });
    expect(String(error)).toContain("was answered 200, but with JSON from a cache: {");
    expect(server.requests).toHaveLength(2);
  });

  test.each(["0", "00", "", "new"])("of %j is the service's own", async (age) => {
    const server = await rawServer((socket) => socket.write(httpAnswer("200 OK", listOf(), { age })));
    await clientOf(server.url, { maxRetries: 0 }).listBackupRecords(INSTANCE_ID);
  });

  test("and without a body is no empty list", async () => {
    const server = await rawServer((socket) => socket.write("HTTP/1.1 204 No Content\r\nage: 9\r\n\r\n"));
    const error = await thrownBy(clientOf(server.url, { maxRetries: 0 }).listBackupRecords(INSTANCE_ID));
    expect(error).toMatchObject({ name: "InvalidResponseError", status: 204 });
  });

  test("is no refusal of a read, which is asked again", async () => {
    const refusal = httpAnswer("404 Not Found", '{"error_code":"DCS.4013","error_msg":"not there"}', { age: "9" });
    const server = await rawServer((socket) => socket.write(refusal));
    const error = await thrownBy(clientOf(server.url, { maxRetries: 1 }).listBackupRecords(INSTANCE_ID));
    expect(error).toMatchObject({ name: "ApiError", status: 404, errorCode: "DCS.4013", retryable: true });
    expect(String(error)).toContain("was answered from a cache with 404 DCS.4013: not there");
    expect(String(error)).toMatch(/Ask again later$/);
    expect(server.requests).toHaveLength(2);
  });

  test("that a given fetch has behind get alone is none", async () => {
    const headers = { get: (name: string) => (name === "age" ? "5" : null) };
    const fetch = async () => ({ status: 200, headers, text: async () => listOf() }) as Response;
    const error = await thrownBy(clientOf("https://dcs.example.com", { fetch }).listBackupRecords(INSTANCE_ID));
    expect(error).toMatchObject({ name: "InvalidResponseError" });
  });

  test("says nothing of the backup that a start may have made", async () => {
    const server = await rawServer((socket) => socket.write(httpAnswer("200 OK", '{"backup_id":"b1"}', { age: "5" })));
    const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "InvalidResponseError", backupMayExist: true, retryable: false });
    expect(server.requests).toHaveLength(1);
  });
});

test("a backup that lists from a cache lack is neither gone nor unlisted", async () => {
  const answers = [
    httpAnswer("200 OK", listOf(recordOf("backuping"))),
    ...[1, 2, 3].map(() => httpAnswer("200 OK", listOf(), { age: "100" })),
    httpAnswer("200 OK", listOf(recordOf("succeed"))),
  ];
  const server = await rawServer((socket) => socket.write(answers.shift() ?? ""));
  const backups = clientOf(server.url, { maxRetries: 0 });
  const record = await waitForCopyInstance(backups, INSTANCE_ID, { backup_id: "b1" }, { interval: 10 });
  expect(record.status).toBe("succeed");
});

test.each([
  ["of an instance that is not there", "DCS.4013"],
  ["of a backup that is not there", "DBS.201214"],
])("a wait goes on after a refusal %s, which a cache has kept", async (_, code) => {
  const page = '{"datastore":{},"id":"b1","status":"COMPLETED"}';
  const refusal = httpAnswer("404 Not Found", `{"error_code":"${code}","error_msg":"gone"}`, { age: "9" });
  const answers = [
    httpAnswer("200 OK", `{"total_count":1,"backups":[${page.replace("COMPLETED", "BUILDING")}]}`),
    ...[refusal, refusal, refusal],
    httpAnswer("200 OK", `{"total_count":1,"backups":[${page}]}`),
  ];
  const server = await rawServer((socket) => socket.write(answers.shift() ?? ""));
  const backups = clientOf(server.url, { maxRetries: 0 });
  const record = await waitForManualBackup(backups, { backup_id: "b1" }, { interval: 10 });
  expect(record.status).toBe("COMPLETED");
});

test("create --key starts nothing while only a cache answers for the list", async () => {
  const server = await rawServer((socket, request) =>
    socket.write(
      request.startsWith("GET")
        ? httpAnswer("200 OK", listOf(), { age: "100" })
        : httpAnswer("200 OK", '{"backup_id":"b2"}'),
    ),
  );
  const args = ["create", "dcs", IDS.dcs, "--key", "run 7", "--no-wait"];
  const end = expectEnd(await run(args, environmentOf(server.url)), 4, { outcome: "later" });
  expect(end["error"]).toMatchObject({ backupMayExist: false, message: expect.stringContaining("JSON from a cache") });
  expect(server.requests.every((request) => request.startsWith("GET"))).toBe(true);
});

test("create --key adopts a backup that a fresh list shows", async () => {
  const key = JSON.stringify(["dcs", IDS.dcs, "run 7"]);
  const record = { ...recordOf("succeed", uniqueRemark("", key)), created_at: new Date().toISOString() };
  const answers = [httpAnswer("200 OK", listOf(), { age: "100" }), httpAnswer("200 OK", listOf(record), { age: "0" })];
  const server = await rawServer((socket) => socket.write(answers.shift() ?? ""));
  const args = ["create", "dcs", IDS.dcs, "--key", "run 7"];
  expectEnd(await run(args, environmentOf(server.url)), 0, { outcome: "completed", adopted: true, backup_id: "b1" });
});
