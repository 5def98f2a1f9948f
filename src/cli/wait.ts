/** `wait`, and the waiting of `create`. */
import { WaitError } from "../index.js";
import { type Context, orInterrupted } from "./context.js";
import { factsOf } from "./error-facts.js";
import { type Outcome, type OutcomeName, waitCommand } from "./outcome.js";
import { apiOf, type StartAnswer, waitOn } from "./service.js";

export async function wait(context: Context): Promise<Outcome> {
  const { service, instanceId, backupId = "", jobId } = context.args;
  const answer = { backup_id: backupId, ...(jobId === undefined ? {} : { job_id: jobId }) };
  const end = await waitFor(context, answer, "refused");
  // A wait for a DDS backup is not told the instance, but its record may tell.
  const listed: unknown = end.record?.instance_id;
  const instance_id = instanceId ?? (typeof listed === "string" ? listed : undefined);
  const known = { service, instance_id, ...apiOf(context.args), backup_id: backupId };
  return orInterrupted(context, { ...known, ...end });
}

/** The library's advice names its own function, at the very end. */
const ADVICE = /\bwaitFor\w+\(backups, (?:(?!\bwaitFor\w+\(backups, )[\s\S])*\)$/;

/** @param refused what it means when the list may not be read. */
export async function waitFor(
  { args, backups, interrupt, progress }: Context,
  answer: StartAnswer,
  refused: OutcomeName,
): Promise<Pick<Outcome, "outcome" | "record" | "error">> {
  const { timeout, interval } = args;
  const waiting = { signal: interrupt.reads, timeout, interval, onProgress: progress.look };
  try {
    const record = await waitOn(backups, args, answer, waiting);
    return { outcome: "completed", record };
  } catch (error) {
    if (!(error instanceof WaitError)) {
      throw error;
    }
    const { record } = error;
    const { service, instanceId: instance_id } = args;
    const command = waitCommand({ service, instance_id, ...apiOf(args), ...answer });
    const message = error.message.replace(ADVICE, () => command);
    return { outcome: outcomeOf(error, refused), ...(record && { record }), error: { ...factsOf(error), message } };
  }
}

function outcomeOf({ outcome }: WaitError, refused: OutcomeName): OutcomeName {
  switch (outcome) {
    case "failed":
    case "gone":
    case "timeout":
      return outcome;
    case "refused":
      return refused;
    case "unlisted":
      return "unknown";
    case "aborted":
      return "interrupted";
  }
}
