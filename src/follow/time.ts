/** How long looks may take, and how long the pauses between them are. */
import { onAbort } from "../abort.js";
import { afterReads } from "../after-reads.js";
import { MAX_DURATION, timerTime } from "../checks.js";
import type { Signal } from "../options.js";

/** In ms. A new backup may be missing in the list for so long. */
export const MAX_LIST_LAG = 60_000;

/** In ms. When the time is over, the last look may take this long. */
export const LAST_LOOK = 2_000;

/** Give or take a tenth, so that many who began together do not go on asking together. */
export function about(interval: number): number {
  return interval * (0.9 + Math.random() * 0.2);
}

/** How something that was given only so much time came out. `stopped`: the time was over, or the signal aborted. */
export type Timed<T> = { kind: "done"; value: T } | { kind: "failed"; error: unknown } | { kind: "stopped" };

/** Ends at once when the time is over or the signal aborts, also where `run` does not heed the signal that it gets. */
export async function within<T>(
  milliseconds: number,
  signal: Signal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<Timed<T>> {
  if (signal?.aborted) {
    return { kind: "stopped" };
  }
  const controller = new AbortController();
  return new Promise((resolve) => {
    const end = (outcome: Timed<T>) => {
      clearTimeout(timer);
      stopListening();
      resolve(outcome);
    };
    const stop = () => {
      controller.abort(signal?.reason);
      end({ kind: "stopped" });
    };
    const timer = milliseconds > MAX_DURATION ? undefined : setTimeout(() => afterReads(stop), timerTime(milliseconds));
    const stopListening = onAbort(signal, stop);
    run(controller.signal).then(
      (value) => end({ kind: "done", value }),
      (error: unknown) => end({ kind: "failed", error }),
    );
  });
}
