/** A POST leaves twice only when the first certainly started nothing. */
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type ErrorCode, readDocument } from "../scripts/lib/document.ts";
import { closedUrl } from "../scripts/lib/listen.ts";
import type { MisbehaviourName } from "../scripts/stand-in/misbehaviours.ts";
import { ApiError, type BackupClientOptions, NetworkError } from "../src/index.ts";
import {
  clientOf,
  DDS_BODY,
  httpAnswer,
  INSTANCE_ID,
  jumpingClock,
  type RawServer,
  rawServer,
  standInForTest,
  thrownBy,
} from "./support.ts";

const document = readDocument();
const now = { headers: { "retry-after": "0" } };

test("asks again after 429, maxRetries times", async () => {
  const standIn = await standInForTest();
  standIn.next({ code: 429, ...now }, { code: 429, ...now });
  expect(await clientOf(standIn.url).copyInstance(INSTANCE_ID)).toHaveProperty("backup_id");
  expect(standIn.received).toHaveLength(3);

  standIn.next({ code: 429, ...now }, { code: 429, ...now }, { code: 429, ...now });
  expect(await thrownBy(clientOf(standIn.url).copyInstance(INSTANCE_ID))).toMatchObject({
    status: 429,
    retryable: true,
  });
  expect(standIn.received).toHaveLength(6);

  standIn.next({ code: 429, ...now });
  await thrownBy(clientOf(standIn.url, { maxRetries: 0 }).copyInstance(INSTANCE_ID));
  expect(standIn.received).toHaveLength(7);
});

describe("where no Retry-After is given", () => {
  /** Calls a service that throttles, while `Math.random` draws what it is told. Returns when each request left. */
  async function timesOfRequests(throttled: number, draw: (count: number) => number): Promise<number[]> {
    const times: number[] = [];
    const fetch = async () => {
      times.push(performance.now());
      return times.length > throttled ? Response.json({ backup_id: "b" }) : new Response("{}", { status: 429 });
    };
    const random = Math.random;
    let drawn = 0;
    Math.random = () => draw(++drawn);
    try {
      await clientOf("https://dcs.example.com", { fetch, maxRetries: throttled }).copyInstance(INSTANCE_ID);
    } finally {
      Math.random = random;
    }
    return times;
  }

  test("waits for the drawn part of 500 ms, then of twice as much", async () => {
    const [first = 0, second = 0, third = 0] = await timesOfRequests(2, (count) => count * 0.2);
    // Lower bounds, which a busy machine keeps. A timer may be a millisecond early.
    expect(second - first).toBeGreaterThan(98);
    expect(third - second).toBeGreaterThan(398);
  });

  test("waits for nothing when nothing is drawn: no part of a pause is fixed", async () => {
    // Were half of each pause fixed, twenty of them would take longer than the call may, and it would end with the 429.
    expect(await timesOfRequests(20, () => 0)).toHaveLength(21);
  });
});

test("connects again where no connection was made, and the caller learns that nothing was sent", async () => {
  let attempts = 0;
  const fetchAndCount: typeof fetch = (...args) => {
    attempts++;
    return fetch(...args);
  };
  const error = await thrownBy(clientOf(await closedUrl(), { fetch: fetchAndCount }).copyInstance(INSTANCE_ID));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({ backupMayExist: false, retryable: true, timedOut: false });
  expect(String(error)).toContain("ECONNREFUSED");
  expect(attempts).toBe(3);
});

test("gets through when the port opens meanwhile", async () => {
  const url = await closedUrl();
  const opened: RawServer[] = [];
  const onRetry = async () => {
    opened.push(
      await rawServer((socket) => socket.write(httpAnswer("200 OK", '{"backup_id":"b"}')), Number(new URL(url).port)),
    );
  };
  // Drawn pauses may be shorter than it takes to open a port.
  const backups = clientOf(url, { onRetry: once(onRetry), maxRetries: 20 });
  expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
  expect(opened.flatMap(({ requests }) => requests)).toHaveLength(1);
});

test("a host that does not exist starts nothing", async () => {
  const error = await thrownBy(clientOf("https://dcs.nowhere.invalid", { maxRetries: 0 }).copyInstance(INSTANCE_ID));
  expect(error).toMatchObject({ backupMayExist: false, retryable: true });
});

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) {
      done = true;
      run();
    }
  };
}

describe("is never sent again after", () => {
  test.each([500, 501, 502, 503, 504, 505, 400, 401, 403, 404, 405, 408, 409, 413])("%i", async (code) => {
    const standIn = await standInForTest();
    standIn.next({ code, ...now });
    const error = await thrownBy(clientOf(standIn.url).copyInstanceV1(INSTANCE_ID));
    expect(error).toBeInstanceOf(ApiError);
    expect(standIn.received).toHaveLength(1);
  });

  const faults: MisbehaviourName[] = [
    "reset",
    "close",
    "half",
    "half-error",
    "html",
    "empty",
    "cut-json",
    "redirect",
    "echo",
    "html-error",
  ];
  test.each(faults)("%s", async (misbehave) => {
    const standIn = await standInForTest();
    standIn.next({ misbehave });
    await thrownBy(clientOf(standIn.url, { maxRetries: 5, busyTimeout: 5000 }).copyInstance(INSTANCE_ID));
    expect(standIn.received).toHaveLength(1);
  });

  test.each<MisbehaviourName>(["hang", "stall", "drip"])("%s, when the time is up", async (misbehave) => {
    const standIn = await standInForTest();
    standIn.next({ misbehave });
    await thrownBy(
      clientOf(standIn.url, { maxRetries: 5, busyTimeout: 5000, timeout: 1500 }).copyInstance(INSTANCE_ID),
    );
    expect(standIn.received).toHaveLength(1);
  });
});

