/** One run of the conformance program: each check calls the package once, and notes what came of it. */
import { type BackupClient, type BackupClientOptions, isBackupError } from "huaweicloud-backup";
import type { Order } from "../stand-in/server.ts";

/** Makes a client of the stand-in. */
export type Create = (options?: Partial<BackupClientOptions>) => BackupClient;

/** What a start ends as that broke off. */
export const BROKEN = "NetworkError, a backup may exist";

export interface Outcome {
  check: string;
  /** The instance that the check backs up, by which the stand-in's requests are counted. */
  instanceId: string;
  /** How many requests may have arrived. */
  arrivals: number[];
  /** The connections on which they must have: one for all, or one for each. */
  connections: "shared" | "own" | undefined;
  /** It is about something that some runtimes do in their own way. */
  about: About | undefined;
  expected: string;
  /** What is right too, where the runtime does not tell what the client would have to know. */
  cautious: string | undefined;
  actual: string;
  isRight: boolean;
}

/**
 * A kept connection that breaks; a stream that the server refuses before it looks at it; a request that its GOAWAY says was not looked at;
 * a connection that is never made.
 */
export type About = "kept" | "refused stream" | "unprocessed" | "unconnected";

interface Expectation {
  /** What the stand-in is told before. */
  orders?: readonly Order[];
  arrivals?: number | number[];
  connections?: "shared" | "own";
  about?: About;
  cautious?: string;
}

export class Run {
  readonly outcomes: Outcome[] = [];
  readonly #orderUrl: string;

  constructor(orderUrl: string) {
    this.#orderUrl = orderUrl;
  }

  async check(
    check: string,
    expected: string | RegExp,
    call: (instanceId: string) => Promise<object>,
    { orders = [], arrivals = 1, connections, about, cautious }: Expectation = {},
  ): Promise<void> {
    const instanceId = `a89dab5e39394eccbdb77b19d57b${1000 + this.outcomes.length}in02`;
    await fetch(this.#orderUrl, { method: "POST", body: JSON.stringify(orders) });
    const actual = await call(instanceId).then(
      (answer) => ("backup_id" in answer ? "started" : "total_num" in answer ? "listed" : "neither"),
      (error: unknown) => describe(error),
    );
    const isRight = typeof expected === "string" ? actual === expected : expected.test(actual);
    this.outcomes.push({
      check,
      instanceId,
      arrivals: [arrivals].flat(),
      connections,
      about,
      cautious,
      actual,
      expected: String(expected),
      isRight: isRight || actual === cautious,
    });
  }
}

function describe(error: unknown): string {
  if (!isBackupError(error)) {
    return `${error}`;
  }
  const { status, errorCode, timedOut } = error as { status?: number; errorCode?: string; timedOut?: boolean };
  const what = [error.name, error.name === "ApiError" && status, errorCode].filter(Boolean).join(" ");
  return [what, error.backupMayExist && "a backup may exist", error.retryable && "retryable", timedOut && "timed out"]
    .filter(Boolean)
    .join(", ");
}
