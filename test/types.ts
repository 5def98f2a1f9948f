/**
 * What must compile, compiles; what must not, does not. Nothing runs this: `npm run typecheck` judges it. What the consumers in
 * scripts/package prove under four compilers is not repeated here.
 */
import { expectTypeOf } from "vitest";
import type { Region } from "../generated/tables.js";
import {
  ApiError,
  type BackupClient,
  type BackupClientOptions,
  BackupError,
  createBackupClient,
  InvalidResponseError,
  isBackupError,
  NetworkError,
  WaitError,
  waitForCopyInstance,
} from "../src/index.ts";
import { createOpenApiClients, type OpenApiClients } from "../src/openapi-fetch.ts";

declare const backups: BackupClient;
declare const clients: OpenApiClients;

// Answers are typed as on the wire, and have nothing else. A field that the spec gains does not break anybody; it is written down here too, so
// that nobody adds one unseen.
expectTypeOf(await backups.copyInstance("i")).toEqualTypeOf<{ backup_id: string }>();
expectTypeOf(await backups.copyInstanceV1("i", { remark: "r" })).toEqualTypeOf<{ backup_id: string }>();
expectTypeOf<BackupClient["createManualBackup"]>().returns.resolves.toEqualTypeOf<{
  backup_id: string;
  job_id?: string;
}>();

// A region that is not known yet is taken too; the known ones are completed.
expectTypeOf<"eu-de" | "cn-north-4">().toExtend<Region>();
expectTypeOf<"a-region-of-tomorrow">().toExtend<NonNullable<BackupClientOptions["region"]>>();

// The guard narrows to the class itself.
declare const error: unknown;
if (isBackupError(error)) {
  expectTypeOf(error).toEqualTypeOf<BackupError>();
}
if (error instanceof NetworkError) {
  expectTypeOf(error.timedOut).toEqualTypeOf<boolean>();
}

// Whoever tests their own code makes an error of what the test needs.
const made = { operationId: "CopyInstance", backupMayExist: false, retryable: true };
new BackupError("m", made);
new NetworkError("m", made);
new ApiError("m", { ...made, status: 400 });
new InvalidResponseError("m", { ...made, status: 200 });
new WaitError("m", { ...made, outcome: "timeout" });

// And a client of what is called: lists without fields that no answer must have.
expectTypeOf(waitForCopyInstance).toBeCallableWith({ listBackupRecords: async () => ({}) }, "i", { backup_id: "b" });

// What credentialsFromEnv and a function give is what the options take.
expectTypeOf<() => Promise<{ token: string }>>().toExtend<BackupClientOptions["credentials"]>();
expectTypeOf<{ accessKeyId: string; secretAccessKey: string; securityToken?: string | undefined }>().toExtend<
  BackupClientOptions["credentials"]
>();

// What is not set may be given as undefined, and a signal as null, under exactOptionalPropertyTypes too.
declare const unset: undefined;
const unsetOptions = {
  region: unset,
  signing: unset,
  timeout: unset,
  maxRetries: unset,
  busyTimeout: unset,
  now: unset,
};
createBackupClient({ projectId: "p", credentials: { token: "t" }, endpoints: { dcs: unset }, ...unsetOptions });
createBackupClient({ projectId: "p", credentials: { token: "t" }, keepAlive: unset, onRetry: unset, fetch: unset });
await backups.copyInstance("i", {}, { signal: null, timeout: unset });
await backups.copyInstance("i", unset, { signal: unset });
createOpenApiClients({ credentials: { token: "t" } });
createOpenApiClients({ credentials: { token: "t" }, projectId: "p" });

// @ts-expect-error v1.0 has no format
await backups.copyInstanceV1("i", { backup_format: "aof" });
// @ts-expect-error the id is needed
await backups.copyInstance();
// @ts-expect-error a number is no id
await backups.copyInstance(1);
// @ts-expect-error options come last, not in place of the body
await backups.copyInstance("i", { timeout: 1 });
// @ts-expect-error exactOptionalPropertyTypes: left out is not the same as undefined on the wire
await backups.copyInstance("i", { remark: undefined });
// @ts-expect-error DDS needs a body
await backups.createManualBackup();
// @ts-expect-error DDS needs a name
await backups.createManualBackup({ backup: { instance_id: "i" } });
// @ts-expect-error the project is needed
createBackupClient({ region: "cn-north-4", credentials: { token: "t" } });
// @ts-expect-error half a key
createBackupClient({ region: "cn-north-4", projectId: "p", credentials: { accessKeyId: "a" } });
// @ts-expect-error a misspelt option
createBackupClient({ region: "cn-north-4", projectId: "p", credentials: { token: "t" }, timeOut: 1 });
const path = { project_id: "p" };
// @ts-expect-error DDS's call is not one of DCS
await clients.dcs.POST("/v3/{project_id}/backups", { params: { path } });
const template = "/v2/{project_id}/instances/{instance_id}/backups" as const;
// @ts-expect-error the path needs its instance
await clients.dcs.POST(template, { params: { path }, body: {} });
