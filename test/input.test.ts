/** Input cannot reshape a request: the exact id reaches the exact path with a right signature, or a TypeError names the argument. */
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { findSignatureFault } from "../scripts/stand-in/verify-signature.ts";
import { type BackupClientOptions, createBackupClient } from "../src/index.ts";
import { createOpenApiClients } from "../src/openapi-fetch.ts";
import { clientOf, DDS_BODY, INSTANCE_ID, PROJECT_ID, standInForTest, thrownBy } from "./support.ts";

interface Sent {
  url: string;
  init: RequestInit;
}

function recorder(): { sent: Sent[]; fetch: typeof globalThis.fetch } {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), init });
      return Response.json({ backup_id: "b" });
    },
  };
}

/** What arrives at the host when this is sent: the URL as every client's parser reads it. */
function faultOf({ url, init }: Sent): string | undefined {
  const { host, pathname, search } = new URL(url);
  const headers = Object.fromEntries(new Headers(init.headers));
  return findSignatureFault(
    { method: init.method ?? "", target: pathname + search, headers: { ...headers, host }, body: String(init.body) },
    TEST_KEY,
    Date.now(),
  );
}

const nasty = [
  "",
  ".",
  "..",
  "../..",
  "a/b",
  "a%2Fb",
  "a%2fb",
  "%2e%2e",
  "a?b=c",
  "a#b",
  "a\\b",
  "a b",
  "a\nb",
  "a\r\nX: y",
  "a\0",
  "ä",
  "中",
  "💾",
  "\ud800",
  "{x}",
  "a;b",
  "a:b",
  "//",
  "a..b",
  "...",
  "-",
  "~",
  "_",
  "$&",
  "%",
  "a%",
  "@",
  "a@b:c",
];
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    ...nasty,
    null,
    undefined,
    0,
    42,
    Number.NaN,
    true,
    {},
    [],
    ["a"],
    Symbol("s"),
    () => "a",
    new String("a"),
  ),
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("a", "B", "7", ".", "-", "_", "~", "/", "%", "2", "e", " ") }),
  fc.uuid(),
  fc.stringMatching(/^[0-9a-f]{32}$/),
);

