/** The two services, made alike for the commands. */
import { type Reading, readDcs, readDds } from "../follow/records.js";
import type { AnyRecord } from "../follow/types.js";
import {
  type Attempt,
  type BackupClient,
  type CallOptions,
  uniqueName,
  uniqueRemark,
  waitForCopyInstance,
  waitForCopyInstanceV1,
  waitForManualBackup,
} from "../index.js";
import { type Problem, validateCopyInstance, validateCopyInstanceV1, validateCreateManualBackup } from "../validate.js";
import type { Arguments } from "./arguments.js";
import type { Look } from "./progress.js";
import { UsageError } from "./usage.js";

export type StartAnswer = { backup_id: string; job_id?: string };

export interface Waiting {
  signal: AbortSignal;
  timeout: number;
  interval?: number;
  onProgress?: (look: Look) => void;
}

/** One backup to start and to look for, whichever service it is of. */
export interface Start {
  body: object;
  send(client: BackupClient, options: CallOptions): Promise<StartAnswer>;
  /** What a run with the same key is known by: `findBackup` takes it. Without `sentAt` the mark alone decides. */
  trace: Omit<Attempt, "sentAt" | "clock">;
}

export function startOf(args: Arguments): Start {
  return args.service === "dcs" ? dcsStart(args) : ddsStart(args);
}

/** Waits for one backup, through the API that started it. */
export function waitOn(
  backups: BackupClient,
  { service, instanceId = "", v1 }: Arguments,
  answer: StartAnswer,
  waiting: Waiting,
): Promise<AnyRecord> {
  if (service === "dds") {
    return waitForManualBackup(backups, answer, waiting);
  }
  const wait = v1 ? waitForCopyInstanceV1 : waitForCopyInstance;
  return wait(backups, instanceId, answer, waiting);
}

/** Names are unique in a whole project, so the instance is part of what the mark is made of. */
function markKey({ key, service, instanceId }: Arguments): string | undefined {
  return key === undefined ? undefined : JSON.stringify([service, instanceId, key]);
}

function dcsStart(args: Arguments): Start {
  const { instanceId = "", exact, v1, format } = args;
  const remark = exact ? args.remark : uniqueRemark(args.remark ?? "", markKey(args));
  const body = {
    ...(remark === undefined ? {} : { remark }),
    ...(format === undefined ? {} : { backup_format: format }),
  };
  if (v1 && format !== undefined) {
    throw new UsageError("--format: can't go with --api v1.0, which has no choice of format");
  }
  checkBody(v1 ? validateCopyInstanceV1(body) : validateCopyInstance(body));
  const operationId = v1 ? "CopyInstanceV1" : "CopyInstance";
  return {
    body,
    send: (client, options) =>
      v1 ? client.copyInstanceV1(instanceId, body, options) : client.copyInstance(instanceId, body, options),
    trace: { operationId, instanceId, ...(remark === undefined ? {} : { remark }) },
  };
}

function ddsStart(args: Arguments): Start {
  const { instanceId = "", exact, description } = args;
  if (exact && args.name === undefined) {
    throw new UsageError("--name: is needed with --exact");
  }
  const name = exact ? (args.name ?? "") : uniqueName(args.name ?? "", markKey(args));
  const backup = { instance_id: instanceId, name, ...(description === undefined ? {} : { description }) };
  const body = { backup };
  checkBody(validateCreateManualBackup(body));
  return {
    body,
    send: (client, options) => client.createManualBackup(body, options),
    trace: { operationId: "CreateManualBackup", instanceId, name },
  };
}

const FLAG_OF_POINTER: Record<string, string> = {
  "/remark": "--remark",
  "/backup_format": "--format",
  "/backup/name": "--name",
  "/backup/description": "--description",
};

function checkBody(problems: readonly Problem[]): void {
  const [problem] = problems;
  if (problem) {
    throw new UsageError(`${FLAG_OF_POINTER[problem.pointer] ?? problem.pointer}: ${problem.message}`);
  }
}

/** What the outcome tells of the API. */
export function apiOf({ v1 }: Pick<Arguments, "v1">): { api?: "v1.0" } {
  return v1 ? { api: "v1.0" } : {};
}

export function readRecord(record: AnyRecord): Reading<AnyRecord> {
  return "backup_id" in record ? readDcs(record) : readDds(record);
}

/** In the words of the command line. No field of a record is promised. */
export function formatOf(record: AnyRecord): string | undefined {
  const format: unknown = "backup_format" in record ? record.backup_format : undefined;
  return typeof format === "string" ? format.toLowerCase() : undefined;
}
