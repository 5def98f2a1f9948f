/** Asks until the policy says that it is over, and turns the outcome of a failed call into its error. */
import { onAbort } from "./abort.js";
import type { Call } from "./call.js";
import { clock, exchange, type Outcome } from "./exchange.js";
import type { CheckedOptions } from "./options.js";
import { nextTry } from "./policy.js";

export async function ask(call: Call, options: CheckedOptions): Promise<Outcome> {
  const busyUntil = clock() + options.busyTimeout;
  let deadline = clock() + call.timeout;
  let retries = 0;
  let busyRetries = 0;
  for (;;) {
    const outcome = await exchange(call, options, deadline);
    const now = clock();
    const tried = { retries, busyRetries, maxRetries: options.maxRetries };
    const left = { timeLeft: deadline - now, busyTimeLeft: busyUntil - now };
    const retry = nextTry(outcome, { ...tried, ...left }, Math.random());
    if (!retry) {
      return outcome;
    }
    if (retry.reason === "busy") {
      busyRetries++;
      deadline = now + retry.wait + call.timeout;
    } else {
      retries++;
    }
    if (await isAbortedWithin(retry.wait, call.signal)) {
      return { kind: "stopped", timedOut: false, sent: false, status: undefined };
    }
  }
}

function isAbortedWithin(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (aborted: boolean) => {
      clearTimeout(timer);
      stopListening();
      resolve(aborted);
    };
    const timer = setTimeout(end, milliseconds, false);
    const stopListening = onAbort(signal, () => end(true));
    if (signal?.aborted) {
      end(true);
    }
  });
}
