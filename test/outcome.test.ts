/** The caller always learns what may have happened, nothing hangs, and a success is one only when it says so. */
import { execFile } from "node:child_process";
import { getEventListeners } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { root } from "../scripts/lib/root.ts";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { TSX } from "../scripts/lib/tsx.ts";
import type { MisbehaviourName } from "../scripts/stand-in/misbehaviours.ts";
import { BackupError, InvalidResponseError, isBackupError, NetworkError } from "../src/index.ts";
import {
  clientOf,
  fetchWithAbort,
  httpAnswer,
  INSTANCE_ID,
  rawServer,
  standInForTest,
  thrownBy,
  until,
} from "./support.ts";

describe("what may have happened", () => {
  test.each<[MisbehaviourName, object]>([
    ["reset", { name: "NetworkError", backupMayExist: true, retryable: false, timedOut: false }],
    ["close", { name: "NetworkError", backupMayExist: true, retryable: false, timedOut: false }],
    ["half", { name: "NetworkError", backupMayExist: true, retryable: false, timedOut: false }],
    ["redirect", { name: "NetworkError", backupMayExist: true, retryable: false, timedOut: false }],
    ["half-error", { name: "ApiError", status: 429, backupMayExist: false, retryable: true }],
    ["html", { name: "InvalidResponseError", status: 200, backupMayExist: true, retryable: false }],
    ["html-error", { name: "ApiError", status: 502, backupMayExist: true, retryable: false }],
    ["echo", { name: "ApiError", status: 401, backupMayExist: false, retryable: false }],
    ["null-error", { name: "ApiError", status: 400, backupMayExist: false, retryable: false }],
  ])("is right after %s", async (misbehave, expected) => {
    const standIn = await standInForTest();
    standIn.next({ misbehave });
    const error = await thrownBy(clientOf(standIn.url, { maxRetries: 0 }).copyInstance(INSTANCE_ID));
    expect(isBackupError(error)).toBe(true);
    expect(error).toMatchObject({ operationId: "CopyInstance", ...expected });
    const { message, backupMayExist } = error as BackupError;
    expect(message).toMatch(backupMayExist ? /A backup may have been started: list/ : /Nothing was started/);
  });

  test.each<[number, boolean]>([
    [304, true],
    [400, false],
    [410, false],
    [408, true], // a gateway may send it when the service behind it is slow
    [409, false],
    [499, true], // a proxy whose client hung up: what the service does meanwhile, nobody says
    [300, true],
    [500, true],
    [599, true],
  ])("is right after status %i", async (status, backupMayExist) => {
    const server = await rawServer((socket) => socket.write(httpAnswer(`${status} X`, status === 304 ? "" : "{}")));
    const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ backupMayExist, retryable: false });
  });

  test("is told with an attempt where a token was sent, too", async () => {
    const server = await rawServer((socket) => socket.destroy());
    const error = await thrownBy(clientOf(server.url, { credentials: { token: "t" } }).copyInstance(INSTANCE_ID));
    const attempt = { operationId: "CopyInstance", instanceId: INSTANCE_ID, clock: "local" };
    expect(error).toMatchObject({ backupMayExist: true, attempt });
    const sentAt = (error as BackupError).attempt?.sentAt ?? "";
    expect(Math.abs(Date.parse(sentAt) - Date.now())).toBeLessThan(60_000);
  });

  test("is told with the moment of sending by the service's clock where its answer has a Date", async () => {
    const date = Date.now() + 3_600_000;
    const answer = httpAnswer("504 X", "{}", { date: new Date(date).toUTCString() });
    const server = await rawServer((socket) => socket.write(answer));
    const { attempt } = (await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID))) as BackupError;
    expect(attempt).toMatchObject({ clock: "service" });
    expect(Math.abs(Date.parse(attempt?.sentAt ?? "") - date)).toBeLessThan(60_000);
  });

  test("is right when aborted before the call, and no credentials are asked for and nothing is sent", async () => {
    const standIn = await standInForTest();
    let asked = 0;
    const credentials = () => {
      asked++;
      return TEST_KEY;
    };
    const error = await thrownBy(
      clientOf(standIn.url, { credentials }).copyInstance(INSTANCE_ID, {}, { signal: AbortSignal.abort("stop") }),
    );
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ backupMayExist: false, timedOut: false, cause: "stop" });
    expect(asked).toBe(0);
    expect(standIn.received).toHaveLength(0);
  });

  test.each<[string, MisbehaviourName]>([
    ["the answer", "hang"],
    ["the body", "drip"],
  ])("is right when aborted while waiting for %s", async (_, misbehave) => {
    const standIn = await standInForTest();
    standIn.next({ misbehave });
    const controller = new AbortController();
    const call = thrownBy(clientOf(standIn.url).copyInstance(INSTANCE_ID, {}, { signal: controller.signal }));
    await until(() => standIn.received.length === 1);
    controller.abort(new Error("enough"));
    const error = await call;
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false, timedOut: false });
    expect((error as Error).cause).toBe(controller.signal.reason);
  });

  test("is right when aborted between two requests", async () => {
    const standIn = await standInForTest();
    standIn.next({ code: 429, headers: { "retry-after": "50" } });
    const controller = new AbortController();
    const onRetry = () => void setTimeout(() => controller.abort(), 50);
    const backups = clientOf(standIn.url, { onRetry });
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID, {}, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: false, timedOut: false });
    expect(standIn.received).toHaveLength(1);
    // The pause ends with the call: it does not last the 50 seconds.
  }, 20_000);

  test("is right when aborted before credentials come, and nothing is sent when they come after all", async () => {
    const controller = new AbortController();
    let come = () => {};
    const credentials = () => {
      const later = new Promise<typeof TEST_KEY>((resolve) => {
        come = () => resolve(TEST_KEY);
      });
      controller.abort();
      return later;
    };
    let sent = 0;
    const fetch = async () => {
      sent++; // whatever its signal says
      return Response.json({ backup_id: "b" });
    };
    const backups = clientOf("https://dcs.example.com", { credentials, fetch });
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID, {}, { signal: controller.signal }));
    expect(error).toMatchObject({ backupMayExist: false, retryable: true });
    come();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sent).toBe(0);
  });

  test("is right after a redirect of which a browser tells nothing", async () => {
    const fetch = async () => Object.defineProperties(Response.error(), { type: { value: "opaqueredirect" } });
    const error = await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
    expect(String(error)).toContain("was redirected, which no call may follow");
  });

  test("is right when the time runs out after a refusal was under way", async () => {
    const server = await rawServer((socket) =>
      socket.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 100\r\n\r\n{"),
    );
    const error = await thrownBy(clientOf(server.url, { timeout: 1000 }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "ApiError", status: 400, backupMayExist: false, retryable: false });
  });

  test("is right when the caller aborts after a refusal was under way", async () => {
    const controller = new AbortController();
    const server = await rawServer((socket) =>
      socket.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 100\r\n\r\n{"),
    );
    const backups = clientOf(server.url, { fetch: fetchWithAbort(controller, "stop") });
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID, {}, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: false, retryable: false, cause: "stop" });
  });

  test("is right when the time runs out behind a credentials function that blocks: nothing is sent", async () => {
    const standIn = await standInForTest();
    const credentials = () => {
      for (const end = performance.now() + 150; performance.now() < end; ) {}
      return TEST_KEY;
    };
    // What a given `fetch` was called with counts as sent.
    for (const options of [{}, { fetch: (...args: Parameters<typeof fetch>) => fetch(...args) }]) {
      const backups = clientOf(standIn.url, { credentials, timeout: 100, ...options });
      const error = await thrownBy(backups.copyInstance(INSTANCE_ID));
      expect(error).toMatchObject({ name: "NetworkError", timedOut: true, backupMayExist: false, retryable: true });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(standIn.received).toEqual([]);
  });

  test("is right when a clock that fails stands beside an answer: the answer is told", async () => {
    const fails = () => {
      throw new Error("clock is down");
    };
    const fetch = async () => Response.json({ backup_id: "b" });
    const withToken = clientOf("https://dcs.example.com", { credentials: { token: "token" }, now: fails, fetch });
    expect(await withToken.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });

    let times = 0;
    const failsLater = () => (times++ === 0 ? Date.now() : fails());
    const refuse = async () => Response.json({ error_code: "DCS.4063", error_msg: "m" }, { status: 400 });
    const signed = clientOf("https://dcs.example.com", { now: failsLater, fetch: refuse });
    expect(await thrownBy(signed.copyInstance(INSTANCE_ID))).toMatchObject({ name: "ApiError", errorCode: "DCS.4063" });
  });

  test("is right when a success breaks off with what else means that no connection was made", async () => {
    let sent = 0;
    const fetch = async () => {
      sent++;
      const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });
      return new Response(new ReadableStream({ pull: (controller) => controller.error(cause) }));
    };
    const error = await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
    expect(sent).toBe(1);
  });

  test("is right when a refusal can't be read", async () => {
    const fetch = async () => {
      const response = new Response("{}", { status: 400 });
      await response.text();
      return response;
    };
    const error = await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "ApiError", status: 400, backupMayExist: false, retryable: false });
  });

  test.each([new Error(""), "", undefined, new TypeError("fetch failed", { cause: null })])(
    "is told in words when fetch fails with %j",
    async (failure) => {
      const backups = clientOf("https://dcs.example.com", { fetch: () => Promise.reject(failure) });
      expect(String(await thrownBy(backups.copyInstance(INSTANCE_ID)))).not.toMatch(/undefined|null/);
    },
  );

  test("is right when a given fetch answers with something that has no status", async () => {
    const fetch = async () => ({ headers: new Headers() }) as Response;
    const error = await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
  });

  test("is right when fetch never dials the port: nothing was sent, and asking again would not help", async () => {
    const error = await thrownBy(clientOf("http://127.0.0.1:1").copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: false, retryable: false });
  });

  test.each<[string, () => unknown]>([
    ["nothing in it", () => Object.create(null)],
    [
      "a message that can't be read",
      () =>
        Object.defineProperty({}, "message", {
          get: () => {
            throw new Error("no");
          },
        }),
    ],
    ["a message that is no text", () => ({ message: Object.create(null) })],
    ["a call that is no text", () => ({ syscall: Object.create(null) })],
    [
      "nothing that can be asked for",
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
  ])("is told when fetch fails with an object with %s", async (_, make) => {
    const backups = clientOf("https://dcs.example.com", { fetch: () => Promise.reject(make()) });
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
  });

  test("is right when the credentials function fails, and its error is the cause", async () => {
    const standIn = await standInForTest();
    const cause = new Error("vault is sealed");
    const credentials = () => Promise.reject(cause);
    const error = await thrownBy(clientOf(standIn.url, { credentials }).copyInstance(INSTANCE_ID));
    expect(error).toBeInstanceOf(BackupError);
    expect(error).toMatchObject({ name: "BackupError", backupMayExist: false, retryable: true, cause });
    expect(standIn.received).toHaveLength(0);
  });

  test("is right when the host's certificate is not trusted: nothing was sent, and asking again would not help", async () => {
    const fetch = async () => {
      throw new TypeError("fetch failed", {
        cause: Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
      });
    };
    const error = await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: false, retryable: false });
  });

  test.each<[string, object]>([
    [
      "Bun",
      Object.assign(new Error("Unable to connect"), {
        code: "ConnectionRefused",
        path: "https://dcs.example.com/v2/x",
      }),
    ],
    [
      "Deno",
      new TypeError(
        "error sending request for url (https://dcs.example.com/v2/x): client error (Connect): tcp connect error",
      ),
    ],
  ])("is right for a connection that was never made on %s", async (_, failure) => {
    const fetch = () => Promise.reject(failure);
    const error = await thrownBy(
      clientOf("https://dcs.example.com", { fetch, maxRetries: 0 }).copyInstance(INSTANCE_ID),
    );
    expect(error).toMatchObject({ backupMayExist: false, retryable: true });
  });

  test.each<[string, unknown]>([
    ["a browser's failure, which says nothing", new TypeError("Failed to fetch")],
    [
      "a broken write",
      new TypeError("fetch failed", {
        cause: Object.assign(new Error("write EHOSTUNREACH"), { code: "EHOSTUNREACH", syscall: "write" }),
      }),
    ],
    [
      "one of two addresses that broke later",
      Object.assign(new AggregateError([{ syscall: "connect" }, { syscall: "read" }]), { code: "ECONNRESET" }),
    ],
    ["something that is no error", "boom"],
    ["nothing", undefined],
  ])("is taken to be a backup after %s", async (_, failure) => {
    const fetch = () => Promise.reject(failure);
    const error = await thrownBy(
      clientOf("https://dcs.example.com", { fetch, maxRetries: 3 }).copyInstance(INSTANCE_ID),
    );
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
  });
});

