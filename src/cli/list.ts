/** `list`: all backups of an instance, or of a project on DDS. */
import { dcsList, dcsListV1, ddsList, type List } from "../follow/lists.js";
import type { AnyRecord } from "../follow/types.js";
import { isBackupError } from "../index.js";
import { type Context, orInterrupted } from "./context.js";
import { factsOf } from "./error-facts.js";
import type { Outcome } from "./outcome.js";
import { apiOf } from "./service.js";

export async function list(context: Context): Promise<Outcome> {
  const { service, instanceId } = context.args;
  const known = {
    service,
    ...(instanceId === undefined ? {} : { instance_id: instanceId }),
    ...apiOf(context.args),
  };
  const records: AnyRecord[] = [];
  try {
    for await (const { readings } of listOf(context).pages(context.interrupt.reads)) {
      records.push(...readings.map(({ item }) => item));
    }
    return { outcome: "listed", ...known, records };
  } catch (error) {
    if (isBackupError(error)) {
      const outcome = error.retryable ? "later" : "refused";
      return orInterrupted(context, { outcome, ...known, error: factsOf(error) });
    }
    // Between two pages there is no call that a signal could end.
    if (context.interrupt.signal !== undefined) {
      return orInterrupted(context, { outcome: "later", ...known });
    }
    throw error;
  }
}

function listOf({ backups, args: { service, instanceId, v1 } }: Context): List<AnyRecord> {
  if (service === "dds") {
    return ddsList(backups, instanceId === undefined ? {} : { instance_id: instanceId });
  }
  return v1 ? dcsListV1(backups, instanceId ?? "") : dcsList(backups, instanceId ?? "");
}
