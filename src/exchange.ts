/** One signed request within its limits. Whatever comes of it is an outcome; nothing is thrown. */
import { onAbort } from "./abort.js";
import { type Answer, readAnswer } from "./answer.js";
import type { Call } from "./call.js";
import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import { BackupError } from "./errors.js";
import { type Stage, stageOf } from "./failures.js";
import { type CheckedOptions, MAX_DURATION, timeOf } from "./options.js";
import { authorization, sdkDate } from "./signing.js";

export type Outcome =
  | Answer
  /** An answer that is never read: a redirect, or a status that HTTP does not know. */
  | { kind: "strange"; status: number; isRedirect: boolean; location: string | null }
  /** `fetch` failed. `status` is what had come of an answer before that. */
  | { kind: "broken"; error: unknown; stage: Stage; status: number | undefined }
  /** The time ran out, or the caller's signal aborted. */
  | { kind: "stopped"; timedOut: boolean; sent: boolean; status: number | undefined }
  /** There were no credentials or no time to sign with, so nothing was sent. */
  | { kind: "unsigned"; error: unknown };

/** In ms, since some moment that is the same for the whole process: wall clocks jump. */
export const clock = (): number => performance.now();

export function exchange(call: Call, options: CheckedOptions, deadline: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const progress: Progress = { sent: false, status: undefined };
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      stopListening();
      resolve(outcome);
    };
    // Ends the call even where a given `fetch` or credentials function does not heed the signal.
    const stop = (timedOut: boolean) => {
      controller.abort();
      end({ kind: "stopped", timedOut, ...progress });
    };
    const timer = setTimeout(stop, Math.min(deadline - clock(), MAX_DURATION), true);
    const stopListening = onAbort(call.signal, () => stop(false));
    if (call.signal?.aborted) {
      stop(false);
      return;
    }
    const isOver = () => {
      // A timer is late where something held up the event loop.
      if (!controller.signal.aborted && clock() >= deadline) {
        stop(true);
      }
      return controller.signal.aborted;
    };
    request(call, options, { signal: controller.signal, progress, isOver }).then(end);
  });
}

interface Progress {
  sent: boolean;
  status: number | undefined;
}

interface Limits {
  signal: AbortSignal;
  progress: Progress;
  isOver(): boolean;
}

/** What it returns after its time is over, nobody hears. */
async function request(call: Call, options: CheckedOptions, limits: Limits): Promise<Outcome> {
  const { progress } = limits;
  try {
    const headers = limits.isOver() ? {} : await signedHeaders(call, options);
    if (limits.isOver()) {
      return { kind: "stopped", timedOut: false, ...progress };
    }
    progress.sent = true;
    const response = await send(call, headers, options.fetch, limits.signal);
    progress.status = response.status;
    return isStrange(response) ? hangUp(response) : await readAnswer(response, timeOf(options));
  } catch (error) {
    const { sent, status } = progress;
    if (!sent) {
      return { kind: "unsigned", error };
    }
    return { kind: "broken", error, stage: status === undefined ? stageOf(error) : "unknown", status };
  }
}

/** `fetch` is called alone: a browser's own is no method of anything else, and a given one needs none of the options. */
function send(call: Call, headers: Record<string, string>, fetch: CheckedOptions["fetch"], signal: AbortSignal) {
  return fetch(call.endpoint.origin + call.path, {
    method: call.method,
    headers,
    body: call.body,
    // Not "error": that hides the status, and Workers refuse it.
    redirect: "manual",
    ...ownConnection(),
    signal,
  });
}

function isRedirect({ status, type }: Response): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}

function isStrange(response: Response): boolean {
  return isRedirect(response) || !(response.status >= 200 && response.status <= 599);
}

function hangUp(response: Response): Outcome {
  response.body?.cancel().catch(() => {});
  const { status, headers } = response;
  return { kind: "strange", status, isRedirect: isRedirect(response), location: headers.get("location") };
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
async function signedHeaders(call: Call, options: CheckedOptions): Promise<Record<string, string>> {
  const credentials = await getCredentials(call, options.credentials);
  call.secrets.add(...Object.values(credentials));
  const headers: Record<string, string> = { "x-project-id": call.projectId };
  if ("token" in credentials) {
    return { ...call.headers, ...headers, "x-auth-token": credentials.token };
  }
  headers["x-sdk-date"] = sdkDate(options.now());
  if (credentials.securityToken !== undefined) {
    headers["x-security-token"] = credentials.securityToken;
  }
  const { host, signing } = call.endpoint;
  const toSign = { method: call.method, path: call.path, headers: { ...headers, host }, body: call.body };
  const value = await authorization(toSign, credentials, signing);
  call.secrets.add(value.slice(value.lastIndexOf("=") + 1));
  return { ...call.headers, ...headers, authorization: value };
}

async function getCredentials({ operationId }: Call, given: Credentials | CredentialsProvider): Promise<Credentials> {
  if (typeof given !== "function") {
    return given;
  }
  let credentials: unknown;
  try {
    credentials = await given();
  } catch (cause) {
    const message = `${operationId} was not sent: the credentials function failed. Nothing was started: ask again later`;
    throw new BackupError(message, { operationId, backupMayExist: false, retryable: true, cause });
  }
  return checkCredentials(credentials);
}
