import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import { type OperationId, operations, type Service } from "../generated/tables.js";
import type {
  BackupInstanceBody,
  BackupInstanceV1Body,
  CopyInstanceResponse,
  CopyInstanceV1Response,
  CreateManualBackupRequestBody,
  CreateManualBackupResponse,
} from "../generated/types.js";
import { backupIdOf } from "./answer.js";
import { ask } from "./ask.js";
import { type Call, newCall, type PathlessCall, withUrl } from "./call.js";
import { checkId } from "./checks.js";
import {
  type BackupClientOptions,
  type CallOptions,
  type CheckedOptions,
  checkNoOptions,
  checkOptions,
} from "./options.js";
import { errorOf } from "./report.js";
import { isSuccess } from "./status.js";

/** Starts backups. Every method throws a `BackupError` when it fails, and a `TypeError` when it was given something wrong. */
export interface BackupClient {
  /** Starts a backup of a DCS (Redis) instance: `POST /v2/{project_id}/instances/{instance_id}/backups`. */
  copyInstance(instanceId: string, body?: BackupInstanceBody, options?: CallOptions): Promise<CopyInstanceResponse>;
  /**
   * Starts a backup of a DCS (Redis) instance through the old API: `POST /v1.0/{project_id}/instances/{instance_id}/backups`.
   * @deprecated Use `copyInstance`.
   */
  copyInstanceV1(
    instanceId: string,
    body?: BackupInstanceV1Body,
    options?: CallOptions,
  ): Promise<CopyInstanceV1Response>;
  /** Starts a backup of a DDS (MongoDB) instance: `POST /v3/{project_id}/backups`. */
  createManualBackup(body: CreateManualBackupRequestBody, options?: CallOptions): Promise<CreateManualBackupResponse>;
}

/**
 * A client of the three backup calls for one project.
 *
 * @throws TypeError that begins with the option's name, when an option is missing or wrong.
 * @example
 * const backups = createBackupClient({ region: "cn-north-4", projectId, credentials: credentialsFromEnv() });
 * const { backup_id } = await backups.copyInstance(instanceId, { backup_format: "aof", remark: "before the upgrade" });
 */
export function createBackupClient(options: BackupClientOptions): BackupClient {
  const checked = checkOptions(options);
  const projectId = checkId("projectId", options.projectId);
  const clients: { [S in Service]?: Client<AnyPaths> } = {};

  async function start<Success extends { backup_id: string }>(
    operationId: OperationId,
    ids: { instance_id?: string },
    body: unknown,
    callOptions: CallOptions | undefined,
  ): Promise<Success> {
    checkNoOptions(body);
    const text = toJsonText(body);
    const call = newCall(operationId, { projectId, body: text, query: [], callOptions }, checked);
    const { service, path } = operations[operationId];
    clients[service] ??= createClient<AnyPaths>({ baseUrl: call.endpoint.origin, ...lightweight(checked) });
    const init = {
      call,
      params: { path: { project_id: projectId, ...ids } },
      // openapi-fetch parses no answer and writes no body: both are done already.
      body: text,
      bodySerializer: asItIs,
      parseAs: "stream" as const,
    };
    const { data }: { data?: unknown } = await clients[service].POST(path, init);
    return data as Success;
  }

  return {
    async copyInstance(instanceId, body, callOptions) {
      return start("CopyInstance", { instance_id: checkId("instanceId", instanceId) }, body ?? {}, callOptions);
    },
    async copyInstanceV1(instanceId, body, callOptions) {
      return start("CopyInstanceV1", { instance_id: checkId("instanceId", instanceId) }, body ?? {}, callOptions);
    },
    async createManualBackup(body, callOptions) {
      return start("CreateManualBackup", {}, body, callOptions);
    },
  };
}

function toJsonText(body: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(body);
  } catch (cause) {
    throw new TypeError(`body: cannot be written as JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  // A promise, a map or an error would be sent as {}, without what it was meant to say.
  const kind = Object.prototype.toString.call(body).slice(8, -1);
  if (kind !== "Object" || !json?.startsWith("{")) {
    throw new TypeError(`body: must be an object${typeof body === "object" && body ? `, not ${kind}` : ""}`);
  }
  return json;
}

const asItIs = (text: string): string => text;

/** What openapi-fetch has to know of the spec to write a path. Bodies and answers are typed by the methods. */
interface AnyPaths {
  [path: string]: {
    post: {
      parameters: { path: Record<string, string> };
      requestBody: { content: { "application/json": string } };
      responses: { 200: { content: { "application/json": unknown } } };
    };
  };
}

/** Hands on the call that it stands for, with the URL that openapi-fetch wrote for it. */
class LightRequest {
  readonly url: string;
  readonly call: PathlessCall;

  constructor(url: string, { call }: { call: PathlessCall }) {
    this.url = url;
    this.call = call;
  }
}

/**
 * Takes the place of `fetch` and `Request` under our own methods, which need none of a real one's parsing, cloning and streams.
 * openapi-fetch types them as the platform's classes, of which it touches no more than is here.
 */
function lightweight(options: CheckedOptions): Pick<ClientOptions, "fetch" | "Request"> {
  const fetch = async ({ url, call }: LightRequest) => {
    const body = await started(withUrl(call, url), options);
    return { ok: true, status: 200, headers: { get: () => null }, body };
  };
  return { fetch, Request: LightRequest } as unknown as Pick<ClientOptions, "fetch" | "Request">;
}

/** A success is one only when it says so: 2xx, JSON, and a `backup_id` in it. */
async function started(call: Call, options: CheckedOptions): Promise<unknown> {
  const ending = await ask(call, options);
  const { outcome } = ending;
  if (outcome.kind === "answer" && isSuccess(outcome.status) && backupIdOf(outcome) !== undefined) {
    return outcome.body;
  }
  throw errorOf(call, ending);
}
