/** A `Response` without a stream is read by `text()`: that of React Native, node-fetch, and of the stubs in people's tests. */
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { clientOf, INSTANCE_ID, PROJECT_ID, thrownBy } from "./support.ts";

const url = "https://dcs.example.com";
type Fetch = typeof globalThis.fetch;

describe("a Response without a stream, as of React Native, node-fetch and stubs", () => {
  /** `body` is what each of them has in that place. */
  const bodies: [string, unknown][] = [
    ["no body", undefined],
    ["null for a body", null],
    ["a body that is a stream of Node's own", { pipe() {}, on() {} }],
    ["a body that is text", "{}"],
  ];
  const bare = (status: number, text: unknown, more: object = {}): Fetch => {
    const response = { ok: status < 300, status, headers: new Headers({ "x-request-id": "r-1" }), ...more };
    return async () => ({ ...response, ...(text === undefined ? {} : { text: async () => text }) }) as Response;
  };

  test.each(bodies)("with %s is read by text()", async (_, body) => {
    const fetch = bare(200, '{"backup_id":"b"}', { body });
    expect(await clientOf(url, { fetch }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
    const refusing = bare(400, '{"error_code":"DCS.4096","error_msg":"busy"}', { body });
    expect(await thrownBy(clientOf(url, { fetch: refusing }).copyInstance(INSTANCE_ID))).toMatchObject({
      ...{ name: "ApiError", status: 400, errorCode: "DCS.4096", errorMessage: "busy", requestId: "r-1" },
      ...{ backupMayExist: false, retryable: true },
    });
  });

  test("that is busy is asked for again", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.001); // of seconds
    onTestFinished(() => void vi.restoreAllMocks());
    const answers = [bare(400, '{"error_code":"DCS.4096"}'), bare(429, "{}"), bare(200, '{"backup_id":"b"}')];
    const fetch: Fetch = (...args) => (answers.shift() ?? bare(500, ""))(...args);
    expect(await clientOf(url, { fetch, busyTimeout: 60_000 }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
  });

  test("without headers is read too", async () => {
    const fetch = async () => ({ status: 200, text: async () => '{"backup_id":"b"}' }) as Response;
    expect(await clientOf(url, { fetch }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
  });

  const facts = { "retry-after": "7", "x-request-id": "r-1" };
  test.each<[string, unknown, object]>([
    ["null for headers", null, {}],
    ["an object for headers", facts, { requestId: "r-1", retryAfter: 7000 }],
    ["headers of another class", new Map(Object.entries(facts)), { requestId: "r-1", retryAfter: 7000 }],
    ["headers with get alone", getAlone(facts), { requestId: "r-1", retryAfter: 7000 }],
    ["headers that throw", { get: () => JSON.parse("no JSON") }, {}],
  ])("with %s is an answer all the same", async (_, headers, told) => {
    const good = bare(200, '{"backup_id":"b"}', { headers });
    expect(await clientOf(url, { fetch: good }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
    for (const status of [400, 429, 504]) {
      const fetch = bare(status, "{}", { headers });
      const error = await thrownBy(clientOf(url, { fetch, maxRetries: 0 }).copyInstance(INSTANCE_ID));
      const facts = { requestId: undefined, retryAfter: undefined, ...told };
      expect(error).toMatchObject({ name: "ApiError", status, backupMayExist: status === 504, ...facts });
    }
  });

  test("with headers that have get alone tells where it sends, and the time there", async () => {
    const redirecting = bare(302, "", { headers: getAlone({ location: "/login" }) });
    const redirected = await thrownBy(clientOf(url, { fetch: redirecting }).copyInstance(INSTANCE_ID));
    expect(String(redirected)).toContain("was redirected to /login");
    const dates = { date: "Sun, 06 Nov 1994 08:49:37 GMT", "retry-after": "Sun, 06 Nov 1994 08:50:37 GMT" };
    const throttling = bare(429, "{}", { headers: getAlone(dates) });
    const throttled = await thrownBy(clientOf(url, { fetch: throttling, maxRetries: 0 }).copyInstance(INSTANCE_ID));
    expect(throttled).toMatchObject({ retryAfter: 60_000 });
  });

  const path = `/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`;

  test.each([
    [200, '{"backup_id":"x"}', `${url}/login`],
    [404, "", `${url}/`],
    [429, "", `${url}/login?from=${path}`],
    [200, '{"backup_id":"x"}', `${url}${path}/`],
    [400, '{"error_code":"DCS.4096"}', `https://elsewhere.example${path}`],
  ])("that tells a redirect by its URL alone is another request's: %d", async (status, text, last) => {
    const fetch = bare(status, text, { url: last });
    const error = await thrownBy(clientOf(url, { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
    expect(String(error)).toContain(`was redirected to ${last}, which`);
  });

  test("that tells the call's own URL, or none, is its own", async () => {
    for (const own of [url + path, "", null]) {
      const fetch = bare(200, '{"backup_id":"b"}', { url: own });
      expect(await clientOf(url, { fetch }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
    }
    for (const own of [`${url}${path}?limit=9&remark=a%20b`, `${url}${path}?limit=9&_=1764547200000`]) {
      const fetch = bare(200, '{"total_num":0,"backup_record_response":[]}', { url: own });
      const query = { limit: 9, remark: "a b" };
      expect(await clientOf(url, { fetch }).listBackupRecords(INSTANCE_ID, query)).toMatchObject({ total_num: 0 });
    }
  });

  test("whose stream gives text instead of bytes leaves the outcome open", async () => {
    const cancel = vi.fn(() => Promise.reject(new Error("a failure that nobody hears of")));
    const body = () => new ReadableStream({ start: (stream) => stream.enqueue("text"), cancel });
    const fetch = async () =>
      new Proxy(new Response(), { get: (_, name) => ({ status: 200, body: body() })[String(name)] });
    const error = await thrownBy(clientOf(url, { fetch, timeout: 500 }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true });
    expect(String(error)).toContain("gives something else than bytes");
    expect(cancel).toHaveBeenCalledOnce();
    const refusing = async () => ({ status: 500, headers: new Headers(), body: body() }) as unknown as Response;
    const refused = await thrownBy(clientOf(url, { fetch: refusing, timeout: 500 }).copyInstance(INSTANCE_ID));
    expect(refused).toMatchObject({ name: "ApiError", status: 500, backupMayExist: true });
  });

  test("is JSON behind a byte order mark, as text() of some leaves it", async () => {
    const fetch = bare(200, '\uFEFF{"backup_id":"b"}');
    expect(await clientOf(url, { fetch }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
  });

  test("is taken no further than one with a stream", async () => {
    const long = bare(200, `{"backup_id":"b","x":"${"x".repeat(2 ** 21)}"}`);
    const error = await thrownBy(clientOf(url, { fetch: long }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "InvalidResponseError", status: 200, backupMayExist: true });
    expect((error as Error).message.length).toBeLessThan(1500);
  });

  const rejected = () => Promise.reject(new Error("used already"));
  test.each<[string, Fetch, string]>([
    ["has no text() either", bare(200, undefined), "its body has neither a stream nor text()"],
    ["fails in text()", bare(200, undefined, { text: rejected }), "used already"],
    ["gives no text", bare(200, 42), "its text() gives something else than text"],
    [
      "has a stream that is locked",
      async () => ({ status: 200, body: { getReader: () => never() } }) as unknown as Response,
      "it is locked",
    ],
  ])("that %s leaves its status, and that a backup may exist", async (_, fetch, why) => {
    const error = await thrownBy(clientOf(url, { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
    expect(String(error)).toContain(`status 200 (${why})`);
  });

  test.each([
    [200, { name: "NetworkError", timedOut: true, backupMayExist: true }],
    [404, { name: "ApiError", status: 404, backupMayExist: false }],
  ])("of %i that never ends, times out where there is no TextDecoder", async (status, expected) => {
    new Response(); // Node's `fetch` needs one to be loaded.
    vi.stubGlobal("TextDecoder", undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const fetch = bare(status, undefined, { text: () => new Promise(() => {}) });
    expect(await thrownBy(clientOf(url, { fetch, timeout: 50 }).copyInstance(INSTANCE_ID))).toMatchObject(expected);
  });

  test.each([400, 404, 429, 500, 504])("that can't be read is still an answer with %i", async (status) => {
    const fetch = bare(status, undefined);
    const error = await thrownBy(clientOf(url, { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "ApiError", status, requestId: "r-1", backupMayExist: status >= 500 });
  });
});

/** Headers of which all that can be had is one by its name, and a number where there is none. */
function getAlone(headers: Record<string, string>): { get(name: string): unknown } {
  return { get: (name) => headers[name] ?? 7 };
}

function never(): never {
  throw new TypeError("it is locked");
}
