/** One call. Every step is handed it; what is learned on the way is added: the secrets, and when the last request left. */
import { type OperationId, operations, type StartId } from "../generated/tables.js";
import type { Moment } from "./clock.js";
import type { Endpoint } from "./endpoints.js";
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
  /** Undefined where it stands in the body or in the query. */
  instanceId: string | undefined;
  headers: Record<string, string>;
  body: string | undefined;
  signal: AbortSignal | undefined;
  timeout: number;
  /** All that must not show in what the caller gets; it grows as the call goes on. */
  secrets: Secrets;
  /** When the last request of this call left, and what `now` gave for it, in ms since 1970. */
  leftAt?: Moment;
  signedAt?: number;
}

/** What is known before openapi-fetch writes the URL. */
export type Draft = Omit<Call, "url" | "headers" | "secrets">;

/** A read starts nothing, so it may be repeated after anything. */
export function isRead({ method }: Pick<Call, "method">): boolean {
  return method === "GET";
}

export function isStart(operationId: OperationId): operationId is StartId {
  return operations[operationId].method === "POST";
}

/** @param url without the query. */
export function newCall(draft: Draft, url: string): Call {
  const { query, body } = draft;
  return {
    ...draft,
    // The query is sent as it is signed: sorted, with `%20` and never `+`.
    url: query.length > 0 ? `${url}?${canonicalQuery(query)}` : url,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    secrets: new Secrets(),
  };
}
