/**
 * What every runtime must do alike: a program of nothing but the package, `fetch` and timers. It runs as it is on Node, Bun and Deno, and
 * bundled in a Worker and on a page.
 */
import { type BackupClientOptions, createBackupClient, isBackupError } from "huaweicloud-backup";
import type { Wish } from "../stand-in/server.ts";

export interface Config {
  /** The stand-in, and where it is told what to do next. */
  url: string;
  nextUrl: string;
  projectId: string;
  key: { accessKeyId: string; secretAccessKey: string };
  token: string;
  /** Where nothing listens. */
  closedUrl: string;
}

export interface Outcome {
  check: string;
  /** The instance that the check backs up, by which the stand-in's requests are counted. */
  instanceId: string;
  /** How many requests must have arrived. */
  arrivals: number;
  /** It is about a connection that was kept from the call before. */
  kept: boolean;
  expected: string;
  /** What is right too, where the runtime does not tell what the client would have to know. */
  cautious: string | undefined;
  actual: string;
}

export async function conform(config: Config): Promise<Outcome[]> {
  const { key, token } = config;
  const body = (instance_id: string, name = "mybackup1") => ({ backup: { instance_id, name } });
  const create = (options: Partial<BackupClientOptions> = {}) =>
    createBackupClient({
      projectId: config.projectId,
      credentials: key,
      endpoints: { dcs: config.url, dds: config.url },
      maxRetries: 0,
      ...options,
    });
  const closed = { endpoints: { dcs: config.closedUrl } };
  const broken = "NetworkError, a backup may exist";
  const run = new Run(config);

  await run.check("copyInstance, signed", "started", (id) => create().copyInstance(id, { remark: "升级之前" }));
  await run.check("copyInstanceV1, signed", "started", (id) => create().copyInstanceV1(id, {}));
  await run.check("createManualBackup, signed", "started", (id) => create().createManualBackup(body(id)));
  await run.check("a signature with a scope", "started", (id) => create({ signing: "scoped" }).copyInstance(id));
  await run.check("a token", "started", (id) => create({ credentials: { token } }).copyInstance(id));
  const { fetch } = globalThis;
  await run.check("a fetch that is given", "started", (id) => create({ fetch }).copyInstance(id));
  await run.check("a refused body", "ApiError 400 DBS.280277", (id) => create().createManualBackup(body(id, "my")));
  await run.check(
    "an answer of 504",
    "ApiError 504 APIGW.0201, a backup may exist",
    (id) => create().copyInstance(id),
    {
      wish: { code: 504 },
    },
  );
  await run.check("429, then asked again", "started", (id) => create({ maxRetries: 2 }).copyInstance(id), {
    wish: { code: 429, headers: { "retry-after": "0" } },
    arrivals: 2,
  });
  await run.check("a login page", "InvalidResponseError, a backup may exist", (id) => create().copyInstance(id), {
    wish: { misbehave: "html" },
  });
  await run.check("half an answer", broken, (id) => create().copyInstance(id), { wish: { misbehave: "half" } });
  await run.check("a redirect", broken, (id) => create().copyInstance(id), { wish: { misbehave: "redirect" } });
  // Right after a call that worked, so that its connection is kept and used again.
  for (const misbehave of ["reset", "close"] as const) {
    await create().copyInstance("keeps-the-connection");
    const check = `a kept connection, ${misbehave}`;
    await run.check(check, broken, (id) => create({ maxRetries: 2 }).copyInstance(id), {
      wish: { misbehave },
      kept: true,
    });
  }
  await run.check("a timeout", `${broken}, timed out`, (id) => create({ timeout: 200 }).copyInstance(id), {
    wish: { misbehave: "hang" },
  });
  await run.check("a timeout in the body", `${broken}, timed out`, (id) => create({ timeout: 200 }).copyInstance(id), {
    wish: { misbehave: "stall" },
  });
  await run.check("an abort", broken, (id) => create().copyInstance(id, {}, { signal: AbortSignal.timeout(200) }), {
    wish: { misbehave: "hang" },
  });
  await run.check(
    "aborted before",
    "NetworkError, retryable",
    (id) => create().copyInstance(id, {}, { signal: AbortSignal.abort() }),
    { arrivals: 0 },
  );
  // By design of `fetch`, a page is not told this from a broken connection.
  const unsure = { arrivals: 0, cautious: broken };
  await run.check("no connection", "NetworkError, retryable", (id) => create(closed).copyInstance(id), unsure);
  return run.outcomes;
}

class Run {
  readonly outcomes: Outcome[] = [];
  readonly #config: Config;

  constructor(config: Config) {
    this.#config = config;
  }

  async check(
    check: string,
    expected: string,
    call: (instanceId: string) => Promise<{ backup_id: string }>,
    {
      wish,
      arrivals = 1,
      kept = false,
      cautious,
    }: { wish?: Wish; arrivals?: number; kept?: boolean; cautious?: string } = {},
  ): Promise<void> {
    const instanceId = `a89dab5e39394eccbdb77b19d57b${1000 + this.outcomes.length}in02`;
    if (wish) {
      await fetch(this.#config.nextUrl, { method: "POST", body: JSON.stringify(wish) });
    }
    const actual = await call(instanceId).then(
      ({ backup_id }) => (backup_id ? "started" : "no backup_id"),
      (error: unknown) => describe(error),
    );
    this.outcomes.push({ check, instanceId, arrivals, kept, expected, cautious, actual });
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
