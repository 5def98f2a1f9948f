/** Reads out of a request of an openapi-fetch client which call it stands for. */
import { type OperationId, operations } from "../generated/tables.js";
import { type Call, newCall } from "./call.js";
import { checkDuration, ID } from "./checks.js";
import type { CheckedOptions } from "./options.js";

const TARGETS = Object.entries(operations).map(([operationId, { service, method, path }]) => ({
  operationId: operationId as OperationId,
  service,
  method,
  pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, `(?<$1>${ID})`)}$`),
}));

/** Headers that are for `fetch` alone to send: browsers, Bun and Deno pass over them, while Node's fails or sends them. */
const OF_THE_CONNECTION = /^(connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/;

/**
 * The call that a request of an openapi-fetch client stands for. Only the spec's own calls at the client's own hosts are signed and sent.
 *
 * @throws TypeError for any other request.
 */
export async function callOfRequest(request: Request & { timeout?: unknown }, options: CheckedOptions): Promise<Call> {
  const { signal } = request;
  // openapi-fetch copies the options that `Request` does not know, such as `timeout`, onto it.
  const timeout = request.timeout === undefined ? options.timeout : checkDuration("timeout", request.timeout, 1);
  const [withoutQuery = "", search = ""] = request.url.split(/\?(.*)/s);
  const path = withoutQuery.replace(/^\w+:\/\/[^/]*/, "");
  for (const { operationId, service, method, pattern } of TARGETS) {
    const ids = request.method === method && pattern.exec(path)?.groups;
    if (!ids) {
      continue;
    }
    const endpoint = options.endpoints(service);
    if (withoutQuery !== endpoint.origin + path || (search && method === "POST")) {
      break;
    }
    const query = [...new URLSearchParams(search)];
    const body = method === "POST" ? await request.text() : undefined;
    const { project_id: projectId = "", instance_id: instanceId } = ids;
    const draft = { operationId, endpoint, method, path, query, projectId, instanceId, body, signal, timeout };
    const headers = Object.fromEntries([...request.headers].filter(([name]) => !OF_THE_CONNECTION.test(name)));
    return { ...newCall(draft, withoutQuery), headers };
  }
  throw new TypeError(`url: ${request.method} ${request.url} is none of this client's calls, so it is not sent`);
}
