/** `list`: all backups of an instance, or of a project on DDS, page by page. */
import { isBackupError } from "../index.js";
import { type Context, orInterrupted } from "./context.js";
import { factsOf, type Outcome } from "./outcome.js";
import { type AnyRecord, answerOf } from "./service.js";

const PAGE = 100;
const MAX_PAGES = 100;

export async function list(context: Context): Promise<Outcome> {
  const { service, instanceId } = context.args;
  const known = { service, ...(instanceId === undefined ? {} : { instance_id: instanceId }) };
  try {
    return { outcome: "listed", ...known, records: await readAll(context) };
  } catch (error) {
    if (!isBackupError(error)) {
      throw error;
    }
    return orInterrupted(context, { outcome: error.retryable ? "later" : "refused", ...known, error: factsOf(error) });
  }
}

/** A record that moves to the next page while that is asked for is listed once. */
async function readAll(context: Context): Promise<AnyRecord[]> {
  const all = new Map<string, AnyRecord>();
  for (let page = 0, offset = 0; page < MAX_PAGES; page++) {
    const { records, total } = await readPage(context, offset);
    const before = all.size;
    for (const record of records) {
      all.set(answerOf(record).backup_id, record);
    }
    offset += records.length;
    if (all.size === before || all.size >= total) {
      break;
    }
  }
  return [...all.values()];
}

async function readPage({ args, backups, interrupt }: Context, offset: number) {
  const options = { signal: interrupt.reads };
  const { service, instanceId = "", v1 } = args;
  if (service === "dds") {
    const query = { ...(instanceId ? { instance_id: instanceId } : {}), limit: PAGE, offset };
    const { backups: records = [], total_count = Number.POSITIVE_INFINITY } = await backups.listBackups(query, options);
    return { records, total: total_count };
  }
  const answer = v1
    ? await backups.listBackupRecordsV1(instanceId, { limit: PAGE, start: offset + 1 }, options)
    : await backups.listBackupRecords(instanceId, { limit: PAGE, offset }, options);
  return { records: answer.backup_record_response ?? [], total: answer.total_num ?? Number.POSITIVE_INFINITY };
}
