/** How far a request had come when `fetch` failed, by what the failure says. */

/**
 * `unconnected`: no connection was made, so nothing was sent, and asking again may work. `unsent`: nothing was sent, and asking again
 * meets the same. `unknown`: the request may have arrived.
 */
export type Stage = "unconnected" | "unsent" | "unknown";

/** Every runtime tells it in its own way: Node by the system call, Bun by a code, Deno in the message; browsers not at all. */
export function stageOf(error: unknown, url: string): Stage {
  try {
    const chain = causesOf(error);
    if (chain.some(neverSent)) {
      return "unsent";
    }
    const own = ownTargets(url);
    return chain.some((one) => neverConnected(one, own)) ? "unconnected" : "unknown";
  } catch {
    return "unknown"; // An error that throws when it is read tells nothing.
  }
}

interface Failure {
  syscall?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  errors?: unknown;
  hostname?: unknown;
  address?: unknown;
  port?: unknown;
  path?: unknown;
}

/** So many causes behind one another are looked into: a chain may be a circle. */
const MAX_DEPTH = 5;

function causesOf(error: unknown): Failure[] {
  const chain: Failure[] = [];
  for (let one = error; one != null && chain.length < MAX_DEPTH; one = (Object(one) as Failure).cause) {
    chain.push(Object(one) as Failure);
  }
  return chain;
}

const UNCONNECTED_CODES =
  /^(UND_ERR_CONNECT_TIMEOUT|ERR_SOCKET_CONNECTION_TIMEOUT|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ConnectionRefused|FailedToOpenSocket)$/;

/** A given `fetch` may connect to other places too, so the failure must name where this call goes. */
function neverConnected(failure: Failure, own: URL[]): boolean {
  const { syscall, code, message, errors } = failure;
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every((one) => neverConnected(Object(one) as Failure, own));
  }
  const told =
    /^(connect|getaddrinfo)$/.test(String(syscall)) ||
    UNCONNECTED_CODES.test(String(code)) ||
    /client error \(Connect\)/.test(String(message));
  return told && own.some((target) => names(failure, target));
}

/** The call's host, and the proxies that the environment names. */
function ownTargets(url: string): URL[] {
  return [url, ...proxies()].flatMap((text) => (URL.canParse(text) ? [new URL(text)] : []));
}

function proxies(): string[] {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const names = ["http_proxy", "https_proxy", "all_proxy"].flatMap((name) => [name, name.toUpperCase()]);
  try {
    return names.flatMap((name) => process?.env?.[name] ?? []);
  } catch {
    return []; // Deno throws where it may not read the environment.
  }
}

/** A host name's addresses are not known here, so that with a name only the port can be compared. */
function names({ hostname, address, port, path, message }: Failure, target: URL): boolean {
  const targetPort = portOf(target);
  if (port !== undefined) {
    return String(port) === targetPort && (address === undefined || !isAddress(target) || sameHost(address, target));
  }
  if (hostname !== undefined) {
    return sameHost(hostname, target);
  }
  const text = `${path} ${message}`;
  const urls = text.match(/\bhttps?:\/\/[^\s)"']+/g) ?? [];
  if (urls.length > 0) {
    return urls.some(
      (url) => URL.canParse(url) && sameHost(new URL(url).hostname, target) && portOf(new URL(url)) === targetPort,
    );
  }
  const addresses = text.match(/[\w.:[\]-]+:\d+\b/g) ?? [];
  if (addresses.length > 0) {
    return addresses.some(
      (one) => one.endsWith(`:${targetPort}`) && (!isAddress(target) || sameHost(one.replace(/:\d+$/, ""), target)),
    );
  }
  return new RegExp(`(^|[\\s(])${target.hostname.replace(/\W/g, "\\$&")}($|[\\s),])`).test(text);
}

const portOf = ({ port, protocol }: URL): string => port || (protocol === "https:" ? "443" : "80");

const isAddress = ({ hostname }: URL): boolean => /^[\d.]+$|^\[/.test(hostname);

const bare = (host: unknown): string =>
  String(host)
    .replace(/^\[|\]$/g, "")
    .toLowerCase();

const sameHost = (host: unknown, { hostname }: URL): boolean => bare(host) === bare(hostname);

/** Why certificates are refused: https://nodejs.org/api/tls.html#x509-certificate-error-codes. Never the alert of a server that wants one. */
const CERTIFICATE =
  /^(?!ERR_SSL_).*CERT|^(CRL_|UNABLE_TO_|ERROR_IN_CRL_)|^(INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE|HOSTNAME_MISMATCH|UNSPECIFIED|OUT_OF_MEM)$/;

/** Alerts and faults that end a handshake. Others of `ERR_SSL_` can come after the request was sent. */
const HANDSHAKE = new RegExp(
  `^ERR_SSL_(${[
    "WRONG_VERSION_NUMBER",
    "PACKET_LENGTH_TOO_LONG",
    "HTTPS?_(PROXY_)?REQUEST",
    "(UNKNOWN|UNSUPPORTED)_PROTOCOL",
    "NO_(PROTOCOLS|CIPHERS)_AVAILABLE",
    "NO_SHARED_CIPHER",
    "NO_SUITABLE_SIGNATURE_ALGORITHM",
    "(DH|EE|CA)_KEY_TOO_SMALL",
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
    "TLSV1_UNRECOGNIZED_NAME",
    "\\S+_ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION|NO_APPLICATION_PROTOCOL|INSUFFICIENT_SECURITY|INAPPROPRIATE_FALLBACK|UNRECOGNIZED_NAME)",
  ].join("|")})$`,
);

/** A header that `fetch` refuses to send. */
const FORBIDDEN = /^(UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED|UND_ERR_REQ_CONTENT_LENGTH_MISMATCH)$/;

const NEVER_SENT_MESSAGES = new RegExp(
  [
    "^bad port$", // `fetch` never dials it: https://fetch.spec.whatwg.org/#port-blocking
    "^Proxy response \\(\\d+\\) !== 200 when HTTP Tunneling", // undici, of a proxy that refuses CONNECT
    "^Client network socket disconnected before secure TLS connection was established",
    "client error \\(Connect\\): .*(certificate|tunnel|handshake|InvalidContentType|received corrupt message|received fatal alert|proxy)", // Deno
    "^invalid (\\S+ )?header", // undici
  ].join("|"),
  "i",
);

/** The certificate was refused, the handshake failed, a proxy refused its tunnel, or `fetch` refused to begin. */
function neverSent({ code, message }: Failure): boolean {
  const text = String(message);
  const openssl = opensslReason(text);
  const name = openssl ? `ERR_SSL_${openssl.toUpperCase().replaceAll(" ", "_")}` : String(code);
  return (
    CERTIFICATE.test(String(code)) || HANDSHAKE.test(name) || FORBIDDEN.test(name) || NEVER_SENT_MESSAGES.test(text)
  );
}

/** `80D1…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl3_record.c:355:` says five words of use. */
function opensslReason(message: string): string | undefined {
  return /\berror:[0-9A-F]{8}:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1];
}

/** What `fetch` said first, and the deepest reason behind it: "fetch failed: connect ECONNREFUSED 127.0.0.1:8999". */
export function reasonOf(error: unknown): string {
  const texts = causesOf(error).map(({ message, code, errors }) => {
    const [first] = Array.isArray(errors) ? errors : [];
    const text = String(message ?? "") || String((Object(first) as Failure).message ?? "") || String(code ?? "");
    return opensslReason(text) ?? text;
  });
  const told = texts.filter(Boolean);
  return [...new Set([told[0], told.at(-1)])].filter(Boolean).join(": ");
}
