import { type OperationId, operations } from "../generated/tables.js";
import { type Answer, parseJson, readAnswer, retryAfter } from "./answer.js";
import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import type { Endpoint, Endpoints } from "./endpoints.js";
import { BackupError, isBusy, isRefusal, NetworkError, readErrorBody } from "./errors.js";
import { brokenConnection, noStatus, redirected, stopped } from "./failures.js";
import { Secrets } from "./secrets.js";
import { authorization, sdkDate } from "./signing.js";

export interface TransportOptions {
  endpoints: Endpoints;
  /** A function is asked once for each request that leaves. */
  credentials: Credentials | CredentialsProvider;
  timeout: number;
  maxRetries: number;
  busyTimeout: number;
  fetch: typeof globalThis.fetch;
  now: () => number;
}

/** What openapi-fetch hands over: a `Request`, or the lighter `PlainRequest`, with the call's own `timeout` on it. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Iterable<[name: string, value: string]>;
  readonly signal?: AbortSignal | null | undefined;
  readonly timeout?: number | undefined;
  text(): Promise<string>;
}

/** One call, from its first request to its last. */
interface Call {
  operationId: OperationId;
  endpoint: Endpoint;
  url: string;
  path: string;
  projectId: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal | undefined;
  timeout: number;
  /** All that must not show in what the caller gets; it grows as the call goes on. */
  secrets: Secrets;
}

/** In ms: the first pause is up to `base`, each further one up to twice the one before, none above `max`. */
const BACKOFF = { base: 500, max: 10_000 };
const BUSY_BACKOFF = { base: 2_000, max: 30_000 };

/** An id in a URL: nothing that a URL parser, a proxy or the signature could read in a second way. */
export const ID = "(?!\\.{1,2}(?:/|$))[\\w.~-]+";

const TARGETS = Object.entries(operations).map(([operationId, { service, path }]) => ({
  operationId: operationId as OperationId,
  service,
  pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, `(?<$1>${ID})`)}$`),
}));

/**
 * The `fetch` under openapi-fetch. It signs what leaves, limits its time, follows no redirect, and asks again only after what
 * certainly started nothing.
 */
export function createTransport<Result>(
  options: TransportOptions,
  toResult: (answer: Answer, url: string, secrets: Secrets) => Result,
): (request: OutgoingRequest) => Promise<Result> {
  return async (request) => {
    const call = await readCall(request, options);
    return toResult(await ask(call, options), call.url, call.secrets);
  };
}

/** Only the spec's own calls at the client's own hosts are signed and sent. */
async function readCall(request: OutgoingRequest, options: TransportOptions): Promise<Call> {
  const timeout = checkDuration("timeout", request.timeout === undefined ? options.timeout : request.timeout, 1);
  const path = request.url.replace(/^\w+:\/\/[^/]*/, "");
  for (const { operationId, service, pattern } of TARGETS) {
    const ids = request.method === "POST" && pattern.exec(path)?.groups;
    if (!ids) continue;
    const endpoint = options.endpoints(service);
    if (request.url !== endpoint.origin + path) break;
    return {
      operationId,
      endpoint,
      url: request.url,
      path,
      projectId: ids["project_id"] ?? "",
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
      signal: request.signal ?? undefined,
      timeout,
      secrets: new Secrets(),
    };
  }
  throw new TypeError(`url: ${request.method} ${request.url} is none of this client's calls, so it is not sent`);
}

/** `setTimeout` takes a longer one for none at all. */
const MAX_DURATION = 2 ** 31 - 1;

export function checkDuration(name: string, value: unknown, least: number): number {
  if (typeof value === "number" && value >= least && value <= MAX_DURATION) return value;
  throw new TypeError(`${name}: must be a number of milliseconds from ${least} to ${MAX_DURATION}`);
}

async function ask(call: Call, options: TransportOptions): Promise<Answer> {
  const asked = (result: Answer | NetworkError) =>
    result instanceof NetworkError ? undefined : retryAfter(result.headers, options.now());
  const busyUntil = clock() + options.busyTimeout;
  let deadline = clock() + call.timeout;
  for (let retries = 0, busyRetries = 0; ; ) {
    const result = await attempt(call, options, deadline);
    let wait: number;
    if (isBusyAnswer(result)) {
      const left = busyUntil - clock();
      wait = asked(result) ?? Math.min(backoff(BUSY_BACKOFF, busyRetries++), left);
      if (left <= 0 || wait > left) return settle(result);
      deadline = clock() + wait + call.timeout;
    } else {
      wait = asked(result) ?? backoff(BACKOFF, retries);
      if (isFinal(result) || retries++ >= options.maxRetries || clock() + wait >= deadline) return settle(result);
    }
    await pause(wait, call);
  }
}

function isBusyAnswer(result: Answer | NetworkError): boolean {
  if (result instanceof NetworkError || !isRefusal(result.status)) return false;
  return isBusy(result.status, readErrorBody(parseJson(result.text)).code);
}

/** All but a throttled request, and a connection that was never made. */
function isFinal(result: Answer | NetworkError): boolean {
  return !(result instanceof NetworkError) && !(result.status === 429 && result.complete);
}

