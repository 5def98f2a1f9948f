/** `find`: looks for the backup of a start whose outcome was unknown, and starts nothing. */
import { readFileSync } from "node:fs";
import { addAbortSignal } from "node:stream";
import type { Service } from "../../generated/tables.js";
import { findBackup, isBackupError, type Lost } from "../index.js";
import { type Context, orInterrupted } from "./context.js";
import { factsOf, type Outcome } from "./outcome.js";
import { UsageError } from "./usage.js";

export async function find(context: Context): Promise<Outcome> {
  const { backups, interrupt, args } = context;
  const text = await readText(args.file, interrupt.reads);
  if (text === undefined) {
    return orInterrupted(context, { outcome: "unknown" });
  }
  const attempt = readAttempt(args.file, text);
  const service: Service = attempt["operationId"] === "CreateManualBackup" ? "dds" : "dcs";
  const known = { service, instance_id: String(attempt["instanceId"]) };
  try {
    const it = await findBackup(backups, attempt as unknown as Lost, { signal: interrupt.reads });
    if (it.found === "one") {
      const { sure, answer, record } = it;
      return sure
        ? { outcome: "found", ...known, backup_id: answer.backup_id, record }
        : orInterrupted(context, { outcome: "unknown", ...known, records: [record], attempt: attempt as never });
    }
    const records = it.found === "several" ? { records: it.records } : {};
    return orInterrupted(context, { outcome: "unknown", ...known, ...records, attempt: attempt as never });
  } catch (error) {
    if (!isBackupError(error)) {
      throw error;
    }
    const open: Outcome = { outcome: "unknown", ...known, attempt: attempt as never, error: factsOf(error) };
    return orInterrupted(context, open);
  }
}

/** @returns undefined where the signal aborted first. */
async function readText(file: string, signal: AbortSignal): Promise<string | undefined> {
  if (file !== "-") {
    return readFile(file);
  }
  if (process.stdin.isTTY) {
    throw new UsageError("FILE: missing; give the file with what create printed, or pipe it in");
  }
  // Whatever writes into the pipe may take its time. toArray itself looks at a signal only when something comes.
  try {
    return Buffer.concat(await addAbortSignal(signal, process.stdin).toArray()).toString();
  } catch (error) {
    if (signal.aborted) {
      return undefined;
    }
    throw new UsageError(`stdin: can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file}: can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What `create` printed, or the attempt by itself. The library checks the rest of it. */
function readAttempt(file: string, text: string): Record<string, unknown> {
  const name = file === "-" ? "stdin" : file;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name}: can't be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { attempt, operationId, backup_id } = Object(document) as Record<string, unknown>;
  if (attempt === undefined && typeof backup_id === "string") {
    throw new UsageError(`${name}: its outcome is known: the backup is ${backup_id}; use wait`);
  }
  const found = attempt ?? (operationId === undefined ? undefined : document);
  if (typeof found !== "object" || found === null) {
    throw new UsageError(`${name}: has no attempt in it, so nothing is unknown`);
  }
  return found as Record<string, unknown>;
}
