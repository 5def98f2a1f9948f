/** The stand-in over https, with HTTP/1.1 and HTTP/2, and what only HTTP/2 can do to a request. */
import { X509Certificate } from "node:crypto";
import { connect, constants } from "node:http2";
import { request as sendRequest } from "node:https";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { makeCertificate } from "../scripts/stand-in/certificate.ts";
import { http2Misbehaviours } from "../scripts/stand-in/http2-misbehaviours.ts";
import type { Tls } from "../scripts/stand-in/listener.ts";
import { type StandIn, startStandIn } from "../scripts/stand-in/server.ts";
import { authorization, sdkDate } from "../src/signing.ts";
import { INSTANCE_ID, PROJECT_ID, thrownBy, until } from "./support.ts";

const path = `/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`;
const certificate = makeCertificate();
const ca = certificate.authority;

async function serviceOverTls(protocol?: "http/1.1" | "h2"): Promise<StandIn> {
  const tls: Tls = { ...certificate, ...(protocol && { protocol }) };
  const standIn = await startStandIn({ tls });
  onTestFinished(() => standIn.close());
  return standIn;
}

/** The headers of a start that is signed for the host as the URL has it. */
async function headersFor(url: string): Promise<Record<string, string>> {
  const headers = { host: new URL(url).host, "x-sdk-date": sdkDate(Date.now()) };
  const value = await authorization({ method: "POST", path, headers, body: "{}" }, TEST_KEY, "access");
  return { ...headers, "content-type": "application/json", authorization: value };
}

async function postOverHttp1(url: string): Promise<{ status: number | undefined; body: string }> {
  const headers = await headersFor(url);
  return new Promise((resolve, reject) => {
    sendRequest(url + path, { method: "POST", headers, ca, agent: false }, async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    })
      .on("error", reject)
      .end("{}");
  });
}

/** Posts so many requests at once on one connection of HTTP/2. */
async function postOverHttp2(url: string, count = 1): Promise<{ status: unknown; body: string; code: number }[]> {
  const { host, ...headers } = await headersFor(url);
  const session = connect(url, { ca });
  session.on("error", () => {});
  onTestFinished(() => session.destroy());
  return Promise.all(
    Array.from({ length: count }, async () => {
      const stream = session.request({ ":method": "POST", ":path": path, ":authority": host, ...headers });
      stream.on("error", () => {});
      let status: unknown;
      stream.on("response", (head) => {
        status = head[":status"];
      });
      let body = "";
      stream.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      stream.end("{}");
      await new Promise((resolve) => stream.on("close", resolve));
      return { status, body, code: stream.rstCode };
    }),
  );
}

