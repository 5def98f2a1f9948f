/** The options of waits and of `findBackup`, and their checks. */
import { checkDuration, checkObject } from "../checks.js";
import type { BackupError } from "../errors.js";
import { checkSignal, type Signal } from "../options.js";

/** What `onProgress` gets after a look that did not end the wait. */
export interface WaitProgress<Item> {
  /** `unlisted`: not in the list yet. A state that this version does not know is `running`; `record` shows it. */
  state: "unlisted" | "waiting" | "running";
  /** From 0 to 100, where the service tells. On DDS its job tells, so the answer's `job_id` is needed. */
  percent?: number;
  /** How long the wait has lasted, in ms. */
  elapsed: number;
  /** The backup as it last stood in the list. */
  record?: Item;
  /** Why the look failed. The next one may not. */
  error?: BackupError;
}

/** What each wait takes. */
export interface WaitOptions<Item> {
  /** Ends the wait at once. The backup goes on. */
  signal?: Signal | null | undefined;
  /**
   * How long to wait, in ms. `Infinity` is allowed; 0 looks once.
   * @default 3_600_000
   */
  timeout?: number | undefined;
  /**
   * How long to pause between two looks, in ms, give or take a tenth. At least 1,000, but on a loopback host.
   * @default 10_000
   */
  interval?: number | undefined;
  /** Called after every look that does not end the wait. What it throws is ignored. */
  onProgress?: ((progress: WaitProgress<Item>) => void) | undefined;
}

/** What `findBackup` takes. */
export interface FindOptions {
  /** Ends the search at once. */
  signal?: Signal | null | undefined;
  /**
   * How long after the start was sent a backup may still turn up, in ms. Until then the list is read again where nothing was found in it.
   * The gateway gives up after 30,000; the rest is for a service that works on after that.
   * @default 90_000
   */
  settle?: number | undefined;
  /**
   * How long to pause between two looks, in ms, give or take a tenth. At least 1,000, but on a loopback host.
   * @default 5_000
   */
  interval?: number | undefined;
}

const HOUR = 3_600_000;

export interface WaitSettings<Item> {
  signal: Signal | undefined;
  timeout: number;
  interval: number;
  onProgress: ((progress: WaitProgress<Item>) => unknown) | undefined;
}

/** The compiler wants each option here, and so all of them are known. */
const WAIT_OPTIONS: Record<keyof WaitOptions<unknown>, true> = {
  signal: true,
  timeout: true,
  interval: true,
  onProgress: true,
};
const FIND_OPTIONS: Record<keyof FindOptions, true> = { signal: true, settle: true, interval: true };

export function checkWaitOptions<Item>(options: WaitOptions<Item>, isLoopback: boolean): WaitSettings<Item> {
  checkObject(options, Object.keys(WAIT_OPTIONS), "options: must be an object such as { timeout, onProgress }");
  const { signal, timeout = HOUR, interval = 10_000, onProgress } = options;
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new TypeError("onProgress: must be a function");
  }
  return {
    signal: checkSignal(signal),
    timeout: timeout === Number.POSITIVE_INFINITY ? timeout : checkDuration("timeout", timeout, 0),
    interval: checkInterval(interval, isLoopback),
    onProgress,
  };
}

interface FindSettings {
  signal: Signal | undefined;
  settle: number;
  interval: number;
}

export function checkFindOptions(options: FindOptions, isLoopback: boolean): FindSettings {
  checkObject(options, Object.keys(FIND_OPTIONS), "options: must be an object such as { settle, signal }");
  const { signal, settle = 90_000, interval = 5_000 } = options;
  return {
    signal: checkSignal(signal),
    settle: checkDuration("settle", settle, 0),
    interval: checkInterval(interval, isLoopback),
  };
}

function checkInterval(interval: unknown, isLoopback: boolean): number {
  return checkDuration("interval", interval, isLoopback ? 1 : 1_000);
}
