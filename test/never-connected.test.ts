/** A connection that was never made is asked for again where the failure names it, and is not taken for another's. */
import { channel } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { closedUrl, listen } from "../scripts/lib/listen.ts";
import { stageOf } from "../src/failures.ts";
import { callInChild } from "./child.ts";
import { clientOf, INSTANCE_ID, knowsProxies, rawServer, thrownBy } from "./support.ts";

const unconnected = { name: "NetworkError", backupMayExist: false, retryable: true };
const unsent = { name: "NetworkError", backupMayExist: false, retryable: false };

describe("under a timeout that is shorter than what a system waits for a connection", () => {
  /**
   * A port whose host drops SYNs: the kernel does so where nobody accepts and the backlog is full. A thread that blocks accepts nothing.
   */
  async function droppingUrl(): Promise<string> {
    const thread = new Worker(
      `const { parentPort } = require("node:worker_threads");
      const server = require("node:net").createServer();
      server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
        parentPort.postMessage(server.address().port);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      });`,
      { eval: true },
    );
    const port = await new Promise<number>((resolve) => thread.once("message", resolve));
    const sockets: Socket[] = [];
    onTestFinished(async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      await thread.terminate();
    });
    // The kernel takes one more than the backlog.
    for (let count = 0; count < 2; count++) {
      const socket = connect(port, "127.0.0.1");
      sockets.push(socket);
      await once(socket, "connect");
    }
    return `http://127.0.0.1:${port}`;
  }

  test.skipIf(process.platform !== "linux")("dropped SYNs are told from a lost answer", async () => {
    const error = await thrownBy(clientOf(await droppingUrl(), { timeout: 300 }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ ...unconnected, timedOut: true });
    expect(String(error)).toMatch(/timed out.*Nothing was started/);

    const server = await rawServer(() => {});
    const lost = await thrownBy(clientOf(server.url, { timeout: 1000 }).copyInstance(INSTANCE_ID));
    expect(lost).toMatchObject({ backupMayExist: true, retryable: false, timedOut: true });
    expect(server.requests).toHaveLength(1);
  });

  test.skipIf(process.platform !== "linux").each([
    ["does not heed its signal", () => new Promise(() => {})],
    ["heeds its signal, but whose request does not,", () => Promise.reject(new Error("given up"))],
  ])("a fetch that %s may yet send", async (_, atAbort) => {
    const { fetch } = globalThis;
    vi.stubGlobal("fetch", (url: string, init: RequestInit & { signal: AbortSignal }) =>
      Promise.race([fetch(url, { ...init, signal: null }), once(init.signal, "abort").then(atAbort)]),
    );
    onTestFinished(() => void vi.unstubAllGlobals());
    const error = await thrownBy(clientOf(await droppingUrl(), { timeout: 300 }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ timedOut: true, backupMayExist: true, retryable: false });
  });
});

describe("a proxy that the environment names", () => {
  const through = (proxy: string) => ({ NODE_USE_ENV_PROXY: "1", no_proxy: "", http_proxy: "", https_proxy: proxy });
  /** Nothing is ever asked of it: the proxy does not let anybody through. */
  const urls = { behind: "https://dcs.nowhere.invalid" };

  test.skipIf(!knowsProxies).each([
    [407, { platform: unsent, given: { ...unsent, sent: 1 } }],
    [403, { platform: unsent, given: { ...unsent, sent: 1 } }],
    [408, { platform: unconnected, given: { ...unconnected, sent: 3 } }],
    [429, { platform: unconnected, given: { ...unconnected, sent: 3 } }],
    [502, { platform: unconnected, given: { ...unconnected, sent: 3 } }],
    [503, { platform: unconnected, given: { ...unconnected, sent: 3 } }],
  ])("that refuses CONNECT with %i had nothing sent to it", async (status, told) => {
    let asked = 0;
    const proxy = createServer().on("connect", (_, socket) => {
      asked++;
      socket.end(`HTTP/1.1 ${status} X\r\n\r\n`);
    });
    const url = await listen(proxy);
    onTestFinished(() => void proxy.close());
    const { behind } = await callInChild(urls, { env: through(url) });
    expect(behind).toMatchObject(told);
    expect(behind?.platform.message).toContain(`Proxy response (${status}) !== 200`);
    expect(asked).toBe(2 * told.given.sent);
  });

  test.skipIf(!knowsProxies)("that nobody reaches is asked for again", async () => {
    const { behind } = await callInChild(urls, { env: through(await closedUrl()) });
    expect(behind).toMatchObject({ platform: unconnected, given: { ...unconnected, sent: 3 } });
    expect(behind?.platform.message).toContain("ECONNREFUSED");
  });

  test.each([
    ["https_proxy", "http://user:secret@proxy.example:3128"],
    ["HTTPS_PROXY", "http://proxy.example:3128/"],
    ["http_proxy", "proxy.example:3128"],
    ["all_proxy", "socks5://proxy.example"],
  ])("counts as the call's own: %s=%s", async (name, value) => {
    vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const fetch = failing({
      code: "ENOTFOUND",
      syscall: "getaddrinfo",
      message: "getaddrinfo ENOTFOUND proxy.example",
    });
    expect(await thrownBy(callOnce({ fetch }))).toMatchObject(unconnected);
    const others = failing({
      code: "ENOTFOUND",
      syscall: "getaddrinfo",
      message: "getaddrinfo ENOTFOUND proxy.example.org",
    });
    expect(await thrownBy(callOnce({ fetch: others }))).toMatchObject({ backupMayExist: true, retryable: false });
    for (const message of [
      "request to http://audit.example:9/ failed, reason: connect ECONNREFUSED 192.0.2.9:9",
      "Connect Timeout Error (attempted addresses: 192.0.2.9:8443, timeout: 10000ms)",
      "ECONNREFUSED",
    ]) {
      const error = await thrownBy(callOnce({ fetch: failing({ message, code: "ECONNREFUSED" }) }));
      expect(error, message).toMatchObject({ backupMayExist: true, retryable: false });
    }
  });
});

