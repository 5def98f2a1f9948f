/** A given or patched `fetch` may do more than one request, cache, or have a framework behind it: nothing of that is taken for the call. */

import { createServer as createHttpsServer } from "node:https";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { closedUrl, listen } from "../scripts/lib/listen.ts";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import type { BackupClient, BackupClientOptions } from "../src/index.ts";
import { makeCertificate } from "./certificate.ts";
import { clientOf, DDS_BODY, httpAnswer, INSTANCE_ID, rawServer, thrownBy } from "./support.ts";

type Fetch = typeof globalThis.fetch;

const started = httpAnswer("200 OK", '{"backup_id":"b"}');
const { fetch: platformFetch } = globalThis;

/** Both places where a `fetch` can come from. */
const places: [string, (url: string, fetch: Fetch, options?: Partial<BackupClientOptions>) => BackupClient][] = [
  ["given", (url, fetch, options) => clientOf(url, { ...options, fetch })],
  [
    "patched",
    (url, fetch, options) => {
      vi.stubGlobal("fetch", fetch);
      onTestFinished(() => void vi.unstubAllGlobals());
      return clientOf(url, options);
    },
  ],
];

describe.each(places)(
  "a %s fetch that fails for something else, after the backup was started, makes no second one",
  (_, clientWith) => {
    /** Sends, and then asks somewhere else, for example to count its requests there. */
    const countingAt =
      (elsewhere: (own: string) => string | Promise<string>): Fetch =>
      async (url, init) => {
        const response = await platformFetch(url, init);
        await platformFetch(await elsewhere(new URL(String(url)).origin), { method: "POST", body: "1" });
        return response;
      };

    async function check(elsewhere: (own: string) => string | Promise<string>) {
      const server = await rawServer((socket) => socket.write(started));
      const error = await thrownBy(
        clientWith(server.url, countingAt(elsewhere), { busyTimeout: 5000 }).copyInstance(INSTANCE_ID),
      );
      expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
      expect(server.requests).toHaveLength(1);
    }

    test("a port that is closed", () => check(async () => `${await closedUrl()}/metrics`));

    test("a host that does not exist", () => check(() => "https://metrics.nowhere.invalid/"));

    test("a port that fetch does not dial", () => check(() => "http://127.0.0.1:1/"));

    test("a certificate that is refused", () =>
      check(async () => {
        const server = createHttpsServer(makeCertificate());
        onTestFinished(() => void server.close());
        return (await listen(server)).replace("http", "https");
      }));

    test("the same host and port, which nobody listens at any more", async () => {
      const server = createServer((socket) => {
        server.close(); // takes no further connection
        socket.on("error", () => {}).once("data", () => socket.end(started));
      });
      const url = await listen(server);
      const error = await thrownBy(
        clientWith(
          url,
          countingAt((own) => `${own}/metrics`),
        ).copyInstance(INSTANCE_ID),
      );
      expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
      expect(String(error)).toContain("ECONNREFUSED");
    });
  },
);

describe.each(places)("a %s fetch that keeps answers gives none of them to a call", (_, clientWith) => {
  /** As Next.js 13 and 14 do it: the answer of a POST is kept by its URL and body, unless told otherwise. */
  function cachingFetch(): Fetch {
    const kept = new Map<string, Response>();
    return async (url, init) => {
      if (init?.cache === "no-store") {
        return platformFetch(url, init);
      }
      const key = `${url} ${init?.body}`;
      const response = kept.get(key) ?? (await platformFetch(url, init));
      kept.set(key, response.clone());
      return response;
    };
  }

  test("each is sent", async () => {
    let count = 0;
    const server = await rawServer((socket) => socket.write(httpAnswer("200 OK", `{"backup_id":"${++count}"}`)));
    const backups = clientWith(server.url, cachingFetch());
    expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "1" });
    expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "2" });
    expect(await backups.createManualBackup(DDS_BODY)).toEqual({ backup_id: "3" });
    expect(await backups.createManualBackup(DDS_BODY)).toEqual({ backup_id: "4" });
  });
});