describe("busyTimeout", () => {
  const busy = (code: number, example: string) => ({ code, example, ...now });
  test.each<
    [string, ReturnType<typeof busy>, (url: string, options: Partial<BackupClientOptions>) => Promise<unknown>]
  >([
    ["DCS", busy(400, "DcsBackupRunning"), (url, options) => clientOf(url, options).copyInstance(INSTANCE_ID)],
    ["DCS v1.0", busy(400, "DcsV1BackupRunning"), (url, options) => clientOf(url, options).copyInstanceV1(INSTANCE_ID)],
    ["DDS", busy(403, "DdsInstanceBusy"), (url, options) => clientOf(url, options).createManualBackup(DDS_BODY)],
  ])("keeps asking while %s is busy", async (_, order, call) => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.001); // of seconds: it would wait for half a minute
    onTestFinished(() => random.mockRestore());
    const standIn = await standInForTest();
    standIn.next(order, order, order, order, order);
    expect(await call(standIn.url, { busyTimeout: 30_000, maxRetries: 0 })).toHaveProperty("backup_id");
    expect(standIn.received).toHaveLength(6);
  });

  test("is zero by default: a busy instance is told at once, as retryable", async () => {
    const standIn = await standInForTest();
    standIn.next(busy(400, "DcsBackupRunning"));
    const error = await thrownBy(clientOf(standIn.url).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ errorCode: "DCS.4096", retryable: true, backupMayExist: false });
    expect(standIn.received).toHaveLength(1);
  });

  test("ends with the busy answer when it is used up", async () => {
    const jump = jumpingClock();
    const server = await rawServer((socket, _, count) => {
      jump(count === 3 ? 60_000 : 0);
      socket.write(httpAnswer("400 Bad Request", '{"error_code":"DCS.4096","error_msg":"busy"}'));
    });
    const error = await thrownBy(clientOf(server.url, { busyTimeout: 60_000 }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ errorCode: "DCS.4096", retryable: true });
    expect(server.requests).toHaveLength(3);
  });

  test("asks no faster where the answer says to come back at once", async () => {
    const server = await rawServer((socket) =>
      socket.write(
        httpAnswer("400 Bad Request", '{"error_code":"DCS.4096","error_msg":"busy"}', { "retry-after": "0" }),
      ),
    );
    await thrownBy(clientOf(server.url, { busyTimeout: 1000 }).copyInstance(INSTANCE_ID));
    // With the pauses that are drawn it is a handful. Without a pause it would be hundreds.
    expect(server.requests.length).toBeLessThan(30);
  });

  test("leaves a 429 to maxRetries, whatever its code", async () => {
    const answer = httpAnswer("429 Too Many", '{"error_code":"DBS.200998","error_msg":"busy"}', { "retry-after": "0" });
    const server = await rawServer((socket) => socket.write(answer));
    await thrownBy(clientOf(server.url).createManualBackup(DDS_BODY));
    expect(server.requests).toHaveLength(3);
  });

  test("does not wait for a Retry-After that is longer than it", async () => {
    const standIn = await standInForTest();
    standIn.next({ ...busy(400, "DcsBackupRunning"), headers: { "retry-after": "3600" } });
    const error = await thrownBy(clientOf(standIn.url, { busyTimeout: 5000 }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ errorCode: "DCS.4096", retryAfter: 3_600_000 });
    expect(standIn.received).toHaveLength(1);
  });

  test("may be longer than timeout", async () => {
    const server = await rawServer((socket, _, count) =>
      socket.write(
        count === 1
          ? httpAnswer("400 Bad Request", '{"error_code":"DCS.4096","error_msg":"busy"}', { "retry-after": "1" })
          : httpAnswer("200 OK", '{"backup_id":"b"}'),
      ),
    );
    expect(await clientOf(server.url, { busyTimeout: 5000, timeout: 800 }).copyInstance(INSTANCE_ID)).toEqual({
      backup_id: "b",
    });
  });

  test("does not make a 403 that means forbidden, or a busy code with 500, worth repeating", async () => {
    const standIn = await standInForTest();
    standIn.next(busy(403, "DdsArrears"));
    await thrownBy(clientOf(standIn.url, { busyTimeout: 5000 }).createManualBackup(DDS_BODY));
    expect(standIn.received).toHaveLength(1);

    const server = await rawServer((socket) =>
      socket.write(httpAnswer("500 Error", '{"error_code":"DCS.4096","error_msg":"x"}')),
    );
    const error = await thrownBy(clientOf(server.url, { busyTimeout: 5000 }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ backupMayExist: true, retryable: false });
    expect(server.requests).toHaveLength(1);
  });
});

describe("every code of the spec's table", () => {
  const rows = Object.values(document["x-error-codes"])
    .flat()
    .filter(({ calls }) => calls !== "reads")
    .flatMap((entry) =>
      entry.codes.flatMap((code) => entry.status.map((status): [string, number, ErrorCode] => [code, status, entry])),
    );

  test.each(rows)("%s with %i is retryable as the spec says", async (code, status, { retry }) => {
    const body = /^\d+$/.test(code) ? { error: { code, message: "m" } } : { error_code: code, error_msg: "m" };
    const fetch = async () => Response.json(body, { status });
    const error = await thrownBy(
      clientOf("https://dcs.example.com", { fetch, maxRetries: 0 }).copyInstance(INSTANCE_ID),
    );
    expect(error).toMatchObject({ errorCode: code, retryable: retry === "later", backupMayExist: retry === "unknown" });
  });
});
