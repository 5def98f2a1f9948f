// A user of the package who needs the types of the web, which come from the DOM library or from Node.
import { createBackupClient, type TokenCredentials } from "huaweicloud-backup";
import { createOpenApiClients } from "huaweicloud-backup/openapi-fetch";

const credentials: TokenCredentials = { token: "token" };
const backups = createBackupClient({ region: "eu-de", projectId: "p", credentials, fetch: globalThis.fetch });
createBackupClient({ region: "eu-de", projectId: "p", credentials, fetch: async () => new Response("{}") });
createBackupClient({
  region: "eu-de",
  projectId: "p",
  credentials,
  fetch: (input, init) => globalThis.fetch(input, { ...init, redirect: "error" }),
});
await backups.copyInstance("id", {}, { signal: AbortSignal.timeout(1000), timeout: 500 });
await backups.copyInstance("id", {}, { signal: new AbortController().signal });
// @ts-expect-error a controller is no signal
await backups.copyInstance("id", {}, { signal: new AbortController() });
// @ts-expect-error fetch answers with a promise of a Response
createBackupClient({ region: "eu-de", projectId: "p", credentials, fetch: () => 1 });

const { dcs, dds } = createOpenApiClients({ region: "eu-de", credentials });
const params = { path: { project_id: "p", instance_id: "i" } };
const { data, error, response } = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", {
  params,
  body: { backup_format: "aof" },
});
const id: string | undefined = data?.backup_id;
void [id, error, response.status];
// @ts-expect-error the other service's call
await dds.POST("/v2/{project_id}/instances/{instance_id}/backups", { params, body: {} });
// @ts-expect-error a value that the spec does not have
await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", { params, body: { backup_format: "zip" } });