function settle(result: Answer | NetworkError): Answer {
  if (result instanceof NetworkError) throw result;
  return result;
}

const clock = (): number => performance.now();

/** Exponential with full jitter, so that many callers do not come back together. */
function backoff({ base, max }: { base: number; max: number }, attempt: number): number {
  return Math.random() * Math.min(max, base * 2 ** attempt);
}

async function pause(milliseconds: number, call: Call): Promise<void> {
  const { signal } = call;
  await new Promise<void>((resolve, reject) => {
    const aborted = () => {
      clearTimeout(timer);
      reject(stopped(call, { timedOut: false, backupMayExist: false }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }, milliseconds);
    if (signal?.aborted) aborted();
    signal?.addEventListener("abort", aborted, { once: true });
  });
}

/** One request and its answer, or the `NetworkError` of a connection that was never made; whatever else goes wrong is thrown. */
async function attempt(call: Call, options: TransportOptions, deadline: number): Promise<Answer | NetworkError> {
  const controller = new AbortController();
  const progress: Progress = { sent: false, status: undefined };
  let timedOut = false;
  let end: (() => void) | undefined;
  const abort = () => {
    controller.abort();
    end?.();
  };
  const timer = setTimeout(() => {
    timedOut = true;
    abort();
  }, deadline - clock());
  call.signal?.addEventListener("abort", abort, { once: true });
  if (call.signal?.aborted) abort();
  try {
    return await new Promise<Answer>((resolve, reject) => {
      // Ends the call even where a given `fetch` or credentials function does not heed the signal.
      end = reject;
      exchange(call, options, controller.signal, progress).then(resolve, reject);
    });
  } catch (error) {
    const backupMayExist = progress.sent && !isRefusal(progress.status ?? 0);
    if (controller.signal.aborted) throw stopped(call, { timedOut, backupMayExist });
    if (error instanceof BackupError || !progress.sent) throw error;
    const failure = brokenConnection(error, call);
    if (failure.retryable) return failure;
    throw failure;
  } finally {
    clearTimeout(timer);
    call.signal?.removeEventListener("abort", abort);
  }
}

interface Progress {
  sent: boolean;
  status: number | undefined;
}

async function exchange(
  call: Call,
  options: TransportOptions,
  signal: AbortSignal,
  progress: Progress,
): Promise<Answer> {
  if (signal.aborted) throw signal.reason;
  const headers = await sign(call, options);
  if (signal.aborted) throw signal.reason;
  progress.sent = true;
  const response = await options.fetch(call.url, {
    method: "POST",
    headers,
    body: call.body,
    // Not "error": that hides the status, and Workers refuse it.
    redirect: "manual",
    ...ownConnection(),
    signal,
  });
  progress.status = response.status;
  if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
    response.body?.cancel().catch(() => {});
    throw redirected(call, response);
  }
  if (response.status < 200 || response.status > 599) throw noStatus(call, response.status);
  return readAnswer(response);
}

let denoClient: unknown;

/**
 * Bun and Deno ask again by themselves when a kept connection breaks, so a connection is not kept there. Elsewhere this changes nothing;
 * Chromium asks again too, and can't be kept from it.
 */
function ownConnection(): { keepalive: boolean; client?: unknown } {
  const { Deno } = globalThis as { Deno?: { createHttpClient?(options: object): unknown } };
  denoClient ??= Deno?.createHttpClient?.({ poolMaxIdlePerHost: 0 });
  return { keepalive: false, ...(denoClient ? { client: denoClient } : {}) };
}

/** Signs last, over the bytes that leave. */
async function sign(call: Call, options: TransportOptions): Promise<Record<string, string>> {
  const credentials = await getCredentials(call, options.credentials);
  call.secrets.add(...Object.values(credentials));
  const headers: Record<string, string> = { "x-project-id": call.projectId };
  if ("token" in credentials) return { ...call.headers, ...headers, "x-auth-token": credentials.token };
  headers["x-sdk-date"] = sdkDate(checkTime(options.now()));
  if (credentials.securityToken !== undefined) headers["x-security-token"] = credentials.securityToken;
  const { host, signing } = call.endpoint;
  const request = { method: "POST", path: call.path, headers: { ...headers, host }, body: call.body };
  const value = await authorization(request, credentials, signing);
  call.secrets.add(value.slice(value.lastIndexOf("=") + 1));
  return { ...call.headers, ...headers, authorization: value };
}

/** Up to the last second of the year 9999, after which the date has another form. */
function checkTime(time: unknown): number {
  if (typeof time === "number" && time >= 0 && time < 253_402_300_800_000) return time;
  throw new TypeError("now: must return the time in milliseconds since 1970");
}

async function getCredentials({ operationId }: Call, given: Credentials | CredentialsProvider): Promise<Credentials> {
  if (typeof given !== "function") return given;
  let credentials: unknown;
  try {
    credentials = await given();
  } catch (cause) {
    const message = `${operationId} was not sent: the credentials function failed`;
    throw new BackupError(message, { operationId, backupMayExist: false, retryable: true, cause });
  }
  return checkCredentials(credentials);
}
