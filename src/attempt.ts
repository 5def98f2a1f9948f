import type { StartId } from "../generated/tables.js";
import { own } from "./answer.js";

/**
 * What is known of a start whose outcome is not: plain JSON without secrets, so that a later process can look for the backup with
 * `findBackup`.
 */
export interface Attempt {
  /** Which of the three calls it was. */
  operationId: StartId;
  /** Of the instance to back up. */
  instanceId: string;
  /** As sent. DCS only. */
  remark?: string;
  /** As sent. DCS only. */
  backupFormat?: string;
  /** As sent. DDS only. */
  name?: string;
  /** When the last request left, in ISO 8601. */
  sentAt: string;
  /** Whose clock gave `sentAt`: that of the service, as it stands in the `Date` of its answers, or this machine's. */
  clock: "service" | "local";
}

/** What a start was for, without the moment of sending. */
export type Subject = Omit<Attempt, "operationId" | "sentAt" | "clock">;

/** @param body as it was sent. @param instanceId undefined where it stands in the body. */
export function subjectOf(body: unknown, instanceId?: string): Subject {
  const backup = own(body, "backup");
  const remark = own(body, "remark");
  const backupFormat = own(body, "backup_format");
  const name = own(backup, "name");
  return {
    instanceId: instanceId ?? String(own(backup, "instance_id") ?? ""),
    ...(typeof remark === "string" && { remark }),
    ...(typeof backupFormat === "string" && { backupFormat }),
    ...(typeof name === "string" && { name }),
  };
}
