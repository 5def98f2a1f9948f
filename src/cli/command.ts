/** The command for pipelines: one document on stdout, what happens on stderr, and an exit code that tells what to do next. */
import { fstatSync, writeFileSync } from "node:fs";
import { readArguments } from "./arguments.js";
import type { Host } from "./context.js";
import { exitCodeOf, FAULT, print, printable, sentence, USAGE } from "./outcome.js";
import { asUsage } from "./usage.js";
import { helpOf, version } from "./words.js";

/** @returns the exit code. */
export async function command(argv: readonly string[], host: Host): Promise<number> {
  const began = performance.now();
  try {
    const request = readArguments(argv, host.env);
    if ("version" in request || "help" in request) {
      await writeHelp("version" in request ? `${version()}\n` : helpOf(request.help), host);
      return 0;
    }
    // A reader that goes away must not end the run.
    host.stderr.on("error", () => {});
    // The library is loaded only where there is work for it.
    const { run } = await import("./run.js");
    const { outcome, progress } = await run(request, host);
    const timed = outcome.outcome === "dry-run" ? outcome : { ...outcome, seconds: secondsSince(began) };
    if (timed.outcome !== "dry-run" && request.output !== "text") {
      progress.say(sentence(timed));
    }
    const isRead = await writeOut(print(timed, request.output), host);
    // With --quiet too: without its attempt nobody could look for the backup.
    const isMissed = timed.attempt && !(isRead && request.output === "json");
    // All that was said above has gone out then, too.
    await writeTo(host.stderr, isMissed ? print(timed, "json") : "");
    return exitCodeOf(timed);
  } catch (error) {
    const usage = asUsage(error);
    if (!usage) {
      return tellFault(error, host);
    }
    await writeTo(host.stderr, `huaweicloud-backup: ${printable(usage.message)}\n`);
    return USAGE;
  }
}

export async function tellFault(error: unknown, host: Pick<Host, "stderr">): Promise<number> {
  const advice = "Whether a backup was started is not known: look with list before you run it again";
  const text = `${(error as Error)?.stack ?? error}\nhuaweicloud-backup: this is a fault of the command itself. ${advice}\n`;
  await writeTo(host.stderr, text);
  return FAULT;
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}

/** Where stdout can't be written, as on a full disk, the text goes to stderr. @returns false where nobody reads: then it goes nowhere. */
async function writeOut(text: string, host: Pick<Host, "stdout" | "stderr">): Promise<boolean> {
  const error = await writeTo(host.stdout, text);
  const isRead = error?.code !== "EPIPE";
  if (error && isRead) {
    await writeTo(host.stderr, text);
  }
  return isRead;
}

/**
 * Resolves when the text has gone out, or can't. A pipe is full while its reader is slow, and what a stream still holds at the end of the
 * process is lost. Where neither stream can be written, the exit code still tells the outcome.
 */
function writeTo(stream: Host["stdout"], text: string): Promise<NodeJS.ErrnoException | null | undefined> {
  return new Promise((resolve) => {
    stream.on("error", () => {});
    const { fd } = stream;
    if (isFile(fd)) {
      resolve(writeAtOnce(fd, text));
    } else {
      stream.write(text, resolve);
    }
  });
}

/** Writes all of it, or tells why not. Node's stream of a file loses what the file did not take, as where the disk is nearly full. */
function writeAtOnce(fd: number, text: string): NodeJS.ErrnoException | undefined {
  try {
    writeFileSync(fd, text);
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function isFile(fd: number | undefined): fd is number {
  try {
    return fd !== undefined && fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

/** Making `process.stdout` would take a quarter of the time of `--help`. */
async function writeHelp(text: string, host: Host): Promise<void> {
  if (writeAtOnce(1, text)) {
    await writeOut(text, host);
  }
}
