/**
 * Runs what is generated, and the programs around it, where nothing but loopback can be reached: in a network namespace of Linux. A client
 * that ignores the address it is given then finds no real host to start a backup at.
 */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { root } from "../lib/root.ts";
import type { Faults } from "./judge.ts";
import type { Ended, Environment } from "./shell.ts";

/** Commands that this needs. */
export const confinedNeeds = ["unshare", "ip"];

export type Job = { work: string; environment: Environment } & ({ command: string } | { row: string });
export type Done = { ended: Ended } | { faults: Faults } | { error: string };
export type Reply = Done & { job: number };

const worker = join(root, "scripts/languages/confined-worker.ts");
const waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
let child: ChildProcess | undefined;
let jobs = 0;

/** Runs a line of shell. Throws unless it exits with 0. */
export async function runConfined(command: string, work: string, environment: Environment): Promise<void> {
  const reply = await ask({ command, work, environment });
  if ("error" in reply) {
    throw new Error(reply.error);
  }
}

/** Lets a row's program make its calls. */
export async function callConfined(row: string, work: string, environment: Environment): Promise<Faults> {
  const reply = await ask({ row, work, environment });
  if ("faults" in reply) {
    return reply.faults;
  }
  throw new Error("error" in reply ? reply.error : "no faults came back");
}

export function endConfined(): void {
  child?.disconnect();
  child = undefined;
}

function ask(job: Job): Promise<Reply> {
  child ??= startWorker();
  const number = ++jobs;
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject });
    child?.send({ number, ...job });
  });
}

function startWorker(): ChildProcess {
  // Root may make a namespace; others may where it comes with one of users.
  const mayBe = process.getuid?.() === 0 ? ["--net"] : ["--map-root-user", "--net"];
  const script = 'ip link set lo up && exec "$@"';
  const started = fork(worker, [], {
    execPath: "unshare",
    execArgv: [...mayBe, "bash", "-euc", script, "confined", process.execPath, ...process.execArgv],
  });
  started.on("message", (reply: Reply) => {
    waiting.get(reply.job)?.resolve(reply);
    waiting.delete(reply.job);
  });
  started.on("exit", (code) => {
    for (const { reject } of waiting.values()) {
      reject(new Error(`What runs the programs without a network ended with ${code}.`));
    }
    waiting.clear();
  });
  return started;
}