test("its certificate is for this machine alone, and from an authority that is made with it", () => {
  const authority = new X509Certificate(certificate.authority);
  const own = new X509Certificate(certificate.certificate);
  expect(own.checkIssued(authority)).toBe(true);
  expect(own.verify(authority.publicKey)).toBe(true);
  expect([authority.ca, own.ca]).toEqual([true, false]);
  expect(own.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(own.checkHost("localhost")).toBe("localhost");
  expect(own.checkHost("example.com")).toBeUndefined();
  const another = new X509Certificate(makeCertificate().authority);
  expect(own.verify(another.publicKey)).toBe(false);
});

test("takes a signed start over HTTP/1.1 and over HTTP/2, on one port", async () => {
  const standIn = await serviceOverTls();
  expect(standIn.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const started = { status: 200, body: expect.stringContaining("backup_id") };
  expect(await postOverHttp1(standIn.url)).toMatchObject(started);
  expect(await postOverHttp2(standIn.url)).toMatchObject([started]);
  expect(standIn.received.map(({ target }) => target)).toEqual([path, path]);
});

test.each([
  ["http/1.1", "h2"],
  ["h2", "http/1.1"],
] as const)("speaks %s alone where it is told to", async (protocol, other) => {
  const { url } = await serviceOverTls(protocol);
  const port = Number(new URL(url).port);
  const negotiate = (ALPNProtocols: string[]) =>
    new Promise((resolve, reject) => {
      const socket = connectTls({ port, host: "127.0.0.1", ca, ALPNProtocols }, () => {
        resolve(socket.alpnProtocol);
        socket.destroy();
      }).on("error", reject);
    });
  expect(await negotiate([other, protocol])).toBe(protocol);
  await thrownBy(negotiate([other]));
});

test("takes five starts at once on one connection", async () => {
  const standIn = await serviceOverTls("h2");
  const answers = await postOverHttp2(standIn.url, 5);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(new Set(answers.map(({ body }) => body)).size).toBe(5);
  expect(new Set(standIn.received.map(({ connection }) => connection)).size).toBe(1);
});

describe("goes wrong over HTTP/2 as it is told:", () => {
  const resets = Object.keys(http2Misbehaviours).filter((name) => name.startsWith("rst-"));

  test("with every code of RST_STREAM", async () => {
    const standIn = await serviceOverTls("h2");
    const codes: number[] = [];
    for (const misbehave of resets as (keyof typeof http2Misbehaviours)[]) {
      standIn.next({ misbehave });
      const [answer] = await postOverHttp2(standIn.url);
      expect(answer?.status).toBeUndefined();
      codes.push(answer?.code ?? -1);
    }
    expect(codes).toEqual(Array.from({ length: 14 }, (_, code) => code));
  });

  test.each([
    ["goaway", 3],
    ["goaway-unprocessed", 1],
  ] as const)("with %s, which names stream %i of two as the last", async (misbehave, last) => {
    const standIn = await serviceOverTls("h2");
    standIn.next({ code: 503 }, { misbehave });
    const headers = await headersFor(standIn.url);
    const session = connect(standIn.url, { ca });
    session.on("error", () => {});
    const left = new Promise((resolve) => session.on("goaway", (code, lastStreamId) => resolve([code, lastStreamId])));
    for (let count = 0; count < 2; count++) {
      const stream = session.request({ ":method": "POST", ":path": path, ...headers });
      stream.on("error", () => {}).resume();
      stream.end("{}");
      await new Promise((resolve) => stream.on("close", resolve));
    }
    expect(await left).toEqual([constants.NGHTTP2_NO_ERROR, last]);
    expect((await postOverHttp2(standIn.url))[0]).toMatchObject({ status: 200 });
  });

  test.each([
    ["reset", { status: undefined, body: "" }],
    ["close", { status: undefined, body: "" }],
    ["half", { status: 200, body: '{"backup_id":"548ceeff' }],
    ["html", { status: 200, body: expect.stringContaining("Sign in") }],
    ["echo", { status: 401, body: expect.stringContaining("x-sdk-date:") }],
    ["huge-error", { status: 500, body: "All work and no play. ".repeat(1_400_000) }],
  ] as const)("with %s, and serves on", async (misbehave, expected) => {
    const standIn = await serviceOverTls("h2");
    standIn.next({ misbehave });
    expect((await postOverHttp2(standIn.url))[0]).toMatchObject(expected);
    expect((await postOverHttp2(standIn.url))[0]).toMatchObject({ status: 200 });
  });

  test.each([
    ["stall", 200],
    ["hang", undefined],
  ] as const)("with %s, which leaves the request open, and serves on", async (misbehave, status) => {
    const standIn = await serviceOverTls("h2");
    standIn.next({ misbehave });
    const headers = await headersFor(standIn.url);
    const session = connect(standIn.url, { ca });
    onTestFinished(() => session.destroy());
    let answered: unknown;
    const stream = session.request({ ":method": "POST", ":path": path, ...headers });
    stream.on("response", (head) => {
      answered = head[":status"];
    });
    stream.on("error", () => {}).resume();
    stream.end("{}");
    await until(() => standIn.received.length === 1);
    expect((await postOverHttp2(standIn.url))[0]).toMatchObject({ status: 200 });
    await expect.poll(() => answered, { timeout: 20_000 }).toBe(status);
    expect(stream.closed).toBe(false);
  });

  test("and over HTTP/1.1 under TLS with a reset", async () => {
    const standIn = await serviceOverTls("http/1.1");
    standIn.next({ misbehave: "reset" }, { misbehave: "rst-cancel" });
    expect(await thrownBy(postOverHttp1(standIn.url))).toMatchObject({ code: "ECONNRESET" });
    expect(await thrownBy(postOverHttp1(standIn.url))).toMatchObject({ code: "ECONNRESET" });
    expect(await postOverHttp1(standIn.url)).toMatchObject({ status: 200 });
  });
});
