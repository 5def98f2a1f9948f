/** Every error body is read, whatever it is. */
import { describe, expect, test } from "vitest";
import { callsOf, readDocument } from "../scripts/lib/document.ts";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import type { MisbehaviourName } from "../scripts/stand-in/misbehaviours.ts";
import { ApiError } from "../src/index.ts";
import { createOpenApiClients } from "../src/openapi-fetch.ts";
import { clientOf, DDS_BODY, httpAnswer, INSTANCE_ID, rawServer, standInForTest, thrownBy } from "./support.ts";

const document = readDocument();
const starts = callsOf(document).filter(({ method }) => method === "post");
const documented = starts.flatMap(({ operation: { operationId, responses } }) =>
  Object.entries(responses)
    .filter(([status]) => !status.startsWith("2"))
    .flatMap(([status, { content }]) =>
      Object.keys(content?.["application/json"].examples ?? {}).map((example): [string, string, string] => [
        operationId,
        status,
        example,
      ]),
    ),
);

test.each(documented)("reads the documented error of %s with %s: %s", async (operationId, status, example) => {
  const { value } = document.components.examples[example] ?? {};
  const { error: nested, ...flat } = value as Record<string, unknown> & { error?: Record<string, unknown> };
  const standIn = await standInForTest();
  standIn.next({ code: status === "default" ? 405 : Number(status), example });
  const backups = clientOf(standIn.url, { maxRetries: 0 });
  const call = {
    CopyInstance: () => backups.copyInstance(INSTANCE_ID),
    CopyInstanceV1: () => backups.copyInstanceV1(INSTANCE_ID),
    CreateManualBackup: () => backups.createManualBackup(DDS_BODY),
  }[operationId];
  const error = await thrownBy(call?.() ?? Promise.resolve());
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    operationId,
    errorCode: String(nested?.["code"] ?? flat["error_code"]),
    errorMessage: nested?.["message"] ?? flat["error_msg"],
    requestId: flat["request_id"] ?? expect.stringMatching(/^[0-9a-f]{32}$/),
  });
});

