/** What the client sends, and what it and the openapi-fetch clients give back. */
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { TEST_KEY, TEST_TOKEN } from "../scripts/lib/test-account.ts";
import { type Credentials, credentialsFromEnv, NetworkError } from "../src/index.ts";
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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const temporaryKey = { ...TEST_KEY, securityToken: "temporary" };

test.each<[string, Credentials | (() => Credentials | Promise<Credentials>)]>([
  ["an access key", TEST_KEY],
  ["a temporary access key", temporaryKey],
  ["a token", { token: TEST_TOKEN }],
  ["a function", () => TEST_KEY],
  ["an async function", async () => ({ token: TEST_TOKEN })],
])("makes the three backups with %s", async (_, credentials) => {
  const standIn = await standInForTest();
  const backups = clientOf(standIn.url, { credentials });

  const current = await backups.copyInstance(INSTANCE_ID, { backup_format: "aof", remark: "升级前" });
  const old = await backups.copyInstanceV1(INSTANCE_ID, { remark: "before the upgrade" });
  const dds = await backups.createManualBackup(DDS_BODY);

  expect(current.backup_id).toMatch(UUID);
  expect(old.backup_id).toMatch(UUID);
  expect(dds.backup_id).toMatch(/^[0-9a-f]{32}br0\d$/);
  expect(standIn.received.map(({ method, target, body }) => [method, target, JSON.parse(body)])).toEqual([
    ["POST", `/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`, { backup_format: "aof", remark: "升级前" }],
    ["POST", `/v1.0/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`, { remark: "before the upgrade" }],
    ["POST", `/v3/${PROJECT_ID}/backups`, DDS_BODY],
  ]);
});

test.each(["access", "scoped"] as const)("signs in the %s dialect", async (signing) => {
  const standIn = await standInForTest();
  await clientOf(standIn.url, { signing, credentials: temporaryKey }).copyInstance(INSTANCE_ID);
  const { authorization } = standIn.received[0]?.headers ?? {};
  const key = signing === "access" ? TEST_KEY.accessKeyId : `${TEST_KEY.accessKeyId}/\\d{8}///sdk_request`;
  const kind = signing === "access" ? "Access" : "Credential";
  expect(authorization).toMatch(
    new RegExp(
      `^SDK-HMAC-SHA256 ${kind}=${key}, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, Signature=[0-9a-f]{64}$`,
    ),
  );
});

test("sends {} where no body is given, because an empty body is an error there", async () => {
  const standIn = await standInForTest();
  await clientOf(standIn.url).copyInstance(INSTANCE_ID);
  await clientOf(standIn.url).copyInstanceV1(INSTANCE_ID);
  expect(standIn.received.map(({ body }) => body)).toEqual(["{}", "{}"]);
});

test.each([
  ["key", TEST_KEY],
  ["token", { token: TEST_TOKEN }],
])("says with a %s which project it means in X-Project-Id", async (_, credentials) => {
  const standIn = await standInForTest();
  await clientOf(standIn.url, { credentials }).createManualBackup(DDS_BODY);
  expect(standIn.received[0]?.headers).toMatchObject({
    "x-project-id": PROJECT_ID,
    "content-type": "application/json",
  });
});

test("asks the credentials function for every call", async () => {
  const standIn = await standInForTest();
  const tokens = ["first", "second"];
  const backups = clientOf(standIn.url, { credentials: () => ({ token: tokens.shift() ?? "" }) });
  standIn.next({ code: 200 }, { code: 200 });
  await backups.copyInstance(INSTANCE_ID);
  await backups.copyInstance(INSTANCE_ID);
  expect(standIn.received.map(({ headers }) => headers["x-auth-token"])).toEqual(["first", "second"]);
});

test("passes on fields that the spec does not know", async () => {
  const answer = await clientOf("https://dcs.example.com", {
    fetch: async () => Response.json({ backup_id: "b", queue_position: 3 }, { status: 202 }),
  }).copyInstance(INSTANCE_ID);
  expect(answer).toEqual({ backup_id: "b", queue_position: 3 });
});

