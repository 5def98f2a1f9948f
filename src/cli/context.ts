/** What every command works with: a client, the arguments, and where to speak. */
import type { Readable, Writable } from "node:stream";
import {
  type BackupClient,
  type BackupClientOptions,
  type Credentials,
  createBackupClient,
  credentialsFromEnv,
  type RetryNotice,
} from "../index.js";
import { wordsOf } from "../text.js";
import type { Arguments } from "./arguments.js";
import type { Interrupt } from "./interrupt.js";
import type { Outcome } from "./outcome.js";
import type { Progress } from "./progress.js";
import { UsageError } from "./usage.js";
import { VARIABLE } from "./values.js";

/** What a run has of its process. */
export interface Host {
  env: NodeJS.ProcessEnv;
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { fd?: number };
  stderr: Writable & { fd?: number; isTTY?: boolean; columns?: number };
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface Context {
  args: Arguments;
  host: Pick<Host, "stdin">;
  /** The text of the file that `find` is given. */
  input?: string | undefined;
  backups: BackupClient;
  /** Sends each start once: `create` itself decides whether to send another. */
  starter: BackupClient;
  interrupt: Interrupt;
  progress: Progress;
}

/** Why something is asked again, in words. */
export const REASONS: Record<RetryNotice["reason"], string> = {
  throttled: "too many requests",
  unconnected: "no connection",
  busy: "the instance is busy",
  unanswered: "no good answer",
};

export function clientOf(
  args: Arguments,
  env: NodeJS.ProcessEnv,
  progress: Progress,
  /** Also a `fetch` instead of the platform's, for a dry run. */
  more: Pick<BackupClientOptions, "fetch" | "maxRetries"> = {},
): BackupClient {
  if (args.projectId === undefined) {
    throw new UsageError("--project-id: missing, and HUAWEICLOUD_SDK_PROJECT_ID is not set");
  }
  const options: BackupClientOptions = {
    region: args.region,
    projectId: args.projectId,
    endpoints: args.endpoints,
    credentials: more.fetch ? { token: "dry-run" } : readCredentials(env),
    onRetry: ({ operationId, reason }) =>
      progress.repeat(operationId + reason, `${operationId}: ${REASONS[reason]}; asks again`),
    ...more,
  };
  return createBackupClient(options);
}

/** From the environment alone: flags show in process lists and in the logs of pipelines. */
function readCredentials(env: NodeJS.ProcessEnv): Credentials {
  const token = env["HUAWEICLOUD_BACKUP_TOKEN"];
  const keys = ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "CLOUD_SDK_AK", "CLOUD_SDK_SK"].filter((name) => env[name]);
  if (token && keys.length > 0) {
    throw new UsageError(`HUAWEICLOUD_BACKUP_TOKEN: is set, and so is ${keys[0]}; unset one of them`);
  }
  for (const name of ["HUAWEICLOUD_BACKUP_TOKEN", "HUAWEICLOUD_SDK_SECURITY_TOKEN", ...keys]) {
    const value = env[name] ?? "";
    if (/[\r\n]$/.test(value)) {
      throw new UsageError(`${name}: ends in a line break, which is no part of it`);
    }
    // Docker's --env-file keeps them. A key is locked after five bad signatures.
    if (/^(["']).*\1$/.test(value)) {
      throw new UsageError(`${name}: stands in quotes, which are no part of it`);
    }
    if (value.search(VARIABLE) === 0) {
      throw new UsageError(`${name}: is the name of a variable, whose value should be there`);
    }
  }
  if (token) {
    return { token };
  }
  try {
    return credentialsFromEnv(env);
  } catch (error) {
    throw new UsageError(`${wordsOf(error)}; a token goes into HUAWEICLOUD_BACKUP_TOKEN`);
  }
}

/** A signal that came meanwhile is how the run ends, whatever else went wrong with it. */
export function orInterrupted({ interrupt }: Context, outcome: Outcome): Outcome {
  const { signal } = interrupt;
  const isEnd = ["completed", "failed", "gone"].includes(outcome.outcome);
  return signal === undefined || isEnd ? outcome : { ...outcome, outcome: "interrupted", signal };
}
