/** The three lists of the two services, made alike. */
import { limits, operations } from "../../generated/tables.js";
import type { BackupRecord, DdsBackup, ListBackupRecordsResponse, ListBackupsResponse } from "../../generated/types.js";
import { clientOptions } from "../memory.js";
import type { CallOptions } from "../options.js";
import { type Page, pagesOf } from "./pages.js";
import { type Reading, readDcs, readDds } from "./records.js";
import type { ListsDcs, ListsDcsV1, ListsDds } from "./types.js";

export interface List<Item> {
  operationId: "ListBackupRecords" | "ListBackupRecordsV1" | "ListBackups";
  /** The service is on this machine, where nobody minds being asked very often. */
  isLoopback: boolean;
  /** @param left of the time, in ms: what a call asks again for, it asks within that. */
  pages(signal: AbortSignal, left?: number): AsyncGenerator<Page<Item>, void>;
}

/** In ms. A call may last so much longer than the wait that it is made for. */
const GRACE = 1_000;

export function dcsList(client: ListsDcs, instanceId: string): List<BackupRecord> {
  return listOf("ListBackupRecords", "listBackupRecords", client, async (offset, options) =>
    dcsPage(await client.listBackupRecords(instanceId, { offset, limit: limits.page }, options)),
  );
}

export function dcsListV1(client: ListsDcsV1, instanceId: string): List<BackupRecord> {
  // The old API counts from one.
  return listOf("ListBackupRecordsV1", "listBackupRecordsV1", client, async (offset, options) =>
    dcsPage(await client.listBackupRecordsV1(instanceId, { start: offset + 1, limit: limits.page }, options)),
  );
}

export function ddsList(client: ListsDds, query: { instance_id?: string } | { backup_id: string }): List<DdsBackup> {
  return listOf("ListBackups", "listBackups", client, async (offset, options) =>
    ddsPage(await client.listBackups({ ...query, offset, limit: limits.page }, options)),
  );
}

/** @param ask gives the page that begins after so many records. */
function listOf<Item, Method extends string>(
  operationId: List<Item>["operationId"],
  method: Method,
  client: { [M in Method]: unknown },
  ask: (offset: number, options: CallOptions) => Promise<Page<Item>>,
): List<Item> {
  if (typeof client?.[method] !== "function") {
    throw new TypeError(`backups: must be a client that has ${method}`);
  }
  const isLoopback = clientOptions.get(client)?.endpoints(operations[operationId].service).isLoopback ?? false;
  const pages = (signal: AbortSignal, left?: number) => {
    const options = optionsOf(client, signal, left);
    return pagesOf((offset) => ask(offset, options), signal);
  };
  return { operationId, isLoopback, pages };
}

/**
 * A call pauses by itself before it asks again, for as long as the service wants and its own time allows. A pause that the rest of the wait
 * has no room for must be the wait's, which tells of it, so the call gets little more time than that rest.
 */
function optionsOf(client: object, signal: AbortSignal, left = Number.POSITIVE_INFINITY): CallOptions {
  const timeout = clientOptions.get(client)?.timeout;
  return timeout !== undefined && left + GRACE < timeout ? { signal, timeout: Math.ceil(left + GRACE) } : { signal };
}

function dcsPage(answer: ListBackupRecordsResponse): Page<BackupRecord> {
  return { answer, readings: readAll(answer.backup_record_response, readDcs), total: answer.total_num };
}

function ddsPage(answer: ListBackupsResponse): Page<DdsBackup> {
  return { answer, readings: readAll(answer.backups, readDds), total: answer.total_count };
}

/** No field is promised, so a record that is none is left out. */
function readAll<Item>(items: readonly Item[] | undefined, read: (item: Item) => Reading<Item>): Reading<Item>[] {
  return (items ?? []).filter((item) => Object(item) === item && !Array.isArray(item)).map(read);
}
