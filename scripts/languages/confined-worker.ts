/** Started by `confined.ts`, where nothing but loopback can be reached: does one job for each message, several at a time. */
import { makeCalls } from "./calls.ts";
import type { Done, Job, Reply } from "./confined.ts";
import { rows } from "./rows.ts";
import { run } from "./shell.ts";

process.on("message", async (job: Job & { number: number }) => {
  const done = await work(job).catch((error: Error): Done => ({ error: error.message }));
  process.send?.({ ...done, job: job.number } satisfies Reply);
});

async function work(job: Job): Promise<Done> {
  if ("command" in job) {
    return { ended: await run(job.command, job.work, job.environment) };
  }
  const row = rows.find(({ name }) => name === job.row);
  if (!row) {
    throw new Error(`No such row: ${job.row}`);
  }
  return { faults: await makeCalls(row, job.work, job.environment) };
}