test("isBackupError knows its own, from any copy of the package, and nothing else", async () => {
  const { isBackupError: isOfAnotherCopy } = await import("../src/errors.ts?another-copy" as "../src/errors.ts");
  const error = await thrownBy(
    clientOf("https://a.example", { fetch: () => Promise.reject("x") }).copyInstance(INSTANCE_ID),
  );
  expect(isBackupError(error)).toBe(true);
  expect(isOfAnotherCopy(error)).toBe(true);
  for (const other of [new Error("x"), new TypeError("x"), "x", null, undefined, {}, { ...(error as object) }]) {
    expect(isBackupError(other)).toBe(false);
  }
});

test("isBackupError knows an error from another realm, such as a sandbox of a test runner", async () => {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src/errors.ts")],
    bundle: true,
    format: "iife",
    globalName: "ours",
    write: false,
  });
  const facts = JSON.stringify({ operationId: "CopyInstance", backupMayExist: true, retryable: false });
  const foreign: unknown = runInNewContext(`${outputFiles[0]?.text}; new ours.BackupError("m", ${facts})`);
  expect(foreign).not.toBeInstanceOf(Error);
  expect(isBackupError(foreign)).toBe(true);
});

describe("an error that is cloned, as for a worker or a queue,", () => {
  const errorsOf = async () => {
    const answers = [() => new Response("{}", { status: 504 }), () => new Response("<p>"), () => Response.error()];
    const errors: unknown[] = [];
    for (const answer of answers) {
      const backups = clientOf("https://a.example", { fetch: async () => answer() });
      errors.push(await thrownBy(backups.copyInstance(INSTANCE_ID, { remark: "r" })));
    }
    const broken = () => Promise.reject(new TypeError("fetch failed", { cause: new Error("reset") }));
    errors.push(await thrownBy(clientOf("https://a.example", { fetch: broken }).copyInstance(INSTANCE_ID)));
    const credentials = () => Promise.reject(new Error("sealed"));
    errors.push(await thrownBy(clientOf("https://a.example", { credentials }).copyInstance(INSTANCE_ID)));
    return errors as BackupError[];
  };

  test("keeps what the platform keeps: its message, stack and cause", async () => {
    for (const error of await errorsOf()) {
      const clone = structuredClone(error);
      expect(clone).toBeInstanceOf(Error);
      expect(clone.message).toBe(error.message);
      expect(clone.stack).toContain(error.message);
      expect((clone.cause as Error | undefined)?.message).toBe((error.cause as Error | undefined)?.message);
      expect(isBackupError(clone)).toBe(false);
    }
  });

  test("keeps all its facts as a plain object", async () => {
    for (const error of await errorsOf()) {
      const clone = structuredClone({ ...error, message: error.message });
      const { message, name, operationId, backupMayExist, retryable } = error;
      expect(clone).toEqual({ ...error, message, name, operationId, backupMayExist, retryable });
      expect(JSON.parse(JSON.stringify(clone))).toMatchObject({
        name,
        operationId,
        backupMayExist,
        retryable,
        message,
      });
    }
  });
});