/** The rule, written anew: what every parser, proxy and signer reads in one way. */
const isPlain = (id: unknown): id is string =>
  typeof id === "string" &&
  id !== "" &&
  id !== "." &&
  id !== ".." &&
  [...id].every((c) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".includes(c));

test("any instance id arrives exactly or is refused by name, before anything is sent", async () => {
  await fc.assert(
    fc.asyncProperty(
      anything,
      fc.constantFrom("copyInstance", "copyInstanceV1"),
      fc.constantFrom("access", "scoped"),
      async (id, method, signing) => {
        const { sent, fetch } = recorder();
        const backups = clientOf("https://dcs.example.com:8443", { fetch, signing });
        const outcome = await backups[method](id as string, { remark: "r" }).catch((error: unknown) => error);
        if (isPlain(id)) {
          const version = method === "copyInstance" ? "v2" : "v1.0";
          expect(sent.map(({ url }) => url)).toEqual([
            `https://dcs.example.com:8443/${version}/${PROJECT_ID}/instances/${id}/backups`,
          ]);
          expect(new URL(sent[0]?.url ?? "").href).toBe(sent[0]?.url);
          expect(sent[0] && faultOf(sent[0])).toBeUndefined();
        } else {
          expect(outcome).toBeInstanceOf(TypeError);
          expect(String(outcome)).toMatch(/^TypeError: instanceId: must be/);
          expect(sent).toEqual([]);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

test("any project id arrives exactly or is refused by name when the client is made", async () => {
  await fc.assert(
    fc.asyncProperty(anything, async (projectId) => {
      const { sent, fetch } = recorder();
      const create = () => clientOf("https://dds.example.com", { fetch, projectId: projectId as string });
      if (isPlain(projectId)) {
        await create().createManualBackup(DDS_BODY);
        expect(sent.map(({ url }) => url)).toEqual([`https://dds.example.com/v3/${projectId}/backups`]);
        expect(new Headers(sent[0]?.init.headers).get("x-project-id")).toBe(projectId);
        expect(sent[0] && faultOf(sent[0])).toBeUndefined();
      } else {
        expect(create).toThrow(/^projectId: must be/);
      }
    }),
    { numRuns: 800 },
  );
});

test("through openapi-fetch, too, any id arrives exactly or nothing is sent", async () => {
  await fc.assert(
    fc.asyncProperty(anything, anything, async (project_id, instance_id) => {
      const { sent, fetch } = recorder();
      const { dcs } = createOpenApiClients({
        credentials: TEST_KEY,
        endpoints: { dcs: "https://dcs.example.com" },
        fetch,
      });
      const path = { project_id: project_id as string, instance_id: instance_id as string };
      await dcs
        .POST("/v2/{project_id}/instances/{instance_id}/backups", { params: { path }, body: {} })
        .catch(() => {});
      for (const one of sent) {
        expect(one.url).toBe(
          `https://dcs.example.com/v2/${String(project_id)}/instances/${String(instance_id)}/backups`,
        );
        expect(faultOf(one)).toBeUndefined();
      }
      if (isPlain(project_id) && isPlain(instance_id)) {
        expect(sent).toHaveLength(1);
      }
    }),
    { numRuns: 800 },
  );
});

test("any body and any credentials are signed as they are sent", async () => {
  const { sent, fetch } = recorder();
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ stringUnit: "binary" })),
      fc.constantFrom("access", "scoped"),
      fc.option(fc.stringMatching(/^[!-~]{1,200}$/), { nil: undefined }),
      async (body, signing, securityToken) => {
        sent.length = 0;
        const backups = clientOf("https://dcs.example.com", {
          fetch,
          signing,
          credentials: { ...TEST_KEY, securityToken },
        });
        await backups.copyInstance(INSTANCE_ID, body as object);
        expect(sent).toHaveLength(1);
        expect(sent[0]?.init.body).toBe(JSON.stringify(body));
        expect(sent[0] && faultOf(sent[0])).toBeUndefined();
      },
    ),
    { numRuns: 500 },
  );
});

test("strange ids arrive over a real socket as they are", async () => {
  const standIn = await standInForTest();
  for (const id of ["a..b", "...", "~", "-_.~", "A".repeat(300)]) {
    expect(await clientOf(standIn.url).copyInstance(id)).toHaveProperty("backup_id");
    expect(standIn.received.at(-1)?.target).toBe(`/v2/${PROJECT_ID}/instances/${id}/backups`);
  }
});

describe("options that are missing or wrong are named", () => {
  const good = { region: "cn-north-4", projectId: PROJECT_ID, credentials: { token: "t" } };
  test.each<[string, unknown, string]>([
    ["no region", { region: undefined }, "region: missing; give one such as"],
    ["an unknown region", { region: "no-such-region" }, 'region: "no-such-region" is not one whose hosts are known'],
    ["an empty region", { region: "" }, 'region: "" is not one'],
    ["a region that is a BigInt", { region: 1n }, 'region: must be a string such as "eu-de"'],
    ["a region that is no string", { region: 4 }, 'region: must be a string such as "eu-de"'],
    ["no project", { projectId: undefined }, "projectId: must be"],
    ["no credentials", { credentials: undefined }, "credentials: give either"],
    ["null for credentials", { credentials: null }, "credentials: give either"],
    ["text for credentials", { credentials: "AK" }, "credentials: give either"],
    ["half a key", { credentials: { accessKeyId: "a" } }, "credentials.secretAccessKey is not a string"],
    ["the other half", { credentials: { secretAccessKey: "s" } }, "credentials.accessKeyId is not a string"],
    ["an empty key", { credentials: { accessKeyId: "", secretAccessKey: "s" } }, "credentials.accessKeyId is empty"],
    [
      "a key and a token",
      { credentials: { accessKeyId: "a", secretAccessKey: "s", token: "t" } },
      "credentials: give either",
    ],
    ["a token and half a key", { credentials: { accessKeyId: "a", token: "t" } }, "credentials: give either"],
    ["a token and the other half", { credentials: { secretAccessKey: "s", token: "t" } }, "credentials: give either"],
    [
      "a token with a line break",
      { credentials: { token: "a\nX-Other: b" } },
      "credentials.token holds a space, line break",
    ],
    [
      "a secret with a line break",
      { credentials: { accessKeyId: "a", secretAccessKey: "s\n" } },
      "credentials.secretAccessKey holds",
    ],
    [
      "a security token in Chinese",
      { credentials: { accessKeyId: "a", secretAccessKey: "s", securityToken: "令牌" } },
      "credentials.securityToken holds",
    ],
    ["an unknown dialect", { signing: "v4" }, 'signing: must be "access" or "scoped"'],
    ["a timeout of 0", { timeout: 0 }, "timeout: must be a number of milliseconds from 1"],
    ["an infinite timeout", { timeout: Number.POSITIVE_INFINITY }, "timeout: must be"],
    ["a timeout that setTimeout takes for none", { timeout: 2 ** 31 }, "timeout: must be"],
    ["a timeout in words", { timeout: "1s" }, "timeout: must be"],
    ["a negative busyTimeout", { busyTimeout: -1 }, "busyTimeout: must be"],
    ["half a retry", { maxRetries: 0.5 }, "maxRetries: must be a whole number"],
    ["less than no retry", { maxRetries: -1 }, "maxRetries: must be"],
    ["endless retries", { maxRetries: Number.POSITIVE_INFINITY }, "maxRetries: must be"],
    ["a fetch that is none", { fetch: "fetch" }, "fetch: must be a function"],
    ["a clock that is none", { now: 0 }, "now: must be a function"],
    ["a path", { endpoints: { dcs: "https://a.example/v2" } }, "endpoints.dcs: must be a scheme and host alone"],
    ["a query", { endpoints: { dds: "https://a.example/?x" } }, "endpoints.dds: must be a scheme and host alone"],
    ["a fragment", { endpoints: { dcs: "https://a.example/#" } }, "endpoints.dcs: must be a scheme"],
    ["user info", { endpoints: { dcs: "https://u:p@a.example" } }, "endpoints.dcs: must be a scheme"],
    ["no scheme", { endpoints: { dcs: "a.example" } }, "endpoints.dcs: must be a scheme"],
    ["a backslash", { endpoints: { dcs: "https:\\\\a.example" } }, "endpoints.dcs: must be a scheme"],
    ["a line break in a host", { endpoints: { dcs: "https://a.exa\nmple" } }, "endpoints.dcs: must be a scheme"],
    ["a host that is a number", { endpoints: { dcs: 1 } }, "endpoints.dcs: must be a scheme"],
    ["null for endpoints", { endpoints: null }, "endpoints: must be an object"],
    ["a misspelt service", { endpoints: { dsc: "https://a.example" } }, "endpoints.dsc: is not known here"],
    ["a misspelt option", { timout: 5 }, "timout: is not known here; known are region, projectId, credentials"],
    ["a word for keepAlive", { keepAlive: "yes" }, "keepAlive: must be true or false"],
    ["a hook that is none", { onRetry: "log" }, "onRetry: must be a function"],
  ])("%s", (_, wrong, message) => {
    const create = () => createBackupClient({ ...good, ...(wrong as Partial<BackupClientOptions>) });
    expect(create).toThrow(TypeError);
    expect(create).toThrow(message);
  });

  test("no options at all", () => {
    expect(() => createBackupClient(undefined as never)).toThrow(/^options: missing/);
  });

  test("a trailing slash of an endpoint is no path", async () => {
    const { sent, fetch } = recorder();
    await clientOf("https://dcs.example.com/", { fetch }).copyInstance(INSTANCE_ID);
    expect(sent[0]?.url).toBe(`https://dcs.example.com/v2/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`);
  });

  test("an id that is too long to be shown is not cut inside a character", () => {
    for (const lead of ["", "x"]) {
      const create = () => createBackupClient({ ...good, projectId: lead + "\u{1F4BE}".repeat(64) });
      expect(create).toThrow(/this is "x?\u{1F4BE}+…"$/u);
    }
  });

  test("a service without a known host is named when it is called", async () => {
    const endpoints = { dds: "http://127.0.0.1:1" };
    const backups = createBackupClient({ ...good, region: "no-such-region", endpoints });
    expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({
      name: "TypeError",
      message: 'region: "no-such-region" is not one whose dcs host is known; check its spelling, or give endpoints.dcs',
    });
  });

  test("changing the options later changes nothing", async () => {
    const { sent, fetch } = recorder();
    const options = { ...good, credentials: { token: "first" }, endpoints: { dcs: "https://a.example" }, fetch };
    const backups = createBackupClient(options);
    options.credentials.token = "second\n";
    options.endpoints.dcs = "http://b.example";
    options.projectId = "../x";
    await backups.copyInstance(INSTANCE_ID);
    expect(sent[0]?.url).toContain("https://a.example/v2/0549");
    expect(new Headers(sent[0]?.init.headers).get("x-auth-token")).toBe("first");
  });
});

describe("arguments that are wrong are named, and nothing is sent", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  test.each<[string, unknown, string]>([
    ["text", "remark", "body: must be an object"],
    ["an array", [], "body: must be an object"],
    ["a number", 1, "body: must be an object"],
    ["a function", () => {}, "body: must be an object"],
    ["a circle", circle, "body: cannot be written as JSON"],
    ["a BigInt", { remark: 1n }, "body: cannot be written as JSON"],
    ["something that writes itself as nothing", { toJSON: () => undefined }, "body: must be an object"],
    [
      "something that fails in its own way",
      {
        toJSON: () => {
          throw Symbol("no");
        },
      },
      "body: cannot be written as JSON",
    ],
    ["a promise", Promise.resolve({ remark: "r" }), "body: must be an object, not Promise"],
    ["a map", new Map([["remark", "r"]]), "body: must be an object, not Map"],
    ["an error", new Error("remark"), "body: must be an object, not Error"],
  ])("%s for a body", async (_, body, message) => {
    const { sent, fetch } = recorder();
    const backups = clientOf("https://a.example", { fetch });
    for (const call of [backups.copyInstance(INSTANCE_ID, body as object), backups.createManualBackup(body as never)]) {
      const error = await thrownBy(call);
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain(message);
    }
    expect(sent).toEqual([]);
  });

  test.each(["signal", "timeout"])("%s in the body's place", async (name) => {
    const { sent, fetch } = recorder();
    const backups = clientOf("https://a.example", { fetch });
    const options = { [name]: name === "signal" ? new AbortController().signal : 1000 };
    for (const call of [
      backups.copyInstance(INSTANCE_ID, options),
      backups.copyInstanceV1(INSTANCE_ID, options),
      backups.createManualBackup(options as never),
    ]) {
      const error = await thrownBy(call);
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain(`${name}: stands in the body, but is an option`);
    }
    expect(sent).toEqual([]);
  });

  test("nothing is wrong with what an unset variable or an optional parameter gives", async () => {
    const { sent, fetch } = recorder();
    const nothing = {
      region: undefined,
      signing: undefined,
      timeout: undefined,
      maxRetries: undefined,
      now: undefined,
    };
    const more = { busyTimeout: undefined, keepAlive: undefined, onRetry: undefined };
    const credentials = { ...TEST_KEY, securityToken: "" };
    const backups = clientOf("https://a.example", { fetch, credentials, ...nothing, ...more });
    await backups.copyInstance(INSTANCE_ID, {}, { signal: null, timeout: undefined });
    expect(new Headers(sent[0]?.init.headers).has("x-security-token")).toBe(false);
    createOpenApiClients({ region: "eu-de", credentials, projectId: PROJECT_ID });
  });

  test("any name that is not known, wherever it stands", async () => {
    const known = [
      "region",
      "projectId",
      "credentials",
      "endpoints",
      "signing",
      "timeout",
      "maxRetries",
      "busyTimeout",
    ];
    known.push("keepAlive", "onRetry", "fetch", "now");
    const callOptions = ["signal", "timeout"];
    const { sent, fetch } = recorder();
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom("__proto__", "constructor", "toString", "Timeout", "dcs", "body"),
    );
    await fc.assert(
      fc.asyncProperty(name, fc.constantFrom<unknown>(undefined, null, 1), async (name, value) => {
        const named = new RegExp(`^${name.replace(/\W/g, "\\$&")}: is not known here; known are `);
        const withName = (object: object) => Object.defineProperty({ ...object }, name, { value, enumerable: true });
        const options = {
          projectId: PROJECT_ID,
          credentials: TEST_KEY,
          endpoints: { dcs: "https://a.example" },
          fetch,
        };
        if (!known.includes(name)) {
          expect(() => createBackupClient(withName(options) as never)).toThrow(named);
          expect(() => createOpenApiClients(withName(options) as never)).toThrow(named);
        }
        if (!callOptions.includes(name)) {
          const error = await thrownBy(createBackupClient(options).copyInstance(INSTANCE_ID, {}, withName({})));
          expect(error).toBeInstanceOf(TypeError);
          expect((error as Error).message).toMatch(named);
        }
        if (name !== "dcs" && name !== "dds") {
          const endpoints = withName({ dcs: "https://a.example" });
          const message = new RegExp(`^endpoints\\.${named.source.slice(1)}`);
          expect(() => createBackupClient({ ...options, endpoints })).toThrow(message);
        }
      }),
    );
    expect(sent).toEqual([]);
  });

  test("no body for DDS", async () => {
    expect(await thrownBy(clientOf("https://a.example").createManualBackup(undefined as never))).toMatchObject({
      name: "TypeError",
      message: "body: must be an object",
    });
  });

  test.each<[unknown, string]>([
    [{ timeout: 0 }, "timeout: must be"],
    [{ timeout: null }, "timeout: must be"],
    [{ timeout: 2 ** 31 }, "timeout: must be"],
    [{ signal: {} }, "signal: must be an AbortSignal"],
    [{ signal: { addEventListener() {} } }, "signal: must be an AbortSignal"],
    [{ signal: { aborted: false, removeEventListener() {} } }, "signal: must be an AbortSignal"],
    [{ timout: 1000 }, "timout: is not known here; known are signal, timeout"],
    [{ signal: "stop" }, "signal: must be an AbortSignal"],
    [null, "options: must be an object"],
    [1000, "options: must be an object"],
  ])("%j for call options", async (options, message) => {
    const { sent, fetch } = recorder();
    const error = await thrownBy(
      clientOf("https://a.example", { fetch }).copyInstance(INSTANCE_ID, {}, options as object),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(message);
    expect(sent).toEqual([]);
  });

  test.each<unknown>([Number.NaN, -1, 1e15, "now", undefined, new Date()])("%s from now", async (time) => {
    const { sent, fetch } = recorder();
    const error = await thrownBy(
      clientOf("https://a.example", { fetch, now: () => time as number }).copyInstance(INSTANCE_ID),
    );
    expect(String(error)).toBe("TypeError: now: must return the time in milliseconds since 1970");
    expect(sent).toEqual([]);
  });

  test.each<unknown>([undefined, null, "token", {}, { token: "a\n" }, { token: 1 }])(
    "%j from a credentials function",
    async (given) => {
      const { sent, fetch } = recorder();
      const error = await thrownBy(
        clientOf("https://a.example", { fetch, credentials: (async () => given) as never }).copyInstance(INSTANCE_ID),
      );
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toMatch(/^TypeError: credentials/);
      expect(sent).toEqual([]);
    },
  );
});

test("the time is looked up at each call, as fetch is", async () => {
  const { sent, fetch } = recorder();
  const backups = clientOf("https://a.example", { fetch });
  onTestFinished(() => void vi.restoreAllMocks());
  for (const time of ["2026-11-25T02:19:00Z", "2027-01-01T00:00:00Z"]) {
    vi.spyOn(Date, "now").mockReturnValue(Date.parse(time));
    await backups.copyInstance(INSTANCE_ID);
  }
  const dates = sent.map(({ init }) => new Headers(init.headers).get("x-sdk-date"));
  expect(dates).toEqual(["20261125T021900Z", "20270101T000000Z"]);
});
