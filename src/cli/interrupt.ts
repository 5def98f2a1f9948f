/** Signals: the first one stops the waiting, the second one a start that is under way, the third one the process. */
import { codeOfSignal } from "./outcome.js";
import type { Progress } from "./progress.js";

/** How long the answer to a start may still take after a signal, in ms: without it nobody would know whether there is a backup. */
const GRACE = 3_000;

const SIGNALS: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"];

export interface Interrupt {
  /** The first signal that came. */
  readonly signal: NodeJS.Signals | undefined;
  /** Aborts with the first signal: for looks, waits and pauses. */
  readonly reads: AbortSignal;
  /** Aborts a little later, or with the second signal: for a start that is under way. */
  readonly starts: AbortSignal;
}

export function listenForSignals(progress: Pick<Progress, "say" | "end">): Interrupt {
  const reads = new AbortController();
  const starts = new AbortController();
  let first: NodeJS.Signals | undefined;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (first === undefined) {
        first = name;
        progress.say(`${name}: stops here; a backup that was started goes on. Send it again to end at once.`);
        reads.abort(name);
        setTimeout(() => {
          starts.abort(name);
          // All has come to its end by then, but for a reader that takes nothing of what is said.
          setTimeout(() => process.exit(codeOfSignal(name)), GRACE).unref();
        }, GRACE).unref();
      } else if (!starts.signal.aborted) {
        // A terminal that is closed sends two at once, and the document has to tell of the start all the same.
        starts.abort(first);
      } else {
        progress.end();
        process.exit(codeOfSignal(first));
      }
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
