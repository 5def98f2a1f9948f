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
      writeToStderr(printEscaped(timed));
    }
    await writeOut(print(timed, request.output));
    return exitCodeOf(timed);
  } catch (error) {
    const usage = asUsage(error);
    process.stderr.on("error", () => {});
    process.stderr.write(usage ? `huaweicloud-backup: ${usage.message}\n` : `${(error as Error)?.stack ?? error}\n`);
    return usage ? USAGE : FAULT;
  }
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}

/** A closed stdout ends quietly. Where it can't be written otherwise, as on a full disk, the document goes to stderr. */
function writeOut(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.on("error", () => {});
    process.stdout.write(text, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") {
        writeToStderr(text);
      }
      resolve();
    });
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

/** At once, since the process ends next. There is no third place to say it. */
function writeToStderr(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // The exit code still tells the outcome.
  }
}
