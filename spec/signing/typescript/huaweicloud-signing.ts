/**
 * Signs requests to DCS and DDS with an access key (SDK-HMAC-SHA256). It needs nothing but `fetch` and Web Crypto.
 *
 *     const fetch = signingFetch({ accessKeyId, secretAccessKey }); // securityToken for a temporary key
 *     createClient({ baseUrl, fetch }); // @hey-api/openapi-ts
 *     new Configuration({ basePath, fetchApi: fetch }); // openapi-generator typescript-fetch
 *     axios.create({ adapter: "fetch", env: { fetch } }); // axios 1.12 or newer, as for typescript-axios
 *     new Api({ baseUrl, customFetch: fetch }); // swagger-typescript-api
 *     globalThis.fetch = (path, init) => fetch(baseUrl + path, init); // orval, where nothing else calls `fetch`
 *
 * In TypeScript the package's own client does more: it knows what may be asked again, and what may have left a backup.
 *
 * Two warnings:
 *
 * 1. Never let an HTTP client repeat a request that starts a backup, nor follow a redirect with it. The calls take no
 *    idempotency key: each repeat is one more backup, and where a cloud keeps the newest 24, that deletes the oldest.
 *    What is signed here follows no redirect; a browser, Bun and Deno may still repeat a request by themselves.
 * 2. A backup may exist after 5xx, 408 and 499, a broken connection, a timeout, and a success that can't be read.
 *    List the backups before you ask again. Any other 4xx without a `backup_id` started nothing.
 */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  securityToken?: string;
  /** "access" for Huawei Cloud, "scoped" for Open Telekom Cloud. Unless it is given, the host decides. */
  dialect?: "access" | "scoped";
}

/** A `fetch` that signs all that it sends. */
export function signingFetch(key: AccessKey, send: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    url.search = url.search.replaceAll("+", "%20");
    const body = await request.arrayBuffer();
    const added: Record<string, string> = {
      "x-sdk-date": new Date().toISOString().replace(/[-:]|\.\d+/g, ""),
    };
    const project = /\/v[\d.]+\/([^/]+)/.exec(url.pathname)?.[1];
    if (project) {
      added["x-project-id"] = decodeURIComponent(project);
    }
    if (key.securityToken) {
      added["x-security-token"] = key.securityToken;
    }
    const dialect = key.dialect ?? (url.hostname.endsWith(".otc.t-systems.com") ? "scoped" : "access");
    const { method, signal } = request;
    const signed = { ...added, host: url.host };
    const authorization = await authorize({ ...key, dialect }, method, url.pathname + url.search, signed, body);
    const headers = new Headers(request.headers);
    for (const [name, value] of Object.entries({ ...added, authorization })) {
      headers.set(name, value);
    }
    headers.delete("x-auth-token");
    // "manual": the caller sees a redirect as an answer that is no success, and nothing is sent on.
    const sent = { method, headers, signal, redirect: "manual" as const };
    return send(url.href, { ...init, ...sent, ...(body.byteLength > 0 && { body }) });
  };
}

/** The `Authorization` header, for the target in a request line, the headers to sign, and the body. */
export async function authorize(
  { accessKeyId, secretAccessKey, dialect }: AccessKey,
  method: string,
  target: string,
  headers: Record<string, string>,
  body: BufferSource,
): Promise<string> {
  const [path = "", query = ""] = target.split(/\?(.*)/s);
  const lines = Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.trim()])
    .sort(byNameAndValue);
  const names = lines.map(([name]) => name).join(";");
  const canonical = [
    method.toUpperCase(),
    // The signed path ends in a slash; the sent one does not.
    `${path.replace(/\/$/, "").split("/").map(decodeURIComponent).map(encode).join("/")}/`,
    // Sorted before it is encoded, as the vendor's SDKs do.
    [...new URLSearchParams(query)]
      .sort(byNameAndValue)
      .map((pair) => pair.map(encode).join("="))
      .join("&"),
    ...lines.map((line) => line.join(":")),
    "",
    names,
    hex(await crypto.subtle.digest("SHA-256", body)),
  ].join("\n");
  const date = lines.find(([name]) => name === "x-sdk-date")?.[1] ?? "";
  const text = ["SDK-HMAC-SHA256", date, hex(await crypto.subtle.digest("SHA-256", bytes(canonical)))];
  let credential = `Access=${accessKeyId}`;
  let secret: BufferSource = bytes(secretAccessKey);
  if (dialect === "scoped") {
    const scope = `${date.slice(0, 8)}///sdk_request`; // Region and service stay empty.
    credential = `Credential=${accessKeyId}/${scope}`;
    text.splice(2, 0, scope);
    secret = bytes(`SDK${secretAccessKey}`);
    for (const part of scope.split("/")) {
      secret = await hmac(secret, part);
    }
  }
  const signature = hex(await hmac(secret, text.join("\n")));
  return `SDK-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`;
}

/** All but A-Z a-z 0-9 - _ . ~ as %XX. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

const byNameAndValue = ([a, x]: [string, string], [b, y]: [string, string]): number =>
  a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0;

const bytes = (text: string) => new TextEncoder().encode(text);

const hex = (buffer: ArrayBuffer): string =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function hmac(key: BufferSource, text: string): Promise<ArrayBuffer> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", imported, bytes(text));
}
