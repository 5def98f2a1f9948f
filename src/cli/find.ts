/** `find`: looks for the backup of a start whose outcome was unknown, and starts nothing. */
import { readFileSync } from "node:fs";
import { addAbortSignal } from "node:stream";
import type { Service } from "../../generated/tables.js";
import { rethrowOthers } from "../errors.js";
import { type Attempt, findBackup } from "../index.js";
import { wordsOf } from "../text.js";
import { type Context, type Host, orInterrupted } from "./context.js";
import { factsOf } from "./error-facts.js";
import { type Outcome, waitCommand } from "./outcome.js";
import { foundNothing } from "./progress.js";
import { apiOf, readRecord } from "./service.js";
import { UsageError } from "./usage.js";

export async function find(context: Context): Promise<Outcome> {
  const { backups, host, interrupt, args, input, progress } = context;
  const text = input ?? (await readStdin(host, interrupt.reads));
  if (text === undefined) {
    return orInterrupted(context, { outcome: "unknown" });
  }
  const attempt = readAttempt(args.file, text);
  const service: Service = attempt.operationId === "CreateManualBackup" ? "dds" : "dcs";
  const v1 = attempt.operationId === "CopyInstanceV1";
  const known = { service, instance_id: String(attempt.instanceId), ...apiOf({ v1 }) };
  const unknown = (records?: Outcome["records"]): Outcome => ({
    outcome: "unknown",
    ...known,
    ...(records && { records }),
    attempt: tidied(attempt),
  });
  try {
    const it = await findBackup(backups, attempt, { signal: interrupt.reads });
    if (it.found === "several") {
      return orInterrupted(context, unknown(it.records));
    }
    if (it.found === "none") {
      progress.say(foundNothing(it.lookedFor));
      return orInterrupted(context, unknown());
    }
    const { sure, answer, record } = it;
    if (!sure) {
      return orInterrupted(context, unknown([record]));
    }
    const { state } = readRecord(record);
    if (state === "waiting" || state === "running") {
      progress.say(`To wait for it: ${waitCommand({ ...known, ...answer })}`);
    }
    return { outcome: "found", ...known, backup_id: answer.backup_id, record };
  } catch (error) {
    rethrowOthers(error);
    return orInterrupted(context, { ...unknown(), error: factsOf(error) });
  }
}

/** As `create` prints it, also where a person has written it. The library has checked what it needs of it. */
function tidied({ sentAt, clock, ...given }: Partial<Record<keyof Attempt, unknown>>): Attempt {
  const texts = (["operationId", "instanceId", "remark", "backupFormat", "name"] as const).flatMap((name) =>
    typeof given[name] === "string" ? [[name, given[name]]] : [],
  );
  return {
    ...Object.fromEntries(texts),
    ...(typeof sentAt === "string" && { sentAt: new Date(sentAt).toISOString() }),
    ...((clock === "service" || clock === "local") && { clock }),
  } as Attempt;
}

/** @returns undefined where the signal aborted first. */
async function readStdin({ stdin }: Pick<Host, "stdin">, signal: AbortSignal): Promise<string | undefined> {
  if (stdin.isTTY) {
    throw new UsageError("FILE: missing; give the file with what create printed, or pipe it in");
  }
  // Whatever writes into the pipe may take its time. toArray itself looks at a signal only when something comes.
  try {
    return decode(Buffer.concat(await addAbortSignal(signal, stdin).toArray()));
  } catch (error) {
    if (signal.aborted) {
      return undefined;
    }
    throw new UsageError(`stdin: can't be read: ${wordsOf(error)}`);
  }
}

export function readFile(file: string): string {
  try {
    return decode(readFileSync(file));
  } catch (error) {
    throw new UsageError(`${file}: can't be read: ${wordsOf(error)}`);
  }
}

/** Windows PowerShell writes UTF-16, or UTF-8 with a byte order mark. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
}

/** What `create` printed, or the attempt by itself. Whether it is one, `findBackup` checks. */
function readAttempt(file: string, text: string): Attempt {
  const name = file === "-" ? "stdin" : file;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name}: can't be read as JSON: ${wordsOf(error)}`);
  }
  const { attempt, operationId, backup_id } = Object(document) as Record<string, unknown>;
  if (attempt === undefined && typeof backup_id === "string") {
    throw new UsageError(`${name}: its backup is known: ${backup_id}; use wait`);
  }
  const found = attempt ?? (operationId === undefined ? undefined : document);
  if (typeof found !== "object" || found === null) {
    throw new UsageError(`${name}: has no attempt in it, so there is nothing to look for`);
  }
  // What an attempt has inside is no attempt.
  const { attempt: _, ...plain } = found as Attempt & { attempt?: unknown };
  return plain;
}
