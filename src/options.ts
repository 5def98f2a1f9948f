import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import { type Endpoints, resolveEndpoints } from "./endpoints.js";
import type { SigningDialect } from "./signing.js";

export interface BackupClientOptions {
  /** Picks the hosts of both services, for example `cn-north-4` or `eu-de`. Needed unless `endpoints` are given. */
  region?: string;
  /** The project that owns the instances, 32 hexadecimal digits on the console's "My Credentials" page. */
  projectId: string;
  /** An access key, a token, or a function that returns either and is asked for each request. */
  credentials: Credentials | CredentialsProvider;
  /** Hosts to use instead of the region's, such as `https://dcs.cn-north-4.myhuaweicloud.com`. Plain http only on loopback. */
  endpoints?: { dcs?: string; dds?: string };
  /**
   * Which of the two forms of SDK-HMAC-SHA256 signs requests.
   * @default "scoped" where the host is `*.otc.t-systems.com`, else "access"
   */
  signing?: SigningDialect;
  /**
   * How long a call may take, in ms, from its start to the last byte of the answer, retries included. What `busyTimeout` waits comes
   * on top. The vendor's gateway gives up after 30 000.
   * @default 60_000
   */
  timeout?: number;
  /**
   * How often a call is sent again after what certainly started nothing and may work later: 429, and a connection that was never
   * made. Nothing else is ever sent twice.
   * @default 2
   */
  maxRetries?: number;
  /**
   * How long to keep asking, in ms, while the instance is busy with another operation; such a refusal starts nothing.
   * @default 0
   */
  busyTimeout?: number;
  /** @default globalThis.fetch */
  fetch?: Fetch;
  /** The time that requests are signed with, in ms since 1970. @default Date.now */
  now?: () => number;
}

export interface CallOptions {
  /** Ends the call. The error tells whether a backup may have been started by then. */
  signal?: Signal;
  /** As in the client's options, for this call, in ms. */
  timeout?: number;
}

/** @internal */
export interface CheckedOptions {
  endpoints: Endpoints;
  /** A function is asked once for each request that leaves. */
  credentials: Credentials | CredentialsProvider;
  timeout: number;
  maxRetries: number;
  busyTimeout: number;
  fetch: typeof globalThis.fetch;
  /** Throws a `TypeError` where a request can't be signed with the time that it got. */
  now: () => number;
}

/**
 * Checks every option before anything is sent. What is kept is a copy: changing the object later changes nothing.
 * @internal
 */
export function checkOptions(options: Omit<BackupClientOptions, "projectId">): CheckedOptions {
  if (Object(options) !== options) {
    throw new TypeError("options: missing; give at least { region, projectId, credentials }");
  }
  const { credentials, timeout = 60_000, maxRetries = 2, busyTimeout = 0, fetch, now = Date.now } = options;
  if (!Number.isInteger(maxRetries) || maxRetries < 0) {
    throw new TypeError("maxRetries: must be a whole number from 0");
  }
  if (fetch !== undefined && typeof fetch !== "function") {
    throw new TypeError("fetch: must be a function");
  }
  if (typeof now !== "function") {
    throw new TypeError("now: must be a function");
  }
  return {
    endpoints: resolveEndpoints(options),
    credentials: typeof credentials === "function" ? credentials : checkCredentials(credentials),
    timeout: checkDuration("timeout", timeout, 1),
    maxRetries,
    busyTimeout: checkDuration("busyTimeout", busyTimeout, 0),
    // Looked up at each call, so that one that is put in place later is used too.
    fetch: fetch ?? ((...args) => globalThis.fetch(...args)),
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
 * The time of an answer, which no fault of `now` may lose.
 * @internal
 */
export function timeOf({ now }: CheckedOptions): number {
  try {
    return now();
  } catch {
    return Date.now();
  }
}

/** @internal */
export function checkCallOptions(options: CallOptions = {}): { signal: AbortSignal | undefined; timeout?: number } {
  if (Object(options) !== options) {
    throw new TypeError("options: must be an object such as { signal, timeout }");
  }
  const { signal, timeout } = options;
  return {
    signal: checkSignal(signal),
    ...(timeout === undefined ? {} : { timeout: checkDuration("timeout", timeout, 1) }),
  };
}

/** @internal */
export function checkSignal(signal: Signal | undefined): AbortSignal | undefined {
  const { aborted, addEventListener, removeEventListener } = Object(signal) as Partial<AbortSignal>;
  if (signal === undefined || (typeof aborted === "boolean" && addEventListener && removeEventListener)) {
    return signal;
  }
  throw new TypeError("signal: must be an AbortSignal");
}

/**
 * `setTimeout` takes a longer one for none at all.
 * @internal
 */
export const MAX_DURATION = 2 ** 31 - 1;

/** @internal */
export function checkDuration(name: string, value: unknown, least: number): number {
  if (typeof value === "number" && value >= least && value <= MAX_DURATION) {
    return value;
  }
  throw new TypeError(`${name}: must be a number of milliseconds from ${least} to ${MAX_DURATION}`);
}

/**
 * An id in a URL: nothing that a URL parser, a proxy or the signature could read in a second way.
 * @internal
 */
export const ID = "(?!\\.{1,2}(?:/|$))[\\w.~-]+";

const WHOLE_ID = new RegExp(`^${ID}$`);

/**
 * An id that could reshape the URL is refused; whether it is one of the service's is the service's to say.
 * @internal
 */
export function checkId(name: string, value: unknown): string {
  if (typeof value === "string" && WHOLE_ID.test(value)) {
    return value;
  }
  const given = typeof value === "string" ? JSON.stringify(value.slice(0, 64)) : value === null ? "null" : typeof value;
  throw new TypeError(
    `${name}: must be an ID of letters, digits, ".", "_", "~" and "-", as the console shows it; this is ${given}`,
  );
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
