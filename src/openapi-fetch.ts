/** What the package exports as `./openapi-fetch`. */
import createClient, { type Client } from "openapi-fetch";
import type { OperationId, operations, Service } from "../generated/tables.js";
import type { paths } from "../generated/types.js";
import type { Answer } from "./answer.js";
import { ask } from "./ask.js";
import type { Call } from "./call.js";
import { callOfRequest } from "./call-of-request.js";
import { type BackupClientOptions, checkOptions } from "./options.js";
import { errorOf } from "./report.js";
import type { Secrets } from "./secrets.js";
import { isSuccess } from "./status.js";
import { toJson } from "./text.js";

type PathOf<S extends Service> = Extract<(typeof operations)[OperationId], { service: S }>["path"];

/** Each service's client knows that service's calls. */
export interface OpenApiClients {
  /** Distributed Cache Service: Redis. */
  readonly dcs: Client<Pick<paths, PathOf<"dcs">>>;
  /** Document Database Service: MongoDB. */
  readonly dds: Client<Pick<paths, PathOf<"dds">>>;
}

/** The same as those of `createBackupClient`; a `projectId` is not needed, since each request names its own. */
export type OpenApiClientOptions = Omit<BackupClientOptions, "projectId"> & { projectId?: string | undefined };

/**
 * The openapi-fetch clients under `createBackupClient`, for those who want `{ data, error, response }`. Here too each request is
 * signed, limited in time and asked again only when that is safe, and no redirect is followed; what openapi-fetch gets is free of
 * secrets. Only a call that never got a complete answer throws a `BackupError`; a success that is no JSON throws openapi-fetch's own
 * `SyntaxError`, and after that one too a backup may exist; so it may after a 204 or 205, which have no `data`. A `fetch` that is given to
 * one call goes past all this.
 *
 * @example
 * const { dcs } = createOpenApiClients({ region: "cn-north-4", credentials: credentialsFromEnv() });
 * const { data, error, response } = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", {
 *   params: { path: { project_id, instance_id } },
 *   body: { backup_format: "aof" },
 * });
 */
export function createOpenApiClients(options: OpenApiClientOptions): OpenApiClients {
  const checked = checkOptions(options);
  const fetch = async (request: Request) => {
    const call = await callOfRequest(request, checked);
    const ending = await ask(call, checked);
    if (ending.outcome.kind !== "answer") {
      throw errorOf(call, ending);
    }
    return toResponse(ending.outcome, call);
  };
  const made: { [S in Service]?: OpenApiClients[S] } = {};
  const client = (service: Service) => createClient<paths>({ baseUrl: checked.endpoints(service).origin, fetch });
  // A service whose host is not known throws when it is used, not before.
  return {
    get dcs() {
      made.dcs ??= client("dcs");
      return made.dcs;
    },
    get dds() {
      made.dds ??= client("dds");
      return made.dds;
    },
  };
}

/** The same answer, without secrets and without the headers that described the bytes on the wire. */
function toResponse(answer: Answer, { url, secrets }: Call): Response {
  const { status, headers } = answer;
  const kept = [...headers]
    .filter(([name]) => !/^(content-(length|encoding)|transfer-encoding)$/.test(name) && secrets.redact(name) === name)
    .map(([name, value]): [string, string] => [name, secrets.redact(value)]);
  // openapi-fetch takes an empty body for data or an error that is not there; a blank is no JSON.
  const body = [204, 205, 304].includes(status) ? null : presentable(answer, secrets) || " ";
  const response = new Response(body, { status, headers: kept });
  return Object.defineProperty(response, "url", { value: url });
}

/** A success stays as it came. Errors, and what should be a success but is no JSON, may be shown. */
function presentable({ status, text, body }: Answer, secrets: Secrets): string {
  if (body === undefined) {
    return secrets.redact(text);
  }
  // Written anew without the optional escapes of JSON, behind which a secret could hide.
  return isSuccess(status) ? text : secrets.redactJson(toJson(body));
}
