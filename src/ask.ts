/** Asks until the policy says that it is over. */
import type { Answer } from "./answer.js";
import { type Call, isRead } from "./call.js";
import { clock } from "./clock.js";
import { exchange, type Outcome } from "./exchange.js";
import type { CheckedOptions } from "./options.js";
import { pause } from "./pause.js";
import { nextTry, type Retry } from "./policy.js";
import { errorOf } from "./report.js";

/** How a call ended. `refusal` is the last answer after which the call was asked again. */
export interface Ending {
  outcome: Outcome;
  refusal?: Answer | undefined;
}

export async function ask(call: Call, options: CheckedOptions): Promise<Ending> {
  const { maxRetries } = options;
  const began = clock();
  const busyUntil = began + options.busyTimeout;
  let deadline = began + call.timeout;
  let retries = 0;
  let busyRetries = 0;
  let refusal: Answer | undefined;
  for (;;) {
    const outcome = await exchange(call, options, deadline);
    const now = clock();
    const timeLeft = deadline - now;
    const busyTimeLeft = busyUntil - now;
    const tried = { retries, maxRetries, timeLeft, busyRetries, busyTimeLeft, isRead: isRead(call) };
    const retry = nextTry(outcome, tried, Math.random());
    if (!retry) {
      return { outcome, refusal };
    }
    if (retry.reason === "busy") {
      busyRetries++;
      retries = 0;
      deadline = now + retry.wait + call.timeout;
    } else {
      retries++;
    }
    refusal = outcome.kind === "answer" ? outcome : refusal;
    tell(call, options, retry, outcome);
    await pause(retry.wait, call.signal);
  }
}

/** What a hook throws, at once or later, must not end a call or the process. */
async function tell(call: Call, { onRetry }: CheckedOptions, { reason, wait }: Retry, outcome: Outcome): Promise<void> {
  try {
    await onRetry?.({ operationId: call.operationId, reason, wait, error: errorOf(call, { outcome }) });
  } catch {}
}