/** As undici wraps it. */
const failing = (failure: object) => () =>
  Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error(), failure) }));

const callOnce = ({ fetch, at = "https://dcs.example.com" }: { fetch: typeof globalThis.fetch; at?: string }) =>
  clientOf(at, { fetch, maxRetries: 0 }).copyInstance(INSTANCE_ID);

/** What each runtime throws, by its message and the rest of it. The calls go to port 443 of dcs.example.com. */
const url = "https://dcs.example.com/v2/p/instances/i/backups";
const deno = `error sending request for url (${url}): client error (Connect): `;
const bun = "Unable to connect. Is the computer able to access the url?";
const neverMade: [string, string, object][] = [
  ["Node", "connect ECONNREFUSED 192.0.2.1:443", { code: "ECONNREFUSED", syscall: "connect" }],
  ["Node", "connect EHOSTUNREACH 192.0.2.1:443 - Local (0.0.0.0:0)", { code: "EHOSTUNREACH", syscall: "connect" }],
  ["Node", "connect ENETUNREACH 2001:db8::1:443", { code: "ENETUNREACH", syscall: "connect" }],
  ["Node", "connect ETIMEDOUT", { code: "ETIMEDOUT", syscall: "connect", address: "192.0.2.1", port: 443 }],
  ["Node", "getaddrinfo ENOTFOUND dcs.example.com", { code: "ENOTFOUND", syscall: "getaddrinfo" }],
  ["Node, without the system call", "no such host", { code: "ENOTFOUND", hostname: "dcs.example.com" }],
  ["Node, without the system call", "the DNS is down for dcs.example.com", { code: "EAI_AGAIN" }],
  [
    "undici 6",
    "Connect Timeout Error (attempted address: dcs.example.com:443, timeout: 10000ms)",
    { code: "UND_ERR_CONNECT_TIMEOUT" },
  ],
  [
    "undici 7",
    "Connect Timeout Error (attempted addresses: 192.0.2.1:443, 2001:db8::1:443, timeout: 10000ms)",
    { code: "UND_ERR_CONNECT_TIMEOUT" },
  ],
  ["node-fetch", `request to ${url} failed, reason: connect ECONNREFUSED 192.0.2.1:443`, { code: "ECONNREFUSED" }],
  ["Bun 1.4", bun, { code: "ECONNREFUSED", path: url }],
  ["Bun 1.2", bun, { code: "ConnectionRefused", path: url }],
  ["Bun 1.1", bun, { code: "FailedToOpenSocket", path: url }],
  ["Deno", `${deno}tcp connect error: Connection refused (os error 111)`, {}],
  ["Deno", `${deno}dns error: failed to lookup address information: Name or service not known`, {}],
];