describe("the cause of a NetworkError", () => {
  const causeOf = async (failure: unknown) => {
    const fetch = () => Promise.reject(failure);
    return ((await thrownBy(clientOf("https://a.example", { fetch }).copyInstance(INSTANCE_ID))) as Error).cause;
  };

  test("keeps name, message, code and the causes behind it", async () => {
    const failure = new TypeError("fetch failed", {
      cause: Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" }),
    });
    const cause = (await causeOf(failure)) as Error;
    expect(cause).toMatchObject({ name: "TypeError", message: "fetch failed", stack: "TypeError: fetch failed" });
    expect(cause).not.toHaveProperty("code");
    expect(cause.cause).toMatchObject({ name: "Error", message: "other side closed", code: "UND_ERR_SOCKET" });
    expect(cause.cause).not.toHaveProperty("cause");
  });

  test("ends where a chain of causes is a circle", async () => {
    const failure: { message: string; cause?: unknown } = { message: "round" };
    failure.cause = failure;
    let depth = 0;
    for (let cause = await causeOf(failure); cause; cause = (cause as Error).cause) {
      depth++;
    }
    expect(depth).toBe(5);
  });

  test("is an error even where fetch threw none", async () => {
    expect(await causeOf("boom")).toMatchObject({ name: "Error", message: "boom" });
    expect(await causeOf(null)).toMatchObject({ name: "Error", message: "null" });
  });
});

