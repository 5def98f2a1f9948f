/** Reads as the client does: a stand-in for its four reads, until it has them. */
import { readErrorBody } from "../src/error-body.ts";
import { ApiError, InvalidResponseError, NetworkError } from "../src/errors.ts";
import type { ListsDcs, ListsDcsV1, ListsDds, ShowsJobs } from "../src/follow/types.ts";
import { moment, readServiceTime, rememberClient, rememberList } from "../src/memory.ts";
import { isRefusal, retryAfter } from "../src/status.ts";
import { PROJECT_ID } from "./support.ts";

export function readingClient(url: string): ListsDcs & ListsDcsV1 & ListsDds & ShowsJobs {
  async function get<Answer>(
    operationId: string,
    path: string,
    query: Record<string, unknown>,
    signal: AbortSignal | undefined,
    empty?: Answer,
  ): Promise<Answer> {
    const facts = { operationId, backupMayExist: false };
    const target = `${url}${path}?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}`;
    let response: Response;
    let text: string;
    try {
      signal?.throwIfAborted();
      response = await fetch(target, { ...(signal && { signal }), headers: { connection: "close" } });
      text = await response.text();
    } catch (cause) {
      throw new NetworkError(`${operationId} got no answer (GET ${target})`, { ...facts, retryable: true, cause });
    }
    const { status, headers } = response;
    if (!response.ok) {
      const { code, message, requestId } = readErrorBody({ body: parseJson(text), text });
      throw new ApiError(`${operationId} failed with ${status} ${code}: ${message} (GET ${target})`, {
        ...facts,
        retryable: !isRefusal(status) || status === 429,
        status,
        errorCode: code === undefined ? undefined : String(code),
        errorMessage: message,
        requestId,
        retryAfter: retryAfter(headers, Date.now()),
      });
    }
    const answer = status === 204 ? empty : (parseJson(text) as Answer);
    if (Object(answer) !== answer) {
      throw new InvalidResponseError(`${operationId} was answered ${status}, but with no JSON`, {
        ...facts,
        retryable: true,
        status,
        requestId: undefined,
      });
    }
    const time = readServiceTime(headers.get("date"), moment());
    if (time) {
      rememberList(answer as object, time);
    }
    return answer as Answer;
  }
  const client: ListsDcs & ListsDcsV1 & ListsDds & ShowsJobs = {
    listBackupRecords: (id, query = {}, { signal } = {}) =>
      get("ListBackupRecords", `/v2/${PROJECT_ID}/instances/${id}/backups`, query, signal, {
        total_num: 0,
        backup_record_response: [],
      }),
    listBackupRecordsV1: (id, query = {}, { signal } = {}) =>
      get("ListBackupRecordsV1", `/v1.0/${PROJECT_ID}/instances/${id}/backups`, query, signal),
    listBackups: (query = {}, { signal } = {}) => get("ListBackups", `/v3/${PROJECT_ID}/backups`, query, signal),
    showJobDetail: (id, { signal } = {}) => get("ShowJobDetail", `/v3/${PROJECT_ID}/jobs`, { id }, signal),
  };
  rememberClient(client, { loopback: ["dcs", "dds"] });
  return client;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
