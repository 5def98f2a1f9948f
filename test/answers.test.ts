/** An answer is taken for what it says: a success only with a backup in it, an error with all that is known of it. */
import type { Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { ApiError } from "../src/index.ts";
import { clientOf, DDS_BODY, fetchWithAbort, httpAnswer, INSTANCE_ID, rawServer, thrownBy } from "./support.ts";

const url = "https://dcs.example.com";

describe("a 2xx that is no success", () => {
  const answered = async (body: string, headers: Record<string, string> = {}, status = "200 OK") => {
    const server = await rawServer((socket) => socket.write(httpAnswer(status, body, headers)));
    const error = await thrownBy(clientOf(server.url).createManualBackup(DDS_BODY));
    expect(error).toMatchObject({ name: "InvalidResponseError", backupMayExist: true, retryable: false });
    expect(server.requests).toHaveLength(1);
    return error as Error;
  };

  test.each<[string, object, RegExp]>([
    [
      '{"error_code":"DBS.280001","error_msg":"Parameter error.","request_id":"r-2"}',
      { errorCode: "DBS.280001", errorMessage: "Parameter error.", requestId: "r-2" },
      /answered 200, but with JSON without a backup_id: DBS.280001: Parameter error\. \(POST .*request id r-2\)/,
    ],
    [
      '{"error":{"code":500,"message":"down"}}',
      { errorCode: "500", errorMessage: "down", requestId: "r-1" },
      /: 500: down \(/,
    ],
    ['{"error_msg":"down"}', { errorCode: undefined, errorMessage: "down" }, /without a backup_id: down \(/],
    ['{"error":"Unauthorized"}', { errorCode: undefined, errorMessage: "Unauthorized" }, /: Unauthorized \(/],
    ['{"error_code":"X.1"}', { errorCode: "X.1", errorMessage: undefined }, /: X\.1 \(/],
    ['{"job_id":"j-1"}', { jobId: "j-1", errorCode: undefined, errorMessage: undefined }, /: \{"job_id":"j-1"\} \(/],
    [
      '{"job_id":"j-1","error_code":"X.1","error_msg":"m"}',
      { jobId: "j-1", errorCode: "X.1", errorMessage: "m" },
      /m \(/,
    ],
    ['{"job_id":7}', { jobId: undefined }, /./],
    ['{"backup_id":"","job_id":"j"}', { jobId: "j" }, /./],
    ["{}", { jobId: undefined, errorCode: undefined, errorMessage: undefined, requestId: "r-1" }, /: \{\} \(/],
    ["<b>Sign in</b>", { errorMessage: undefined, errorCode: undefined }, /but with no JSON: Sign in \(/],
    ["<br>", {}, /no JSON: markup alone/],
    ["", {}, /no JSON: an empty body/],
  ])("%j tells what it has", async (body, expected, message) => {
    const error = await answered(body, { "x-request-id": "r-1" });
    expect(error).toMatchObject({ status: 200, ...expected });
    expect(error.message).toMatch(message);
  });

  test("is cut short where it is long", async () => {
    expect((await answered(JSON.stringify({ records: "x".repeat(5000) }))).message.length).toBeLessThan(500);
  });

  test("is 202 with a job, too", async () => {
    expect(await answered('{"job_id":"j"}', {}, "202 Accepted")).toMatchObject({ status: 202, jobId: "j" });
  });
});

describe("an error whose body does not end", () => {
  const statuses = [300, 400, 401, 404, 408, 429, 499, 500, 502, 504];
  const head = (status: number, header: string) => `HTTP/1.1 ${status} X\r\nx-request-id: r-1\r\n${header}\r\n\r\n`;
  const lengthy = (status: number) => head(status, "content-length: 99");
  const endings: [string, (socket: Socket, status: number) => void][] = [
    ["stalls", (socket, status) => socket.write(lengthy(status))],
    ["breaks off", (socket, status) => socket.end(`${lengthy(status)}{"error_co`)],
    [
      "is reset",
      (socket, status) => {
        socket.write(`${lengthy(status)}{"er`);
        setTimeout(() => socket.resetAndDestroy(), 100);
      },
    ],
    [
      "has broken chunks",
      (socket, status) => socket.end(`${head(status, "transfer-encoding: chunked")}5\r\n{"err\r\nzz`),
    ],
    ["can't be unpacked", (socket, status) => socket.end(`${head(status, "content-encoding: gzip")}abc`)],
  ];

  test.each(endings)("and %s is an ApiError all the same, and is not asked again", async (_, end) => {
    const check = async (status: number) => {
      const server = await rawServer((socket) => end(socket, status));
      const error = await thrownBy(clientOf(server.url, { timeout: 5000, maxRetries: 3 }).copyInstance(INSTANCE_ID));
      expect(error).toBeInstanceOf(ApiError);
      const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 499;
      expect(error).toMatchObject({ status, requestId: "r-1", backupMayExist: !isRefusal, retryable: status === 429 });
      expect(server.requests).toHaveLength(1);
    };
    await Promise.all(statuses.map(check));
  });

  test.each([400, 429, 500])("is no ApiError where the caller aborts after %i", async (status) => {
    const controller = new AbortController();
    const server = await rawServer((socket) => socket.write(lengthy(status)));
    const backups = clientOf(server.url, { fetch: fetchWithAbort(controller, "enough") });
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID, {}, { signal: controller.signal }));
    expect(error).toMatchObject({
      ...{ name: "NetworkError", timedOut: false, cause: "enough" },
      ...{ backupMayExist: status === 500, retryable: status === 429 },
    });
  });

  test("is a NetworkError that timed out where it was to be a success", async () => {
    const server = await rawServer((socket) => socket.write(lengthy(200)));
    const error = await thrownBy(clientOf(server.url, { timeout: 1000 }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", timedOut: true, backupMayExist: true, retryable: false });
    expect(String(error)).toContain("timed out");
  });
});

describe("what is inherited is not in the answer", () => {
  const pollute = (name: string, value: unknown) => {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true });
    onTestFinished(() => void Reflect.deleteProperty(Object.prototype, name));
  };

  test.each(["{}", "[]", '{"job_id":"j"}', "42", '"b"'])(
    "%s is no success where backup_id is inherited",
    async (body) => {
      pollute("backup_id", "x");
      const fetch = async () => new Response(body);
      expect(await thrownBy(clientOf(url, { fetch }).copyInstance(INSTANCE_ID))).toMatchObject({
        name: "InvalidResponseError",
      });
    },
  );

  test("an error has no code, text, id or job from there, and is no busy answer", async () => {
    for (const name of ["error_code", "code", "error_msg", "message", "request_id", "job_id", "error"]) {
      pollute(name, "DCS.4096");
    }
    const refusing = async () => new Response("{}", { status: 400 });
    const error = await thrownBy(clientOf(url, { fetch: refusing, busyTimeout: 1000 }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({
      status: 400,
      errorCode: undefined,
      errorMessage: "{}",
      requestId: undefined,
      retryable: false,
    });
    const succeeding = async () => new Response("{}");
    expect(await thrownBy(clientOf(url, { fetch: succeeding }).copyInstance(INSTANCE_ID))).toMatchObject({
      jobId: undefined,
    });
  });

  test("a list has no records from there", async () => {
    for (const name of ["backup_record_response", "backups", "job"]) {
      pollute(name, []);
    }
    const backups = clientOf(url, { fetch: async () => new Response("{}"), maxRetries: 0 });
    for (const read of [backups.listBackupRecords(INSTANCE_ID), backups.listBackups(), backups.showJobDetail("j")]) {
      expect(await thrownBy(read)).toMatchObject({ name: "InvalidResponseError" });
    }
  });
});

describe("an error that tells of a backup", () => {
  test.each([
    ["", '{"backup_id":"b"}'],
    ["beside its code", '{"error_code":"DCS.4096","error_msg":"m","backup_id":"b"}'],
    ["deeper", '{"error_code":"DCS.4096","data":{"backup":{"backup_id" : "b"}}}'],
    ["as a number", '{"backup_id":42}'],
    ["before it breaks off", '{"backup_id":"b","error_code":"DCS.40'],
    ["in another spelling of JSON", '{"backup\\u005fid":"b"}'],
  ])("%s may have started one, whatever its status", async (_, body) => {
    for (const status of [400, 403, 404, 409, 429]) {
      const server = await rawServer((socket) => socket.write(httpAnswer(`${status} X`, body, { "retry-after": "0" })));
      const error = await thrownBy(clientOf(server.url, { busyTimeout: 5000 }).copyInstance(INSTANCE_ID));
      expect(error).toMatchObject({ name: "ApiError", status, backupMayExist: true, retryable: false });
      expect(server.requests).toHaveLength(1);
    }
  });

  test.each([
    ["its time", () => ({ timeout: 1000 })],
    ["a signal", () => ({ signal: AbortSignal.timeout(1000) })],
  ])("may have started one where %s ends the call in the middle of it", async (_, options) => {
    const head = httpAnswer("400 X", '{"backup_id":"b", ').replace(/content-length: \d+/, "content-length: 99");
    const server = await rawServer((socket) => socket.write(head));
    expect(await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID, {}, options()))).toMatchObject({
      backupMayExist: true,
    });
  });

  test.each(['{"backup_id":null}', '{"backup_id":""}', '{"error_msg":"no \\"backup_id\\" is given"}', "backup_id"])(
    "does not do so with %j",
    async (body) => {
      const fetch = async () => new Response(body, { status: 400 });
      expect(await thrownBy(clientOf(url, { fetch }).copyInstance(INSTANCE_ID))).toMatchObject({
        backupMayExist: false,
      });
    },
  );
});

test.each([300, 304])("%i sends nobody elsewhere: it is an answer", async (status) => {
  const answer = httpAnswer(`${status} X`, "", { location: "https://elsewhere.example/" });
  const server = await rawServer((socket) => socket.write(answer));
  const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
  expect(error).toMatchObject({ name: "ApiError", status, backupMayExist: true, retryable: false });
  expect(String(error)).not.toContain("redirected");
});

test.each([301, 302, 303, 307, 308])("%i is a redirect, and names where to", async (status) => {
  const answer = httpAnswer(`${status} X`, "", { location: "https://elsewhere.example/" });
  const server = await rawServer((socket) => socket.write(answer));
  const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
  expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
  expect(String(error)).toContain("was redirected to https://elsewhere.example/");
});
