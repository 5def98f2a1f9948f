/** What the records of both services have in common, and what is known of their states. */
import { backupStates, type State } from "../../generated/tables.js";
import type { BackupRecord, DdsBackup } from "../../generated/types.js";
import { clean } from "../text.js";

/** One record, read. */
export interface Reading<Item> {
  item: Item;
  id: string;
  /** As on the wire. */
  status: string;
  state: State;
  /** False where the service may have come up with this state after this was written. */
  isKnownState: boolean;
  isManual: boolean;
  /** In ms since 1970; not a number where the record does not say. */
  startedAt: number;
  percent: number | undefined;
  errorCode: string | undefined;
}

export function readDcs(record: BackupRecord): Reading<BackupRecord> {
  return {
    item: record,
    id: record.backup_id,
    ...readState(record.status, backupStates.dcs),
    isManual: isManual(record.backup_type),
    startedAt: readTime(record.created_at),
    percent: readPercent(record.progress),
    // Null where nothing failed; the examples of v2 show `{}` instead.
    errorCode: typeof record.error_code === "string" ? clean(record.error_code, 64) : undefined,
  };
}

export function readDds(backup: DdsBackup): Reading<DdsBackup> {
  return {
    item: backup,
    id: backup.id,
    ...readState(backup.status, backupStates.dds),
    isManual: isManual(backup.type),
    startedAt: readTime(backup.begin_time),
    percent: undefined,
    errorCode: undefined,
  };
}

/** A state that nobody knows yet is taken for running: a new one must not fail a pipeline. */
function readState(given: unknown, states: Readonly<Record<string, State>>) {
  const status = typeof given === "string" ? given : "";
  const state = Object.entries(states).find(([name]) => name.toLowerCase() === status.toLowerCase())?.[1];
  return { status, state: state ?? "running", isKnownState: state !== undefined };
}

/** The documents write Manual, the examples manual. A record that does not say may be one. */
function isManual(type: unknown): boolean {
  return typeof type !== "string" || type.toLowerCase() === "manual";
}

/** Times without a zone, as DDS has them, are in UTC; `Date` would take them for this machine's. */
function readTime(given: unknown): number {
  const text = String(given);
  const [, day, time = "", zone = ""] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*(.*)$/.exec(text) ?? [];
  if (day === undefined) {
    return / GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  }
  return Date.parse(`${day}T${time.replace(",", ".")}${zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2") || "Z"}`);
}

/** "100.00" on DCS, "60%" in a job of DDS. */
export function readPercent(text: unknown): number | undefined {
  const number = /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(String(text))?.[1];
  return number === undefined ? undefined : Math.min(100, Number(number));
}
