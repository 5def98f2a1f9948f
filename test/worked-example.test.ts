/** Every number of the worked example in the description of signing, in both languages, is what our signing makes of the request there. */
import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readDocument } from "../scripts/lib/document.ts";
import { findSignatureFault } from "../scripts/stand-in/verify-signature.ts";
import { authorization, canonicalRequest, type RequestToSign, stringToSign } from "../src/signing.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe.each(["openapi.json", "openapi.zh-CN.json"])("the worked example in %s", (name) => {
  const { paths, components } = readDocument(name);
  const description = components.securitySchemes["AkSkSignature"]?.description ?? "";
  const { key, request, date, canonical, canonicalHash, access, scoped } = readExample(description);

  test("has a request that is one of the calls, with the body of one of the examples", () => {
    const called = Object.keys(paths).filter((path) =>
      new RegExp(`^${path.replace(/\{\w+\}/g, "[\\w-]+")}$`).test(request.path),
    );
    expect(called).toEqual(["/v2/{project_id}/instances/{instance_id}/backups"]);
    expect(JSON.parse(request.body)).toEqual(components.examples["CopyInstanceAof"]?.value);
  });

  test("has the canonical request that we make of it, and its hash", () => {
    expect(canonical).toBe(canonicalRequest(request, sha256(request.body)));
    expect(canonicalHash).toBe(sha256(canonical));
  });

  test("has the string to sign of the access dialect, and its header", async () => {
    expect(access.stringToSign).toBe(stringToSign(date, undefined, canonicalHash));
    expect(access.header).toBe(await authorization(request, key, "access"));
    const signature = createHmac("sha256", key.secretAccessKey).update(access.stringToSign).digest("hex");
    expect(access.header.endsWith(`Signature=${signature}`)).toBe(true);
  });

  test("has the string to sign of the scoped dialect, and its header", async () => {
    const scope = `${date.slice(0, 8)}///sdk_request`;
    expect(scoped.stringToSign).toBe(stringToSign(date, scope, canonicalHash));
    expect(scoped.header).toBe(await authorization(request, key, "scoped"));
    expect(description).toContain(`\`${scope}\``);
  });

  test.each(["access", "scoped"] as const)(
    "has a header of the %s dialect that the stand-in's own check takes",
    (dialect) => {
      const { path: target, method, body } = request;
      const headers = { ...request.headers, authorization: { access, scoped }[dialect].header };
      expect(
        findSignatureFault({ method, target, headers, body }, key, Date.parse("2026-11-22T03:00:00Z")),
      ).toBeUndefined();
    },
  );

  test("has these hashes, that of no bytes, and no other", () => {
    const hashes = new Set(description.match(/\b[0-9a-f]{64}\b/g));
    const signatures = [access, scoped].map(({ header }) => header.slice(-64));
    expect(hashes).toEqual(new Set([sha256(""), sha256(request.body), canonicalHash, ...signatures]));
  });
});

interface Part {
  stringToSign: string;
  header: string;
}

interface Example {
  key: { accessKeyId: string; secretAccessKey: string };
  request: RequestToSign;
  date: string;
  canonical: string;
  canonicalHash: string;
  access: Part;
  scoped: Part;
}

/** What the text says: a key, a raw request with `Content-Type` unsigned, a canonical request, and for each dialect two things to compare. */
function readExample(description: string): Example {
  const example = description.slice(description.search(/^## (Example|示例)$/m));
  const [, accessKeyId = "", secretAccessKey = ""] = /AK[^`]*`(\w{20})`[^`]*SK[^`]*`(\w{40})`/.exec(example) ?? [];
  const [raw = "", canonical = "", access = "", scoped = ""] = [...example.matchAll(/^```\w+\n([\s\S]*?)\n```$/gm)].map(
    ([, block]) => block ?? "",
  );
  const [, canonicalHash = ""] = /`([0-9a-f]{64})`/.exec(example) ?? [];
  const [head = "", body = ""] = raw.split("\n\n");
  const [requestLine = "", ...lines] = head.split("\n");
  const [method = "", path = "", version] = requestLine.split(" ");
  expect(version).toBe("HTTP/1.1");
  const sent = lines.map((line) => line.split(": ")).map(([name = "", value = ""]) => [name.toLowerCase(), value]);
  const headers = Object.fromEntries(sent.filter(([name]) => name !== "content-type"));
  expect(Object.keys(headers)).toHaveLength(sent.length - 1);
  return {
    key: { accessKeyId, secretAccessKey },
    request: { method, path, headers, body },
    date: headers["x-sdk-date"] ?? "",
    canonical,
    canonicalHash,
    access: readPart(access),
    scoped: readPart(scoped),
  };
}

function readPart(block: string): Part {
  const [stringToSign = "", header = ""] = block.split("\n\n");
  return { stringToSign, header };
}
