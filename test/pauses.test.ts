/** While a call waits to be sent again, nothing of what the service said is lost, and whoever wants to know is told. */
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { closedUrl } from "../scripts/lib/listen.ts";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { ApiError, type BackupClientOptions, type RetryNotice } from "../src/index.ts";
import { clientOf, httpAnswer, INSTANCE_ID, jumpingClock, rawServer, thrownBy } from "./support.ts";

// Pauses are drawn, and the first for an instance that is busy would take up to two seconds.
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0.001);
  onTestFinished(() => void vi.restoreAllMocks());
});

const busy = httpAnswer("400 Bad Request", '{"error_code":"DCS.4096","error_msg":"It is being backed up."}', {
  "x-request-id": "r-1",
});
const throttled = httpAnswer("429 Too Many", '{"error_code":"APIGW.0308","error_msg":"Slow down."}', {
  "x-request-id": "r-1",
  "retry-after": "0",
});
const started = httpAnswer("200 OK", '{"backup_id":"b"}');

/** Answers one after the other; undefined breaks the connection. After the last, it never answers. */
async function answering(...answers: (string | undefined)[]) {
  return rawServer((socket, _, count) => {
    if (count > answers.length) {
      return;
    }
    const answer = answers[count - 1];
    if (answer === undefined) {
      socket.destroy();
    } else {
      socket.write(answer);
    }
  });
}

describe.each([
  [
    "an instance that is busy",
    busy,
    "before that it was refused: 400 DCS.4096: It is being backed up., request id r-1",
  ],
  ["too many requests", throttled, "before that it was refused: 429 APIGW.0308: Slow down., request id r-1"],
])("after %s the service's last word is named when the call ends by", (_, refusal, named) => {
  async function endOf(options: Partial<BackupClientOptions>, signal?: AbortSignal, ...more: (string | undefined)[]) {
    const server = await answering(refusal, ...more);
    const backups = clientOf(server.url, { busyTimeout: 600_000, ...options });
    return (await thrownBy(backups.copyInstance(INSTANCE_ID, {}, { signal }))) as Error;
  }

  test("an abort in the pause", async () => {
    const controller = new AbortController();
    const long = refusal.replace("retry-after: 0\r\n", "").replace("\r\n\r\n", "\r\nretry-after: 50\r\n\r\n");
    const server = await answering(long);
    const onRetry = () => void setTimeout(() => controller.abort(), 20);
    const backups = clientOf(server.url, { busyTimeout: 600_000, onRetry });
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID, {}, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: false, retryable: true, timedOut: false });
    expect(String(error)).toContain(`was aborted; ${named}`);
    expect(server.requests).toHaveLength(1);
  });

  test("its time, while new credentials are waited for", async () => {
    let count = 0;
    const credentials = () => (++count === 1 ? TEST_KEY : new Promise<typeof TEST_KEY>(() => {}));
    const error = await endOf({ credentials, timeout: 300 });
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: false, retryable: true, timedOut: true });
    expect(error.message).toMatch(/timed out/);
    expect(error.message).toContain(named);
  });

  test("a credentials function that fails", async () => {
    let count = 0;
    const credentials = () => {
      if (++count > 1) {
        throw new Error("vault is sealed");
      }
      return TEST_KEY;
    };
    const error = await endOf({ credentials });
    expect(error).toMatchObject({ name: "BackupError", backupMayExist: false, retryable: true });
    expect(error.cause).toMatchObject({ message: "vault is sealed" });
    expect(error.message).toContain(named);
  });

  test("credentials that are none: a TypeError that says what was sent before", async () => {
    let count = 0;
    const error = await endOf({ credentials: () => (++count === 1 ? TEST_KEY : ({} as typeof TEST_KEY)) });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/^credentials: give either/);
    expect(error.message).toContain(named);
  });

  test("a clock that fails: a TypeError that says what was sent before", async () => {
    let count = 0;
    // Each request reads it twice: to be signed, and when its answer comes.
    const error = await endOf({ now: () => (++count <= 2 ? Date.now() : Number.NaN) });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/^now: must return/);
    expect(error.message).toContain(named);
  });

  test("a connection that breaks", async () => {
    const error = await endOf({}, undefined, undefined);
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
    expect(error.message).toContain(named);
  });

  test("no connection after it", async () => {
    let count = 0;
    const fetch: typeof globalThis.fetch = async (url, init) => {
      if (++count === 1) {
        return globalThis.fetch(url, init);
      }
      throw Object.assign(new Error("connect ECONNREFUSED"), { syscall: "connect", path: String(url) });
    };
    const error = await endOf({ fetch });
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: false, retryable: true });
    expect(error.message).toContain(named);
    expect(count).toBeGreaterThan(2);
  });
});

