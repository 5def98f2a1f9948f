// A user whose project is CommonJS. Before version 6, TypeScript reads no `exports` for it, and finds the entries by `typesVersions`.
import { createBackupClient } from "huaweicloud-backup";
import { createOpenApiClients } from "huaweicloud-backup/openapi-fetch";
import type { paths } from "huaweicloud-backup/types";
import { type Problem, validateCopyInstance } from "huaweicloud-backup/validate";

const options = { region: "eu-de", projectId: "p", credentials: { token: "token" } };
export const backups = createBackupClient(options);
export const { dds } = createOpenApiClients(options);
export const path: keyof paths = "/v3/{project_id}/backups";
export const problems: Problem[] = validateCopyInstance({});
