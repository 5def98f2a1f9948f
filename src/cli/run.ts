/** Runs one command. */
import type { Arguments } from "./arguments.js";
import { type Context, clientOf, type Host } from "./context.js";
import { checkWaiting, create } from "./create.js";
import { find, readFile } from "./find.js";
import { listenForSignals } from "./interrupt.js";
import { list } from "./list.js";
import type { Outcome } from "./outcome.js";
import { type Progress, progressOn } from "./progress.js";
import { startOf } from "./service.js";
import { UsageError } from "./usage.js";
import { wait } from "./wait.js";

const COMMANDS = { create, wait, find, list };

export async function run(args: Arguments, host: Host): Promise<{ outcome: Outcome; progress: Progress }> {
  const { env } = host;
  const progress = progressOn(host.stderr, env, args.quiet);
  if (args.dryRun) {
    return { outcome: await dryRun(args, env, progress), progress };
  }
  const backups = clientOf(args, env, progress);
  // Reading a pipe of the file system may never end. As long as nobody listens for signals, they end the process.
  const input = args.file === "-" ? undefined : readFile(args.file);
  const interrupt = listenForSignals(progress, host);
  const starter = clientOf(args, env, progress, { maxRetries: 0 });
  const context: Context = { args, host, input, backups, starter, interrupt, progress };
  try {
    return { outcome: await COMMANDS[args.command](context), progress };
  } finally {
    progress.end();
  }
}

/** The request as the client would send it, with all checks, and nothing sent. */
async function dryRun(args: Arguments, env: NodeJS.ProcessEnv, progress: Progress): Promise<Outcome> {
  if (args.command !== "create") {
    throw new UsageError(`--dry-run: is for create; ${args.command} starts nothing anyway`);
  }
  let sent: { method: string; url: string } | undefined;
  const fetch: typeof globalThis.fetch = async (url, init) => {
    sent = { method: init?.method ?? "GET", url: String(url) };
    return Response.json({ backup_id: "dry-run" });
  };
  const backups = clientOf(args, env, progress, { fetch });
  const start = startOf(args);
  await checkWaiting({ args, backups });
  await start.send(backups, {});
  return { outcome: "dry-run", ...sent, body: start.body };
}
