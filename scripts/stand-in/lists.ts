/** The answers of the four reads: what the memory holds, filtered and cut into pages as the spec describes. */
import type { Context } from "openapi-backend";
import type { OperationId, StartId } from "../../generated/tables.js";
import type { Answer, Answers } from "./answers.ts";
import type { Memory } from "./memory.ts";
import { type Facts, Records } from "./records.ts";
import type { ReceivedRequest } from "./request.ts";

export type Read = (context: Context, request: ReceivedRequest) => Answer;
/** One for each call that starts nothing. */
type Reads = Record<Exclude<OperationId, StartId>, Read>;

export function createReads(answers: Answers, memory: Memory): Reads {
  const records = new Records(answers);

  const dcs = (context: Context, request: ReceivedRequest): Answer => {
    const { operationId = "", query, projectId, instanceId } = read(context, request);
    const [begin, end] = [query.text("begin_time", "beginTime"), query.text("end_time", "endTime")];
    if (begin && end && end <= begin) {
      return answers.refusal(operationId, "invalid-period", `The end time ${end} is not later than ${begin}`);
    }
    const all = memory
      .listed("dcs", projectId)
      .filter((backup) => backup.instanceId === instanceId)
      .map((backup) => records.dcs(operationId, backup, memory.now()))
      .filter(isWithin(begin, end, ({ created_at }) => String(created_at).replace(/\D/g, "").slice(0, 14)));
    if (all.length === 0 && memory.settings.empty === 204) {
      return answers.documented(operationId, 204);
    }
    // v1.0 counts from 1.
    const first = query.has("start") ? query.number("start") - 1 : query.number("offset");
    const page = all.slice(first, first + query.number("limit"));
    return answers.of(operationId, { total_num: all.length, backup_record_response: page });
  };

  const dds = (context: Context, request: ReceivedRequest): Answer => {
    const { operationId = "", query, projectId } = read(context, request);
    const [begin, end] = [query.text("begin_time"), query.text("end_time")];
    if ((begin === undefined) !== (end === undefined) || (begin && end && end <= begin)) {
      const message = "begin_time and end_time are given together, the end later than the begin";
      return answers.refusal(operationId, "invalid-period", message);
    }
    if ((query.text("order_field") === undefined) !== (query.text("order_rule") === undefined)) {
      return answers.refusal(operationId, "invalid-body", "order_field and order_rule are given together");
    }
    const all = memory
      .listed("dds", projectId)
      .map((backup) => records.dds(operationId, backup, memory.now()))
      .filter(isWithin(begin, end, ({ begin_time }) => String(begin_time)))
      .filter((backup) => isAskedFor(backup, query));
    const id = query.text("backup_id");
    if (all.length === 0 && id !== undefined && memory.settings.absent === 400) {
      return answers.refusal(operationId, "no-such-backup", `The backup ${id} does not exist`);
    }
    const first = query.number("offset");
    const page = inOrder(all, query).slice(first, first + query.number("limit"));
    return answers.of(operationId, { backups: page, total_count: all.length });
  };

  const job = (context: Context, request: ReceivedRequest): Answer => {
    const { operationId = "", query, projectId } = read(context, request);
    const id = query.text("id") ?? "";
    const backup = memory.ofJob(projectId, id);
    return backup
      ? answers.of(operationId, { job: records.job(operationId, backup, memory.now()) })
      : answers.refusal(operationId, "no-such-job", `The job ${id} does not exist`);
  };

  return { ListBackupRecords: dcs, ListBackupRecordsV1: dcs, ListBackups: dds, ShowJobDetail: job };
}

interface Query {
  /** Whether the operation has this parameter. */
  has(name: string): boolean;
  /** What was sent under that of these names which the operation has. */
  text(...names: string[]): string | undefined;
  /** What was sent, or else the default that the spec names. */
  number(name: string): number;
}

function read({ operation, request }: Context, { target }: ReceivedRequest) {
  const sent = new URLSearchParams(target.split(/\?(.*)/s)[1]);
  const parameters = (operation.parameters ?? []) as { name?: string; schema?: { default?: unknown } }[];
  const find = (name: string) => parameters.find((parameter) => parameter.name === name);
  const query: Query = {
    has: (name) => find(name) !== undefined,
    text: (...names) => sent.get(names.find((name) => find(name) !== undefined) ?? "") ?? undefined,
    number: (name) => Number(sent.get(name) ?? find(name)?.schema?.default),
  };
  const { project_id = "", instance_id = "" } = request.params as Record<string, string>;
  return { operationId: operation.operationId, query, projectId: project_id, instanceId: instance_id };
}

/** Both ends belong to the period. */
function isWithin(begin: string | undefined, end: string | undefined, timeOf: (record: Facts) => string) {
  return (record: Facts) => (begin ?? "") <= timeOf(record) && (end === undefined || timeOf(record) <= end);
}

/** The instance of the examples. */
const MODE = "ReplicaSet";

function isAskedFor(backup: Facts, query: Query): boolean {
  const equal = {
    instance_id: backup["instance_id"],
    backup_id: backup["id"],
    backup_type: backup["type"],
    backup_status: backup["status"],
    mode: MODE,
  };
  const like = {
    backup_name: backup["name"],
    backup_description: backup["description"],
    instance_name: backup["instance_name"],
  };
  return (
    Object.entries(equal).every(([name, value]) => (query.text(name) ?? value) === value) &&
    Object.entries(like).every(([name, value]) => String(value).includes(query.text(name) ?? ""))
  );
}

/** The backups here differ in nothing else that they can be ordered by. */
const ORDER_FIELDS: Record<string, string> = { name: "name", beginTime: "begin_time", status: "status" };

function inOrder(backups: Facts[], query: Query): Facts[] {
  const field = ORDER_FIELDS[query.text("order_field") ?? ""];
  if (field === undefined) {
    return backups;
  }
  const first = query.text("order_rule") === "asc" ? -1 : 1;
  const textOf = (backup: Facts) => String(backup[field]);
  return [...backups].sort((a, b) => (textOf(a) < textOf(b) ? first : textOf(a) > textOf(b) ? -first : 0));
}
