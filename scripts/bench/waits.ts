/**
 * Starts so many backups and waits for all of them at once, on one client. Takes the service's URL, how many, and the interval in ms. Run
 * with --expose-gc. Prints what it took.
 */
import { createBackupClient, waitForCopyInstance } from "huaweicloud-backup";
import { PROJECT_ID, TEST_KEY } from "../lib/test-account.ts";
import { heapInUse } from "./heap-in-use.ts";
import { instanceId } from "./waits-account.ts";

/** What one run took. CPU times are in ms, sizes in bytes. */
export interface WaitFigures {
  finished: number;
  requests: number;
  cpuPerLook: number;
  /** Of the same call by itself, without a wait around it. */
  cpuPerCall: number;
  heapPerWait: number;
  heapLeft: number;
  /** The largest part of all waits that asked within the same hundredth of an interval, first looks aside. */
  busiest: number;
}

/** The same look without a wait around it, to compare with. */
const CALLS = 200;
const ALONE = "instance-alone";

const [url = "", count = "", milliseconds = ""] = process.argv.slice(2);
const waits = Number(count);
const interval = Number(milliseconds);
const backups = createBackupClient({ projectId: PROJECT_ID, credentials: TEST_KEY, endpoints: { dcs: url } });

const asked: number[] = [];
const { fetch } = globalThis;
globalThis.fetch = (...args) => {
  asked.push(performance.now());
  return fetch(...args);
};

await backups.copyInstance(ALONE);
const call = async () => {
  for (let calls = 0; calls < CALLS; calls++) {
    await backups.listBackupRecords(ALONE, { offset: 0, limit: 100 });
  }
};
await call();
const cpuPerCall = (await cpuOf(call)) / CALLS;
const answers = await start();
// The first looks come all at once, and `fetch` keeps what it made for so many connections.
await Promise.all(answers.map(() => backups.listBackupRecords(ALONE, { offset: 0, limit: 100 })));
const before = await heapInUse();
asked.length = 0;
let whileWaiting = before;
let cpuOfCollections = 0;
const cpuOfAll = await cpuOf(async () => {
  const all = Promise.all(
    answers.map(({ id, answer }) => waitForCopyInstance(backups, id, answer, { interval, timeout: 100 * interval })),
  );
  await new Promise((resolve) => setTimeout(resolve, 2.5 * interval));
  cpuOfCollections = await cpuOf(async () => {
    whileWaiting = await heapInUse();
  });
  await all;
});
const figures: WaitFigures = {
  finished: answers.length,
  requests: asked.length,
  cpuPerLook: (cpuOfAll - cpuOfCollections) / asked.length,
  cpuPerCall,
  heapPerWait: (whileWaiting - before) / waits,
  heapLeft: (await heapInUse()) - before,
  busiest: busiest() / waits,
};
console.log(JSON.stringify(figures));

/** One backup of each instance, a few at a time. */
async function start() {
  const ids = Array.from({ length: waits }, (_, index) => instanceId(index));
  const started: { id: string; answer: { backup_id: string } }[] = [];
  while (ids.length > 0) {
    const some = ids.splice(0, 20).map(async (id) => ({ id, answer: await backups.copyInstance(id) }));
    started.push(...(await Promise.all(some)));
  }
  return started;
}

/** In ms. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** How many asked in the busiest hundredth of an interval. */
function busiest(): number {
  const [first = 0] = asked;
  const slots = new Map<number, number>();
  for (const time of asked.filter((time) => time > first + interval / 2)) {
    const slot = Math.floor((time - first) / (interval / 100));
    slots.set(slot, (slots.get(slot) ?? 0) + 1);
  }
  return Math.max(...slots.values());
}