describe("nothing hangs", () => {
  test.each<MisbehaviourName>(["hang", "stall", "drip"])(
    "timeout ends a call whose answer does %s",
    async (misbehave) => {
      const standIn = await standInForTest();
      standIn.next({ misbehave });
      const error = await thrownBy(clientOf(standIn.url, { timeout: 1000 }).copyInstance(INSTANCE_ID));
      expect(error).toMatchObject({ name: "NetworkError", timedOut: true, backupMayExist: true, retryable: false });
      expect(String(error)).toContain("within 1000 ms");
    },
  );

  test("timeout of a call goes before the client's", async () => {
    const standIn = await standInForTest();
    standIn.next({ misbehave: "hang" });
    const error = await thrownBy(
      clientOf(standIn.url, { timeout: 60_000 }).copyInstance(INSTANCE_ID, {}, { timeout: 100 }),
    );
    expect(String(error)).toContain("within 100 ms");
  });

  test("timeout covers a credentials function that never returns", async () => {
    const standIn = await standInForTest();
    const backups = clientOf(standIn.url, { timeout: 100, credentials: () => new Promise(() => {}) });
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ timedOut: true, backupMayExist: false, retryable: true });
  });

  test("timeout ends a call even where the given fetch does not heed its signal", async () => {
    const backups = clientOf("https://dcs.example.com", { timeout: 100, fetch: () => new Promise(() => {}) });
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({ timedOut: true, backupMayExist: true });
  });

  test("a call that is never answered does not keep another on the same client", async () => {
    const server = await rawServer((socket, request) => {
      if (!request.includes("/hangs/")) {
        socket.write(httpAnswer("200 OK", '{"backup_id":"b"}'));
      }
    });
    const backups = clientOf(server.url);
    const controller = new AbortController();
    const hanging = thrownBy(backups.copyInstance("hangs", {}, { signal: controller.signal }));
    expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
    controller.abort();
    expect(await hanging).toMatchObject({ name: "NetworkError", timedOut: false });
  });

  test("a signal that wraps another, and so calls its listeners in its own way, ends a call too", async () => {
    const { signal: inner } = new AbortController();
    const controller = new AbortController();
    const wrapper = {
      get aborted() {
        return controller.signal.aborted;
      },
      get reason() {
        return controller.signal.reason;
      },
      addEventListener: controller.signal.addEventListener.bind(controller.signal),
      removeEventListener: controller.signal.removeEventListener.bind(controller.signal),
    } as typeof inner;
    setTimeout(() => controller.abort("stop"), 50);
    const backups = clientOf("https://dcs.example.com", { fetch: () => new Promise(() => {}) });
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID, {}, { signal: wrapper }));
    expect(error).toMatchObject({ name: "NetworkError", timedOut: false, cause: "stop" });
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  test("no listener stays on a signal that outlives its calls", async () => {
    const standIn = await standInForTest();
    const { signal } = new AbortController();
    standIn.next({ code: 429, headers: { "retry-after": "0" } });
    for (let call = 0; call < 5; call++) {
      await clientOf(standIn.url).copyInstance(INSTANCE_ID, {}, { signal });
    }
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  test("many calls at once share a signal without a warning, and it ends them all", async () => {
    const standIn = await standInForTest();
    standIn.next(...Array.from({ length: 20 }, () => ({ misbehave: "hang" as const })));
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    process.on("warning", note);
    const controller = new AbortController();
    const backups = clientOf(standIn.url);
    const errors = Array.from({ length: 20 }, () =>
      thrownBy(backups.copyInstance(INSTANCE_ID, {}, { signal: controller.signal })),
    );
    await until(() => standIn.received.length === 20);
    controller.abort("enough");
    for (const error of await Promise.all(errors)) {
      expect(error).toMatchObject({ name: "NetworkError", cause: "enough" });
    }
    process.off("warning", note);
    expect(warnings).toEqual([]);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  test.each([302, 999])("an answer with %i, whose body nobody reads, is hung up on", async (status) => {
    let cancelled = false;
    const body = new ReadableStream({
      cancel() {
        cancelled = true;
        throw new Error("a failure that nobody hears of");
      },
    });
    const fetch = async () => Object.defineProperty(new Response(body), "status", { value: status });
    await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID));
    expect(cancelled).toBe(true);
  });

  test("no timer keeps the process alive afterwards", async () => {
    const script = join(root, "test/fixtures/exits-by-itself.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [...TSX, script], { timeout: 300_000 });
    expect(stdout).toBe("success, finished, aborted, given up, failure: end\n");
  });
});

describe("a success is a success only when it says so", () => {
  test.each<[MisbehaviourName, RegExp]>([
    ["html", /answered 200, but with no JSON: Sign in Sign in to go on \(POST/],
    ["empty", /no JSON: an empty body/],
    ["no-content", /answered 204, but with no JSON: an empty body/],
    ["cut-json", /no JSON: \{"backup_id":"548ceeff-2c \(/],
    ["no-backup-id", /JSON without a backup_id/],
    ["number-backup-id", /JSON without a backup_id/],
  ])("%s is an InvalidResponseError", async (misbehave, message) => {
    const standIn = await standInForTest();
    standIn.next({ misbehave });
    const error = await thrownBy(clientOf(standIn.url).copyInstance(INSTANCE_ID));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ backupMayExist: true, retryable: false });
    expect((error as Error).message).toMatch(message);
  });

  test.each([
    "null",
    "[]",
    "42",
    '"548ceeff"',
    "{}",
    '{"backup_id":null}',
    '{"backup_id":""}',
    '{"backup_id":["a"]}',
    "\uFEFF",
  ])("%s is an InvalidResponseError", async (body) => {
    const server = await rawServer((socket) => socket.write(httpAnswer("200 OK", body, { "x-request-id": "r-1" })));
    const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ status: 200, requestId: "r-1" });
  });

  test("a success of more than 1 MiB is not one", async () => {
    const server = await rawServer((socket) =>
      socket.write(httpAnswer("200 OK", `{"backup_id":"b","x":"${"x".repeat(2 ** 21)}"}`)),
    );
    expect(await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID))).toBeInstanceOf(InvalidResponseError);
  });

  test("a status that HTTP does not know is no success", async () => {
    const server = await rawServer((socket) => socket.write(httpAnswer("999 What", '{"backup_id":"b"}')));
    const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ backupMayExist: true, retryable: false });
    expect(String(error)).toContain("was answered with 999, which is no status of HTTP");
  });
});

test("the attempt of a start has what was sent, also where the body writes itself", async () => {
  const server = await rawServer((socket) => socket.destroy());
  const body = { toJSON: () => ({ remark: "as sent" }) };
  const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID, body as object));
  expect(error).toMatchObject({ attempt: { operationId: "CopyInstance", instanceId: INSTANCE_ID, remark: "as sent" } });
});
