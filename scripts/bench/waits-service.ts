/** The stand-in, whose backups run for as many ms as the first argument says; with "throttle", a tenth of the looks gets a 429. Prints its URL. */
import { startStandIn } from "../stand-in/server.ts";

const [duration, throttle] = process.argv.slice(2);
const standIn = await startStandIn({ settings: { duration: Number(duration) } });
if (throttle === "throttle") {
  let ordered = 0;
  setInterval(() => {
    const looks = standIn.received.filter(({ method }) => method === "GET").length;
    for (; ordered < Math.floor(looks / 10); ordered++) {
      standIn.next({ code: 429, call: "ListBackupRecords", headers: { "retry-after": "1" } });
    }
  }, 20);
}
console.log(standIn.url);