test("uses the fetch and the clock it is given", async () => {
  const seen: { url: string; init: RequestInit | undefined }[] = [];
  const backups = clientOf("https://dcs.example.com", {
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    fetch: async (url, init) => {
      seen.push({ url: String(url), init });
      return Response.json({ backup_id: "b" });
    },
  });
  await backups.copyInstance(INSTANCE_ID);
  expect(seen[0]?.url).toBe(`https://dcs.example.com/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`);
  expect(seen[0]?.init).toMatchObject({
    method: "POST",
    redirect: "manual",
    headers: { "x-sdk-date": "20260102T030405Z" },
  });
});

test("calls the fetch it is given as a function alone, as a browser's own demands, and hands it no options", async () => {
  let receiver: unknown = "not called";
  async function fetch(this: unknown) {
    receiver = this;
    return Response.json({ backup_id: "b" });
  }
  await clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID);
  expect(receiver).toBeUndefined();
});

test("uses a global fetch that is put in place after the client was made", async () => {
  const backups = clientOf("https://dcs.example.com");
  const original = globalThis.fetch;
  globalThis.fetch = async () => Response.json({ backup_id: "late" });
  try {
    expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "late" });
  } finally {
    globalThis.fetch = original;
  }
});

test.each(["dcs.eu-de.otc.t-systems.com", "dcs.eu-de.otc.t-systems.com."])(
  "%s is signed as that cloud is",
  async (host) => {
    const seen: (string | null)[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      seen.push(new Headers(init?.headers).get("authorization"));
      return Response.json({ backup_id: "b" });
    };
    await clientOf(`https://${host}`, { fetch }).copyInstance(INSTANCE_ID);
    expect(seen).toEqual([expect.stringContaining("Credential=")]);
  },
);

test.each([
  ["cn-north-4", "https://dcs.cn-north-4.myhuaweicloud.com", "https://dds.cn-north-4.myhuaweicloud.com", /Access=/],
  ["eu-de", "https://dcs.eu-de.otc.t-systems.com", "https://dds.eu-de.otc.t-systems.com", /Credential=/],
  ["eu-west-101", "https://dcs.eu-west-101.myhuaweicloud.eu", "https://dds.eu-west-101.myhuaweicloud.eu", /Access=/],
])("finds the hosts and the signing of %s in the spec", async (region, dcs, dds, signing) => {
  const seen: { origin: string; authorization: string }[] = [];
  const backups = clientOf("", {
    region,
    endpoints: {},
    fetch: async (url, init) => {
      const { origin } = new URL(String(url));
      seen.push({ origin, authorization: new Headers(init?.headers).get("authorization") ?? "" });
      return Response.json({ backup_id: "b" });
    },
  });
  await backups.copyInstance(INSTANCE_ID);
  await backups.createManualBackup(DDS_BODY);
  expect(seen.map(({ origin }) => origin)).toEqual([dcs, dds]);
  for (const { authorization } of seen) {
    expect(authorization).toMatch(signing);
  }
});

test("the openapi-fetch clients sign too and give { data, error, response }", async () => {
  const standIn = await standInForTest();
  const { dcs, dds } = createOpenApiClients({
    credentials: TEST_KEY,
    endpoints: { dcs: standIn.url, dds: standIn.url },
  });
  const path = { project_id: PROJECT_ID, instance_id: INSTANCE_ID };
  const good = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", { params: { path }, body: {} });
  expect(good.data?.backup_id).toMatch(UUID);
  expect(good.response.url).toBe(`${standIn.url}/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`);
  const bad = await dds.POST("/v3/{project_id}/backups", {
    params: { path: { project_id: PROJECT_ID } },
    body: { backup: { instance_id: "x", name: "1" } },
  });
  expect(bad.response.status).toBe(400);
  expect(bad.error).toMatchObject({ error_code: "DBS.280277" });
});

