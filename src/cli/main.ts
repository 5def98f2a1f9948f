#!/usr/bin/env node
/** The command for pipelines: one document on stdout, what happens on stderr, and an exit code that tells what to do next. */
import { writeSync } from "node:fs";
import { readArguments } from "./arguments.js";
import { exitCodeOf, FAULT, print, printEscaped, sentence, USAGE } from "./outcome.js";
import { asUsage } from "./usage.js";
import { helpOf, version } from "./words.js";

main(process.argv.slice(2)).then((code) => process.exit(code));

async function main(argv: readonly string[]): Promise<number> {
  const began = performance.now();
  try {
    const request = readArguments(argv, process.env);
    if ("version" in request || "help" in request) {
      await writeAtOnce("version" in request ? `${version()}\n` : helpOf(request.help));
      return 0;
    }
    // A reader that goes away must not end the run.
    process.stderr.on("error", () => {});
    // The library is loaded only where there is work for it.
    const { run } = await import("./run.js");
    const { outcome, progress } = await run(request, process.env);
    const timed = outcome.outcome === "dry-run" ? outcome : { ...outcome, seconds: secondsSince(began) };
    progress.end();
    if (timed.outcome !== "dry-run" && request.output !== "text") {
      progress.say(sentence(timed));
    }
    if (timed.attempt && request.output !== "json") {
      // With --quiet too: without it nobody could look for the backup.
      process.stderr.write(printEscaped(timed));
    }
    const text = print(timed, request.output);
    await writeOut(text, timed.attempt && request.output === "json" ? printEscaped(timed) : undefined);
    // All that was said above has gone out then, too.
    await writeTo(process.stderr, "");
    return exitCodeOf(timed);
  } catch (error) {
    const usage = asUsage(error);
    const text = usage ? `huaweicloud-backup: ${usage.message}` : ((error as Error)?.stack ?? error);
    await writeTo(process.stderr, `${text}\n`);
    return usage ? USAGE : FAULT;
  }
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}

/**
 * A closed stdout ends quietly, but for what must not be lost. Where it can't be written otherwise, as on a full disk, the document goes to
 * stderr.
 */
async function writeOut(text: string, needed?: string): Promise<void> {
  const error = await writeTo(process.stdout, text);
  const rest = error?.code === "EPIPE" ? needed : text;
  if (error && rest !== undefined) {
    await writeTo(process.stderr, rest);
  }
}

/**
 * Resolves when the text has gone out, or can't. A pipe is full while its reader is slow, and what a stream still holds at the end of the
 * process is lost. Where neither stream can be written, the exit code still tells the outcome.
 */
function writeTo(stream: NodeJS.WriteStream, text: string): Promise<NodeJS.ErrnoException | null | undefined> {
  return new Promise((resolve) => {
    stream.on("error", () => {});
    stream.write(text, resolve);
  });
}

/** Making `process.stdout` would take a quarter of the time of `--help`. */
async function writeAtOnce(text: string): Promise<void> {
  try {
    writeSync(1, text);
  } catch {
    await writeOut(text);
  }
}
