/**
 * SDK-HMAC-SHA256, the request signing of Huawei Cloud and Open Telekom Cloud: one small function per step.
 *
 * Source: the vendor's published SDKs and their test vectors, which `test/signing.test.ts` compares step by step.
 */
import { builtinModule } from "./builtin.js";

/** `access` is what Huawei Cloud's own SDKs send, `scoped` what Open Telekom Cloud's do. */
export type SigningDialect = "access" | "scoped";

export interface RequestToSign {
  method: string;
  /** The path before percent-encoding, without query. */
  path: string;
  /** Names and values before percent-encoding. */
  query?: readonly (readonly [string, string])[];
  /** The headers to sign, in any case and order; `host` and `x-sdk-date` among them. */
  headers: Readonly<Record<string, string>>;
  /** The body, byte for byte as it is sent. */
  body: string;
}

export interface SigningKey {
  accessKeyId: string;
  secretAccessKey: string;
}

const ALGORITHM = "SDK-HMAC-SHA256";

/** The value of the `Authorization` header. */
export async function authorization(request: RequestToSign, key: SigningKey, dialect: SigningDialect): Promise<string> {
  const headers = sortHeaders(request.headers);
  const date = headers.values["x-sdk-date"] ?? "";
  const scope = dialect === "scoped" ? credentialScope(date) : undefined;
  const canonical = canonicalRequest(request, await sha256(request.body), headers);
  const toSign = stringToSign(date, scope, await sha256(canonical));
  const signature = await hmacHex(await signingKey(key.secretAccessKey, scope), toSign);
  const credential = scope === undefined ? `Access=${key.accessKeyId}` : `Credential=${key.accessKeyId}/${scope}`;
  return `${ALGORITHM} ${credential}, SignedHeaders=${headers.names.join(";")}, Signature=${signature}`;
}

let lastDate = { second: Number.NaN, text: "" };

/** `X-Sdk-Date`: UTC, `YYYYMMDDTHHMMSSZ`. Written once a second, as writing it for each call takes 2 % of its CPU time. */
export function sdkDate(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastDate.second) {
    lastDate = { second, text: new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, "") };
  }
  return lastDate.text;
}

export function canonicalRequest(
  { method, path, query = [], headers }: RequestToSign,
  bodyHash: string,
  { names, values } = sortHeaders(headers),
): string {
  const lines = names.map((name) => `${name}:${values[name]}\n`).join("");
  return `${method}\n${canonicalUri(path)}\n${canonicalQuery(query)}\n${lines}\n${names.join(";")}\n${bodyHash}`;
}

/** The signed path ends in a slash; the sent one does not. */
function canonicalUri(path: string): string {
  const encoded = path.replace(/[^\w.~/-]+/g, encode);
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

/** Sorted before it is encoded, as the vendor's SDKs do. */
export function canonicalQuery(query: readonly (readonly [string, string])[]): string {
  return [...query]
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

interface SortedHeaders {
  /** In lower case. */
  names: readonly string[];
  /** By those names. */
  values: Readonly<Record<string, string>>;
}

function sortHeaders(headers: Readonly<Record<string, string>>): SortedHeaders {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    values[name.toLowerCase()] = value.trim();
  }
  return { names: Object.keys(values).sort(), values };
}

export function stringToSign(date: string, scope: string | undefined, canonicalRequestHash: string): string {
  return [ALGORITHM, date, ...(scope === undefined ? [] : [scope]), canonicalRequestHash].join("\n");
}

/** Region and service stay empty: Open Telekom Cloud's own clients leave them so, and its gateway wants them so. */
function credentialScope(date: string): string {
  return `${date.slice(0, 8)}///sdk_request`;
}

/** `access` signs with the secret itself, `scoped` with a key derived from it along the scope. */
async function signingKey(secret: string, scope: string | undefined): Promise<string | Uint8Array> {
  if (scope === undefined) {
    return secret;
  }
  let key: string | Uint8Array = `SDK${secret}`;
  for (const part of scope.split("/")) {
    key = await hmac(key, part);
  }
  return key;
}

/** RFC 3986: all but the unreserved characters, in upper-case hexadecimal. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Where `node:crypto` is there, it costs a fifth to a tenth of `crypto.subtle`. */
interface NodeCrypto {
  /** Gives hexadecimal. It came with Node 20.12, so what imitates an older Node lacks it. */
  hash?(algorithm: string, data: string): string;
  createHmac(algorithm: string, key: string | Uint8Array): { update(data: string): NodeHmac };
}

interface NodeHmac {
  digest(): Uint8Array;
  digest(encoding: "hex"): string;
}

let nodeCrypto: NodeCrypto | undefined;

/** Looked up on first use: loading it costs time that an import should not. */
function findNodeCrypto(): NodeCrypto | undefined {
  nodeCrypto ??= builtinModule<NodeCrypto>("node:crypto");
  return nodeCrypto;
}

/** Its encoder is made when it is needed: the browser that Jest imitates has none, and neither have older versions of React Native. */
const toBytes = (text: string) => new TextEncoder().encode(text);

async function sha256(text: string): Promise<string> {
  const node = findNodeCrypto();
  if (node?.hash) {
    return node.hash("sha256", text);
  }
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", toBytes(text))));
}

/** Node writes hexadecimal by itself; to make bytes first would cost twice as much. */
async function hmacHex(key: string | Uint8Array, text: string): Promise<string> {
  const node = findNodeCrypto();
  return node ? node.createHmac("sha256", key).update(text).digest("hex") : hex(await hmac(key, text));
}

async function hmac(key: string | Uint8Array, text: string): Promise<Uint8Array> {
  const node = findNodeCrypto();
  if (node) {
    return node.createHmac("sha256", key).update(text).digest();
  }
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const raw = typeof key === "string" ? toBytes(key) : new Uint8Array(key);
  const imported = await crypto.subtle.importKey("raw", raw, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, toBytes(text)));
}