describe.each(places)("a %s fetch that follows a redirect all the same", (_, clientWith) => {
  const follow: Fetch = (url, init) => platformFetch(url, { ...init, redirect: "follow" });

  test.each(["302 Found", "307 Temporary Redirect"])("shows another request's answer: %s", async (status) => {
    for (const last of ['200 OK|{"backup_id":"x"}', "404 Not Found|", "429 Too Many Requests|"]) {
      const [end = "", body] = last.split("|");
      const server = await rawServer((socket, request) =>
        socket.end(
          request.includes("/login") ? httpAnswer(end, body ?? "") : httpAnswer(status, "", { location: "/login" }),
        ),
      );
      const error = await thrownBy(clientWith(server.url, follow).copyInstance(INSTANCE_ID));
      expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
      expect(String(error)).toContain(`was redirected to ${server.url}/login`);
      expect(server.requests.filter((request) => !request.includes("/login"))).toHaveLength(1);
    }
  });
});

test("the status of a followed redirect says nothing of a call that is aborted meanwhile", async () => {
  const controller = new AbortController();
  const server = await rawServer((socket, request) =>
    socket.end(
      request.includes("/login")
        ? httpAnswer("404 Not Found", "")
        : httpAnswer("302 Found", "", { location: "/login" }),
    ),
  );
  const fetch: Fetch = async (url, init) => {
    const response = await platformFetch(url, { ...init, redirect: "follow" });
    controller.abort();
    return response;
  };
  const error = await thrownBy(
    clientOf(server.url, { fetch }).copyInstance(INSTANCE_ID, {}, { signal: controller.signal }),
  );
  expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
});

class ThrowingRequest {
  constructor(_: string, { cache }: RequestInit = {}) {
    if (cache) {
      throw new Error("The 'cache' field on 'RequestInitializerDict' is not implemented.");
    }
  }
}

/** As React Native and whatwg-fetch make it. */
class WritingRequest {
  readonly url: string;

  constructor(url: string, { cache }: RequestInit = {}) {
    this.url = cache ? `${url}?_=${Date.now()}` : url;
  }
}

/** The package looks at its platform once. What it saw here must not be left to the files that come after. */
async function importUnder(globals: object): Promise<typeof import("../src/index.ts")> {
  for (const [name, value] of Object.entries(globals)) {
    vi.stubGlobal(name, value);
  }
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });
  vi.resetModules();
  return import("../src/index.ts");
}

test.each([
  ["sent where the platform knows it", undefined, "no-store"],
  ["left out where the platform throws at it, as older Workers do", ThrowingRequest, undefined],
  ["left out where there is no Request", null, undefined],
  ["left out where it changes the query, which is signed", WritingRequest, undefined],
])("the option that forbids a cache is %s", async (_, request, expected) => {
  const { createBackupClient } = await importUnder(request === undefined ? {} : { Request: request ?? undefined });
  let init: RequestInit | undefined;
  const fetch: Fetch = async (_, given) => {
    init = given;
    return Response.json({ backup_id: "b" });
  };
  const options = { projectId: "p", credentials: { token: "t" }, endpoints: { dcs: "https://dcs.example.com" }, fetch };
  await createBackupClient(options).copyInstance(INSTANCE_ID);
  expect(init?.cache).toBe(expected);
  expect("cache" in (init ?? {})).toBe(expected !== undefined);
});

