import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { OperationId, operations, Service } from "../generated/tables.js";
import type { paths } from "../generated/types.js";
import { toResponse } from "./answer.js";
import { type BackupClientOptions, checkOptions } from "./options.js";
import { createTransport, type TransportOptions } from "./transport.js";

type PathOf<S extends Service> = Extract<(typeof operations)[OperationId], { service: S }>["path"];

/** Each service's client knows that service's calls. */
export interface OpenApiClients {
  readonly dcs: Client<Pick<paths, PathOf<"dcs">>>;
  readonly dds: Client<Pick<paths, PathOf<"dds">>>;
}

/**
 * The openapi-fetch clients under `createBackupClient`, for those who want `{ data, error, response }`. Here too each request is
 * signed, limited in time and asked again only when that is safe, and no redirect is followed; what openapi-fetch gets is free of
 * secrets. Only a call that never got a complete answer throws a `BackupError`; a success that is no JSON throws openapi-fetch's own
 * `SyntaxError`, and after that one too a backup may exist. A `fetch` that is given to one call goes past all this.
 *
 * @example
 * const { dcs } = createOpenApiClients({ region: "cn-north-4", credentials: credentialsFromEnv() });
 * const { data, error, response } = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", {
 *   params: { path: { project_id, instance_id } },
 *   body: { backup_format: "aof" },
 * });
 */
export function createOpenApiClients(options: Omit<BackupClientOptions, "projectId">): OpenApiClients {
  const settings = checkOptions(options);
  return openApiClients(settings, { fetch: createTransport(settings, toResponse) });
}

/** @internal */
export function openApiClients(
  { endpoints }: TransportOptions,
  options: Pick<ClientOptions, "fetch" | "Request">,
): OpenApiClients {
  const made: { [S in Service]?: OpenApiClients[S] } = {};
  const client = (service: Service) => createClient<paths>({ baseUrl: endpoints(service).origin, ...options });
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
