/** Where certainly nothing was sent, the caller is told so; and nothing is called certain that is not. */
import { createServer as createHttpServer } from "node:http";
import { createSecureServer } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { listen } from "../scripts/lib/listen.ts";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import type { BackupClientOptions } from "../src/index.ts";
import { createOpenApiClients } from "../src/openapi-fetch.ts";
import { makeCertificate } from "./certificate.ts";
import { callInChild } from "./child.ts";
import { listService } from "./list-service.ts";
import { clientOf, httpAnswer, INSTANCE_ID, PROJECT_ID, rawServer, thrownBy } from "./support.ts";

const nothing = { name: "NetworkError", backupMayExist: false, retryable: false, timedOut: false };
const unknown = { name: "NetworkError", backupMayExist: true, retryable: false };
/** The platform's, by way of a function that is not. */
const given: typeof fetch = (...args) => fetch(...args);
/** HTTP/2 is spoken by undici 8 and later, which is Node's since 26. */
const undici = Number(process.versions["undici"]?.split(".")[0]);

/** A server for one test. @returns its URL of https, and how many connections it has had. */
async function serve(server: Server): Promise<{ url: string; connections: number }> {
  const served = { url: "", connections: 0 };
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    served.connections++;
    sockets.add(socket.on("error", () => {}));
  });
  server.on("tlsClientError", () => {});
  served.url = (await listen(server)).replace("http", "https");
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  return served;
}

/** Reads the first bytes of a connection, and then does as told. */
const afterHello = (act: (socket: Socket) => void) => createServer((socket) => socket.once("data", () => act(socket)));

/** The head of a record of 65,535 bytes, of which 16,384 is the most. */
const TOO_LONG = Buffer.concat([Buffer.of(22, 3, 3, 255, 255), Buffer.alloc(200)]);

/** A fatal alert: https://www.rfc-editor.org/rfc/rfc8446#section-6 */
const alert = (description: number) => afterHello((socket) => socket.end(Buffer.of(21, 3, 3, 0, 2, 2, description)));

const certificate = makeCertificate();
const secure = (options: TlsOptions) =>
  createHttpsServer({ ...certificate, ...options }, (_, answer) => answer.end('{"backup_id":"b"}'));

