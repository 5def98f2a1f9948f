/** Every step of signing is that of the published vectors and of the vendor's SDK. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { findSignatureFault } from "../scripts/stand-in/verify-signature.ts";
import {
  authorization,
  canonicalRequest,
  type RequestToSign,
  type SigningDialect,
  type SigningKey,
  sdkDate,
  stringToSign,
} from "../src/signing.ts";

interface Vector {
  source: string;
  dialect: SigningDialect;
  key: SigningKey;
  request: RequestToSign;
  bodyHash: string;
  canonicalRequest: string;
  stringToSign: string;
  authorization: string;
}

const folder = new URL("fixtures/signing/", import.meta.url);
const vectors = readdirSync(folder).map((name): [string, Vector] => [
  name,
  JSON.parse(readFileSync(new URL(name, folder), "utf8")),
]);

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe.each(vectors)("published vector %s", (_, vector) => {
  test("makes the canonical request", () => {
    expect(sha256(vector.request.body)).toBe(vector.bodyHash);
    expect(canonicalRequest(vector.request, vector.bodyHash)).toBe(vector.canonicalRequest);
  });

  test("makes the string to sign", () => {
    const scope = vector.dialect === "scoped" ? vector.stringToSign.split("\n")[2] : undefined;
    const date = vector.request.headers["x-sdk-date"] ?? "";
    expect(stringToSign(date, scope, sha256(vector.canonicalRequest))).toBe(vector.stringToSign);
  });

  test("makes the header", async () => {
    expect(await authorization(vector.request, vector.key, vector.dialect)).toBe(vector.authorization);
  });
});

test("sorts and encodes a query as the vendor's Go and Python tests do", () => {
  const query = [
    ["limit", "1"],
    ["enable", "true"],
    ["test", "一 (&=?!#%.*)"],
    ["path", "/tmp/123"],
    ["multi", "3"],
    ["multi", "1"],
    ["multi", "2"],
  ] as const;
  const request = { method: "GET", path: "/a b/c", query, headers: {}, body: "" };
  expect(canonicalRequest(request, "").split("\n").slice(1, 3)).toEqual([
    "/a%20b/c/",
    "enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29",
  ]);
});

test("sorts headers by name, and takes the blanks around their values away", () => {
  const headers = { "X-B": " 2 ", host: "h", "x-a": "1\t" };
  expect(canonicalRequest({ method: "GET", path: "/", headers, body: "" }, "hash")).toBe(
    "GET\n/\n\nhost:h\nx-a:1\nx-b:2\n\nhost;x-a;x-b\nhash",
  );
});

test.each(["access", "scoped"] as const)(
  "signs %s the same however names are cased and values padded",
  async (dialect) => {
    const key = { accessKeyId: "AK", secretAccessKey: "SK" };
    const sign = (headers: Record<string, string>) =>
      authorization({ method: "GET", path: "/", headers, body: "" }, key, dialect);
    const lower = { host: "h", "x-project-id": "p", "x-sdk-date": "20261122T030000Z" };
    const mixed = { "X-Sdk-Date": " 20261122T030000Z\t", Host: "h ", "X-PROJECT-ID": "p" };
    expect(await sign(mixed)).toBe(await sign(lower));
  },
);

test("writes the date in UTC without fractions", () => {
  const time = Date.UTC(2026, 10, 22, 3, 4, 5, 678);
  const dates = [time, time + 321, time + 322, time + 1322, time].map(sdkDate);
  expect(dates.map((date) => date.slice(-3))).toEqual(["05Z", "05Z", "06Z", "07Z", "05Z"]);
  expect(dates[0]).toBe("20261122T030405Z");
});

// The vendor's module has moment and lodash behind it and is CommonJS; the package's main entry does not start without `uuid`.
const { AKSKSigner } = createRequire(import.meta.url)("@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js") as {
  AKSKSigner: { sign(request: object, credential: object): Record<string, string> };
};

const headerName = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,12}$/)
  .filter((name) => !/^(host|x-sdk-date|content-type|x-sdk-content-sha256)$/.test(name));
const headerValue = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const requests = fc.record({
  method: fc.constantFrom("POST", "GET", "PUT", "DELETE"),
  path: fc.array(fc.stringMatching(/^[\w.~-]{1,12}$/), { maxLength: 5 }).map((segments) => `/${segments.join("/")}`),
  query: fc.uniqueArray(fc.tuple(fc.string({ unit: "grapheme", minLength: 1 }), fc.string({ unit: "grapheme" })), {
    selector: ([name]) => name,
    maxLength: 4,
  }),
  headers: fc.dictionary(headerName, headerValue, { maxKeys: 5 }),
  body: fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue(), { minKeys: 1 }),
  time: fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
  key: fc.record({
    accessKeyId: fc.stringMatching(/^[A-Z0-9]{4,20}$/),
    secretAccessKey: fc.stringMatching(/^[!-~]{1,64}$/),
  }),
});

test("signs every request as the vendor's SDK does", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, path, query, headers, body, time, key }) => {
      const host = "dcs.cn-north-4.myhuaweicloud.com";
      const date = sdkDate(time.getTime());
      const theirs = AKSKSigner.sign(
        {
          method,
          endpoint: `https://${host}${path}`,
          queryParams: Object.fromEntries(query),
          headers: { ...headers, "content-type": "application/json", "X-Sdk-Date": date },
          data: body,
        },
        { getAk: () => key.accessKeyId, getSk: () => key.secretAccessKey },
      );
      const ours = await authorization(
        {
          method,
          path,
          query,
          headers: { ...headers, "content-type": "application/json", "x-sdk-date": date, host },
          body: JSON.stringify(body),
        },
        key,
        "access",
      );
      expect(ours).toBe(theirs["Authorization"]);
    }),
    { numRuns: 2000 },
  );
});

describe("without node:crypto", () => {
  afterEach(() => {
    vi.resetModules();
    vi.unstubAllGlobals();
  });

  test.each(vectors)("signs %s with Web Crypto", async (_, vector) => {
    vi.stubGlobal("process", { ...process, getBuiltinModule: undefined });
    vi.resetModules();
    const signing = await import("../src/signing.ts");
    expect(await signing.authorization(vector.request, vector.key, vector.dialect)).toBe(vector.authorization);
  });
});

test.each<SigningDialect>(["access", "scoped"])(
  "a verifier that shares no code accepts %s signatures and nothing changed",
  async (dialect) => {
    const key = { accessKeyId: "AK", secretAccessKey: "SK" };
    const now = Date.UTC(2026, 10, 22);
    const headers = { host: "127.0.0.1:1", "x-sdk-date": sdkDate(now), "x-project-id": "p" };
    const body = '{"remark":"升级前"}';
    const path = "/v2/p/instances/i/backups";
    const value = await authorization({ method: "POST", path, headers, body }, key, dialect);
    const sent = { method: "POST", target: path, headers: { ...headers, authorization: value }, body };
    expect(findSignatureFault(sent, key, now)).toBeUndefined();
    for (const changed of [
      { ...sent, body: `${body} ` },
      { ...sent, target: `${path}x` },
      { ...sent, target: `${path}?a=b` },
      { ...sent, method: "PUT" },
      { ...sent, headers: { ...sent.headers, "x-project-id": "q" } },
      { ...sent, headers: { ...sent.headers, host: "127.0.0.1:2" } },
    ]) {
      expect(findSignatureFault(changed, key, now)).toMatch(/verify aksk signature fail/);
    }
    expect(findSignatureFault(sent, { ...key, secretAccessKey: "other" }, now)).toMatch(/verify aksk/);
    expect(findSignatureFault(sent, key, now + 16 * 60_000)).toMatch(/expired/);
  },
);
