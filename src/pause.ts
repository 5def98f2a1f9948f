import { onAbort } from "./abort.js";
import { timerTime } from "./checks.js";
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
    const timer = setTimeout(end, timerTime(milliseconds));
    const stopListening = onAbort(signal, end);
  });
}
