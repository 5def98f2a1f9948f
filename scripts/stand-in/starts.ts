/** What a start does that the spec allows: it is refused as the service would, or a backup is made and remembered. */
import type { Context } from "openapi-backend";
import type { Answer, Answers } from "./answers.ts";
import type { Fate } from "./fate.ts";
import { isRunning, type Memory } from "./memory.ts";
import type { ReceivedRequest } from "./request.ts";

/** What was ordered for one start. */
export interface StartOrder {
  fate?: Partial<Fate> | undefined;
  /** The success that is answered, by the name of its example. */
  example?: string | undefined;
}

export type Start = (context: Context, request: ReceivedRequest, order: StartOrder) => Answer;

export function createStart(answers: Answers, memory: Memory): Start {
  return (context, { body }, { fate, example }) => {
    const { operationId = "" } = context.operation;
    const { project_id: projectId = "", instance_id } = context.request.params as Record<string, string>;
    const { backup, ...rest } = JSON.parse(body);
    const sent: Record<string, string | undefined> = backup ?? rest;
    const instanceId = instance_id ?? sent["instance_id"] ?? "";
    const service = answers.serviceOf(operationId);

    const now = memory.now();
    const existing = memory.existing(service, projectId);
    if (service === "dds" && existing.some((other) => other.sent["name"] === sent["name"])) {
      return answers.refusal(operationId, "name-taken", `A backup with the name ${sent["name"]} already exists`);
    }
    if (existing.some((other) => other.instanceId === instanceId && isRunning(other, now))) {
      return answers.refusal(operationId, "running", "A backup of this instance is already running");
    }
    const answer = answers.started(operationId, example);
    if (answer.status >= 300) {
      return answer; // There is no such example.
    }
    const { backup_id: backupId = "", job_id: jobId } = answer.body as Record<string, string | undefined>;
    const { keep: _, empty: __, absent: ___, ...usual } = memory.settings;
    const own = { ...usual, ...fate };
    const startedAt = now + own.startsAfter;
    memory.backups.push({ service, projectId, instanceId, backupId, jobId, sent, startedAt, fate: own });
    return answer;
  };
}
