/** The two services, made alike for the commands. Everything here is a public function of the package. */
import {
  type Attempt,
  type BackupClient,
  type BackupRecord,
  type CallOptions,
  type DdsBackup,
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

export type Answer = { backup_id: string; job_id?: string };
export type AnyRecord = BackupRecord | DdsBackup;

export interface Waiting {
  signal: AbortSignal;
  timeout: number;
  interval?: number;
  onProgress?: (look: Look) => void;
}

/** One backup to start, wait for and look for, whichever service it is of. */
export interface Job {
  operationId: Attempt["operationId"];
  body: object;
  start(client: BackupClient, options: CallOptions): Promise<Answer>;
  wait(answer: Answer, waiting: Waiting): Promise<AnyRecord>;
  /** What a run with the same key is known by: `findBackup` takes it. Without `sentAt` the mark alone decides. */
  trace: Omit<Attempt, "sentAt" | "clock">;
}

export function jobOf(backups: BackupClient, args: Arguments): Job {
  return args.service === "dcs" ? dcsJob(backups, args) : ddsJob(backups, args);
}

/** Names are unique in a whole project, so the instance is part of what the mark is made of. */
function markKey({ key, service, instanceId }: Arguments): string | undefined {
  return key === undefined ? undefined : JSON.stringify([service, instanceId, key]);
}

function dcsJob(backups: BackupClient, args: Arguments): Job {
  const { instanceId = "", exact, v1, format } = args;
  const remark = exact ? args.remark : uniqueRemark(args.remark ?? "", markKey(args));
  const body = {
    ...(remark === undefined ? {} : { remark }),
    ...(format === undefined ? {} : { backup_format: format }),
  };
  checkBody(v1 ? validateCopyInstanceV1(body) : validateCopyInstance(body));
  const operationId = v1 ? "CopyInstanceV1" : "CopyInstance";
  const wait = v1 ? waitForCopyInstanceV1 : waitForCopyInstance;
  return {
    operationId,
    body,
    start: (client, options) =>
      v1 ? client.copyInstanceV1(instanceId, body, options) : client.copyInstance(instanceId, body as object, options),
    wait: (answer, waiting) => wait(backups, instanceId, answer, waiting),
    trace: { operationId, instanceId, ...(remark === undefined ? {} : { remark }) },
  };
}

function ddsJob(backups: BackupClient, args: Arguments): Job {
  const { instanceId = "", exact, description } = args;
  if (exact && args.name === undefined) {
    throw new UsageError("--name: is needed with --exact");
  }
  const name = exact ? (args.name ?? "") : uniqueName(args.name ?? "", markKey(args));
  const backup = { instance_id: instanceId, name, ...(description === undefined ? {} : { description }) };
  const body = { backup };
  checkBody(validateCreateManualBackup(body));
  return {
    operationId: "CreateManualBackup",
    body,
    start: (client, options) => client.createManualBackup(body, options),
    wait: (answer, waiting) => waitForManualBackup(backups, answer, waiting),
    trace: { operationId: "CreateManualBackup", instanceId, name },
  };
}

const FLAGS: Record<string, string> = {
  "/remark": "--remark",
  "/backup_format": "--format",
  "/backup/instance_id": "<instance-id>",
  "/backup/name": "--name",
  "/backup/description": "--description",
};

function checkBody(problems: readonly Problem[]): void {
  const [problem] = problems;
  if (problem) {
    const flag = problem.pointer === "/backup_format" && problem.message.startsWith("is not") ? "--format" : undefined;
    throw new UsageError(`${flag ?? FLAGS[problem.pointer] ?? problem.pointer}: ${problem.message}`);
  }
}

/** When a backup was begun, in ms since 1970. DDS writes UTC without saying so. */
export function begunAt(record: AnyRecord): number {
  const text = "created_at" in record ? record.created_at : "begin_time" in record ? record.begin_time : undefined;
  return Date.parse(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text ?? "") ? `${text?.replace(" ", "T")}Z` : (text ?? ""));
}

/** In the words of the command line. */
export function formatOf(record: AnyRecord): string | undefined {
  return "backup_format" in record ? record.backup_format?.toLowerCase() : undefined;
}

export function answerOf(record: AnyRecord): Answer {
  return { backup_id: "backup_id" in record ? record.backup_id : record.id };
}