const COPY = "/v2/{project_id}/instances/{instance_id}/backups";
const params = { path: { project_id: PROJECT_ID, instance_id: INSTANCE_ID } };

test.each<[string, (socket: Socket) => void, RegExp]>([
  ["breaks off", (socket) => socket.destroy(), /got no answer/],
  ["is a redirect", (socket) => socket.write(httpAnswer("302 X", "", { location: "/login" })), /was redirected to/],
])("the openapi-fetch clients throw what the client does where the answer %s", async (_, answer, message) => {
  const server = await rawServer(answer);
  const { dcs } = createOpenApiClients({ credentials: TEST_KEY, endpoints: { dcs: server.url } });
  const error = await thrownBy(dcs.POST(COPY, { params, body: { remark: "r" } }));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({ operationId: "CopyInstance", backupMayExist: true, retryable: false });
  expect(error).toMatchObject({
    message: expect.stringMatching(message),
    attempt: { instanceId: INSTANCE_ID, remark: "r" },
  });
});

test("the openapi-fetch clients heed the time and the signal of one call", async () => {
  const server = await rawServer(() => {});
  const options = { credentials: TEST_KEY, endpoints: { dcs: server.url }, timeout: 10_000 };
  const { dcs } = createOpenApiClients(options);
  const call = (more: object) => thrownBy(dcs.POST(COPY, { params, body: {}, ...more }));
  expect(await call({ timeout: 1_000 })).toMatchObject({ name: "NetworkError", timedOut: true });
  expect(server.requests).toHaveLength(1);
  expect(await call({ signal: AbortSignal.timeout(1_000) })).toMatchObject({ name: "NetworkError", timedOut: false });
  expect(server.requests).toHaveLength(2);
  expect(String(await call({ timeout: 0 }))).toMatch(/^TypeError: timeout: must be a number of milliseconds from 1/);
  expect(server.requests).toHaveLength(2);
});

test("the openapi-fetch clients give an answer's headers, but none of how its bytes came", async () => {
  const headers = {
    ...{ "content-encoding": "gzip", "content-length": "20", "transfer-encoding": "chunked" },
    ...{ "content-type": "application/json", "x-request-id": "r-1", "x-content-length": "7" },
  };
  const fetch = async () => new Response('{"backup_id":"b"}', { headers });
  const { dcs } = createOpenApiClients({ credentials: TEST_KEY, endpoints: { dcs: "https://dcs.example.com" }, fetch });
  const { response } = await dcs.POST(COPY, { params, body: {} });
  expect(Object.fromEntries(response.headers)).toEqual({
    ...{ "content-type": "application/json", "x-request-id": "r-1", "x-content-length": "7" },
  });
});

test("the openapi-fetch clients give a success as it came", async () => {
  const text = '{ "backup_id": "\\u0062", "size": 12345678901234567890 }\n';
  const fetch = async () => new Response(text);
  const { dcs } = createOpenApiClients({ credentials: TEST_KEY, endpoints: { dcs: "https://dcs.example.com" }, fetch });
  expect((await dcs.POST(COPY, { params, body: {}, parseAs: "text" })).data).toBe(text);
});

test.each([204, 304])("the openapi-fetch clients give a %i, which has no body, without data", async (status) => {
  const fetch = async () => new Response(null, { status });
  const endpoints = { dcs: "https://dcs.example.com" };
  const { dcs } = createOpenApiClients({ credentials: TEST_KEY, endpoints, fetch, maxRetries: 0 });
  const { data, response } = await dcs.GET(COPY, { params });
  expect({ data, status: response.status }).toEqual({ data: undefined, status });
});