/** Some say a network address alone. */
const placeIn = (message: string, more: object): string => {
  const text = JSON.stringify([message, more]);
  const [address] = /(192\.0\.2|2001:db8:):?\.?1(?=[:"])/.exec(text.includes("dcs.") ? "" : text) ?? [
    "dcs.example.com",
  ];
  return `https://${address.includes(":") ? `[${address}]` : address}`;
};

test.each(neverMade)("%s says it: %s", async (_, message, more) => {
  const [fetch, at] = [failing({ message, ...more }), placeIn(message, more)];
  expect(await thrownBy(callOnce({ fetch, at }))).toMatchObject(unconnected);
});

test("an environment that may not be read leaves the call's own place known", async () => {
  const { env } = process;
  Object.defineProperty(process, "env", {
    configurable: true,
    get() {
      throw new Error("Requires env access");
    },
  });
  onTestFinished(() => {
    Object.defineProperty(process, "env", { configurable: true, writable: true, value: env });
  });
  const fetch = failing({ message: "getaddrinfo ENOTFOUND dcs.example.com", code: "ENOTFOUND" });
  const thrown = await thrownBy(callOnce({ fetch }));
  expect(thrown).toMatchObject(unconnected);
});

test.each([
  `[POST] "${url}": <no response> connect ECONNREFUSED 192.0.2.1:443`,
  "request to https://dcs.example.com:443/v2 failed, reason: connect ECONNREFUSED 192.0.2.1:443",
])("the URL may stand in quotes, and with its port: %s", async (message) => {
  const error = await thrownBy(callOnce({ fetch: failing({ message, code: "ECONNREFUSED" }) }));
  expect(error).toMatchObject(unconnected);
});

test.each([
  "connect ECONNREFUSED 192.0.2.9:443",
  "request to https://metrics.example.com/?of=https://dcs.example.com failed, reason: connect ECONNREFUSED 192.0.2.9:443",
  "request to https://metrics.example.com/dcs.example.com failed, reason: getaddrinfo ENOTFOUND metrics.example.com",
])("an address that may be another's is not taken for the host's own: %s", async (message) => {
  const error = await thrownBy(callOnce({ fetch: failing({ message, code: "ECONNREFUSED" }) }));
  expect(error).toMatchObject({ backupMayExist: true, retryable: false });
});

test.each([
  ["wrong version number", "ERR_SSL_WRONG_VERSION_NUMBER"],
  ["packet length too long", "ERR_SSL_PACKET_LENGTH_TOO_LONG"],
])("what is no TLS may come after data: %s", async (words, code) => {
  const message = `80D1F7:error:0A00010B:SSL routines:ssl3_get_record:${words}:../ssl3_record.c:355:\n`;
  const error = await thrownBy(callOnce({ fetch: failing({ message, code }) }));
  expect(error).toMatchObject({ backupMayExist: true, retryable: false });
});

test("undici before 7.2 tells of a start that left over HTTP/2 only by its body", async () => {
  const request = { origin: "https://dcs.example.com", path: "" };
  const failure = Object.assign(new Error("HTTP/2: stream closed"), { code: "UND_ERR_INFO" });
  vi.stubGlobal("fetch", async (input: unknown) => {
    request.path = new URL(String(input)).pathname;
    channel("undici:request:create").publish({ request });
    channel("undici:request:bodySent").publish({ request });
    channel("undici:request:error").publish({ request, error: failure });
    throw new TypeError("fetch failed", { cause: failure });
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const client = clientOf("https://dcs.example.com");
  expect(await thrownBy(client.copyInstance(INSTANCE_ID))).toMatchObject({ backupMayExist: true, retryable: false });
});

test("undici tells of an address that it is the host's own", async () => {
  const failure = Object.assign(new Error("connect ECONNREFUSED 192.0.2.9:443"), { code: "ECONNREFUSED" });
  const tell = (what: string, more: object, path: string) =>
    channel(`undici:request:${what}`).publish({ request: { origin: "https://dcs.example.com", path }, ...more });
  const given = (isOwn: boolean) => async (input: unknown) => {
    const { pathname } = new URL(String(input));
    tell("create", {}, pathname);
    tell("error", { error: failure }, isOwn ? pathname : "/metrics");
    throw new TypeError("fetch failed", { cause: failure });
  };
  expect(await thrownBy(callOnce({ fetch: given(true) }))).toMatchObject(unconnected);
  expect(await thrownBy(callOnce({ fetch: given(false) }))).toMatchObject({ backupMayExist: true, retryable: false });
});

test.each(neverMade)("%s says it of another place: %s", async (_, message, more) => {
  const elsewhere: object = JSON.parse(
    JSON.stringify({ message, ...more })
      .replaceAll("dcs.example.com", "metrics.example.com")
      .replaceAll("2.1:443", "2.1:8443")
      .replaceAll("::1:443", "::1:8443")
      .replaceAll('"port":443', '"port":8443'),
  );
  const error = await thrownBy(callOnce({ fetch: failing(elsewhere) }));
  expect(error).toMatchObject({ backupMayExist: true, retryable: false });
});

const EPROTO =
  "write EPROTO 80D1F7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl3_record.c:355:\n";
test.each<[string, string, object]>([
  ["undici", "Proxy response (502) !== 200 when HTTP Tunneling", { code: "UND_ERR_ABORTED" }],
  ["node:https", EPROTO, { code: "EPROTO", syscall: "write" }],
  [
    "node:https",
    "Client network socket disconnected before secure TLS connection was established",
    { code: "ECONNRESET" },
  ],
  ["Bun", "Proxy refused to open a tunnel: 407 X", { code: "ERR_PROXY_TUNNEL", path: url }],
  ["Bun", "self signed certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT", path: url }],
  ["Deno", `${deno}invalid peer certificate: UnknownIssuer`, {}],
  ["Deno", `${deno}received corrupt message of type InvalidContentType`, {}],
  ["Deno", `${deno}received fatal alert: HandshakeFailure`, {}],
  ["Deno", `${deno}tls handshake eof`, {}],
  ["Deno", `${deno}Connection reset by peer (os error 104)`, {}],
  ["Deno", `${deno}unsuccessful tunnel`, {}],
  ["Deno", `${deno}proxy authentication required`, {}],
])("%s says that nothing was sent, and would not be: %s", async (_, message, more) => {
  const fetch = vi.fn(failing({ message, ...more }));
  expect(await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID))).toMatchObject(
    unsent,
  );
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("the deepest reason is shown, whatever stands around it", async () => {
  const deep = new TypeError("fetch failed", {
    cause: new Error("", {
      cause: new Error("aborted", { cause: new Error("Proxy response (407) !== 200 when HTTP Tunneling") }),
    }),
  });
  const error = await thrownBy(callOnce({ fetch: () => Promise.reject(deep) }));
  expect(error).toMatchObject(unsent);
  expect(String(error)).toContain("(fetch failed: Proxy response (407) !== 200 when HTTP Tunneling)");
});

test("each address of a host is tried, and all must have failed before anything was sent", async () => {
  const address = (message: string) => Object.assign(new Error(message), { code: message.split(" ")[1] });
  const failed =
    (...messages: string[]) =>
    () =>
      Promise.reject(new TypeError("fetch failed", { cause: new AggregateError(messages.map(address)) }));
  const refused = "connect ECONNREFUSED 192.0.2.1:443";
  const closed = failed(refused, "connect ETIMEDOUT 192.0.2.1:443");
  const error = await thrownBy(callOnce({ fetch: closed, at: "https://192.0.2.1" }));
  expect(error).toMatchObject(unconnected);
  expect(String(error)).toContain(`fetch failed: ${refused}`);
  const { errors } = ((error as Error).cause as Error).cause as AggregateError;
  expect(errors.map(({ message }) => message)).toEqual([refused, "connect ETIMEDOUT 192.0.2.1:443"]);
  const broken = failed(refused, "read ECONNRESET");
  expect(await thrownBy(callOnce({ fetch: broken, at: "https://192.0.2.1" }))).toMatchObject({ backupMayExist: true });
});

test("a name that leads to two closed addresses is asked for again", async () => {
  const { port } = new URL(await closedUrl());
  const fetch = vi.fn((...args: Parameters<typeof globalThis.fetch>) => globalThis.fetch(...args));
  const error = await thrownBy(clientOf(`http://localhost:${port}`, { fetch }).copyInstance(INSTANCE_ID));
  expect(error).toMatchObject(unconnected);
  expect(fetch).toHaveBeenCalledTimes(3);
});

describe("whose failure it is", () => {
  const nothing = { isStillHere: false, isOwn: () => false };
  // After `xn--` comes Punycode, and what is none makes no URL.
  const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/).filter((text) => !text.startsWith("xn--"));
  const name = fc.tuple(label, label, fc.constantFrom("example", "invalid")).map((labels) => labels.join("."));
  const ip = fc.oneof(
    fc.ipV4(),
    fc.ipV6().map((text) => new URL(`http://[${text}]`).hostname.slice(1, -1)),
  );
  const port = fc.integer({ min: 1024, max: 65_535 });
  const toUrl = (host: string, port: number) => `https://${host.includes(":") ? `[${host}]` : host}:${port}/v2/p`;
  /** Ways to name a host and a port. */
  const forms: ((host: string, port: number) => object)[] = [
    (host, port) => ({ syscall: "connect", code: "ECONNREFUSED", message: `connect ECONNREFUSED ${host}:${port}` }),
    (host, port) => ({ syscall: "connect", code: "ETIMEDOUT", address: host, port }),
    (host, port) => ({
      code: "UND_ERR_CONNECT_TIMEOUT",
      message: `(attempted address: ${host}:${port}, timeout: 9ms)`,
    }),
    (host, port) => ({ code: "ECONNREFUSED", path: toUrl(host, port), message: bun }),
    (host, port) => ({ message: `for url (${toUrl(host, port)}): client error (Connect): tcp connect error: x` }),
  ];
  const form = fc.constantFrom(...forms);

  test("the call's own host and port are known, in every way to write them", () => {
    fc.assert(
      fc.property(fc.oneof(name, ip), port, form, (host, port, write) => {
        expect(stageOf(write(host, port), toUrl(host, port), nothing)).toBe("unconnected");
      }),
    );
  });

  test("another host or another port is never taken for it", () => {
    fc.assert(
      fc.property(
        fc.oneof(name, ip),
        port,
        fc.oneof(name, ip),
        port,
        form,
        (host, port, otherHost, otherPort, write) => {
          fc.pre(otherHost !== host && otherPort !== port);
          expect(stageOf(write(host, otherPort), toUrl(host, port), nothing)).toBe("unknown");
          expect(stageOf(write(otherHost, otherPort), toUrl(host, port), nothing)).toBe("unknown");
          expect(stageOf(write(otherHost, port), toUrl(host, port), nothing)).toBe("unknown");
        },
      ),
    );
  });

  test.each([
    ["Node", (place: string) => ({ code: "ERR_ACCESS_DENIED", message: `connect ERR_ACCESS_DENIED ${place}` })],
    [
      "Deno",
      (place: string) => ({ message: `Requires net access to "${place}", run again with the --allow-net flag` }),
    ],
  ])("a permission that %s was not given is missing at the next call too", (_, denied) => {
    const at = "https://dcs.invalid/v2/p";
    expect(stageOf(denied("dcs.invalid:443"), at, nothing)).toBe("unsent");
    expect(stageOf(denied("log.invalid:443"), at, nothing)).toBe("unknown");
    expect(stageOf(denied("192.0.2.1:443"), at, { ...nothing, isStillHere: true })).toBe("unsent");
  });

  test.each([
    ["a loopback address is localhost's", "127.0.0.1:8026", "http://localhost:8026", "unconnected"],
    ["one of IPv6 is, too", "::1:8026", "http://localhost:8026", "unconnected"],
    ["another host's is not", "192.0.2.1:8026", "http://localhost:8026", "unknown"],
    ["https has a port of its own", "dcs.invalid:443", "https://dcs.invalid", "unconnected"],
    ["and so has http", "127.0.0.1:80", "http://127.0.0.1", "unconnected"],
    ["which is not that of https", "127.0.0.1:443", "http://127.0.0.1", "unknown"],
    ["a dot stands for itself alone", "a.bxinvalid:443", "https://a.b.invalid", "unknown"],
  ])("%s: %s for %s", (_, place, origin, stage) => {
    expect(stageOf(new Error(`connect ECONNREFUSED ${place}`), `${origin}/v2/p`, nothing)).toBe(stage);
  });

  test("no failed address at all tells nothing", () => {
    expect(stageOf(new AggregateError([], "fetch failed"), url, nothing)).toBe("unknown");
    expect(stageOf(new AggregateError([], "connect ECONNREFUSED 192.0.2.1:1"), "https://192.0.2.1:1/", nothing)).toBe(
      "unconnected",
    );
  });

  test("where undici has told that nothing left, a failure need name nobody", () => {
    const failure = { code: "ERR_SOCKET_CONNECTION_TIMEOUT", message: "Socket connection timeout" };
    const stillHere = { ...nothing, isStillHere: true };
    expect(stageOf(failure, url, stillHere)).toBe("unconnected");
    expect(stageOf(failure, url, nothing)).toBe("unknown");
    expect(stageOf(new Error("anything"), url, stillHere)).toBe("unsent");
  });
});
