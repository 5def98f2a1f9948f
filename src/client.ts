import type { ClientOptions } from "openapi-fetch";
import { type OperationId, operations } from "../generated/tables.js";
import type {
  BackupInstanceBody,
  BackupInstanceV1Body,
  CopyInstanceResponse,
  CopyInstanceV1Response,
  CreateManualBackupRequestBody,
  CreateManualBackupResponse,
} from "../generated/types.js";
import { type PlainResponse, parseJson, retryAfter, toPlainResponse } from "./answer.js";
import { ApiError, clean, InvalidResponseError, isBusy, isRefusal, readErrorBody } from "./errors.js";
import { openApiClients } from "./openapi-fetch.js";
import { type BackupClientOptions, checkId, checkOptions, type Signal } from "./options.js";
import { createTransport, type OutgoingRequest, type TransportOptions, timeOf } from "./transport.js";

export interface CallOptions {
  /** Ends the call. The error tells whether a backup may have been started by then. */
  signal?: Signal;
  /** As in the client's options, for this call, in ms. */
  timeout?: number;
}

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
  const settings = checkOptions(options);
  const project_id = checkId("projectId", options.projectId);
  const clients = openApiClients(settings, lightweight(settings));
  const instancePath = (instanceId: string) => ({
    path: { project_id, instance_id: checkId("instanceId", instanceId) },
  });

  return {
    async copyInstance(instanceId, body, callOptions) {
      const init = { params: instancePath(instanceId), body: body ?? {}, ...requestInit(callOptions) };
      return unwrap("CopyInstance", await clients.dcs.POST(operations.CopyInstance.path, init), settings);
    },
    async copyInstanceV1(instanceId, body, callOptions) {
      const init = { params: instancePath(instanceId), body: body ?? {}, ...requestInit(callOptions) };
      return unwrap("CopyInstanceV1", await clients.dcs.POST(operations.CopyInstanceV1.path, init), settings);
    },
    async createManualBackup(body, callOptions) {
      const init = { params: { path: { project_id } }, body: body ?? null, ...requestInit(callOptions) };
      return unwrap("CreateManualBackup", await clients.dds.POST(operations.CreateManualBackup.path, init), settings);
    },
  };
}

function requestInit(options: CallOptions = {}) {
  if (Object(options) !== options) throw new TypeError("options: must be an object such as { signal, timeout }");
  const { signal, timeout } = options;
  const { aborted, addEventListener, removeEventListener } = Object(signal) as Partial<AbortSignal>;
  if (signal !== undefined && !(typeof aborted === "boolean" && addEventListener && removeEventListener)) {
    throw new TypeError("signal: must be an AbortSignal");
  }
  return {
    parseAs: "text" as const,
    bodySerializer: serialize,
    ...(signal && { signal }),
    ...(timeout !== undefined && { timeout }),
  };
}

function serialize(body: unknown): string {
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

/**
 * What stands in for `Request` and `Response` under our own methods, which need none of their parsing, cloning and streams. openapi-fetch
 * types them as the global classes; all of them that it touches is there.
 */
function lightweight(settings: TransportOptions): Pick<ClientOptions, "fetch" | "Request"> {
  const transport = createTransport(settings, toPlainResponse);
  return { fetch: transport, Request: PlainRequest } as unknown as Pick<ClientOptions, "fetch" | "Request">;
}

class PlainRequest implements OutgoingRequest {
  readonly url: string;
  readonly method: string;
  /** What openapi-fetch gives for a body of JSON, without the time that reading it back takes. */
  readonly headers: [string, string][] = [["content-type", "application/json"]];
  readonly signal: AbortSignal | undefined;
  readonly timeout: number | undefined;
  readonly #body: string;

  constructor(url: string, init: { method: string; body: string; signal?: AbortSignal; timeout?: number }) {
    this.url = url;
    this.method = init.method;
    this.signal = init.signal;
    this.timeout = init.timeout;
    this.#body = init.body;
  }

  async text(): Promise<string> {
    return this.#body;
  }
}

/** What openapi-fetch returns when it parses nothing but errors. */
interface Result {
  data?: string;
  error?: unknown;
  response: PlainResponse;
}

/** A success is one only when it says so: 2xx, JSON, and a `backup_id` in it. */
function unwrap<Success extends { backup_id: string }>(
  operationId: OperationId,
  result: Result,
  settings: TransportOptions,
): Success {
  const { data = "", error, response } = result;
  if (!response.ok) throw apiError(operationId, error, response, timeOf(settings));
  const body = parseJson(data);
  if (hasBackupId<Success>(body)) return body;
  const { status } = response;
  const requestId = requestIdOf(response);
  const got =
    body === data
      ? `no JSON: ${clean(data, 200) ?? (data ? "markup alone" : "an empty body")}`
      : "JSON without a backup_id";
  const message = `${operationId} was answered ${status}, but with ${got} (${requestLine(response, requestId)})`;
  throw new InvalidResponseError(message, { operationId, backupMayExist: true, retryable: false, status, requestId });
}

function hasBackupId<Success extends { backup_id: string }>(body: unknown): body is Success {
  const { backup_id } = Object(body) as { backup_id?: unknown };
  return typeof backup_id === "string" && backup_id !== "";
}

function apiError(operationId: OperationId, body: unknown, response: PlainResponse, now: number): ApiError {
  const { status, headers } = response;
  const { code, message, requestId = requestIdOf(response) } = readErrorBody(body);
  const what = `${operationId} failed with ${[status, code].filter(Boolean).join(" ")}${message ? `: ${message}` : ""}`;
  return new ApiError(`${what} (${requestLine(response, requestId)})${clockNote(response, message, now)}`, {
    operationId,
    backupMayExist: !isRefusal(status),
    retryable: status === 429 || isBusy(status, code),
    status,
    errorCode: code,
    errorMessage: message,
    requestId,
    retryAfter: retryAfter(headers, () => now),
  });
}

const requestIdOf = (response: PlainResponse) => clean(response.headers.get("x-request-id") ?? "", 128);

const requestLine = ({ url }: PlainResponse, requestId: string | undefined) =>
  `POST ${url}${requestId ? `, request id ${requestId}` : ""}`;

/** The gateway refuses a signature whose date is more than 15 minutes off, and says only that it expired. */
function clockNote({ status, headers }: PlainResponse, message = "", now: number): string {
  const minutes = Math.round((now - Date.parse(headers.get("date") ?? "")) / 60_000);
  if (status !== 401 || !/sign.*expire|expire.*sign/i.test(message) || !(Math.abs(minutes) > 15)) return "";
  return `. This machine's clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? "ahead of" : "behind"} the service's: set it right`;
}