test("an answer that ends a call speaks for itself", async () => {
  const refused = httpAnswer("403 Forbidden", '{"error_code":"DCS.4004","error_msg":"m"}');
  const server = await answering(throttled, refused);
  const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
  expect(error).toMatchObject({ status: 403, errorCode: "DCS.4004" });
  expect(String(error)).not.toContain("before that");
});

test("a call whose time is over after a pause sets no timer in the past, of which Node warns", async () => {
  const server = await answering(throttled);
  const jump = jumpingClock();
  const timers = vi.spyOn(globalThis, "setTimeout");
  const backups = clientOf(server.url, { onRetry: () => jump(60_000) });
  expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({ timedOut: true, backupMayExist: false });
  expect(timers.mock.calls.map(([, time = 0]) => time).filter((time) => time < 0)).toEqual([]);
});

describe("maxRetries", () => {
  test("counts in a row: what an instance that is busy answers begins a new count", async () => {
    const server = await answering(
      ...[throttled, throttled, busy, throttled, throttled, busy, busy],
      throttled,
      started,
    );
    const backups = clientOf(server.url, { maxRetries: 2, busyTimeout: 600_000 });
    expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
    expect(server.requests).toHaveLength(9);
  });

  test("apart, each pause for an instance that is busy is longer than the one before", async () => {
    const waits: number[] = [];
    const server = await answering(busy, busy, busy, started);
    const onRetry = ({ wait }: RetryNotice) => void waits.push(wait);
    await clientOf(server.url, { busyTimeout: 600_000, onRetry }).copyInstance(INSTANCE_ID);
    expect(waits).toEqual([2, 4, 8]);
  });

  test("ends a row that is too long", async () => {
    const server = await answering(throttled, busy, throttled, throttled, throttled, started);
    const error = await thrownBy(
      clientOf(server.url, { maxRetries: 2, busyTimeout: 600_000 }).copyInstance(INSTANCE_ID),
    );
    expect(error).toMatchObject({ status: 429, retryable: true });
    expect(server.requests).toHaveLength(5);
  });
});

describe("onRetry", () => {
  test("is told before each pause: why, for how long, and what the last request came to", async () => {
    const notices: RetryNotice[] = [];
    const server = await answering(busy, throttled, started);
    const onRetry = (notice: RetryNotice) => void notices.push(notice);
    await clientOf(server.url, { busyTimeout: 600_000, onRetry }).copyInstance(INSTANCE_ID);
    expect(notices).toEqual([
      { operationId: "CopyInstance", reason: "busy", wait: 2, error: expect.any(ApiError) },
      { operationId: "CopyInstance", reason: "throttled", wait: 0, error: expect.any(ApiError) },
    ]);
    expect(notices[0]?.error).toMatchObject({ errorCode: "DCS.4096", requestId: "r-1", retryable: true });
  });

  test("is told of a connection that was never made", async () => {
    const notices: RetryNotice[] = [];
    const onRetry = (notice: RetryNotice) => void notices.push(notice);
    await thrownBy(clientOf(await closedUrl(), { onRetry }).copyInstance(INSTANCE_ID));
    expect(notices.map(({ reason }) => reason)).toEqual(["unconnected", "unconnected"]);
    expect(notices[0]?.error).toMatchObject({ name: "NetworkError", backupMayExist: false });
  });

  test("is not told of what ends a call", async () => {
    const onRetry = vi.fn();
    const server = await answering(httpAnswer("504 X", "{}"));
    await thrownBy(clientOf(server.url, { onRetry }).copyInstance(INSTANCE_ID));
    expect(onRetry).not.toHaveBeenCalled();
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("hook");
      },
    ],
    ["rejects", () => Promise.reject(new Error("hook"))],
    ["never ends", () => new Promise(() => {})],
  ])("that %s ends neither the call nor the process", async (_, hook) => {
    const rejections: unknown[] = [];
    const note = (reason: unknown) => void rejections.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    const server = await answering(throttled, started);
    const onRetry = hook as (notice: RetryNotice) => void;
    expect(await clientOf(server.url, { onRetry }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(rejections).toEqual([]);
  });
});
