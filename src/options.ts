/** The options of a client and of one call, and their checks. */
import type { Region } from "../generated/tables.js";
import { checkDuration, checkObject } from "./checks.js";
import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import { type Endpoints, resolveEndpoints } from "./endpoints.js";
import type { SigningDialect } from "./signing.js";

/** What `createBackupClient` takes. A project, credentials and a region, or `endpoints` in its place, are needed. */
export interface BackupClientOptions {
  /** Picks the hosts of both services, for example `cn-north-4` or `eu-de`. Needed unless `endpoints` are given. */
  region?: Region | (string & {}) | undefined;
  /** The project that owns the instances, 32 hexadecimal digits on the console's "My Credentials" page. */
  projectId: string;
  /** An access key, a token, or a function that returns either and is asked for each request. */
  credentials: Credentials | CredentialsProvider;
  /** Hosts to use instead of the region's, such as `https://dcs.cn-north-4.myhuaweicloud.com`. Plain http only on loopback. */
  endpoints?: { dcs?: string | undefined; dds?: string | undefined } | undefined;
  /**
   * Which of the two forms of SDK-HMAC-SHA256 signs requests.
   * @default "scoped" where the host is `*.otc.t-systems.com`, else "access"
   */
  signing?: SigningDialect | undefined;
  /**
   * How long a call may take, in ms, from its start to the last byte of the answer, retries included. What `busyTimeout` waits comes
   * on top. The vendor's gateway gives up after 30 000.
   * @default 60_000
   */
  timeout?: number | undefined;
  /**
   * How often in a row a call is sent again after what certainly started nothing and may work later: 429, and a connection that was
   * never made. No start is ever sent twice for any other reason. A read is sent again after 408, 5xx and no readable answer too.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * How long to keep asking, in ms, while the instance is busy with another operation; such a refusal starts nothing.
   * @default 0
   */
  busyTimeout?: number | undefined;
  /**
   * Whether a connection may serve several requests. A kept one that the server closes at the wrong moment leaves a start whose outcome
   * nobody knows, so turn this on only for very many calls.
   * @default false
   */
  keepAlive?: boolean | undefined;
  /** Told before each pause, after which the call is sent again. What it throws is ignored. */
  onRetry?: ((retry: RetryNotice) => void) | undefined;
  /**
   * Used instead of the platform's, which is looked up at each call. It must send each request once, and answer from no cache.
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /** The time that requests are signed with, in ms since 1970. @default Date.now */
  now?: (() => number) | undefined;
}

/** What `onRetry` gets. */
export interface RetryNotice {
  /** For example `CopyInstance`. */
  operationId: string;
  /** Why the call is sent again: too many requests, no connection, an instance that is busy, or a read that got no good answer. */
  reason: "throttled" | "unconnected" | "busy" | "unanswered";
  /** How long the pause is, in ms. */
  wait: number;
  /** What the last request would have ended with. */
  error: unknown;
}

/** What each call takes after its ids and its body or query. */
export interface CallOptions {
  /** Ends the call. The error tells whether a backup may have been started by then. */
  signal?: Signal | null | undefined;
  /** As in the client's options, for this call, in ms. */
  timeout?: number | undefined;
}

/** The compiler wants each option here, and so all of them are known. */
const OPTIONS: Record<keyof BackupClientOptions, true> = {
  region: true,
  projectId: true,
  credentials: true,
  endpoints: true,
  signing: true,
  timeout: true,
  maxRetries: true,
  busyTimeout: true,
  keepAlive: true,
  onRetry: true,
  fetch: true,
  now: true,
};
/** Made once, since each call is checked. */
const CALL_OPTION_NAMES = Object.keys({ signal: true, timeout: true } satisfies Record<keyof CallOptions, true>);

/** @internal */
export interface CheckedOptions {
  endpoints: Endpoints;
  /** A function is asked once for each request that leaves. */
  credentials: Credentials | CredentialsProvider;
  timeout: number;
  maxRetries: number;
  busyTimeout: number;
  keepAlive: boolean;
  onRetry: ((retry: RetryNotice) => void) | undefined;
  /** Undefined for the platform's, so that one that is put in place later is used too. */
  fetch: typeof globalThis.fetch | undefined;
  /** Throws a `TypeError` where a request can't be signed with the time that it got. */
  now: () => number;
}

