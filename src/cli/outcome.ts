/** How a run ends: one document on stdout, and an exit code from which alone a pipeline can tell what to do next. */
import type { Service } from "../../generated/tables.js";
import type { AnyRecord } from "../follow/types.js";
import type { Attempt } from "../index.js";
import { toJson } from "../text.js";
import type { ErrorFacts } from "./error-facts.js";
import type { Start } from "./service.js";

export type OutcomeName =
  | "completed"
  | "started"
  | "found"
  | "listed"
  | "dry-run"
  | "refused"
  | "failed"
  | "gone"
  | "later"
  | "unknown"
  | "timeout"
  | "interrupted";

/** Fields are only ever added. `outcome.schema.json` describes them. */
export interface Outcome {
  outcome: OutcomeName;
  service?: Service;
  instance_id?: string | undefined;
  /** Given where the old API of DCS was used. */
  api?: "v1.0";
  backup_id?: string | undefined;
  job_id?: string | undefined;
  /** As on the wire. */
  record?: AnyRecord | undefined;
  records?: readonly AnyRecord[];
  /** What `find` needs, while it is not known whether there is a backup. */
  attempt?: Attempt | Start["trace"] | undefined;
  error?: ErrorFacts | undefined;
  /** The start's answer was lost, and its backup found. */
  recovered?: true;
  /** An earlier run with the same key had started it. */
  adopted?: true;
  signal?: NodeJS.Signals;
  method?: string;
  url?: string;
  body?: unknown;
  seconds?: number;
}

const EXIT_CODES: Record<Exclude<OutcomeName, "interrupted">, number> = {
  completed: 0,
  started: 0,
  found: 0,
  listed: 0,
  "dry-run": 0,
  refused: 1,
  failed: 3,
  gone: 3,
  later: 4,
  unknown: 5,
  timeout: 124,
};

export const USAGE = 2;
/** The command itself is at fault, as in `sysexits.h`. */
export const FAULT = 70;

/** 128 and the signal's number, as shells have it. Windows knows Ctrl-Break as SIGBREAK. */
const SIGNAL_CODES: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 130, SIGBREAK: 130, SIGTERM: 143, SIGHUP: 129 };

export function codeOfSignal(signal: NodeJS.Signals): number {
  return SIGNAL_CODES[signal] ?? 1;
}

export function exitCodeOf({ outcome, signal }: Outcome): number {
  return outcome === "interrupted" ? codeOfSignal(signal ?? "SIGINT") : EXIT_CODES[outcome];
}

/** What stands on stdout. */
export function print(outcome: Outcome, output: "json" | "id" | "text"): string {
  const { backup_id, records } = outcome;
  if (output === "id") {
    // Those that may be the one are not it.
    const listed = outcome.outcome === "listed" ? records?.flatMap((record) => idOf(record) || []) : undefined;
    const ids = listed ?? (backup_id === undefined ? [] : [backup_id]);
    return ids.map((id) => `${printable(String(id))}\n`).join("");
  }
  if (output === "text") {
    // An empty list says so, too.
    const lines = records?.length && outcome.outcome === "listed" ? records.map(describe) : [sentence(outcome)];
    return lines.map((line) => `${printable(line)}\n`).join("");
  }
  return `${escaped(JSON.stringify(inOrder(outcome)))}\n`;
}

/** The same JSON, in which nothing that others wrote steers a terminal, or the pipeline that reads the log. */
function escaped(json: string): string {
  return json.replace(
    /[\x7f-\x9f\p{Bidi_Control}\u2028\u2029]|#(?=#)/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What a reader looks for first stands first. */
function inOrder({ outcome, service, instance_id, api, backup_id, job_id, ...rest }: Outcome): object {
  const { record, records } = rest;
  const shown = { ...rest, record: record && writable(record), records: records?.map(writable) };
  return { schema: 1, outcome, service, instance_id, api, backup_id, job_id, ...shown };
}

/** Without members that are nested too deeply to be written. */
function writable(record: AnyRecord): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => toJson(value)));
}

/** One line for people. It is not stable. */
export function sentence(end: Outcome): string {
  const { outcome, backup_id, seconds, adopted, recovered, record, records, method, url, body } = end;
  const state = outcome === "found" && record?.status ? `(${record.status})` : undefined;
  const request = method && `${method} ${url} ${JSON.stringify(body)}`;
  const listed = outcome === "listed" && records && count(records.length);
  const what = [outcome, backup_id, state, listed, request].filter(Boolean).join(" ");
  const time = seconds === undefined ? "" : ` after ${seconds} s`;
  const how = adopted ? ", started by an earlier run" : recovered ? ", found although its answer was lost" : "";
  return `${what}${time}${how}${advice(end)}`;
}

function count(backups: number): string {
  return backups === 1 ? "1 backup" : `${backups} backups`;
}

/** What to do next. The message of an error says it by itself. */
function advice(end: Outcome): string {
  const { outcome, backup_id, error, attempt } = end;
  if (backup_id !== undefined && outcome === "interrupted" && !error) {
    return `. It goes on at the service; to wait for it: ${waitCommand(end)}`;
  }
  const next = attempt ? (perhaps(end) ?? ". To look for it: huaweicloud-backup find, with the JSON") : "";
  return `${error ? `: ${error.message}` : ""}${next}`;
}

/** After a search that was not sure. To search again would tell no more, so a person has to choose. */
function perhaps(end: Outcome): string | undefined {
  const { records = [] } = end;
  const [newest] = records;
  if (!newest) {
    return undefined;
  }
  const which = records.length === 1 ? "1 backup may be it" : `${records.length} backups may be it, the newest`;
  const facts = [statusOf(newest), timeOf(newest)].filter(Boolean).join(", ");
  const id = String(idOf(newest));
  return `. ${which}: ${id} (${facts}). To wait for that: ${waitCommand({ ...end, backup_id: id })}`;
}

/** The line that waits for a backup, fit to be pasted into a shell. */
export function waitCommand({ service, instance_id, api, backup_id, job_id }: Omit<Outcome, "outcome">): string {
  const words =
    service === "dcs"
      ? ["dcs", instance_id, backup_id, ...(api ? ["--api", api] : [])]
      : ["dds", backup_id, ...(job_id ? ["--job", job_id] : [])];
  return ["huaweicloud-backup", "wait", ...words].map((word = "") => quoted(printable(word))).join(" ");
}

function quoted(word: string): string {
  return /^[\w.~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * In one line. What others wrote may hold what moves a terminal's cursor, or a command such as `##vso[…]`, which Azure Pipelines obeys
 * wherever it stands in a log, as GitHub Actions does with `##[…]` and TeamCity with `##teamcity[…]`.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, " ").replace(/#(?=#)/g, "# ");
}

function describe(record: AnyRecord): string {
  const label = "remark" in record ? record.remark : "name" in record ? record.name : undefined;
  return [idOf(record), statusOf(record), timeOf(record), label].filter(Boolean).join("  ");
}

/** Not even a status is sure to be there, or to be more than null. */
function statusOf({ status }: AnyRecord): string {
  return status || "?";
}

function timeOf(record: AnyRecord): string | undefined {
  return "created_at" in record ? record.created_at : "begin_time" in record ? record.begin_time : undefined;
}

/** Not even an id is sure to be there, or to be text. */
function idOf(record: AnyRecord): unknown {
  return "backup_id" in record ? record.backup_id : record.id;
}
