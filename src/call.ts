/** What is known of one call before anything is sent. Every step after this is handed it. */
import { type OperationId, operations } from "../generated/tables.js";
import type { Endpoint } from "./endpoints.js";
import { type CallOptions, type CheckedOptions, checkCallOptions, checkDuration, ID } from "./options.js";
import { Secrets } from "./secrets.js";

export interface Call {
  operationId: OperationId;
  endpoint: Endpoint;
  method: "POST";
  /** Sent and signed as it is; without the host. */
  path: string;
  projectId: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal | undefined;
  timeout: number;
  /** All that must not show in what the caller gets; it grows as the call goes on. */
  secrets: Secrets;
}

/** As far as a method of the client knows it: openapi-fetch writes the path. */
export type PathlessCall = Omit<Call, "path">;

export function newCall(
  operationId: OperationId,
  { projectId, body, callOptions }: { projectId: string; body: string; callOptions: CallOptions | undefined },
  options: CheckedOptions,
): PathlessCall {
  const { signal, timeout = options.timeout } = checkCallOptions(callOptions);
  return {
    operationId,
    endpoint: options.endpoints(operations[operationId].service),
    method: "POST",
    projectId,
    headers: { "content-type": "application/json" },
    body,
    signal,
    timeout,
    secrets: new Secrets(),
  };
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
  const { url, method, signal } = request;
  const timeout = request.timeout === undefined ? options.timeout : checkDuration("timeout", request.timeout, 1);
  const path = url.replace(/^\w+:\/\/[^/]*/, "");
  for (const { operationId, service, pattern } of TARGETS) {
    const ids = method === "POST" && pattern.exec(path)?.groups;
    if (!ids) {
      continue;
    }
    const endpoint = options.endpoints(service);
    if (url !== endpoint.origin + path) {
      break;
    }
    const headers = Object.fromEntries(request.headers);
    const projectId = ids["project_id"] ?? "";
    const body = await request.text();
    return { operationId, endpoint, method, path, projectId, headers, body, signal, timeout, secrets: new Secrets() };
  }
  throw new TypeError(`url: ${method} ${url} is none of this client's calls, so it is not sent`);
}
