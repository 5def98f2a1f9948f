/** The client: one method for each call. */
import type { Calls } from "../generated/calls.js";
import type { OperationId } from "../generated/tables.js";
import type { operations as Api } from "../generated/types.js";
import type { Query } from "./call.js";
import { checkId } from "./checks.js";
import { clientOptions } from "./memory.js";
import {
  type BackupClientOptions,
  type CallOptions,
  checkCallOptions,
  checkNoOptions,
  checkOptions,
} from "./options.js";
import { wordsOf } from "./text.js";
import { createWire } from "./wire.js";

type QueryOf<Id extends keyof Api> = NonNullable<Api[Id]["parameters"]["query"]>;

export type ListBackupRecordsQuery = QueryOf<"ListBackupRecords">;
export type ListBackupRecordsV1Query = QueryOf<"ListBackupRecordsV1">;
export type ListBackupsQuery = QueryOf<"ListBackups">;

/**
 * Starts backups, and lists them: `createBackupClient` makes one. Bodies and answers are as on the wire. Only an answer that there is no
 * backup, by a 204 or by a total of 0 alone, is given as a list without records.
 */
export interface BackupClient extends Calls<CallOptions> {}

/**
 * A client of the backup calls for one project.
 *
 * @throws TypeError that begins with the option's name, when an option is missing or wrong.
 * @example
 * const backups = createBackupClient({ region: "cn-north-4", projectId, credentials: credentialsFromEnv() });
 * const { backup_id } = await backups.copyInstance(instanceId, { backup_format: "aof", remark: "before the upgrade" });
 */
export function createBackupClient(options: BackupClientOptions): BackupClient {
  const checked = checkOptions(options);
  const projectId = checkId("projectId", options.projectId);
  const wire = createWire(checked, projectId);

  function start<Response>(
    operationId: OperationId,
    instanceId: string | undefined,
    body: unknown,
    callOptions?: CallOptions,
  ): Promise<Response> {
    checkNoOptions("body", body);
    const sent = { body: toJsonText(body), query: [] };
    return wire({ operationId, instanceId, ...sent, ...checkCallOptions(callOptions, checked) });
  }

  function read<Response>(
    operationId: OperationId,
    instanceId: string | undefined,
    query: object | undefined,
    callOptions?: CallOptions,
  ): Promise<Response> {
    checkNoOptions("query", query);
    const sent = { body: undefined, query: toQuery(query) };
    return wire({ operationId, instanceId, ...sent, ...checkCallOptions(callOptions, checked) });
  }

  const client: BackupClient = {
    async copyInstance(instanceId, body, callOptions) {
      return start("CopyInstance", checkId("instanceId", instanceId), body ?? {}, callOptions);
    },
    async copyInstanceV1(instanceId, body, callOptions) {
      return start("CopyInstanceV1", checkId("instanceId", instanceId), body ?? {}, callOptions);
    },
    async createManualBackup(body, callOptions) {
      return start("CreateManualBackup", undefined, body, callOptions);
    },
    async listBackupRecords(instanceId, query, callOptions) {
      return read("ListBackupRecords", checkId("instanceId", instanceId), query, callOptions);
    },
    async listBackupRecordsV1(instanceId, query, callOptions) {
      return read("ListBackupRecordsV1", checkId("instanceId", instanceId), query, callOptions);
    },
    async listBackups(query, callOptions) {
      return read("ListBackups", undefined, query, callOptions);
    },
    async showJobDetail(id, callOptions) {
      if (typeof id !== "string" || id === "" || !canBeEncoded(id)) {
        throw new TypeError("id: must be the job_id of a start's answer");
      }
      return read("ShowJobDetail", undefined, { id }, callOptions);
    },
  };
  clientOptions.set(client, checked);
  return client;
}

function toJsonText(body: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(body);
  } catch (cause) {
    throw new TypeError(`body: cannot be written as JSON: ${wordsOf(cause)}`, { cause });
  }
  const kind = kindOf(body);
  if (kind !== "Object" || !json?.startsWith("{")) {
    throw new TypeError(`body: must be an object${typeof body === "object" && body ? `, not ${kind}` : ""}`);
  }
  return json;
}

/** Promises, maps and errors are objects too, but of what they are meant to say they have nothing as members. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Values go as they are given, several of one name too. What is undefined is left out. */
function toQuery(query: object = {}): Query {
  if (kindOf(query) !== "Object") {
    throw new TypeError("query: must be an object");
  }
  return Object.entries(query).flatMap(([name, value]: [string, unknown]) => {
    const values = [value].flat().filter((one) => one !== undefined);
    return values.map((one) => toPair(name, one));
  });
}

function toPair(name: string, value: unknown): [string, string] {
  try {
    const text = String(value);
    if (canBeEncoded(name + text)) {
      return [name, text];
    }
  } catch {
    // Some objects are no text either.
  }
  throw new TypeError(`query: ${JSON.stringify(name)} can't be written in a URL`);
}

/** Not what has half of a surrogate pair in it. */
function canBeEncoded(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
