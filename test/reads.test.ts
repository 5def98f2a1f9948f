/** The four reads on the wire: signed as sent, repeated as only reads may be, and never mistaken for a start. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OperationId, StartId } from "../generated/tables.js";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { findSignatureFault } from "../scripts/stand-in/verify-signature.ts";
import type { BackupClient } from "../src/index.ts";
import { createOpenApiClients } from "../src/openapi-fetch.ts";
import {
  clientOf,
  DDS_BODY,
  httpAnswer,
  INSTANCE_ID,
  PROJECT_ID,
  rawServer,
  standInForTest,
  thrownBy,
} from "./support.ts";

/** One for each read of the spec. */
const READS: Record<Uncapitalize<Exclude<OperationId, StartId>>, (client: BackupClient) => Promise<unknown>> = {
  listBackupRecords: (client) => client.listBackupRecords(INSTANCE_ID),
  listBackupRecordsV1: (client) => client.listBackupRecordsV1(INSTANCE_ID),
  listBackups: (client) => client.listBackups(),
  showJobDetail: (client) => client.showJobDetail("j"),
};
const reads = Object.entries(READS).map(
  ([name, read]) => [name, (url: string, options = {}) => read(clientOf(url, options))] as const,
);

const body = '{"total_num":0,"backup_record_response":[],"backups":[],"job":{"id":"j"}}';

test("a list that is refused meets the same when it is read again", async () => {
  const server = await rawServer((socket) => socket.write(httpAnswer("403 X", "{}")));
  const error = await thrownBy(clientOf(server.url).listBackupRecords(INSTANCE_ID));
  expect(error).toMatchObject({ name: "ApiError", retryable: false });
  expect(String(error)).toMatch(/\. Asking again unchanged meets the same$/);
});

test("a list that is aborted may be read again", async () => {
  const server = await rawServer(() => {});
  const call = clientOf(server.url).listBackupRecords(INSTANCE_ID, {}, { signal: AbortSignal.timeout(100) });
  const error = await thrownBy(call);
  expect(error).toMatchObject({ name: "NetworkError", timedOut: false, backupMayExist: false, retryable: true });
  expect(String(error)).toMatch(/\. Ask again later$/);
});

test("each read asks its own path with its own query, and sends no body", async () => {
  const standIn = await standInForTest();
  const backups = clientOf(standIn.url);
  const { job_id = "" } = await backups.createManualBackup(DDS_BODY);
  await backups.listBackupRecords(INSTANCE_ID, { limit: 100, offset: 0 });
  await backups.listBackupRecordsV1(INSTANCE_ID, { start: 1, beginTime: "20261122000000" });
  await backups.listBackups({ begin_time: "2026-11-22 00:00:00", end_time: "2026-11-23 00:00:00" });
  await backups.showJobDetail(job_id);
  const reads = standIn.received.slice(1);
  expect(reads.map(({ method, target, body }) => [method, target, body])).toEqual([
    ["GET", `/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups?limit=100&offset=0`, ""],
    ["GET", `/v1.0/${PROJECT_ID}/instances/${INSTANCE_ID}/backups?beginTime=20261122000000&start=1`, ""],
    ["GET", `/v3/${PROJECT_ID}/backups?begin_time=2026-11-22%2000%3A00%3A00&end_time=2026-11-23%2000%3A00%3A00`, ""],
    ["GET", `/v3/${PROJECT_ID}/jobs?id=${job_id}`, ""],
  ]);
  for (const { headers } of reads) {
    expect(headers).not.toHaveProperty("content-type");
  }
});

const value = fc.oneof(
  fc.constantFrom("", " ", "+", "%", "%20", "&", "=", "a b", "a+b", "中文", "#", "?", "/", "'()*!", "\u{1F4BE}"),
  fc.string({ unit: "grapheme" }),
  fc.integer(),
);
const query = fc.dictionary(
  fc.constantFrom("limit", "offset", "backup_name", "instance_id", "名", "a b"),
  fc.oneof(value, fc.array(value, { maxLength: 3 }), fc.constant(undefined)),
);