/** @internal */
export const MAX_RETRIES = 2;

/**
 * Checks every option before anything is sent. What is kept is a copy: changing the object later changes nothing.
 * @internal
 */
export function checkOptions(options: Omit<BackupClientOptions, "projectId">): CheckedOptions {
  checkObject(options, Object.keys(OPTIONS), "options: missing; give at least { region, projectId, credentials }");
  const { credentials, timeout = 60_000, maxRetries = MAX_RETRIES, busyTimeout = 0, keepAlive = false } = options;
  const { onRetry, fetch, now = () => Date.now() } = options;
  if (!Number.isInteger(maxRetries) || maxRetries < 0) {
    throw new TypeError("maxRetries: must be a whole number from 0");
  }
  if (typeof keepAlive !== "boolean") {
    throw new TypeError("keepAlive: must be true or false");
  }
  for (const [name, value] of Object.entries({ onRetry, fetch, now })) {
    if (value !== undefined && typeof value !== "function") {
      throw new TypeError(`${name}: must be a function`);
    }
  }
  return {
    endpoints: resolveEndpoints(options),
    credentials: typeof credentials === "function" ? credentials : checkCredentials(credentials),
    timeout: checkDuration("timeout", timeout, 1),
    maxRetries,
    busyTimeout: checkDuration("busyTimeout", busyTimeout, 0),
    keepAlive,
    onRetry,
    fetch,
    now: () => readTime(now),
  };
}

/** Up to the last second of the year 9999, after which the date has another form. */
function readTime(now: () => unknown): number {
  let time: unknown;
  try {
    time = now();
  } catch (cause) {
    throw new TypeError("now: threw instead of returning the time", { cause });
  }
  if (typeof time === "number" && time >= 0 && time < 253_402_300_800_000) {
    return time;
  }
  throw new TypeError("now: must return the time in milliseconds since 1970");
}

/**
 * The time by `now`, or by this machine where `now` fails: no answer may be lost for it.
 * @internal
 */
export function safeNow({ now }: CheckedOptions): number {
  try {
    return now();
  } catch {
    return Date.now();
  }
}

/** @internal */
export function checkCallOptions(
  options: CallOptions = {},
  defaults: CheckedOptions,
): { signal: AbortSignal | undefined; timeout: number } {
  checkObject(options, CALL_OPTION_NAMES, "options: must be an object such as { signal, timeout }");
  const { signal, timeout = defaults.timeout } = options;
  return { signal: checkSignal(signal), timeout: checkDuration("timeout", timeout, 1) };
}

/** @internal */
export function checkSignal(signal: Signal | null | undefined): AbortSignal | undefined {
  const { aborted, addEventListener, removeEventListener } = Object(signal) as Partial<AbortSignal>;
  if (signal == null || (typeof aborted === "boolean" && addEventListener && removeEventListener)) {
    return signal ?? undefined;
  }
  throw new TypeError("signal: must be an AbortSignal");
}

/**
 * Options in the place of a body would start a backup without them.
 * @internal
 */
export function checkNoOptions(place: "body" | "query", given: unknown): void {
  const name = CALL_OPTION_NAMES.find((name) => Object.hasOwn(Object(given) as object, name));
  if (name !== undefined) {
    throw new TypeError(`${name}: stands in the ${place}, but is an option; options come after the ${place}`);
  }
}

/**
 * `Fetch` and `Signal` are the web's own types as the user's compiler knows them, from its DOM library or the types of Node, Bun, Deno or
 * Workers; where it knows neither, what the client needs of them.
 */
export type Fetch = typeof globalThis extends { fetch: infer F extends (...args: never[]) => unknown }
  ? (...args: Parameters<F>) => ReturnType<F>
  : (url: string, init: object) => Promise<object>;

export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } }
  ? S
  : {
      readonly aborted: boolean;
      addEventListener(type: "abort", listener: () => void, options?: { once: boolean }): void;
      removeEventListener(type: "abort", listener: () => void): void;
    };
