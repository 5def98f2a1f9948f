/**
 * The stand-in, whose backups run for as many ms as the first argument says. Its clock stands still until the first wait looks, so that all
 * backups begin together, however long the starts took. With "throttle", a tenth of the looks gets a 429. Prints its URL.
 */
import { startStandIn } from "../stand-in/server.ts";
import { FIRST_INSTANCE } from "./waits-account.ts";

const [duration, throttle] = process.argv.slice(2);
const start = Date.now();
let begun: number | undefined;
let read = 0;
let looks = 0;

const standIn = await startStandIn({ settings: { duration: Number(duration) }, now });

/** Also counts the looks among the requests that have arrived since it was last asked. */
function now(): number {
  for (const { method, target } of standIn.received.slice(read)) {
    read++;
    if (method === "GET") {
      begun ??= target.includes(`/${FIRST_INSTANCE}/`) ? Date.now() : undefined;
      looks += begun === undefined ? 0 : 1;
    }
  }
  return start + (begun === undefined ? 0 : Date.now() - begun);
}

if (throttle === "throttle") {
  let ordered = 0;
  setInterval(() => {
    now();
    for (; ordered < Math.floor(looks / 10); ordered++) {
      standIn.next({ code: 429, call: "ListBackupRecords", headers: { "retry-after": "1" } });
    }
  }, 20);
}
console.log(standIn.url);