test.each([
  ["an access key", TEST_KEY],
  ["a token", { token: "t" }],
])("a start with %s needs no TextEncoder, which the browser that Jest imitates lacks", async (_, credentials) => {
  const { createBackupClient } = await importUnder({ TextEncoder: undefined });
  const fetch: Fetch = async () => Response.json({ backup_id: "b" });
  const options = { projectId: "p", credentials, endpoints: { dcs: "https://dcs.example.com" }, fetch };
  expect(await createBackupClient(options).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
});

test.each([
  ["an access key", TEST_KEY],
  ["a token", { token: "t" }],
])(
  "a process that throws when it is asked for a module, as in the edge runtime of Next.js, keeps no call with %s back",
  async (_, credentials) => {
    const getBuiltinModule = () => {
      throw new Error("A Node.js API is used (process.getBuiltinModule) which is not supported in the Edge Runtime.");
    };
    const { createBackupClient } = await importUnder({ process: { ...process, getBuiltinModule } });
    const fetch: Fetch = async () => Response.json({ backup_id: "b" });
    const options = { projectId: "p", credentials, endpoints: { dcs: "https://dcs.example.com" }, fetch };
    expect(await createBackupClient(options).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
  },
);

describe.each(places)("what a framework throws through a %s fetch to steer itself", (_, clientWith) => {
  const steering = Object.assign(new Error("Dynamic server usage: no-store fetch"), { digest: "DYNAMIC_SERVER_USAGE" });

  test("passes unharmed when nothing was sent", async () => {
    const backups = clientWith("https://dcs.example.com", () => Promise.reject(steering));
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toBe(steering);
  });

  test("passes unharmed after a refusal, too", async () => {
    let count = 0;
    const backups = clientWith("https://dcs.example.com", async () => {
      if (++count > 1) {
        throw steering;
      }
      return new Response("{}", { status: 429, headers: { "retry-after": "0" } });
    });
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toBe(steering);
  });

  test("does not hide that something was sent", async () => {
    const server = await rawServer((socket) => socket.write(started));
    const backups = clientWith(server.url, async (...args) => {
      await platformFetch(...args);
      throw steering;
    });
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({
      name: "NetworkError",
      backupMayExist: true,
    });
    expect(server.requests).toHaveLength(1);
  });

  test("does not hide that an answer had begun", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(steering) });
    const backups = clientWith("https://dcs.example.com", async () => new Response(body));
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({
      name: "NetworkError",
      backupMayExist: true,
    });
  });

  test("is no error of ours where it only looks like one", async () => {
    const hostile = Object.defineProperty(new Error("x"), "digest", {
      get() {
        throw new Error("no");
      },
    });
    for (const failure of [hostile, { digest: "x" }, Object.assign(new Error("x"), { digest: 5 })]) {
      const backups = clientWith("https://dcs.example.com", () => Promise.reject(failure));
      expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({
        name: "NetworkError",
        backupMayExist: true,
      });
    }
  });
});

describe("a fetch that goes on after its call is over", () => {
  test("can still send, so a call that ends before it counts as sent", async () => {
    const fetch: Fetch = async () => {
      await call;
      throw Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:443"), { syscall: "connect" });
    };
    // Long enough for a busy machine to call fetch in.
    const call = thrownBy(clientOf("https://127.0.0.1", { fetch, timeout: 1_000 }).copyInstance(INSTANCE_ID));
    const error = await call;
    expect(error).toMatchObject({ timedOut: true, backupMayExist: true, retryable: false });
  });

  test("does not keep the next call to that URL from hearing what leaves", async () => {
    let failLate = () => {};
    const late: Fetch = () =>
      new Promise((_, reject) => {
        failLate = () => reject(new Error("late"));
      });
    const server = createServer((socket) => {
      server.close();
      socket.on("error", () => {}).once("data", () => socket.end(started));
    });
    const url = await listen(server);
    expect(await thrownBy(clientOf(url, { fetch: late, timeout: 20 }).copyInstance(INSTANCE_ID))).toMatchObject({
      timedOut: true,
    });

    const fetch: Fetch = async (...args) => {
      failLate();
      await new Promise((resolve) => setImmediate(resolve));
      await platformFetch(...args);
      return platformFetch(`${url}/metrics`, { method: "POST" });
    };
    const error = await thrownBy(clientOf(url, { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
  });
});
