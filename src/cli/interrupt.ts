/** Signals: the first one stops the waiting, the second one the process. */
import type { Host } from "./context.js";
import { codeOfSignal } from "./outcome.js";
import type { Progress } from "./progress.js";

/** How long the answer to a start may still take after a signal, in ms: without it nobody would know whether there is a backup. */
const GRACE = 3_000;
/** How long the document may still take after a second one, in ms: a reader may take nothing of it. */
const LAST_WORDS = 500;

const SIGNALS: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"];

export interface Interrupt {
  /** The first signal that came. */
  readonly signal: NodeJS.Signals | undefined;
  /** Aborts with the first signal: for looks, waits and pauses. */
  readonly reads: AbortSignal;
  /** Aborts a little later, or with the second signal: for a start that is under way. */
  readonly starts: AbortSignal;
}

export function listenForSignals(progress: Pick<Progress, "say" | "end">, host: Pick<Host, "on">): Interrupt {
  const reads = new AbortController();
  const starts = new AbortController();
  let first: NodeJS.Signals | undefined;
  const endWithin = (milliseconds: number, signal: NodeJS.Signals) => {
    starts.abort(signal);
    setTimeout(() => {
      progress.end();
      process.exit(codeOfSignal(signal));
    }, milliseconds).unref();
  };
  for (const name of SIGNALS) {
    host.on(name, () => {
      if (first !== undefined) {
        // A terminal that is closed sends two at once, and the document has to tell of the start all the same.
        endWithin(LAST_WORDS, first);
        return;
      }
      first = name;
      progress.say(`${name}: stops here; a backup that was started goes on. Send it again to end at once.`);
      reads.abort(name);
      setTimeout(endWithin, GRACE, GRACE, name).unref();
    });
  }
  return {
    get signal() {
      return first;
    },
    reads: reads.signal,
    starts: starts.signal,
  };
}