test("the openapi-fetch clients work with middleware that reads and changes the request", async () => {
  const standIn = await standInForTest();
  const { dcs } = createOpenApiClients({ credentials: TEST_KEY, endpoints: { dcs: standIn.url } });
  const bodies: string[] = [];
  dcs.use({
    async onRequest({ request }) {
      bodies.push(await request.clone().text());
      request.headers.set("prefer", "code=403");
    },
  });
  const path = { project_id: PROJECT_ID, instance_id: INSTANCE_ID };
  const template = "/v2/{project_id}/instances/{instance_id}/backups";
  const { error, response } = await dcs.POST(template, {
    params: { path },
    body: { remark: "r" },
    headers: { "x-other": "1" },
  });
  expect(bodies).toEqual(['{"remark":"r"}']);
  expect(response.status).toBe(403);
  expect(error).toMatchObject({ error_code: "DCS.2003" });
  expect(standIn.received[0]?.headers).toMatchObject({ "x-other": "1" });
});

test("reads the credentials that the vendor's SDKs and samples read", () => {
  const env = { HUAWEICLOUD_SDK_AK: "a", HUAWEICLOUD_SDK_SK: "s", CLOUD_SDK_AK: "x", CLOUD_SDK_SK: "y" };
  expect(credentialsFromEnv(env)).toEqual({ accessKeyId: "a", secretAccessKey: "s" });
  expect(credentialsFromEnv({ ...env, HUAWEICLOUD_SDK_SECURITY_TOKEN: "t" })).toMatchObject({ securityToken: "t" });
  expect(credentialsFromEnv({ CLOUD_SDK_AK: "x", CLOUD_SDK_SK: "y" })).toEqual({
    accessKeyId: "x",
    secretAccessKey: "y",
  });
  expect(() => credentialsFromEnv({})).toThrow(
    "HUAWEICLOUD_SDK_AK: not set in the environment, and neither is CLOUD_SDK_AK",
  );
  expect(() => credentialsFromEnv({ HUAWEICLOUD_SDK_AK: "a", CLOUD_SDK_SK: "y" })).toThrow(
    /^HUAWEICLOUD_SDK_SK: not set in the environment$/,
  );
  expect(() => credentialsFromEnv({ CLOUD_SDK_AK: "x" })).toThrow(/^CLOUD_SDK_SK: not set/);
  expect(() => credentialsFromEnv({ ...env, HUAWEICLOUD_SDK_AK: "" })).toThrow(/^HUAWEICLOUD_SDK_AK: not set/);
});

test("reads them from the process's own environment, where there is one", () => {
  const { process: own } = globalThis;
  const readIn = (process: unknown) => {
    globalThis.process = process as NodeJS.Process;
    try {
      return credentialsFromEnv();
    } catch (error) {
      return error;
    } finally {
      globalThis.process = own;
    }
  };
  const key = { accessKeyId: "x", secretAccessKey: "y" };
  expect(readIn({ env: { CLOUD_SDK_AK: "x", CLOUD_SDK_SK: "y" } })).toEqual(key);
  for (const none of [{}, undefined]) {
    expect(readIn(none)).toMatchObject({
      name: "TypeError",
      message: expect.stringContaining("neither is CLOUD_SDK_AK"),
    });
  }
});

test("openapi-fetch does not take an empty body for a success, nor for no error, and is given text as it is", async () => {
  let status = "200 OK";
  let body = "";
  const server = await rawServer((socket) => socket.write(httpAnswer(status, body)));
  const { dcs } = createOpenApiClients({ credentials: TEST_KEY, endpoints: { dcs: server.url } });
  const call = () =>
    dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", {
      params: { path: { project_id: PROJECT_ID, instance_id: INSTANCE_ID } },
      body: {},
    });
  expect(await thrownBy(call())).toBeInstanceOf(SyntaxError);
  status = "500 Internal Server Error";
  const { data, error } = await call();
  expect({ data, isError: Boolean(error) }).toEqual({ data: undefined, isError: true });
  body = "<h1>Internal Server Error</h1>";
  expect(await call()).toMatchObject({ error: body });
});
