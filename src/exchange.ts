/** One signed request within its limits. Whatever comes of it is an outcome; nothing is thrown. */
import { onAbort } from "./abort.js";
import { afterReads } from "./after-reads.js";
import { type Answer, AnswerReader, tellsOfBackup, toHeaders } from "./answer.js";
import type { Call } from "./call.js";
import { timerTime } from "./checks.js";
import { clock, moment } from "./clock.js";
import { expectedOf } from "./expected.js";
import { hasNoReason, type Stage, stageOf } from "./failures.js";
import { type CheckedOptions, safeNow } from "./options.js";
import { RequestWatch } from "./request-watch.js";
import { send } from "./send.js";
import { signedHeaders } from "./sign.js";
import { isRedirect, isSuccess } from "./status.js";

/** Fake timers, which a user's test puts in its place later, may stand still. */
const { setTimeout: realTimeout } = globalThis;

export type Outcome =
  | Answer
  /** An answer that is never read: a redirect, or a status that HTTP does not know. */
  | { kind: "strange"; status: number; redirected: boolean; location: string | null }
  /** `fetch` failed. `status` is what had come of an answer before that. */
  | { kind: "broken"; error: unknown; stage: Stage; status: number | undefined }
  /** The time ran out, or the caller's signal aborted. */
  | { kind: "stopped"; timedOut: boolean; sent: boolean; status: number | undefined; toldOfBackup: boolean }
  /** Nothing was sent, for want of credentials, of a time to sign with or of a `fetch`. The error is told as it is. */
  | { kind: "unready"; error: unknown };

export function exchange(call: Call, options: CheckedOptions, deadline: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const { signal } = controller;
    const progress = new Progress(call, options, signal);
    let hasEnded = false;
    const end = (outcome: Outcome) => {
      hasEnded = true;
      clearTimeout(timer);
      stopListening();
      progress.end();
      resolve(outcome);
    };
    // Ends the call even where a given `fetch` or credentials function does not heed the signal. A `fetch` that does has failed by then.
    // The time and the signal may end together, and `end` must come once.
    const stop = (timedOut: boolean) => {
      if (!signal.aborted && !hasEnded) {
        controller.abort();
        realTimeout(() => end(progress.stopped(timedOut)));
      }
    };
    // What has not left by then shall not leave any more.
    const runOut = () => (progress.hasLeft ? afterReads(() => stop(true)) : stop(true));
    const timer = setTimeout(runOut, timerTime(deadline - clock()));
    const stopListening = onAbort(call.signal, () => stop(false));
    if (call.signal?.aborted) {
      stop(false);
    }
    const isOver = () => {
      // A timer is late where something held up the event loop.
      if (clock() >= deadline) {
        stop(true);
      }
      return signal.aborted;
    };
    request(call, options, progress, isOver).then((outcome) => {
      if (!signal.aborted) {
        end(outcome);
      }
    });
  });
}

/** Its outcome counts only until the time is over: by then `exchange` has told another. */
async function request(
  call: Call,
  options: CheckedOptions,
  progress: Progress,
  isOver: () => boolean,
): Promise<Outcome> {
  try {
    if (isOver()) {
      return progress.stopped(false);
    }
    const headers = await signedHeaders(call, options);
    if (isOver()) {
      return progress.stopped(false);
    }
    const fetch = options.fetch ?? globalThis.fetch;
    if (typeof fetch !== "function") {
      throw new TypeError("fetch: there is none on this platform, and none was given");
    }
    progress.begin();
    const response = await send(call, headers, options, fetch, progress.signal);
    const { status, type, url } = response;
    // A `fetch` that follows a redirect all the same shows another request's answer: the call's own may have started a backup. One that is
    // made of `XMLHttpRequest`, as React Native's is, shows it by the URL alone.
    const isFollowed = response.redirected ?? (url || call.url).split("?")[0] !== call.url.split("?")[0];
    if (!isFollowed) {
      progress.status = status;
    }
    const redirected = type === "opaqueredirect" || isFollowed || isRedirect(status);
    if (redirected || !(status >= 200 && status <= 599)) {
      Promise.resolve(response.body?.cancel?.()).catch(() => {});
      const location = isFollowed ? url : toHeaders(response).get("location");
      return { kind: "strange", status, redirected, location };
    }
    return await progress.receive(response).read();
  } catch (error) {
    return progress.failed(error);
  }
}

/** How far a request has come. */
class Progress {
  /** Ends the request. */
  readonly signal: AbortSignal;
  status: number | undefined;
  reader: AnswerReader | undefined;
  readonly #call: Call;
  readonly #options: CheckedOptions;
  #watch: RequestWatch | undefined;
  /** `fetch` has failed for good, so nothing will be sent any more. */
  #isGivenUp = false;

  constructor(call: Call, options: CheckedOptions, signal: AbortSignal) {
    this.#call = call;
    this.#options = options;
    this.signal = signal;
  }

  begin(): void {
    this.#call.leftAt = moment();
    this.#watch = new RequestWatch(this.#call.url);
  }

  receive(response: Response): AnswerReader {
    this.reader = new AnswerReader(response, expectedOf[this.#call.operationId], safeNow(this.#options));
    return this.reader;
  }

  end(): void {
    this.#watch?.end();
  }

  /** So far as somebody tells: before an answer, undici alone does. */
  get hasLeft(): boolean {
    return this.status !== undefined || this.#watch?.saw("left") === true;
  }

  /**
   * Certainly: `fetch` was not called, or undici took the request up and has given it up, and no head has left. A given `fetch` may send in a
   * way of which undici does not tell, and later than it fails.
   */
  get #isStillHere(): boolean {
    const watch = this.#watch;
    return !watch || (!this.#options.fetch && this.#isGivenUp && watch.saw("taken") && !this.hasLeft);
  }

  stopped(timedOut: boolean): Outcome {
    const { status, reader } = this;
    // Any status but success has said enough, even where its body never ends.
    if (timedOut && reader && status !== undefined && !isSuccess(status)) {
      return reader.soFar();
    }
    const toldOfBackup = reader !== undefined && tellsOfBackup(reader.soFar());
    return { kind: "stopped", timedOut, sent: !this.#isStillHere, status, toldOfBackup };
  }

  failed(error: unknown): Outcome {
    const watch = this.#watch;
    // A wrapper around the global `fetch` may fail by itself while the request behind it goes on. Our own abort it can only pass on.
    this.#isGivenUp = watch?.saw("failed") || (this.signal.aborted && error === this.signal.reason);
    const { status, hasLeft } = this;
    if (!status && watch?.saw("hidden") && hasNoReason(error)) {
      return this.receive(new Response(null, { status: 407 })).soFar();
    }
    if (!watch || (isOfFramework(error) && !hasLeft)) {
      return { kind: "unready", error };
    }
    const isOwn = (failure: object) => watch.failedWith(failure);
    const stage = hasLeft ? "unknown" : stageOf(error, watch.url, { isStillHere: this.#isStillHere, isOwn });
    return { kind: "broken", error, stage, status };
  }
}

/** Frameworks throw such errors to steer themselves: https://nextjs.org/docs/messages/dynamic-server-error. */
function isOfFramework(error: unknown): boolean {
  try {
    return error instanceof Error && typeof (error as { digest?: unknown }).digest === "string";
  } catch {
    return false;
  }
}
