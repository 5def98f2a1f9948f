/** How far a request had come when `fetch` failed, by what the failure says. */
import { nodeProcess } from "./builtin.js";
import { isPassing } from "./status.js";

/**
 * `unconnected`: no connection was made, or it broke off in its handshake, so nothing was sent, and asking again may work. `unsent`: nothing
 * was sent, and asking again meets the same. `unknown`: the request may have arrived.
 */
export type Stage = "unconnected" | "unsent" | "unknown";

/** What is known of a failure besides what it says. */
export interface Known {
  /** Nothing was sent for the call, nor will be. */
  isStillHere: boolean;
  /** The failure is of a request to the call's URL. */
  isOwn(failure: object): boolean;
}

/**
 * Every runtime tells it in its own way: Node by the system call, Bun by a code, Deno in the message; browsers not at all. A given `fetch`
 * may connect to other places too, so a connection counts as the call's own only where undici has told that it is, or where the failure
 * names the call's URL, host or proxy. Where nobody tells whose handshake failed, it counts as the call's own, but is not asked again.
 *
 * @param url of the call.
 */
export function stageOf(error: unknown, url: string, { isStillHere, isOwn }: Known): Stage {
  const otherwise: Stage = isStillHere ? "unsent" : "unknown";
  try {
    const chain = causesOf(error);
    const says = (patterns: RegExp[]) => chain.some((failure) => matches(textOf(failure), patterns));
    const isItsOwn = isStillHere || chain.some(isOwn);
    if (isItsOwn && chain.some(isForNow)) {
      return "unconnected";
    }
    if (says(NEVER_SENT) || (isItsOwn && says([NOT_TLS]))) {
      return "unsent";
    }
    const places = isItsOwn ? undefined : [url, ...proxies()].map(placeOf);
    const tells = (patterns: RegExp[]) => chain.some((failure) => tellsOfPlace(failure, patterns, places));
    return tells(FORBIDDEN) ? "unsent" : tells(UNCONNECTED) ? "unconnected" : otherwise;
  } catch {
    return otherwise; // An error that throws when it is read tells nothing.
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

/** At most this many causes are followed: a chain may be a circle. */
const MAX_DEPTH = 5;

function causesOf(error: unknown): Failure[] {
  const chain: Failure[] = [];
  for (let one = error; one != null && chain.length < MAX_DEPTH; one = (Object(one) as Failure).cause) {
    chain.push(Object(one) as Failure);
  }
  return chain;
}

/** All that a failure says, in one line: `connect ECONNREFUSED connect ECONNREFUSED 192.0.2.1:443 192.0.2.1:443`. */
function textOf({ syscall, code, message, hostname, address, port, path }: Failure): string {
  return [syscall, code, message, hostname, address && `${address}:${port}`, path].filter(Boolean).join(" ");
}

function matches(text: string, patterns: RegExp[]): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

/** What comes is no TLS. It may come after data too, unless the failure is of what Node wrote in the handshake. */
const NOT_TLS = /wrong.version.number|(packet|data).length.too.long/i;

const NEVER_SENT = [
  // Certificates: https://nodejs.org/api/tls.html#x509-certificate-error-codes. That a server wants one, it can say after data.
  /^(?!ERR_SSL_)(UNABLE_TO_|CRL_|ERROR_IN_|\w*CERT(IFICATE)?(_|\b))|certificate.verify.failed/i,
  /^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|UNSPECIFIED|OUT_OF_MEM)\b/i,
  // Handshakes, in OpenSSL's words, which Node also writes as codes. Its other errors can come after data.
  new RegExp(`\\bEPROTO\\b.*(${NOT_TLS.source})`, "i"),
  /(unknown|unsupported).protocol|no.(protocols|ciphers).available/i,
  /no.suitable.signature.algorithm|(dh|ee|ca).key.too.small|unsafe.legacy.renegotiation|unrecognized.name/i,
  /alert.(handshake.failure|protocol.version|no.application.protocol|insufficient.security|inappropriate.fallback)/i,
  /before secure TLS connection was established/i,
  // A proxy that refuses its tunnel, as undici and Bun tell it.
  /Proxy response \(\d+\) !== 200 when HTTP Tunneling|^ERR_PROXY_TUNNEL\b/i,
  // Deno, of whatever fails before a request can be sent, but for what may go better later.
  /client error \(Connect\): (?!tcp connect error|dns error)/i,
  // `fetch` itself refuses a header, or a port: https://fetch.spec.whatwg.org/#port-blocking
  /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED)\b|^bad port$/i,
];

