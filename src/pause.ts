import { onAbort } from "./abort.js";
import { MAX_DURATION } from "./checks.js";
import type { Signal } from "./options.js";

/** Ends early when the signal aborts. */
export async function pause(milliseconds: number, signal: Signal | undefined): Promise<void> {
  if (signal?.aborted) {
    return;
  }
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stopListening();
      resolve();
    };
    const timer = setTimeout(end, Math.min(milliseconds, MAX_DURATION));
    const stopListening = onAbort(signal, end);
  });
}
