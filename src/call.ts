/** What is known of one call before anything is sent. Every step after this is handed it. */
import { type OperationId, operations } from "../generated/tables.js";
import { checkDuration, ID } from "./checks.js";
import type { Endpoint } from "./endpoints.js";
import type { Moment } from "./memory.js";
import { type CallOptions, type CheckedOptions, checkCallOptions } from "./options.js";
import { Secrets } from "./secrets.js";
import { canonicalQuery } from "./signing.js";

/** Names and values before percent-encoding. */
export type Query = readonly (readonly [name: string, value: string])[];

export interface Call {
  operationId: OperationId;
  endpoint: Endpoint;
  method: string;
  /** Without host and query, before percent-encoding. */
  path: string;
  query: Query;
  /** As it is sent. */
  url: string;
  projectId: string;
  headers: Record<string, string>;
  body: string | undefined;
  signal: AbortSignal | undefined;
  timeout: number;
  /** All that must not show in what the caller gets; it grows as the call goes on. */
  secrets: Secrets;
  /** When the last request of this call left. */
  sentAt?: Moment;
}

/** What a method of the client knows: openapi-fetch writes the URL. */
export type PathlessCall = Omit<Call, "path" | "url">;

export function newCall(
  operationId: OperationId,
  facts: { projectId: string; body: string | undefined; query: Query; callOptions: CallOptions | undefined },
  options: CheckedOptions,
): PathlessCall {
  const { projectId, body, query } = facts;
  const { signal, timeout = options.timeout } = checkCallOptions(facts.callOptions);
  const { service } = operations[operationId];
  return {
    operationId,
    endpoint: options.endpoints(service),
    method: "POST",
    query,
    projectId,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body,
    signal,
    timeout,
    secrets: new Secrets(),
  };
}

/** The whole call, with the URL that openapi-fetch wrote for it. */
export function withUrl(call: PathlessCall, url: string): Call {
  const [withoutQuery = ""] = url.split("?");
  return { ...call, path: withoutQuery.slice(call.endpoint.origin.length), url };
}

const TARGETS = Object.entries(operations)
  .filter(([, { method }]) => method === "POST")
  .map(([operationId, { service, path }]) => ({
    operationId: operationId as OperationId,
    service,
    pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, `(?<$1>${ID})`)}$`),
  }));

/**
 * The call that a request of an openapi-fetch client stands for. Only the spec's own calls at the client's own hosts are signed and sent.
 *
 * @throws TypeError for any other request.
 */
export async function callOfRequest(request: Request & { timeout?: unknown }, options: CheckedOptions): Promise<Call> {
  const { method, signal } = request;
  const timeout = request.timeout === undefined ? options.timeout : checkDuration("timeout", request.timeout, 1);
  const [withoutQuery = "", search] = request.url.split("?");
  const path = withoutQuery.replace(/^\w+:\/\/[^/]*/, "");
  const query = [...new URLSearchParams(search)];
  for (const { operationId, service, pattern } of TARGETS) {
    const ids = method === "POST" && search === undefined && pattern.exec(path)?.groups;
    if (!ids) {
      continue;
    }
    const endpoint = options.endpoints(service);
    if (withoutQuery !== endpoint.origin + path) {
      break;
    }
    return {
      ...{ operationId, endpoint, method, path, query, signal, timeout },
      url: withoutQuery + (query.length > 0 ? `?${canonicalQuery(query)}` : ""),
      projectId: ids["project_id"] ?? "",
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
      secrets: new Secrets(),
    };
  }
  throw new TypeError(`url: ${method} ${request.url} is none of this client's calls, so it is not sent`);
}