test("any query arrives with its values as they were given, signed as it is sent, and without a plus", async () => {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    sent.push({ url: String(url), init });
    return new Response(body);
  };
  await fc.assert(
    fc.asyncProperty(query, fc.constantFrom("access", "scoped"), async (given, signing) => {
      sent.length = 0;
      await clientOf("https://dds.example.com", { fetch, signing }).listBackups(given as object);
      const [{ url, init } = { url: "", init: {} }] = sent;
      const { pathname, search, searchParams, host } = new URL(url);
      expect(search).not.toContain("+");
      const expected = Object.entries(given).flatMap(([name, values]) =>
        [values].flat().flatMap((one) => (one === undefined ? [] : [[name, String(one)]])),
      );
      expect([...searchParams].map(String).sort()).toEqual(expected.map(String).sort());
      const headers = { ...Object.fromEntries(new Headers(init.headers)), host };
      const request = { method: "GET", target: pathname + search, headers, body: "" };
      expect(findSignatureFault(request, TEST_KEY, Date.now())).toBeUndefined();
      expect(init.body).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test("a 204 is a list without records", async () => {
  const server = await rawServer((socket) => socket.write("HTTP/1.1 204 No Content\r\n\r\n"));
  const nothing = { total_num: 0, backup_record_response: [] };
  expect(await clientOf(server.url).listBackupRecords(INSTANCE_ID)).toEqual(nothing);
});

test("a list is empty where its total says so, with or without an array", async () => {
  const answers = ['{"total_num":0}', '{"total_num":0,"backup_record_response":null,"more":1}', '{"total_count":0}'];
  const server = await rawServer((socket, _, count) => socket.write(httpAnswer("200 OK", answers[count - 1] ?? "")));
  const backups = clientOf(server.url, { maxRetries: 0 });
  expect(await backups.listBackupRecordsV1(INSTANCE_ID)).toEqual({ total_num: 0, backup_record_response: [] });
  expect(await backups.listBackupRecords(INSTANCE_ID)).toEqual({ total_num: 0, backup_record_response: [], more: 1 });
  expect(await backups.listBackups()).toEqual({ total_count: 0, backups: [] });
});

test("a list is read up to 8 MiB, and a longer one is none", async () => {
  const list = (size: number) => {
    const body = { total_num: 1, backup_record_response: [{ backup_id: "b", remark: "" }] };
    const missing = size - JSON.stringify(body).length;
    return JSON.stringify({ ...body, backup_record_response: [{ backup_id: "b", remark: "x".repeat(missing) }] });
  };
  const read = (size: number) => {
    const fetch = async () => new Response(list(size));
    return clientOf("https://dcs.example.com", { fetch, maxRetries: 0 }).listBackupRecords(INSTANCE_ID);
  };
  expect(await read(8 * 2 ** 20)).toMatchObject({ total_num: 1 });
  expect(await thrownBy(read(8 * 2 ** 20 + 1))).toMatchObject({ name: "InvalidResponseError", status: 200 });
});

test.each(['{"total_num":1}', '{"total_num":0,"backup_record_response":{}}', '{"total_num":"0"}', '{"total_count":0}'])(
  "what says nothing of DCS backups is no empty list: %s",
  async (text) => {
    const server = await rawServer((socket) => socket.write(httpAnswer("200 OK", text)));
    const call = clientOf(server.url, { maxRetries: 0 }).listBackupRecords(INSTANCE_ID);
    expect(await thrownBy(call)).toMatchObject({ name: "InvalidResponseError" });
  },
);

describe.each(reads)("%s", (_, read) => {
  const fast = { maxRetries: 2 };
  test.each([408, 429, 500, 502, 503, 504])("is asked again after %i", async (status) => {
    const again = httpAnswer(`${status} X`, "{}", { "retry-after": "0" });
    const server = await rawServer((socket, _, count) => socket.write(count < 3 ? again : httpAnswer("200 OK", body)));
    await read(server.url, fast);
    expect(server.requests).toHaveLength(3);
    expect(server.requests.every((request) => request.startsWith("GET "))).toBe(true);
  });

  test.each([400, 401, 403, 404, 405, 409, 499])("is not asked again after %i", async (status) => {
    const server = await rawServer((socket) => socket.write(httpAnswer(`${status} X`, '{"error_code":"DCS.4096"}')));
    const error = await thrownBy(read(server.url, { ...fast, busyTimeout: 5000 }));
    expect(error).toMatchObject({ name: "ApiError", status, backupMayExist: false, retryable: false });
    expect(error).not.toHaveProperty("attempt");
    expect(server.requests).toHaveLength(1);
  });

  test("is asked again after a broken connection, half an answer and what can't be read", async () => {
    const wrong = [
      (socket: { destroy(): void }) => socket.destroy(),
      (socket: { end(text: string): void }) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"),
      (socket: { write(text: string): void }) => socket.write(httpAnswer("200 OK", "<html>Sign in</html>")),
      (socket: { write(text: string): void }) => socket.write(httpAnswer("200 OK", "{}")),
    ];
    const server = await rawServer((socket, _, count) => {
      const answer = wrong[count - 1];
      if (answer) {
        answer(socket);
      } else {
        socket.write(httpAnswer("200 OK", body));
      }
    });
    await read(server.url, { maxRetries: 4 });
    expect(server.requests).toHaveLength(5);
  });

  test("ends with an error that says nothing of a backup", async () => {
    const server = await rawServer((socket) => socket.destroy());
    const error = await thrownBy(read(server.url, { maxRetries: 0 }));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: false, retryable: true });
    expect(String(error)).toMatch(/\. Ask again later$/);
    const redirecting = await rawServer((socket) => socket.write(httpAnswer("302 X", "", { location: "/login" })));
    const redirected = await thrownBy(read(redirecting.url, fast));
    expect(redirected).toMatchObject({ name: "NetworkError", backupMayExist: false, retryable: false });
    expect(String(redirected)).not.toMatch(/started|backup may/);
    expect(redirecting.requests).toHaveLength(1);
  });
});

test("what a read is given wrong is named, and nothing is sent", async () => {
  const server = await rawServer(() => {});
  const backups = clientOf(server.url);
  for (const [call, message] of [
    [backups.listBackupRecords(""), /^instanceId: must be/],
    [backups.listBackupRecords(INSTANCE_ID, { timeout: 1 } as object), /^timeout: stands in the query/],
    [backups.listBackups("x" as never), /^query: must be an object/],
    [backups.listBackups({ backup_id: "\ud800" }), /^query: "backup_id" can't be written in a URL/],
    [backups.listBackups({ backup_id: Object.create(null) }), /^query: "backup_id" can't be written/],
    [backups.showJobDetail(undefined as never), /^id: must be the job_id/],
    [backups.showJobDetail("\ud800"), /^id: must be the job_id/],
    [backups.listBackups({}, { signl: 1 } as object), /^signl: is not known here/],
  ] as const) {
    const error = (await thrownBy(call)) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(message);
  }
  expect(server.requests).toEqual([]);
});

test("a read whose credentials can't be had may be asked again", async () => {
  const server = await rawServer(() => {});
  const credentials = () => Promise.reject(new Error("the vault is locked"));
  const thrown = await thrownBy(clientOf(server.url, { credentials }).listBackups());
  expect(thrown).toMatchObject({ name: "BackupError", backupMayExist: false, retryable: true });
  expect(String(thrown)).toMatch(/the credentials function failed\. Ask again later$/);
  expect(server.requests).toEqual([]);
});

test("the openapi-fetch clients read too, signed as sent", async () => {
  const standIn = await standInForTest();
  const { dcs, dds } = createOpenApiClients({
    credentials: TEST_KEY,
    endpoints: { dcs: standIn.url, dds: standIn.url },
  });
  const path = { project_id: PROJECT_ID, instance_id: INSTANCE_ID };
  const list = await dcs.GET("/v2/{project_id}/instances/{instance_id}/backups", {
    params: { path, query: { limit: 5 } },
  });
  expect(list.response.status).toBe(200);
  const times = { begin_time: "2026-11-22 00:00:00", end_time: "2026-11-23 00:00:00" };
  const backups = await dds.GET("/v3/{project_id}/backups", { params: { path, query: times } });
  expect(backups.response.status).toBe(200);
  expect(standIn.received[1]?.target).toContain("begin_time=2026-11-22%2000%3A00%3A00");
});
