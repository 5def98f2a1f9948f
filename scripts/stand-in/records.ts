/** A backup as the four reads show it: the spec's own examples, with what is this backup's own put in. */
import { backupStates, type Service, type State } from "../../generated/tables.js";
import type { Answers } from "./answers.ts";
import { type Backup, isRunning, type Phase, phaseOf } from "./memory.ts";

export type Facts = Record<string, unknown>;

/** What the ways to end are called in the spec's table of states. */
const STATE_OF: Partial<Record<Phase, State>> = {
  finished: "completed",
  failed: "failed",
  deleted: "gone",
  expired: "gone",
};

/** The state with the phase's own name, else one that means the same, else one that means running: DDS has none for waiting. */
function stateIn(service: Service, phase: Phase): string {
  const states = Object.entries(backupStates[service]);
  const ways = [
    ([name]: [string, State]) => name === phase,
    ([, state]: [string, State]) => state === STATE_OF[phase],
    ([, state]: [string, State]) => state === "running",
  ];
  const [name = ""] = ways.flatMap((is) => states.find(is) ?? []);
  return name;
}

/** The zone in which the examples of DCS name their backups. */
const NAME_ZONE = 8 * 3_600_000;

export class Records {
  readonly #answers: Answers;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** In a list of DCS, of either API. */
  dcs(operationId: string, backup: Backup, now: number): Facts {
    const { startedAt, fate, sent, instanceId, backupId } = backup;
    const phase = phaseOf(backup, now);
    const template = this.#templateOf(operationId, "backup_record_response", "dcs", phase);
    const { execution_at, ...before } = template;
    const iso = (time: number) => new Date(time).toISOString();
    return {
      ...(phase === "waiting" ? before : { ...template, execution_at: iso(startedAt + fate.duration / 4) }),
      ...("updated_at" in template && { updated_at: iso(startedAt + fate.duration) }),
      backup_id: backupId,
      backup_name: `backup_${iso(startedAt + NAME_ZONE)
        .replace(/\D/g, "")
        .slice(0, 14)}`,
      instance_id: instanceId,
      status: (phase === "running" && fate.state) || stateIn("dcs", phase),
      backup_format: inCaseOf(template["backup_format"], sent["backup_format"]),
      created_at: iso(startedAt),
      remark: sent["remark"] ?? null,
    };
  }

  dds(operationId: string, backup: Backup, now: number): Facts {
    const { startedAt, fate, sent, instanceId, backupId } = backup;
    const phase = phaseOf(backup, now);
    const template = this.#templateOf(operationId, "backups", "dds", phase);
    return {
      ...template,
      ...("end_time" in template && { end_time: ddsTime(startedAt + fate.duration) }),
      id: backupId,
      name: sent["name"],
      instance_id: instanceId,
      begin_time: ddsTime(startedAt),
      status: (phase === "running" && fate.state) || stateIn("dds", phase),
      description: sent["description"] ?? "",
    };
  }

  job(operationId: string, backup: Backup, now: number): Facts {
    const { startedAt, fate, instanceId, jobId } = backup;
    const phase = phaseOf(backup, now);
    const running = isRunning(backup, now);
    const status = running ? "Running" : phase === "failed" ? "Failed" : "Completed";
    const jobs = this.#examples(operationId).map((example) => example["job"] as Facts);
    const template = jobs.find((job) => job["status"] === status) ?? {};
    return {
      ...template,
      id: jobId,
      created: jobTime(startedAt),
      // While the job runs, the services show a time that passes.
      ended: jobTime(running ? startedAt + 10_000 : startedAt + fate.duration),
      ...(running && { progress: `${Math.floor((100 * (now - startedAt)) / fate.duration)}%` }),
      instance: { ...Object(template["instance"]), id: instanceId },
    };
  }

  /** The first manual backup in the examples that stands so. Where none does, one that runs stands for one that waits, and else one that has finished. */
  #templateOf(operationId: string, list: string, service: Service, phase: Phase): Facts {
    const records = this.#examples(operationId).flatMap((example) => example[list] as Facts[]);
    const rest = phase === "waiting" ? "running" : "finished";
    for (const state of [stateIn(service, phase), stateIn(service, rest)]) {
      const record = records.find(
        ({ status, backup_type, type }) => status === state && /^manual$/i.test(String(backup_type ?? type)),
      );
      if (record) {
        return record;
      }
    }
    throw new Error(`No example of ${operationId} has a manual backup that is ${stateIn(service, rest)}`);
  }

  #examples(operationId: string): Facts[] {
    return Object.values(this.#answers.examples(operationId, 200)).map(Object);
  }
}

/** DCS v1.0 writes formats in capital letters. */
function inCaseOf(example: unknown, format = "rdb"): string {
  return example === String(example).toUpperCase() ? format.toUpperCase() : format;
}

/** In UTC, without saying so. */
export function ddsTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace("T", " ");
}

function jobTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+0000`;
}
