/** What is known of one call before anything is sent. Every step after this is handed it. */
import { type OperationId, operations } from "../generated/tables.js";
import type { Subject } from "./attempt.js";
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
  method: "GET" | "POST";
  /** Without host and query, before percent-encoding. */
  path: string;
  query: Query;
  /** As it is sent. */
  url: string;
  projectId: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** What a start is for; a read is for nothing that could be lost. */
  subject: Subject | undefined;
  signal: AbortSignal | undefined;
  timeout: number;
  /** All that must not show in what the caller gets; it grows as the call goes on. */
  secrets: Secrets;
  /** When the last request of this call left, and the time that it was signed with, in ms since 1970. */
  sentAt?: Moment;
  signedAt?: number;
}

/** What a method of the client knows: openapi-fetch writes the URL. */
export type PathlessCall = Omit<Call, "path" | "url">;

/** A read starts nothing, so it may be repeated after anything. */
export function isRead({ method }: Pick<Call, "method">): boolean {
  return method === "GET";
}

export function newCall(
  operationId: OperationId,
  facts: Pick<Call, "projectId" | "body" | "query" | "subject"> & { callOptions: CallOptions | undefined },
  options: CheckedOptions,
): PathlessCall {
  const { callOptions, ...known } = facts;
  const { signal, timeout = options.timeout } = checkCallOptions(callOptions);
  const { service, method } = operations[operationId];
  return {
    ...known,
    ...{ operationId, method, signal, timeout },
    endpoint: options.endpoints(service),
    headers: facts.body === undefined ? {} : { "content-type": "application/json" },
    secrets: new Secrets(),
  };
}

/** The whole call, with the URL that openapi-fetch wrote for it. */
export function withUrl(call: PathlessCall, url: string): Call {
  const [withoutQuery = ""] = url.split("?");
  return { ...call, path: withoutQuery.slice(call.endpoint.origin.length), url };
}

/** The query is sent as it is signed: sorted, with `%20` and never `+`. */
export function withQuery(url: string, query: Query): string {
  return query.length > 0 ? `${url}?${canonicalQuery(query)}` : url;
}
