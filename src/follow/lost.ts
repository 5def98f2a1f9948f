/** The start whose outcome is not known: how it is read, and which records of a list may be its backup. */
import { type OperationId, operations } from "../../generated/tables.js";
import type { BackupRecord, DdsBackup } from "../../generated/types.js";
import { own } from "../answer.js";
import type { Attempt } from "../attempt.js";
import { isStart } from "../call.js";
import { type BackupError, isBackupError } from "../errors.js";
import { markOf } from "./mark.js";
import type { Reading } from "./records.js";

/**
 * An error of a start, or its `attempt` by itself, which may have been JSON in between. Without `sentAt` the mark or the name alone
 * decides.
 */
export type Lost = BackupError | Attempt | (Omit<Attempt, "sentAt" | "clock"> & { sentAt?: undefined });

/** An attempt, checked. */
export interface LostStart extends Omit<Attempt, "sentAt" | "clock" | "remark" | "backupFormat" | "name"> {
  /** The object that `memory.ts` knows, and that an error of `findBackup` tells. */
  attempt: Attempt;
  remark: string;
  /** The mark at the end of the remark or name, with its sign; undefined where there is none. */
  mark: string | undefined;
  backupFormat: string | undefined;
  name: string | undefined;
  /** In ms since 1970. */
  sentAt: number | undefined;
  clock: Attempt["clock"];
  /** Its time was over before it was answered. */
  timedOut: boolean;
}

/** The attempt may come from a file that somebody wrote. */
export function checkLost(lost: unknown): LostStart {
  // An error that was sent across a worker is a plain object by now.
  const attempt: unknown = isBackupError(lost) ? lost.attempt : (own(lost, "attempt") ?? lost);
  if (isBackupError(lost) && attempt === undefined) {
    const why =
      lost.name === "WaitError"
        ? "is the error of a wait, which knows its backup: wait for it again"
        : "is an error without an attempt: it says that nothing was started, or is of a read";
    throw new TypeError(`lost: ${why}`);
  }
  const given = Object(attempt) as Partial<Record<keyof Attempt, unknown>>;
  const starts = (Object.keys(operations) as OperationId[]).filter(isStart);
  const operationId = starts.find((id) => id === given.operationId);
  if (!operationId) {
    throw new TypeError(`lost: operationId must be one of ${starts.join(", ")}`);
  }
  const isDds = operations[operationId].service === "dds";
  const name = readText(given, "name");
  const remark = readText(given, "remark") ?? "";
  const start: LostStart = {
    attempt: given as Attempt,
    operationId,
    instanceId: readText(given, "instanceId") ?? "",
    remark,
    mark: isDds ? markOf(name, "-") : markOf(remark.trimEnd(), "#"),
    backupFormat: readText(given, "backupFormat"),
    name,
    sentAt: readSentAt(given.sentAt),
    clock: given.clock === "service" ? "service" : "local",
    timedOut: own(lost, "timedOut") === true,
  };
  const missing = !start.instanceId ? "instanceId" : isDds && !name ? "name" : undefined;
  if (missing) {
    throw new TypeError(`lost: ${missing} is missing`);
  }
  if (start.sentAt === undefined && !isDds && !start.mark) {
    throw new TypeError("lost: needs sentAt, or a remark that ends in a mark of uniqueRemark");
  }
  return start;
}

/** JSON may have null where nothing was given. */
function readText(given: Partial<Record<keyof Attempt, unknown>>, name: keyof Attempt): string | undefined {
  const value = given[name] ?? undefined;
  if (value === undefined || typeof value === "string") {
    return value;
  }
  throw new TypeError(`lost: ${name} must be a string`);
}

function readSentAt(value: unknown): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new TypeError("lost: sentAt must be a time in ISO 8601");
  }
  return time;
}

/** @param since in ms since 1970. */
export function mayBeOfDcs(lost: LostStart, since: number, reading: Reading<BackupRecord>): boolean {
  const { backup_format: format, remark } = reading.item;
  const isOtherFormat =
    lost.backupFormat !== undefined &&
    typeof format === "string" &&
    format !== "" &&
    format.toLowerCase() !== lost.backupFormat.toLowerCase();
  return mayBeOfStart(reading, since) && !isOtherFormat && hasRemarkOf(lost, remark);
}

/** Without an id nobody can wait for it. A record that does not say when it was made may be of then. */
function mayBeOfStart({ id, isManual, startedAt }: Reading<unknown>, since: number): boolean {
  return typeof id === "string" && id !== "" && isManual && !(startedAt < since);
}

/** Nobody knows whether a service trims remarks or writes their accents in another way. */
function hasRemarkOf({ remark, mark }: LostStart, given: unknown): boolean {
  const plain = (text: string) => text.normalize("NFC").trim();
  const text = typeof given === "string" ? given : "";
  return mark ? text.trimEnd().endsWith(mark) : plain(text) === plain(remark);
}

/** Names are unique in a project. Where only the mark is left of an earlier run, what stands before it may have changed since. */
export function mayBeOfDds(lost: LostStart, since: number, reading: Reading<DdsBackup>): boolean {
  const { item } = reading;
  const isOfInstance = !item.instance_id || item.instance_id === lost.instanceId;
  const name = typeof item.name === "string" ? item.name : "";
  const hasMark = lost.mark !== undefined && lost.mark === markOf(name, "-");
  const isNamed = name === lost.name || (lost.sentAt === undefined && hasMark);
  return mayBeOfStart(reading, since) && isOfInstance && isNamed;
}
