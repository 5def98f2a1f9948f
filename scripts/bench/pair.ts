/**
 * Two contenders in one process, in slices of time that alternate, so that both meet the same noise. Arguments: URL, or one for each with a
 * comma between, unit, contender, calls in flight, pairs of slices, ms a slice. Prints each pair's ratios.
 */
import { type Call, type Contender, contenders } from "./contenders.ts";

const [urls = "", unit = "fetch", contender = "fetch", ...numbers] = process.argv.slice(2);
const [unitUrl = "", url = unitUrl] = urls.split(",");
const [inFlight = 1, pairs = 10, slice = 150] = numbers.map(Number);

const calls = [await contenders[unit as Contender](unitUrl), await contenders[contender as Contender](url)] as const;
for (const call of calls) {
  const { backup_id } = await call();
  if (!backup_id) {
    throw new Error("no backup_id");
  }
  await run(call);
}
const results: { rps: number; cpu: number }[] = [];
for (let pair = 0; pair < pairs; pair++) {
  const first = pair % 2 === 0 ? 0 : 1;
  const a = await run(calls[first]);
  const b = await run(calls[1 - first] as Call);
  const [ours, theirs] = first === 0 ? [b, a] : [a, b];
  results.push({ rps: ours.rps / theirs.rps, cpu: ours.cpu / theirs.cpu });
}
console.log(JSON.stringify(results));
process.exit();

/** Requests per second, and the process's CPU time for each. */
async function run(call: Call): Promise<{ rps: number; cpu: number }> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  let count = 0;
  const lane = async () => {
    while (performance.now() - start < slice) {
      await call();
      count++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const { user, system } = process.cpuUsage(cpu);
  return { rps: (count / (performance.now() - start)) * 1000, cpu: (user + system) / count };
}
