/** No credential leaves for another host or shows anywhere. */
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { type ApiError, type Credentials, isBackupError } from "../src/index.ts";
import { createOpenApiClients } from "../src/openapi-fetch.ts";
import { clientOf, httpAnswer, INSTANCE_ID, PROJECT_ID, rawServer, standInForTest, thrownBy } from "./support.ts";

const key = {
  accessKeyId: TEST_KEY.accessKeyId,
  secretAccessKey: "Zu9/sEcr3t+Key==",
  securityToken: 'gQpj/b"i1+zb3\\V0aC==',
};
const token = { token: "MIIFvgYJKoZIhvcNAQcCoIIFrz/CCBas+CAQExDTALBg==" };
const kinds: [string, Credentials][] = [
  ["an access key", key],
  ["a token", token],
];

/** All the ways in which somebody may look at a value. */
function everythingShownOf(value: unknown): string {
  const error = value instanceof Error ? value : undefined;
  return [
    inspect(value, { depth: null, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null }),
    JSON.stringify(value),
    JSON.stringify(value, value instanceof Object ? Object.getOwnPropertyNames(value) : null),
    String(value),
    error?.stack,
    error?.message,
    inspect(error?.cause, { depth: null, showHidden: true }),
    JSON.stringify(error?.cause),
  ].join("\n");
}

function expectNoSecrets(shown: string, signatures: string[] = []): void {
  for (const secret of [key.secretAccessKey, key.securityToken, token.token, ...signatures]) {
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      expect(shown).not.toContain(form);
    }
  }
}

