import { expect, test } from "vitest";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { findSignatureFault } from "../scripts/stand-in/verify-signature.ts";
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

test("the stand-in refuses a signature over another body, and one without the date", () => {
  expect(findSignatureFault({ ...signed, body: "{}" }, TEST_KEY, now)).toMatch(/signature fail/);
  const authorization = signed.headers.authorization.replace(";x-sdk-date", "");
  const undated = { ...signed, headers: { ...signed.headers, authorization } };
  expect(findSignatureFault(undated, TEST_KEY, now)).toBe("x-sdk-date must be signed");
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
