/** Hands one request to `fetch`, with what keeps platforms from sending it twice or answering it from a cache. */
import type { Call } from "./call.js";
import type { CheckedOptions } from "./options.js";

/** `fetch` is called alone: a browser's own is no method of anything else, and a given one needs none of the options. */
export function send(
  { method, url, body }: Call,
  headers: Record<string, string>,
  { keepAlive }: CheckedOptions,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method,
    headers: keepAlive ? headers : { ...headers, connection: "close" },
    ...(body === undefined ? {} : { body }),
    // Not "error": that hides the status, and Workers refuse it.
    redirect: "manual",
    ...noStore(),
    ...(keepAlive ? {} : ownConnection()),
    signal,
  });
}

let cacheOption: { cache?: "no-store" } | undefined;

/**
 * No answer comes from a cache, such as that of Next.js 13 and 14. Older Workers throw when they see the option, and React Native's `fetch`
 * writes it into the query of a read, which is signed.
 */
function noStore(): { cache?: "no-store" } {
  if (!cacheOption) {
    try {
      cacheOption = { cache: "no-store" };
      if (new Request("https://host.invalid", cacheOption).url.includes("?")) {
        cacheOption = {};
      }
    } catch {
      cacheOption = {};
    }
  }
  return cacheOption;
}

let denoClient: unknown;

/**
 * Bun and Deno ask again by themselves when a kept connection breaks, and `connection: close` is not enough for them. Deno does so over HTTP/2
 * after REFUSED_STREAM too, by which HAProxy also tells that a service broke off. Chromium asks again, and can't be kept from it.
 */
function ownConnection(): { keepalive: boolean; client?: unknown } {
  const { Deno } = globalThis as { Deno?: { createHttpClient?(options: object): unknown } };
  denoClient ??= Deno?.createHttpClient?.({ poolMaxIdlePerHost: 0, http2: false });
  return { keepalive: false, ...(denoClient ? { client: denoClient } : {}) };
}