/** A handshake that ended without a reason, as it does where a server restarts, or a proxy that can't reach the server for now. */
function isForNow(failure: Failure): boolean {
  const text = textOf(failure);
  const [, proxyStatus] = /Proxy response \((\d+)\)/.exec(text) ?? [];
  return /\b(ECONNRESET|EPIPE|ETIMEDOUT|UND_ERR_SOCKET)\b/.test(text) || isPassing(Number(proxyStatus));
}

const UNCONNECTED = [
  /^(connect|getaddrinfo) |\b(connect|getaddrinfo) E[A-Z]/,
  /\b(UND_ERR_CONNECT_TIMEOUT|ERR_SOCKET_CONNECTION_TIMEOUT|ECONNREFUSED|ENOTFOUND|EAI_AGAIN)\b/,
  /\b(ConnectionRefused|FailedToOpenSocket)\b/, // Bun
  /\bclient error \(Connect\): (tcp connect|dns) error/, // Deno
];

/** A permission that Node (https://nodejs.org/api/permissions.html) or Deno was not started with. */
const FORBIDDEN = [/ERR_ACCESS_DENIED|^Requires net /];

/** @param places one of which the failure must name; undefined where it is known to be the call's own. */
function tellsOfPlace(failure: Failure, patterns: RegExp[], places: RegExp[] | undefined): boolean {
  const { errors } = failure;
  // One for each address of a host.
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every((one) => tellsOfPlace(Object(one) as Failure, patterns, places));
  }
  const text = textOf(failure);
  return matches(text, patterns) && (!places || matches(withoutBrackets(text), places));
}

/** The proxies that the environment names, as URLs or as a host and port. */
function proxies(): string[] {
  return ["http_proxy", "https_proxy", "all_proxy"]
    .flatMap((name) => [name, name.toUpperCase()])
    .map(readVariable)
    .map((text) => (text.includes("://") ? text : `http://${text}`))
    .filter((text) => URL.canParse(text));
}

/** Deno throws where a program may not read its environment. */
function readVariable(name: string): string {
  try {
    return nodeProcess()?.env?.[name] ?? "";
  } catch {
    return "";
  }
}

/** A host and port, a host alone, or a URL of it. The network addresses of a host name are not known here. */
function placeOf(url: string): RegExp {
  const { hostname, protocol, port } = new URL(url);
  const defaultPort = protocol === "https:" ? 443 : 80;
  const host = hostname === "localhost" ? "(localhost|127\\.0\\.0\\.1|::1)" : toPattern(hostname);
  const hostAndPort = `${host}:${port || defaultPort}(?!\\d)`;
  const inUrl = `${toPattern(`${protocol}//${hostname}`)}${port ? `:${port}` : `(:${defaultPort})?`}`;
  return new RegExp(`(^|[\\s(,"'<])(${hostAndPort}|(${inUrl}|${host})(?![\\w.:-]))`, "i");
}

const withoutBrackets = (text: string): string => text.replace(/[[\]]/g, "");
const toPattern = (text: string): string => withoutBrackets(text).replace(/\W/g, "\\$&");

/** What `fetch` said first, and the deepest reason behind it: "fetch failed: connect ECONNREFUSED 127.0.0.1:8999". */
export function reasonOf(error: unknown): string {
  const texts = causesOf(error).map(({ message, code, errors }) => {
    const [first] = Array.isArray(errors) ? errors : [];
    const text = String(message || (Object(first) as Failure).message || code || "");
    // `80D1…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl3_record.c:355:` says three words of use.
    return /\berror:[0-9A-F]{8}:[^:]*:[^:]*:([^:]+):/.exec(text)?.[1] ?? text;
  });
  const told = texts.filter(Boolean);
  return [...new Set([told[0], told.at(-1)])].filter(Boolean).join(": ");
}

/** All that Node's `fetch` says where it hides an answer. */
export function hasNoReason(error: unknown): boolean {
  try {
    return reasonOf(error) === "fetch failed";
  } catch {
    return false;
  }
}
