/** Checks SDK-HMAC-SHA256 signatures from the bytes that arrived. It shares no code with `src/signing.ts`, so that one proves the other. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface SignedRequest {
  method: string;
  /** Path and query as they stood in the request line. */
  target: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string | Uint8Array;
}

export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

const AUTHORIZATION =
  /^SDK-HMAC-SHA256 (?:Access=(?<access>[^,/]+)|Credential=(?<scoped>[^,/]+)\/(?<scope>\d{8}\/[^/,]*\/[^/,]*\/sdk_request)), SignedHeaders=(?<names>[^,]+), Signature=(?<signature>[0-9a-f]{64})$/;

/** What is wrong with a request's signature, or undefined when it is right. */
export function findSignatureFault(request: SignedRequest, key: AccessKey, now: number): string | undefined {
  const parts = AUTHORIZATION.exec(request.headers["authorization"] ?? "")?.groups;
  if (!parts) {
    return "the Authorization header is missing or not of the documented form";
  }
  if ((parts["access"] ?? parts["scoped"]) !== key.accessKeyId) {
    return "the access key is not known";
  }

  const date = request.headers["x-sdk-date"] ?? "";
  const time = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (!time) {
    return "X-Sdk-Date is missing or not of the form YYYYMMDDTHHMMSSZ";
  }
  const [year, month, ...rest] = time.slice(1).map(Number);
  const signedAt = Date.UTC(year ?? 0, (month ?? 0) - 1, ...(rest as [number, number, number, number]));
  if (Math.abs(now - signedAt) > 15 * 60_000) {
    return "signature expired: X-Sdk-Date is more than 15 minutes off";
  }

  const names = (parts["names"] ?? "").split(";");
  if (!names.includes("x-sdk-date")) {
    return "x-sdk-date must be signed";
  }
  if ([...names].sort().join(";") !== names.join(";")) {
    return "the signed headers are not in order";
  }
  const missing = names.find((name) => !Object.hasOwn(request.headers, name));
  if (missing) {
    return `the signed header ${missing} was not sent`;
  }

  const canonical = canonicalize(request, names);
  const lines = [
    "SDK-HMAC-SHA256",
    date,
    ...(parts["scope"] ? [parts["scope"]] : []),
    createHash("sha256").update(canonical).digest("hex"),
  ];
  let secret: string | Buffer = key.secretAccessKey;
  if (parts["scope"]) {
    secret = `SDK${secret}`;
    for (const part of parts["scope"].split("/")) {
      secret = createHmac("sha256", secret).update(part).digest();
    }
  }
  const expected = createHmac("sha256", secret).update(lines.join("\n")).digest();
  if (timingSafeEqual(expected, Buffer.from(parts["signature"] ?? "", "hex"))) {
    return undefined;
  }
  return `verify aksk signature fail, canonicalRequest: ${canonical.replaceAll("\n", "|")}`;
}

function canonicalize({ method, target, headers, body }: SignedRequest, names: string[]): string {
  const [path = "", query = ""] = target.split(/\?(.*)/s);
  // Sorted by name, then by value, before they are encoded, as the vendor's SDKs do.
  const pairs = pairsIn(query)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : Number(x > y)) : a < b ? -1 : 1))
    .map(([name, value]) => `${strict(name)}=${strict(value)}`);
  const segments = path.split("/").map((segment) => strict(decode(segment)));
  return [
    method,
    `${segments.join("/")}${path.endsWith("/") ? "" : "/"}`,
    pairs.join("&"),
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    "",
    names.join(";"),
    createHash("sha256").update(body).digest("hex"),
  ].join("\n");
}

/** A plus is a plus here: a blank is signed as `%20`, so one that is sent as `+` breaks the signature. */
function pairsIn(query: string): [name: string, value: string][] {
  return query === ""
    ? []
    : query.split("&").map((pair) => {
        const [name = "", ...value] = pair.split("=");
        return [decode(name), decode(value.join("="))];
      });
}

/** What is no valid percent-encoding can't be what was signed. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** Every byte but letters, digits and `-_.~` as %XX. */
function strict(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) =>
      /[\w.~-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
}