/** Each fails in its handshake. */
const handshakes: [string, () => Server, RegExp][] = [
  ["plain HTTP on the port", () => createHttpServer(), /wrong version number/],
  ["SSH on the port", () => afterHello((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")), /wrong version number/],
  ["a server that speaks first", () => createServer((socket) => void socket.write("220 mail\r\n")), /wrong version/],
  ["a record that is too long", () => afterHello((socket) => socket.end(TOO_LONG)), /length too long/],
  ["no cipher in common", () => secure({ ciphers: "ECDHE-RSA-AES128-GCM-SHA256", maxVersion: "TLSv1.2" }), /handshake/],
  ["a client certificate that is wanted, TLS 1.2", () => secure({ requestCert: true, maxVersion: "TLSv1.2" }), /./],
  ["the alert handshake_failure", () => alert(40), /alert handshake failure/],
  ["the alert protocol_version", () => alert(70), /alert protocol version/],
  ["the alert insufficient_security", () => alert(71), /alert insufficient security/],
  ["the alert inappropriate_fallback", () => alert(86), /alert inappropriate fallback/],
  ["the alert unrecognized_name", () => alert(112), /unrecognized name/],
  ["the alert no_application_protocol", () => alert(120), /alert no application protocol/],
];

describe.each<[string, () => Partial<BackupClientOptions>]>([
  ["the platform's fetch", () => ({})],
  ["a given fetch", () => ({ fetch: given })],
])("with %s, nothing was sent and nothing is asked again after", (_, options) => {
  test.each(handshakes)("%s", async (_, make, reason) => {
    const server = await serve(make());
    const error = await thrownBy(clientOf(server.url, options()).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject(nothing);
    expect(server.connections).toBe(1);
    const { message } = error as Error;
    expect(message).toMatch(reason);
    // OpenSSL's own text has its numbers and the places in its source around the reason.
    expect(message).not.toMatch(/error:|[0-9A-F]{8}|routines|\.c:|alert number/);
  });

  test.skipIf(undici >= 8)("a server of HTTP/2 alone, where this Node does not speak it", async () => {
    const server = await serve(createSecureServer(certificate).on("unknownProtocol", (socket) => socket.destroy()));
    expect(await thrownBy(clientOf(server.url, options()).copyInstance(INSTANCE_ID))).toMatchObject(nothing);
    expect(server.connections).toBe(1);
  });

  test("a certificate that nobody vouches for", async () => {
    const server = await serve(secure({}));
    const error = await thrownBy(clientOf(server.url, options()).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject(nothing);
    expect(String(error)).toContain("self-signed certificate");
    expect(server.connections).toBe(1);
  });

  test("a port that fetch never dials", async () => {
    const error = await thrownBy(clientOf("http://127.0.0.1:1", options()).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject(nothing);
    expect(String(error)).toContain("bad port");
  });
});

describe.each<[string, () => Server]>([
  ["an end at once", () => createServer((socket) => void socket.end())],
  ["an end in the handshake", () => afterHello((socket) => socket.end())],
  ["a reset in the handshake", () => afterHello((socket) => socket.resetAndDestroy())],
])("%s may be the last of a server that restarts", (_, make) => {
  test.each<[string, (url: string) => Promise<unknown>]>([
    ["start", (url) => clientOf(url).copyInstance(INSTANCE_ID)],
    ["start with a given fetch", (url) => clientOf(url, { fetch: given }).copyInstance(INSTANCE_ID)],
    ["read", (url) => clientOf(url).listBackupRecords(INSTANCE_ID)],
  ])("so that a %s is asked again", async (_, call) => {
    const server = await serve(make());
    expect(await thrownBy(call(server.url))).toMatchObject({ ...nothing, retryable: true });
    expect(server.connections).toBe(3);
  });
});

describe("only undici's own word tells", () => {
  test.each<[string, () => Server]>([
    ["the alert internal_error", () => alert(80)],
    ["the alert certificate_required", () => alert(116)],
  ])("%s from one that comes after data", async (_, make) => {
    const server = await serve(make());
    expect(await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID))).toMatchObject(nothing);
    expect(await thrownBy(clientOf(server.url, { fetch: given }).copyInstance(INSTANCE_ID))).toMatchObject(unknown);
  });

  test("a reset after data is one", async () => {
    const server = await rawServer((socket) => socket.resetAndDestroy());
    expect(await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID))).toMatchObject(unknown);
    expect(server.requests).toHaveLength(1);
  });
});

describe("of certificates that only a new process can be told to trust", () => {
  const kinds = {
    "has expired": { is: { days: [-9, -1] }, code: "CERT_HAS_EXPIRED" },
    "is not valid yet": { is: { days: [1, 9] }, code: "CERT_NOT_YET_VALID" },
    "is of another host": { is: { host: "other.example" }, code: "ERR_TLS_CERT_ALTNAME_INVALID" },
    "is for clients": { is: { isForClients: true }, code: "INVALID_PURPOSE" },
  };

  test("none that is refused had anything sent to it, but a server that wants one may have read the request", async () => {
    const trusted = [certificate.cert];
    const urls: Record<string, string> = {};
    for (const [kind, { is }] of Object.entries(kinds)) {
      const made = makeCertificate(is);
      trusted.push(made.cert);
      urls[kind] = (await serve(secure(made))).url;
    }
    urls["is wanted"] = (
      await serve(secure({ requestCert: true, rejectUnauthorized: true, minVersion: "TLSv1.3" }))
    ).url;
    urls["is right"] = (await serve(secure({}))).url;
    const told = await callInChild(urls, { trusted });
    const started = { backup_id: "b" };
    expect(told["is right"]).toEqual({ platform: started, given: started });
    expect(told["is wanted"]).toMatchObject({ platform: unknown, given: { ...unknown, sent: 1 } });
    for (const [kind, { code }] of Object.entries(kinds)) {
      const refused = { name: "NetworkError", backupMayExist: false, retryable: false, code };
      expect(told[kind], kind).toMatchObject({ platform: refused, given: { ...refused, sent: 1 } });
    }
  });

  // https://nodejs.org/api/tls.html#x509-certificate-error-codes, and those of `checkServerIdentity`
  test.each(
    `UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_CRL UNABLE_TO_DECRYPT_CERT_SIGNATURE UNABLE_TO_DECRYPT_CRL_SIGNATURE
    UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY CERT_SIGNATURE_FAILURE CRL_SIGNATURE_FAILURE CERT_NOT_YET_VALID CERT_HAS_EXPIRED
    CRL_NOT_YET_VALID CRL_HAS_EXPIRED ERROR_IN_CERT_NOT_BEFORE_FIELD ERROR_IN_CERT_NOT_AFTER_FIELD
    ERROR_IN_CRL_LAST_UPDATE_FIELD ERROR_IN_CRL_NEXT_UPDATE_FIELD OUT_OF_MEM DEPTH_ZERO_SELF_SIGNED_CERT
    SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE CERT_CHAIN_TOO_LONG
    CERT_REVOKED INVALID_CA PATH_LENGTH_EXCEEDED INVALID_PURPOSE CERT_UNTRUSTED CERT_REJECTED HOSTNAME_MISMATCH UNSPECIFIED
    ERR_TLS_CERT_ALTNAME_INVALID ERR_TLS_CERT_ALTNAME_FORMAT UNKNOWN_CERTIFICATE_VERIFICATION_ERROR`.split(/\s+/),
  )("%s is told by a given fetch too", async (code) => {
    const cause = Object.assign(new Error("the certificate is refused"), { code });
    const fetch = vi.fn(() => Promise.reject(new TypeError("fetch failed", { cause })));
    expect(await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID))).toMatchObject(
      nothing,
    );
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test.each([
    "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
    "ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE",
    "ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN",
    "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA",
    "ERR_SSL_TLSV1_ALERT_ACCESS_DENIED",
    "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
    "ERR_SSL_UNEXPECTED_EOF_WHILE_READING",
    "ECONNRESET",
    "EPIPE",
    "UND_ERR_SOCKET",
  ])("%s may come after data", async (code) => {
    const cause = Object.assign(new Error("it broke"), { code });
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
    expect(await thrownBy(clientOf("https://dcs.example.com", { fetch }).copyInstance(INSTANCE_ID))).toMatchObject(
      unknown,
    );
  });
});

describe.each([
  ["the platform's", {}],
  ["a given", { fetch: given }],
])("an answer of 407, which %s fetch hides,", (_, options) => {
  const refused = { name: "ApiError", status: 407, backupMayExist: false, retryable: false };

  test("is an ApiError of a start", async () => {
    const server = await rawServer((socket) =>
      socket.write(httpAnswer("407 X", "{}", { "proxy-authenticate": "Basic" })),
    );
    const error = await thrownBy(clientOf(server.url, options).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject(refused);
    expect(String(error)).toMatch(/ failed with 407 \(POST .*\)\. Nothing was started$/);
    expect(server.requests).toHaveLength(1);
  });

  test("is an ApiError of a read, which is not sent again", async () => {
    const service = await listService(() => ({ status: 407 }));
    expect(await thrownBy(clientOf(service.url, options).listBackupRecords(INSTANCE_ID))).toMatchObject(refused);
    expect(service.lists).toHaveLength(1);
  });
});

test("a 407 that a given fetch gets elsewhere says nothing of the call", async () => {
  const proxy = await rawServer((socket) => socket.write(httpAnswer("407 X", "{}")));
  const server = await rawServer((socket) => socket.write(httpAnswer("200 OK", '{"backup_id":"b"}')));
  const fetch: typeof globalThis.fetch = async (...args) => {
    await globalThis.fetch(...args);
    return globalThis.fetch(`${proxy.url}/metrics`, { method: "POST" });
  };
  expect(await thrownBy(clientOf(server.url, { fetch }).copyInstance(INSTANCE_ID))).toMatchObject(unknown);
  expect(server.requests).toHaveLength(1);
});

test("without a fetch there is a TypeError, and one that comes later is used", async () => {
  vi.stubGlobal("fetch", undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const backups = clientOf("https://dcs.example.com");
  const error = await thrownBy(backups.copyInstance(INSTANCE_ID));
  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).toMatch(/^TypeError: fetch: there is none/);
  vi.stubGlobal("fetch", async () => Response.json({ backup_id: "b" }));
  expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b" });
});

test.each([
  { connection: "keep-alive" },
  { "content-length": "1" },
  { "content-length": "999" },
  { expect: "100-continue" },
  { host: "elsewhere.example" },
  { "keep-alive": "timeout=5" },
  { te: "trailers" },
  { trailer: "x-sum" },
  { "transfer-encoding": "chunked" },
  { upgrade: "h2c" },
])("%j, which is for fetch alone to send, is left out of what an openapi-fetch client sends", async (headers) => {
  const server = await rawServer((socket) => socket.write(httpAnswer("200 OK", '{"backup_id":"b"}')));
  const { dcs } = createOpenApiClients({ credentials: TEST_KEY, endpoints: { dcs: server.url } });
  const path = { project_id: PROJECT_ID, instance_id: INSTANCE_ID };
  const { data } = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", {
    params: { path },
    body: {},
    headers: { ...headers, "x-mine": "kept" },
  });
  expect(data).toEqual({ backup_id: "b" });
  const [request = ""] = server.requests;
  expect(request).toMatch(/\r\nx-mine: kept\r\n/i);
  expect(request).toMatch(new RegExp(`\r\nhost: ${new URL(server.url).host}\r\n`, "i"));
  for (const [name, value] of Object.entries(headers)) {
    expect(request.toLowerCase()).not.toContain(`${name}: ${value}\r`);
  }
});

test("an error can be told where the built-ins are frozen", async () => {
  // Not Node's own fetch, which fails there by itself: it assigns to the frozen names.
  const first = `
    for (const one of [Object, Error, TypeError, Array, Map, Set]) Object.freeze(one), Object.freeze(one.prototype);
    globalThis.fetch = async () => {
      const facts = { code: "ECONNREFUSED", syscall: "connect", address: "127.0.0.1", port: 8999 };
      const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:8999"), facts);
      throw new TypeError("fetch failed", { cause });
    };`;
  const told = await callInChild({ closed: "http://127.0.0.1:8999" }, { first });
  const refused = { name: "NetworkError", backupMayExist: false, retryable: true, code: "ECONNREFUSED" };
  expect(told["closed"]).toMatchObject({ platform: refused, given: { ...refused, sent: 3 } });
  expect(told["closed"]?.platform.message).toContain("(fetch failed: connect ECONNREFUSED 127.0.0.1:8999)");
});
