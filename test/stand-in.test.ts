/** The stand-in answers as the services do, whatever it is sent, and goes on serving. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect, createServer } from "node:net";
import { isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, onTestFinished, test } from "vitest";
import { callsOf, readDocument } from "../scripts/lib/document.ts";
import { listen } from "../scripts/lib/listen.ts";
import { root } from "../scripts/lib/root.ts";
import { TEST_KEY, TEST_TOKEN } from "../scripts/lib/test-account.ts";
import { TSX } from "../scripts/lib/tsx.ts";
import { misbehaviours } from "../scripts/stand-in/misbehaviours.ts";
import { createPages } from "../scripts/stand-in/pages.ts";
import { NEXT_PATH, type StandIn, startStandIn } from "../scripts/stand-in/server.ts";
import { canSignal } from "./command.ts";
import { clientOf, DDS_BODY, INSTANCE_ID, PROJECT_ID, standInForTest, thrownBy } from "./support.ts";

const document = readDocument();
const v1 = `/v1.0/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`;
const v2 = `/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`;
const dds = `/v3/${PROJECT_ID}/backups`;
const jobs = `/v3/${PROJECT_ID}/jobs`;
const json = { "content-type": "application/json", "x-auth-token": TEST_TOKEN };

async function post(
  standIn: StandIn,
  path: string,
  body: unknown,
  init: RequestInit = {},
): Promise<{ status: number; body: unknown }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(standIn.url + path, { method: "POST", headers: json, body: text, ...init });
  return { status: response.status, body: await response.json() };
}

describe("refuses what the spec refuses, in the service's own words", () => {
  const flat = (error_code: string) => ({ error_code, error_msg: expect.any(String) });
  const nested = (code: string) => ({ error: { code, message: expect.any(String), ext_message: null } });
  const dcs = (error_code: string) => ({ ...flat(error_code), error_ext_msg: null });
  const gateway = (error_code: string) => ({
    ...flat(error_code),
    request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  const named = (fields: object) => ({ backup: { ...DDS_BODY.backup, ...fields } });

  test.each<[string, string, unknown, number, unknown]>([
    ["no body", v1, "", 400, nested("111400004")],
    ["no body", v2, "", 400, dcs("DCS.4004")],
    ["no body", dds, "", 400, flat("DBS.200001")],
    ["malformed JSON", v1, '{"remark":', 400, nested("111400005")],
    ["malformed JSON", v2, '{"remark":', 400, dcs("DCS.4005")],
    ["malformed JSON", dds, "{", 400, flat("DBS.200001")],
    ["an array", v2, [], 400, dcs("DCS.4063")],
    ["text", v2, '"remark"', 400, dcs("DCS.4063")],
    ["null", v2, "null", 400, dcs("DCS.4063")],
    ["a long remark", v1, { remark: "r".repeat(129) }, 400, nested("111400098")],
    ["a long remark", v2, { remark: "r".repeat(129) }, 400, dcs("DCS.4098")],
    ["an unknown format", v2, { backup_format: "zip" }, 400, dcs("DCS.4063")],
    ["a format on v1.0", v1, { backup_format: "aof" }, 400, nested("111400063")],
    ["a misspelt field", v2, { backupFormat: "aof" }, 400, dcs("DCS.4063")],
    ["a number for a remark", v2, { remark: 1 }, 400, dcs("DCS.4098")],
    ["no backup", dds, {}, 400, flat("DBS.200001")],
    ["a short name", dds, named({ name: "abc" }), 400, flat("DBS.280277")],
    ["a long name", dds, named({ name: "a".repeat(65) }), 400, flat("DBS.280277")],
    ["a name that begins with a digit", dds, named({ name: "1abc" }), 400, flat("DBS.280277")],
    ["a forbidden character", dds, named({ description: "a&b" }), 400, flat("DBS.280127")],
    ["a line break", dds, named({ description: "a\r\nb" }), 400, flat("DBS.280127")],
    ["a long description", dds, named({ description: "d".repeat(257) }), 400, flat("DBS.280127")],
    ["an empty instance id", dds, named({ instance_id: "" }), 400, flat("DBS.280404")],
    ["a wrong path", `${v2}/x`, {}, 404, gateway("APIGW.0101")],
    ["a trailing slash", `${v2}/`, {}, 404, gateway("APIGW.0101")],
    ["a path that can't be decoded", "/v2/%zz/instances/%/backups", {}, 404, gateway("APIGW.0101")],
  ])("%s on %s", async (_, path, body, status, expected) => {
    const standIn = await standInForTest();
    expect(await post(standIn, path, body)).toEqual({ status, body: expected });
    expect(await clientOf(standIn.url).copyInstance(INSTANCE_ID)).toHaveProperty("backup_id");
  });

  test("what the spec allows, to the last character", async () => {
    const standIn = await standInForTest();
    for (const [path, body] of [
      [v1, { remark: "备".repeat(128) }],
      [v2, { remark: "💾".repeat(128), backup_format: "rdb" }],
      [dds, named({ name: "aB3_", description: `${"d".repeat(250)}-中文?*` })],
      [dds, named({ name: `z${"-".repeat(63)}`, description: "" })],
    ] as const) {
      expect(await post(standIn, path, body)).toMatchObject({ status: 200, body: { backup_id: expect.any(String) } });
    }
  });

  test.each<[string, string, number, unknown]>([
    ["PUT", v1, 405, nested("111405001")],
    ["DELETE", v2, 405, dcs("DCS.5001")],
    ["PUT", dds, 404, gateway("APIGW.0101")],
    ["POST", jobs, 404, gateway("APIGW.0101")],
  ])("%s on %s", async (method, path, status, expected) => {
    const standIn = await standInForTest();
    const response = await fetch(standIn.url + path, { method, headers: json });
    expect([response.status, await response.json()]).toEqual([status, expected]);
    expect(response.headers.get("allow")).toBe(path === jobs ? "GET" : "POST, GET");
  });

  test("a body that is too large", async () => {
    const standIn = await standInForTest();
    for (const remark of ["r".repeat(13 * 2 ** 20), "备".repeat(5 * 2 ** 20)]) {
      expect(await post(standIn, v2, { remark })).toEqual({ status: 413, body: gateway("APIGW.0201") });
    }
    expect(await post(standIn, v2, {})).toMatchObject({ status: 200 });
  });

  test.each<[string, Record<string, string>]>([
    ["no credentials", {}],
    ["a wrong token", { "x-auth-token": "wrong" }],
    [
      "a wrong signature",
      { authorization: "SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=0", "x-sdk-date": "20260101T000000Z" },
    ],
    ["no signature", { authorization: "Bearer x" }],
  ])("%s", async (_, headers) => {
    const standIn = await standInForTest();
    for (const path of [v1, v2, dds]) {
      expect(await post(standIn, path, {}, { headers: { "content-type": "application/json", ...headers } })).toEqual({
        status: 401,
        body: gateway("APIGW.0301"),
      });
    }
  });

  test("a signature of another key, and one of another secret", async () => {
    const standIn = await standInForTest();
    for (const credentials of [
      { ...TEST_KEY, accessKeyId: "OTHER" },
      { ...TEST_KEY, secretAccessKey: "OTHER" },
    ]) {
      expect(await thrownBy(clientOf(standIn.url, { credentials }).copyInstance(INSTANCE_ID))).toMatchObject({
        status: 401,
        errorCode: "APIGW.0301",
      });
    }
  });

  test.each([
    ["text/plain", 400],
    ["text/application/json", 400],
    ["application/jsonp", 400],
    ["application/json", 200],
    ["Application/JSON ; charset=utf-8", 200],
  ])("the content type %s with %i", async (type, status) => {
    const standIn = await standInForTest();
    const answer = await post(standIn, v2, {}, { headers: { ...json, "content-type": type } });
    expect(answer).toMatchObject({ status, ...(status === 400 && { body: dcs("DCS.4005") }) });
  });

  test.each<[unknown, string]>([
    [[], 'The request body must be object (type "object")'],
    [
      { backup_format: "zip" },
      '/backup_format must be equal to one of the allowed values (allowedValues ["aof","rdb"])',
    ],
  ])("%j with what is wrong where", async (body, message) => {
    expect(await post(await standInForTest(), v2, body)).toMatchObject({ body: { error_msg: message } });
  });
});

describe("takes reads like starts", () => {
  const get = (standIn: StandIn, headers: Record<string, string>) => fetch(standIn.url + v2, { headers });

  test("and answers one on request with 204, which has no body", async () => {
    const response = await get(await standInForTest(), { prefer: "code=204" });
    expect([response.status, await response.text()]).toEqual([204, ""]);
  });

  test("and refuses one without credentials", async () => {
    expect((await get(await standInForTest(), { "x-auth-token": "wrong" })).status).toBe(401);
  });
});

describe("answers on request", () => {
  const ajv = new Ajv2020({ strict: false, formats: { int32: true, int64: true } });
  ajv.addSchema({ $id: "spec", ...document });
  const orders = callsOf(document).flatMap(({ method, path, operation }) =>
    Object.entries(operation.responses).flatMap(([status, { content }]) =>
      Object.keys(content?.["application/json"].examples ?? {}).map((example): [string, string, string, string] => [
        method,
        path,
        status,
        example,
      ]),
    ),
  );

  test.each(orders)("%s %s with %s: %s", async (method, template, status, example) => {
    const standIn = await standInForTest();
    const path = template.replace("{project_id}", PROJECT_ID).replace("{instance_id}", INSTANCE_ID);
    const code = status === "default" ? 418 : Number(status);
    const headers = { prefer: `code=${code}, example=${example}` };
    const init = { method: method.toUpperCase(), headers, ...(method === "get" && { body: null }) };
    const answer = await post(standIn, path, {}, init);
    expect(answer).toEqual({ status: code, body: document.components.examples[example]?.value });
    const pointer = ["paths", template, method, "responses", status, "content", "application/json", "schema"];
    const escaped = pointer
      .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
      .join("/");
    expect(ajv.validate({ $ref: `spec#/${escaped}` }, answer.body), ajv.errorsText()).toBe(true);
  });

  test("an example that is not there is named, with those that are", async () => {
    const standIn = await standInForTest();
    const { status, body } = await post(standIn, v2, {}, { headers: { prefer: "code=429, example=Nothing" } });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/No example .*Nothing.* for 429 here; there are: GatewayThrottled/);
  });

  test.each(["misbehave=reset", 'misbehave="rst-cancel"'])("misbehaves for the header Prefer: %s", async (prefer) => {
    const standIn = await standInForTest();
    await expect(fetch(standIn.url + v2, { method: "POST", headers: { prefer } })).rejects.toThrow("fetch failed");
    expect(await post(standIn, v2, {})).toMatchObject({ status: 200 });
  });

  test("takes orders for the next calls over HTTP, in turn", async () => {
    const standIn = await standInForTest();
    await post(standIn, NEXT_PATH, [{ code: 503 }, { misbehave: "html" }, { code: 400, example: "DcsBackupRunning" }]);
    const backups = clientOf(standIn.url);
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({ status: 503 });
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({ name: "InvalidResponseError" });
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({ errorCode: "DCS.4096" });
    expect(await backups.copyInstance(INSTANCE_ID)).toHaveProperty("backup_id");
  });

  test("tells which orders wait, forgets them when told to, and gives them to the calls alone", async () => {
    const standIn = await standInForTest();
    const next = async (method: string) => (await fetch(standIn.url + NEXT_PATH, { method })).json();
    await post(standIn, NEXT_PATH, { code: 504 });
    await fetch(`${standIn.url}/favicon.ico`);
    expect(await next("GET")).toEqual({ waiting: [{ code: 504 }] });
    expect(await next("DELETE")).toEqual({ waiting: [] });
    expect(await post(standIn, v2, {})).toMatchObject({ status: 200 });
  });

  test("refuses an order for an example that is not there, and names those that are", async () => {
    const standIn = await standInForTest();
    const { status, body } = await post(standIn, NEXT_PATH, { code: 403, example: "Nope" });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/no example .*Nope.* for 403; there are: DcsNoPermission/);
  });

  test.each(["", "{", "42", "null", "{}", '{"code":99}', '{"misbehave":"toString"}', '[{"code":500},{}]'])(
    "refuses the order %j and says what it takes",
    async (body) => {
      const standIn = await standInForTest();
      const answer = await post(standIn, NEXT_PATH, body);
      expect(answer.status).toBe(400);
      expect((answer.body as { error: string }).error).toMatch(
        /must be JSON$|^Give a "code" from 200 to 599, a "misbehave", or|^"code" takes|^There is no misb.*: reset, close/,
      );
      expect(await clientOf(standIn.url).copyInstance(INSTANCE_ID)).toHaveProperty("backup_id");
    },
  );
});

test.each([
  ["CopyInstance", 413, /APIGW.0201.*more than 12 MB/],
  ["CopyInstance", 502, /APIGW.0201.*could not reach/],
  ["CreateManualBackup", 502, /APIGW.0201.*could not reach/],
])("tells %s of %i, for which only default stands, by a code of that status", async (call, code, expected) => {
  const standIn = await standInForTest();
  standIn.next({ call, code });
  const path = call === "CopyInstance" ? v2 : dds;
  const { status, body } = await post(standIn, path, {});
  expect([status, JSON.stringify(body)]).toEqual([code, expect.stringMatching(expected)]);
});

test("answers with any refusal where nothing is known of a status", async () => {
  const { status, body } = await post(await standInForTest(), v2, {}, { headers: { ...json, prefer: "code=418" } });
  expect([status, body]).toEqual([418, expect.objectContaining({ error_code: expect.any(String) })]);
});

test("tells in its headers who answers, the ID of the request, and when to ask again", async () => {
  const standIn = await standInForTest();
  const told = async (path: string, prefer = "") => {
    const response = await fetch(standIn.url + path, { method: "POST", headers: { ...json, prefer } });
    const { request_id } = (await response.json()) as { request_id?: string };
    const [server, id = "", retryAfter] = ["server", "x-request-id", "retry-after"].map((name) =>
      response.headers.get(name),
    );
    return { server, id, isSame: id === request_id, retryAfter };
  };
  const id = expect.stringMatching(/^[0-9a-f]{32}$/);
  expect(await told("/nowhere")).toEqual({ server: "api-gateway", id, isSame: true, retryAfter: null });
  expect(await told(v2)).toEqual({ server: null, id, isSame: false, retryAfter: null });
  expect(await told(v2, "code=429")).toMatchObject({ isSame: true, retryAfter: "1" });
  expect(await told(v2, "code=504")).toMatchObject({ isSame: true, retryAfter: null });
});

test("starts nothing where the example that was ordered is of another call", async () => {
  const standIn = await standInForTest();
  standIn.next({ code: 200, example: "CreateManualBackupAccepted", duration: 1000, call: "CopyInstance" });
  expect(await post(standIn, v2, {})).toMatchObject({ status: 400 });
  expect(standIn.backups).toEqual([]);
});

test.each(Object.keys(misbehaviours) as (keyof typeof misbehaviours)[])("serves on after %s", async (misbehave) => {
  const standIn = await standInForTest();
  standIn.next({ misbehave });
  await thrownBy(clientOf(standIn.url, { timeout: 500, maxRetries: 0 }).copyInstance(INSTANCE_ID));
  expect(await clientOf(standIn.url).copyInstance(INSTANCE_ID)).toHaveProperty("backup_id");
});

test.each(["GET / HTTP/9\r\n\r\n", "nonsense\r\n\r\n", "POST /v2 HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{"])(
  "serves on after %j",
  async (bytes) => {
    const standIn = await standInForTest();
    const socket = connect(Number(new URL(standIn.url).port), "127.0.0.1", () => socket.end(bytes));
    await new Promise((resolve) => socket.on("error", resolve).on("close", resolve).resume());
    expect(await clientOf(standIn.url).copyInstance(INSTANCE_ID)).toHaveProperty("backup_id");
  },
);

test.each(["//", "/docs/?lang=%", "/try/?lang=%"])("serves on after GET %s, with its pages", async (target) => {
  const standIn = await startStandIn({ pages: createPages() });
  onTestFinished(() => standIn.close());
  const socket = connect(Number(new URL(standIn.url).port), "127.0.0.1", () =>
    socket.end(`GET ${target} HTTP/1.0\r\n\r\n`),
  );
  await new Promise((resolve) => socket.on("close", resolve).resume());
  expect(await clientOf(standIn.url).copyInstance(INSTANCE_ID)).toHaveProperty("backup_id");
});

describe("npm start", () => {
  const script = [...TSX, join(root, "scripts/start.ts")];
  const start = (...args: string[]) => promisify(execFile)(process.execPath, [...script, ...args]);

  test("--once makes backups, follows them to their end, finds a lost one, and shows no secrets", async () => {
    const { stdout, stderr } = await start("--once");
    expect(stdout.match(/answered {2}\{.*"backup_id":"/g)).toHaveLength(3);
    for (const path of ["POST /v1.0/", "POST /v2/", "POST /v3/"]) {
      expect(stdout).toContain(path);
    }
    expect(stdout.match(/finished {2}(succeed|COMPLETED)/g)).toHaveLength(3);
    expect(stdout).toMatch(/threw {5}ApiError: .* 504 .* A backup may have been started/);
    expect(stdout).toMatch(/found {5}\{"backup_id":".*"\} surely that start's/);
    expect(stdout).toMatch(/threw {5}ApiError: .* DBS.280277.* Nothing was started/);
    expect(stdout).not.toMatch(/Signature=[0-9a-f]/);
    expect(stdout).not.toContain(TEST_TOKEN);
    expect(stdout).not.toContain(TEST_KEY.secretAccessKey);
    expect(stderr).toBe("");
  });

  test("--tls does the same over https, and names the file with its authority", async () => {
    const { stdout, stderr } = await start("--once", "--tls");
    expect(stdout).toMatch(/^Stand-in of DCS and DDS: https:\/\/127\.0\.0\.1:\d+\n/);
    const [, file = ""] = /NODE_EXTRA_CA_CERTS=(.+\.pem)\n/.exec(stdout) ?? [];
    expect(isAbsolute(file)).toBe(true);
    expect(stdout.match(/finished {2}(succeed|COMPLETED)/g)).toHaveLength(3);
    expect(stderr).toBe("");
    expect(existsSync(file)).toBe(false);
  });

  test.skipIf(!canSignal)("--tls ends with both of its processes when it is told to", async () => {
    const child = spawn(process.execPath, [...script, "--tls", "--port=0"]);
    const [said] = await once(child.stdout, "data");
    child.kill();
    await once(child, "exit");
    const socket = connect(Number(/:(\d+)\n/.exec(said)?.[1]), "127.0.0.1");
    expect(await thrownBy(once(socket, "connect"))).toMatchObject({ code: "ECONNREFUSED" });
  });

  test.each(["--once", "--tls"])("%s says when the port is in use, and exits with 1", async (flag) => {
    const server = createServer();
    const port = Number(new URL(await listen(server)).port);
    const failure = await thrownBy(start(flag, "--port", String(port)));
    server.close();
    expect(failure).toMatchObject({
      code: 1,
      stderr: `Port ${port} is in use. Give another: npm start -- --port ${port + 1}\n`,
    });
  });

  test("tells its form when an option is wrong", async () => {
    expect(await thrownBy(start("--help"))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^[^\n]*--help[^\n]* The form is: npm start -- \[--once\] \[--tls\] \[--port N\]\n$/,
      ),
    });
  });

  test.each(["x", "70000", "-1"])("refuses the port %s", async (port) => {
    expect(await thrownBy(start(`--port=${port}`))).toMatchObject({
      code: 1,
      stderr: `--port: must be a whole number from 0 to 65535, not ${port}\n`,
    });
  });
});
