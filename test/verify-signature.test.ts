/** The stand-in takes right signatures, and tells what is wrong with any other. */
import { expect, test } from "vitest";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { findSignatureFault, type SignedRequest } from "../scripts/stand-in/verify-signature.ts";
import { authorization } from "../src/signing.ts";

// The set of signed headers is that of the vendor's Go SDK 0.1.207; the signature was computed apart from this repository's code.
const signed = {
  method: "POST",
  target: "/v2/0549b4a43100d4f32f51c01c2fe4acdb/instances/5560df16-cebf-4473-95c4-d1b573c16e79/backups",
  headers: {
    host: "127.0.0.1",
    "user-agent": "a client",
    "x-project-id": "0549b4a43100d4f32f51c01c2fe4acdb",
    "x-sdk-date": "20261122T030000Z",
    authorization: `SDK-HMAC-SHA256 Access=${TEST_KEY.accessKeyId}, SignedHeaders=user-agent;x-project-id;x-sdk-date, Signature=729a6128e741d56fa9ebd7dc473a83d4338d5a04817e7b00ab866238080f2848`,
  },
  body: '{"remark":"before the upgrade"}',
};
const now = Date.UTC(2026, 10, 22, 3, 0, 0);

test("the stand-in takes a signature that leaves out the host", () => {
  expect(findSignatureFault(signed, TEST_KEY, now)).toBeUndefined();
});

/** The request with other headers; one that is `undefined` was not sent. */
const sent = (headers: Record<string, string | undefined>) => ({
  ...signed,
  headers: { ...signed.headers, ...headers },
});
const { authorization: given } = signed.headers;

test.each<[string, SignedRequest, string | RegExp]>([
  ["over another body", { ...signed, body: "{}" }, /^verify aksk signature fail, canonicalRequest: POST\|\/v2\//],
  ["of another key", sent({ authorization: given.replace("Access=Q", "Access=R") }), "the access key is not known"],
  ["that is none", sent({ authorization: "Bearer x" }), /^the Authorization header is missing or not/],
  ["in a header that is missing", sent({ authorization: undefined }), /^the Authorization header is missing or not/],
  [
    "of another form",
    sent({ authorization: given.replaceAll(", ", ",") }),
    /^the Authorization header is missing or not/,
  ],
  ["with more before it", sent({ authorization: `x ${given}` }), /^the Authorization header is missing or not/],
  ["with more behind it", sent({ authorization: `${given}0` }), /^the Authorization header is missing or not/],
  ["without its date", sent({ "x-sdk-date": undefined }), /^X-Sdk-Date is missing or not of the form/],
  ["with a date of another form", sent({ "x-sdk-date": "2026-11-22T03:00:00Z" }), /^X-Sdk-Date is missing or not/],
  ["with more before its date", sent({ "x-sdk-date": "x20261122T030000Z" }), /^X-Sdk-Date is missing or not/],
  ["with more behind its date", sent({ "x-sdk-date": "20261122T030000Z+" }), /^X-Sdk-Date is missing or not/],
  ["that leaves out the date", sent({ authorization: given.replace(";x-sdk-date", "") }), "x-sdk-date must be signed"],
  [
    "over headers in another order",
    sent({ authorization: given.replace("user-agent;x-project-id", "x-project-id;user-agent") }),
    "the signed headers are not in order",
  ],
  ["over a header that did not come", sent({ "user-agent": undefined }), /^the signed header user-agent was not sent/],
])("the stand-in refuses a signature %s, and says so", (_, request, fault) => {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([, value]) => value !== undefined));
  expect(findSignatureFault({ ...request, headers }, TEST_KEY, now)).toMatch(fault);
});

test("the stand-in takes a signature until its date is 15 minutes off, either way", () => {
  for (const off of [15 * 60_000, -15 * 60_000]) {
    expect(findSignatureFault(signed, TEST_KEY, now + off)).toBeUndefined();
    expect(findSignatureFault(signed, TEST_KEY, now + off + Math.sign(off))).toMatch(/^signature expired/);
  }
});

test.each([
  ["begin_time=2026-11-22%2003:00:00&limit=100", undefined],
  ["limit=100&begin_time=2026-11-22%2003%3A00%3A00", undefined],
  ["begin_time=2026-11-22+03:00:00&limit=100", /signature fail/],
  ["begin_time=2026-11-22%2003:00:00&limit=10", /signature fail/],
  ["begin_time=2026-11-22%2003:00:00", /signature fail/],
])("the stand-in judges the query %s as it was sent", async (sent, fault) => {
  const path = "/v3/0549b4a43100d4f32f51c01c2fe4acdb/backups";
  const headers = { host: "127.0.0.1", "x-sdk-date": "20261122T030000Z" };
  const query = [
    ["limit", "100"],
    ["begin_time", "2026-11-22 03:00:00"],
  ] as const;
  const value = await authorization({ method: "GET", path, query, headers, body: "" }, TEST_KEY, "access");
  const request = { method: "GET", target: `${path}?${sent}`, headers: { ...headers, authorization: value }, body: "" };
  const found = findSignatureFault(request, TEST_KEY, now);
  if (fault) {
    expect(found).toMatch(fault);
  } else {
    expect(found).toBeUndefined();
  }
});

test.each<[string, string, (readonly [string, string])[]]>([
  ["/", "/", []],
  ["/a%20b/%E5%8D%87/", "/a b/升/", []],
  ["/v1.0/(a)%7e?", "/v1.0/(a)~", []],
  [
    "/a?x=2&w=3&x=1&x=2",
    "/a",
    [
      ["w", "3"],
      ["x", "1"],
      ["x", "2"],
      ["x", "2"],
    ],
  ],
  ["/a?x=b=c", "/a", [["x", "b=c"]]],
  ["/a?x=%09~%27", "/a", [["x", "\t~'"]]],
  ["/a?x", "/a", [["x", ""]]],
])("the stand-in takes either signature of %s, whatever is encoded and in which order", async (target, path, query) => {
  const headers = { host: "127.0.0.1", "x-sdk-date": "20261122T030000Z" };
  for (const dialect of ["access", "scoped"] as const) {
    const value = await authorization({ method: "GET", path, query, headers, body: "" }, TEST_KEY, dialect);
    const request = { method: "GET", target, headers: { ...headers, authorization: value }, body: "" };
    expect(findSignatureFault(request, TEST_KEY, now)).toBeUndefined();
  }
});
