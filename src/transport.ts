import { type OperationId, operations } from "../generated/tables.js";
import { onAbort } from "./abort.js";
import { type Answer, parseJson, readAnswer, retryAfter } from "./answer.js";
import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import type { Endpoint, Endpoints } from "./endpoints.js";
import { BackupError, isBackupError, isBusy, isRefusal, NetworkError, readErrorBody } from "./errors.js";
import { brokenConnection, stopped, strangelyAnswered } from "./failures.js";
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
  /** Throws a `TypeError` where a request can't be signed with the time that it got. */
  now: () => number;
}

/** For what comes after an answer, which no fault of `now` may lose. */
export function timeOf({ now }: Pick<TransportOptions, "now">): number {
  try {
    return now();
  } catch {
    return Date.now();
  }
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
    result instanceof NetworkError ? undefined : retryAfter(result.headers, () => timeOf(options));
  const busyUntil = clock() + options.busyTimeout;
  let deadline = clock() + call.timeout;
  for (let retries = 0, busyRetries = 0; ; ) {
    const result = await attempt(call, options, deadline);
    let wait: number;
    if (isBusyAnswer(result)) {
      const left = busyUntil - clock();
      // Whoever is told to come back at once would ask hundreds of times a second.
      wait = Math.max(asked(result) ?? 0, Math.min(backoff(BUSY_BACKOFF, busyRetries++), left));
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
  if (result instanceof NetworkError || !isRefusal(result.status) || result.status === 429) return false;
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
      stopListening();
      reject(stopped(call, { timedOut: false, backupMayExist: false }));
    };
    const timer = setTimeout(() => {
      stopListening();
      resolve();
    }, milliseconds);
    const stopListening = onAbort(signal, aborted);
    if (signal?.aborted) aborted();
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
  const expire = () => {
    timedOut = true;
    abort();
  };
  const timer = setTimeout(expire, Math.min(deadline - clock(), MAX_DURATION));
  const stopListening = onAbort(call.signal, abort);
  if (call.signal?.aborted) abort();
  const throwIfOver = () => {
    // A timer is late where something held up the event loop.
    if (!controller.signal.aborted && clock() >= deadline) expire();
    controller.signal.throwIfAborted();
  };
  try {
    return await new Promise<Answer>((resolve, reject) => {
      // Ends the call even where a given `fetch` or credentials function does not heed the signal.
      end = reject;
      exchange(call, options, { signal: controller.signal, progress, throwIfOver }).then(resolve, reject);
    });
  } catch (error) {
    const { sent, status } = progress;
    const backupMayExist = sent && !isRefusal(status ?? 0);
    if (controller.signal.aborted) throw stopped(call, { timedOut, backupMayExist, status });
    if (isBackupError(error) || !sent) throw error;
    const failure = brokenConnection(error, call, status);
    if (failure.retryable) return failure;
    throw failure;
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}

interface Progress {
  sent: boolean;
  status: number | undefined;
}

interface Limits {
  signal: AbortSignal;
  progress: Progress;
  throwIfOver(): void;
}

async function exchange(
  call: Call,
  options: TransportOptions,
  { signal, progress, throwIfOver }: Limits,
): Promise<Answer> {
  throwIfOver();
  const headers = await sign(call, options);
  throwIfOver();
  progress.sent = true;
  // Called alone: a browser's own `fetch` is no method of anything else, and a given one needs none of the options.
  const { fetch } = options;
  const response = await fetch(call.url, {
    method: "POST",
    headers,
    body: call.body,
    // Not "error": that hides the status, and Workers refuse it.
    redirect: "manual",
    ...ownConnection(),
    signal,
  });
  const { status, type, body } = response;
  progress.status = status;
  const isRedirect = type === "opaqueredirect" || (status >= 300 && status < 400);
  if (isRedirect || !(status >= 200 && status <= 599)) {
    body?.cancel().catch(() => {});
    throw strangelyAnswered(call, response, isRedirect);
  }
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
  headers["x-sdk-date"] = sdkDate(options.now());
  if (credentials.securityToken !== undefined) headers["x-security-token"] = credentials.securityToken;
  const { host, signing } = call.endpoint;
  const request = { method: "POST", path: call.path, headers: { ...headers, host }, body: call.body };
  const value = await authorization(request, credentials, signing);
  call.secrets.add(value.slice(value.lastIndexOf("=") + 1));
  return { ...call.headers, ...headers, authorization: value };
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