let printed: string[] = [];
beforeEach(() => {
  printed = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
  }
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void printed.push(args.join(" ")));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(kinds)("with %s", (_, credentials) => {
  test.each(["echo", "redirect", "reset", "half", "hang", "html", "cut-json", "huge-error"] as const)(
    "nothing shows after %s",
    async (misbehave) => {
      const standIn = await standInForTest();
      standIn.next({ misbehave });
      const backups = clientOf(standIn.url, { credentials, timeout: 300 });
      const error = await thrownBy(backups.copyInstance(INSTANCE_ID, { remark: "r" }));
      expect(isBackupError(error)).toBe(true);
      const signature = /Signature=(\w+)/.exec(standIn.received[0]?.headers["authorization"] ?? "")?.[1];
      expectNoSecrets(everythingShownOf(error), signature === undefined ? [] : [signature]);
      expect(printed.join("")).toBe("");
    },
  );

  test("nothing shows of the client itself", () => {
    for (const client of [
      clientOf("https://dcs.example.com", { credentials }),
      createOpenApiClients({ region: "cn-north-4", credentials }),
    ]) {
      expectNoSecrets(everythingShownOf(client));
    }
  });

  test("nothing shows through openapi-fetch", async () => {
    const standIn = await standInForTest();
    standIn.next({ misbehave: "echo" });
    const { dcs } = createOpenApiClients({ credentials, endpoints: { dcs: standIn.url } });
    const path = { project_id: PROJECT_ID, instance_id: INSTANCE_ID };
    const { error, response } = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", {
      params: { path },
      body: {},
    });
    expect(error).toMatchObject({ error_code: "APIGW.0301" });
    expectNoSecrets(everythingShownOf({ error, headers: [...response.headers] }));
  });

  test("nothing shows through openapi-fetch of an echo as a header's name", async () => {
    let echo = "";
    const fetch: typeof globalThis.fetch = async (_, init) => {
      const sent = new Headers(init?.headers);
      echo = String(sent.get("x-security-token") ?? sent.get("x-auth-token")).replace(/\W/g, "-");
      return new Response("{}", { status: 401, headers: { [echo]: "1" } });
    };
    const { dcs } = createOpenApiClients({ credentials, endpoints: { dcs: "https://a.example" }, fetch });
    const path = { project_id: PROJECT_ID, instance_id: INSTANCE_ID };
    const init = { params: { path }, body: {} };
    const { response } = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", init);
    expect(echo).toMatch(/^(gQpj|MIIF)/);
    expect(response.headers.has(echo)).toBe(false);
  });

  test("nothing shows of a fetch that hangs the whole request on its error", async () => {
    const backups = clientOf("https://dcs.example.com", {
      credentials,
      fetch: async (url, init) => {
        const inner = Object.assign(new Error(`failed: ${JSON.stringify(init?.headers)}`), { request: { url, init } });
        throw Object.assign(new TypeError(`could not send ${inspect(init)}`), { config: init, cause: inner });
      },
    });
    expectNoSecrets(everythingShownOf(await thrownBy(backups.copyInstance(INSTANCE_ID))));
  });

  test.each([
    ["plain", (value: string) => value],
    [
      "in JSON",
      (value: string) => JSON.stringify({ error_code: "X.1", error_msg: `you sent ${value}`, [value]: value }),
    ],
    [
      "in JSON with needless escapes",
      (value: string) => JSON.stringify({ error_msg: value }).replaceAll("/", "\\/").replaceAll("+", "\\u002b"),
    ],
    ["in a URL", (value: string) => `https://example.com/?x=${encodeURIComponent(value)}`],
    ["in HTML", (value: string) => `<p>you sent <b>${value}</b></p>`],
  ])("nothing shows when the gateway echoes it %s", async (_, write) => {
    const server = await rawServer((socket, request) => {
      const secret = /(?:x-auth-token|x-security-token): (.*)\r/.exec(request)?.[1] ?? "";
      socket.write(httpAnswer("401 Unauthorized", write(secret), { "x-request-id": secret.replace(/["\\]/g, "") }));
    });
    const error = await thrownBy(clientOf(server.url, { credentials }).copyInstance(INSTANCE_ID));
    expectNoSecrets(everythingShownOf(error));
  });
});

/** The message of an error whose text the service makes. */
async function messageOf(text: string, credentials: Credentials): Promise<string> {
  const fetch = async () => Response.json({ error_code: "APIGW.0301", error_msg: text }, { status: 401 });
  return String(await thrownBy(clientOf("https://a.example", { fetch, credentials }).copyInstance(INSTANCE_ID)));
}

describe("of an echo", () => {
  const long = { ...key, securityToken: `MIIF${"vgYJKoZIhv/cNAQcCoIIF+".repeat(70)}==` };

  test.each([1, 3, 100, 1000])("that is cut off %i characters before a secret's end nothing shows", async (missing) => {
    const message = await messageOf(
      `canonicalRequest:|x-security-token:${long.securityToken.slice(0, -missing)}`,
      long,
    );
    expect(message).toContain("x-security-token:***");
    expect(message).not.toContain("vgYJ");
  });

  test("of two secrets that begin alike the longer one leaves no end behind", async () => {
    const alike = { accessKeyId: "HWAK1234", secretAccessKey: "HWAK1234-very-secret-rest" };
    expect(await messageOf(`ak=${alike.accessKeyId} sk=${alike.secretAccessKey}.`, alike)).toContain("ak=*** sk=***.");
  });

  test("that is cut off within a code or a quotation leaves the rest of the answer whole", async () => {
    const body = (text: string) => ({ error_code: "DCS.4096", request_id: "abc123", error_msg: text });
    const text = `token "${long.securityToken.slice(0, 20)}" is bad`;
    const fetch = async () => Response.json(body(text), { status: 400 });
    const error = await thrownBy(clientOf("https://a.example", { fetch, credentials: long }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({
      errorCode: "DCS.4096",
      requestId: "abc123",
      errorMessage: 'token "***" is bad',
      retryable: true,
    });
  });

  test("whose number is a piece of a secret keeps the number", async () => {
    const fetch = async () => new Response('{"error":{"code":409612345,"message":"40961234"}}', { status: 400 });
    const backups = clientOf("https://a.example", { fetch, credentials: { token: "40961234" } });
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({
      errorCode: "409612345",
      errorMessage: "***",
    });
  });

  test("that is cut off leaves no symbol of a secret behind either", async () => {
    const odd = { accessKeyId: "ACCESSKEYID0", secretAccessKey: "AbCdEfGhIjKlMn!opqrstuv$wxyz0123456789" };
    expect(await messageOf(`sk ${odd.secretAccessKey.slice(0, -1)}`, odd)).toContain(": sk *** (");
    const cutHtml = odd.secretAccessKey.replace(/\W/g, (c) => `&#${c.charCodeAt(0)};`).slice(0, -3);
    expect(await messageOf(`sk ${cutHtml}`, odd)).toContain(": sk *** (");
  });

  test("of 90,000 characters tells the status, and not the secret", async () => {
    const token = "Ab0".repeat(30_000);
    const fetch = async () => new Response(`you sent ${token.slice(0, -1)}`, { status: 503 });
    const error = await thrownBy(
      clientOf("https://a.example", { fetch, credentials: { token } }).copyInstance(INSTANCE_ID),
    );
    expect(error).toMatchObject({ name: "ApiError", status: 503, errorMessage: "you sent ***", backupMayExist: true });
  });

  test.each(["\\", "/", "%", "%25", "&#", "/ab+c/ab+", '"', '\\"', "\u0001"])(
    "a megabyte of %j does not stop the process, as text or in JSON",
    async (part) => {
      const text = part.repeat(2 ** 19 / part.length);
      for (const credentials of [{ token: "/ab+c/ab+c/ab+c/ab+d" }, { token: `${"\\".repeat(7)}xyz` }]) {
        for (const body of [text, JSON.stringify({ error_msg: text })]) {
          const fetch = async () => new Response(body, { status: 500 });
          const backups = clientOf("https://a.example", { fetch, credentials });
          expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({ name: "ApiError", status: 500 });
        }
      }
    },
  );

  test("that holds no secret all is told", async () => {
    const text = "verify aksk signature fail, canonicalRequest:POST|/v2/0549b4a43100d4f32f51c01c2fe4acdb/|host:dcs|";
    expect(await messageOf(text, key)).toContain(text);
  });
});

test.each(kinds)(
  "a credentials function that fails may quote what it gave before, %s, and nothing shows",
  async (_, given) => {
    let asked = 0;
    const credentials = () => {
      if (asked++ === 0) {
        return given;
      }
      throw new Error(`${Object.values(given).join(" and ")} are outdated`, {
        cause: new Error(Object.values(given)[0]),
      });
    };
    const fetch = async () => Response.json({ backup_id: "b" });
    const backups = clientOf("https://a.example", { fetch, credentials });
    await backups.copyInstance(INSTANCE_ID);
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "BackupError", cause: { message: expect.stringContaining("are outdated") } });
    expectNoSecrets(everythingShownOf(error));
  },
);

test("an echo is told, its secrets cut", async () => {
  const standIn = await standInForTest();
  standIn.next({ misbehave: "echo" });
  const error = await thrownBy(clientOf(standIn.url, { credentials: token }).copyInstance(INSTANCE_ID));
  expect(String(error)).toMatch(/verify aksk signature fail.*x-auth-token:\*\*\*/);
});

/** The code that is told where the token is the code itself. */
async function codeToldOf(token: string): Promise<unknown> {
  const fetch = async () => Response.json({ error_code: token, error_msg: "m" }, { status: 400 });
  const error = await thrownBy(
    clientOf("https://a.example", { fetch, credentials: { token } }).copyInstance(INSTANCE_ID),
  );
  return (error as ApiError).errorCode;
}

test("seven letters and digits are taken for no secret, so that a code stays whole", async () => {
  expect(await codeToldOf("DCS.4063")).toBe("DCS.4063");
});

test("eight letters and digits are cut as a secret, even where they are a code", async () => {
  expect(await codeToldOf("DCS.40631")).toBe("***");
});

test("what the caller gave wrong is never shown", () => {
  const wrong: unknown[] = [
    { token: `${token.token}\n` },
    { ...key, secretAccessKey: 42 },
    { ...key, ...token },
    { ...key, secretAccessKey: `${key.secretAccessKey} ` },
  ];
  for (const credentials of wrong) {
    const create = () => clientOf("https://a.example", { credentials: credentials as Credentials });
    expect(create).toThrow(/^credentials/);
    try {
      create();
    } catch (error) {
      expectNoSecrets(everythingShownOf(error));
    }
  }
});

describe("no credential leaves for another host", () => {
  test.each([301, 302, 303, 307, 308])("a %i is not followed", async (status) => {
    const elsewhere = await rawServer((socket) => socket.write(httpAnswer("200 OK", '{"backup_id":"b"}')));
    const server = await rawServer((socket) =>
      socket.write(httpAnswer(`${status} Moved`, "", { location: `${elsewhere.url}/login` })),
    );
    const error = await thrownBy(clientOf(server.url, { credentials: key }).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
    expect(String(error)).toContain(`redirected to ${elsewhere.url}/login`);
    expect(elsewhere.requests).toHaveLength(0);
  });

  test("nor within the same host", async () => {
    const server = await rawServer((socket) => socket.write(httpAnswer("307 Moved", "", { location: "/elsewhere" })));
    await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    "http://dcs.cn-north-4.myhuaweicloud.com",
    "http://10.0.0.1",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://notlocalhost",
    "http://my.localhost",
    "ftp://127.0.0.1",
    "http://[::2]",
    "http://0.0.0.0",
  ])("%s is refused", (url) => {
    expect(() => clientOf(url)).toThrow(/^endpoints\.dcs: must begin with https:\/\//);
  });

  test.each([
    "http://127.0.0.1:8026",
    "http://localhost:1/",
    "http://[::1]:9",
    "http://127.9.9.9",
    "http://127.0.0.53",
    "https://gateway.example.com:8443",
  ])("%s is taken", (url) => {
    expect(() => clientOf(url)).not.toThrow();
  });

  test("a query that a start has not is refused before anything is signed", async () => {
    const server = await rawServer((socket) => socket.write(httpAnswer("200 OK", "{}")));
    const { dcs } = createOpenApiClients({ credentials: key, endpoints: { dcs: server.url } });
    const path = { project_id: PROJECT_ID, instance_id: INSTANCE_ID };
    const init = { params: { path, query: { limit: 1 } }, body: {} };
    await expect(dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", init as never)).rejects.toThrow(
      /^url: POST .*limit=1 is none of this client's calls/,
    );
    expect(server.requests).toHaveLength(0);
  });

  test("a baseUrl given to openapi-fetch for one call is refused before anything is signed", async () => {
    const elsewhere = await rawServer((socket) => socket.write(httpAnswer("200 OK", "{}")));
    const { dcs } = createOpenApiClients({ region: "cn-north-4", credentials: key });
    const path = { project_id: PROJECT_ID, instance_id: INSTANCE_ID };
    const init = { params: { path }, body: {}, baseUrl: elsewhere.url };
    await expect(dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", init)).rejects.toThrow(
      /^url: POST .* is none of this client's calls/,
    );
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe("a retry", () => {
  /** Throttles the first request, and answers the second with what is made of both. */
  function throttledOnce(answer: (sent: { url: string; body: unknown; headers: Headers }[]) => Response) {
    const sent: { url: string; body: unknown; headers: Headers }[] = [];
    let time = Date.UTC(2026, 10, 22);
    const backups = clientOf("https://dcs.example.com", {
      credentials: key,
      now: () => (time += 1000),
      fetch: async (url, init) => {
        sent.push({ url: String(url), body: init?.body, headers: new Headers(init?.headers) });
        return sent.length === 1 ? new Response("{}", { status: 429, headers: { "retry-after": "0" } }) : answer(sent);
      },
    });
    return { sent, backups };
  }
  const signatureOf = (headers?: Headers) => headers?.get("authorization")?.split("Signature=")[1] ?? "none";

  test("sends what the first sent, to the same host, signed anew, and shows nothing", async () => {
    const { sent, backups } = throttledOnce(() => Response.json({ backup_id: "b" }));
    const answer = await backups.copyInstance(INSTANCE_ID, { remark: "r" });
    const url = `https://dcs.example.com/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`;
    const same = { url, body: '{"remark":"r"}' };
    expect(sent.map(({ url, body }) => ({ url, body }))).toEqual([same, same]);
    expect(new Set(sent.map(({ headers }) => headers.get("x-sdk-date"))).size).toBe(2);
    const signatures = sent.map(({ headers }) => signatureOf(headers));
    expect(signatures[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(signatures[1]).toMatch(/^[0-9a-f]{64}$/);
    expect(signatures[1]).not.toBe(signatures[0]);
    expectNoSecrets(everythingShownOf({ answer, backups }), signatures);
    expect(printed.join("")).toBe("");
  });

  test("shows nothing of what the first sent either, when its refusal echoes both", async () => {
    const { sent, backups } = throttledOnce(([first, second]) =>
      Response.json(
        { error_code: "X.1", error_msg: `${signatureOf(first?.headers)}, ${signatureOf(second?.headers)}` },
        { status: 400 },
      ),
    );
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ errorMessage: "***, ***" });
    expectNoSecrets(
      everythingShownOf(error),
      sent.map(({ headers }) => signatureOf(headers)),
    );
  });
});