describe("undocumented bodies", () => {
  test.each<[MisbehaviourName, object]>([
    ["html-error", { status: 502, errorCode: undefined, errorMessage: "502 Bad Gateway nginx" }],
    ["empty-error", { status: 500, errorCode: undefined, errorMessage: undefined }],
    ["array-error", { status: 500, errorMessage: '["something",{"went":"wrong"}]' }],
    ["number-error", { status: 500, errorMessage: "42" }],
    ["null-error", { status: 400, errorMessage: "null" }],
    ["cut-error", { status: 400, errorMessage: '{"error_code":"DCS.4063","error_m' }],
    ["half-error", { status: 429, errorMessage: '{"error_code":"APIGW.0308"' }],
    ["wrong-type", { status: 400, errorCode: "DCS.4063", errorMessage: "参数错误" }],
    ["wrong-charset", { status: 400, errorCode: "DCS.4063" }],
    ["gbk", { status: 400, errorCode: "DCS.4063", errorMessage: "参数错误" }],
    ["gzip", { status: 400, errorCode: "DCS.4063", errorMessage: "参数错误" }],
  ])("%s is read for what it has", async (misbehave, expected) => {
    const standIn = await standInForTest();
    standIn.next({ misbehave });
    const error = await thrownBy(clientOf(standIn.url, { maxRetries: 0 }).copyInstance(INSTANCE_ID));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject(expected);
  });

  test.each<[string, object]>([
    ['{"error":"Unauthorized"}', { errorMessage: "Unauthorized" }],
    ['{"error":null,"message":"m"}', { errorMessage: "m" }],
    ['{"error":{}}', { errorMessage: '{"error":{}}' }],
    ['{"code":"X.1","message":"m"}', { errorCode: "X.1", errorMessage: "m" }],
    ['{"error_code":"DCS. 4855","error_msg":"m"}', { errorCode: "DCS.4855" }],
    [
      '{"error_code":{"a":1},"error_msg":["m"]}',
      { errorCode: undefined, errorMessage: '{"error_code":{"a":1},"error_msg":["m"]}' },
    ],
    ['{"error_code":"","error_msg":""}', { errorMessage: '{"error_code":"","error_msg":""}' }],
    ['{"error_code":"A.1","error_msg":"a\\u0000b\\u001b[31mc\\n\\u202ed"}', { errorMessage: "a b [31mc d" }],
    ['{"__proto__":{"error_code":"P"}}', { errorCode: undefined }],
    ['{"error":{},"error_code":"X.1","error_msg":"m"}', { errorCode: "X.1", errorMessage: "m" }],
    ['{"error":{"code":"X.1"},"message":"m"}', { errorCode: "X.1", errorMessage: "m" }],
    ['{"error":[{"code":"Y"}],"code":"X.1"}', { errorCode: "X.1" }],
    ["true", { errorMessage: "true" }],
    ['{"error_code":"X.1"}', { errorCode: "X.1", errorMessage: undefined }],
    [`{"error_code":"X.1","error_msg":"${"m".repeat(1024)}"}`, { errorMessage: "m".repeat(1024) }],
    [`{"error_code":"X.1","error_msg":"${"m".repeat(1025)}"}`, { errorMessage: `${"m".repeat(1024)}…` }],
    ["<script>\nalert(1)\n</script>down<style>\n</style>", { errorMessage: "down" }],
    ["  \r\n ", { errorMessage: undefined }],
    ["<script>alert(1)</script><p>down<!-- x --></p>", { errorMessage: "down" }],
    ["upstream timed out", { errorMessage: "upstream timed out" }],
  ])("%j is read for what it has", async (body, expected) => {
    const server = await rawServer((socket) => socket.write(httpAnswer("418 Teapot", body)));
    expect(await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID))).toMatchObject({ status: 418, ...expected });
  });

  test("30 MB of text make a short message", async () => {
    const standIn = await standInForTest();
    standIn.next({ misbehave: "huge-error" });
    const error = (await thrownBy(clientOf(standIn.url).copyInstance(INSTANCE_ID))) as ApiError;
    expect(error.status).toBe(500);
    expect(error.errorMessage).toHaveLength(1025);
    expect(error.message.length).toBeLessThan(1500);
  });

  test.each([200, 500])(
    "of an endless body with status %i a little more than 1 MiB is taken, and the rest is cancelled",
    async (status) => {
      const chunk = new Uint8Array(64 * 1024).fill(120);
      let taken = 0;
      let cancelled = false;
      const body = new ReadableStream({
        pull(controller) {
          taken += chunk.length;
          controller.enqueue(chunk);
        },
        cancel() {
          cancelled = true;
          throw new Error("a failure that nobody hears of");
        },
      });
      const fetch = async () => new Response(body, { status });
      await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID));
      expect(taken).toBeGreaterThan(2 ** 20);
      expect(taken).toBeLessThan(1.2 * 2 ** 20);
      expect(cancelled).toBe(true);
    },
  );

  test.each([
    ["lists", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    ["objects", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`],
  ])("%s nested thousands deep leave the status to be told", async (_, body) => {
    for (const status of [400, 500]) {
      const fetch = async () => new Response(body, { status });
      const error = await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID));
      expect(error).toMatchObject({ name: "ApiError", status, backupMayExist: status === 500 });
      const { dcs } = createOpenApiClients({
        endpoints: { dcs: "https://dcs.example.com" },
        credentials: TEST_KEY,
        fetch,
      });
      const path = { project_id: "p", instance_id: "i" };
      const { response } = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", {
        params: { path },
        body: {},
      });
      expect(response.status).toBe(status);
    }
  });

  test.each(["<", "<script>", "<a", "\u0000", " ", '{"a":', "</"])(
    "a megabyte of %j does not stop the process",
    async (part) => {
      const server = await rawServer((socket) =>
        socket.write(httpAnswer("500 Error", part.repeat(2 ** 20 / part.length))),
      );
      const error = (await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID))) as ApiError;
      expect(error.message.length).toBeLessThan(1500);
    },
  );
});
