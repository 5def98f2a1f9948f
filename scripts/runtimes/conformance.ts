/**
 * What every runtime must do alike: a program of nothing but the package, `fetch` and timers. It runs as it is on Node, Bun and Deno, and
 * bundled in a Worker and on a page.
 */
import { type BackupClientOptions, createBackupClient } from "huaweicloud-backup";
import type { TEST_KEY } from "../lib/test-account.ts";
import { conformOverHttp2 } from "./conformance-http2.ts";
import { BROKEN, type Create, type Outcome, Run } from "./run.ts";

export interface Config {
  /** The stand-in, and what it speaks. */
  url: string;
  /** Where it is told what to do next, apart from the connections that are tried. */
  orderUrl: string;
  protocol: Protocol;
  key: typeof TEST_KEY;
  token: string;
  projectId: string;
  /** Where nothing listens. */
  closedUrl: string;
}

export type Protocol = "http" | "https/1.1" | "https/h2";

/** @returns undefined where the runtime does not speak the protocol. */
export async function conform(config: Config): Promise<Outcome[] | undefined> {
  const create = (options: Partial<BackupClientOptions> = {}) =>
    createBackupClient({
      projectId: config.projectId,
      credentials: config.key,
      endpoints: { dcs: config.url, dds: config.url },
      maxRetries: 0,
      ...options,
    });
  const isSpoken = async () =>
    (await create()
      .listBackups()
      .catch(() => undefined)) !== undefined;
  if (config.protocol === "https/h2" && !(await isSpoken())) {
    return undefined;
  }
  const run = new Run(config.orderUrl);
  await checkCalls(run, config, create);
  await checkFailures(run, config, create);
  await checkConnections(run, config, create);
  if (config.protocol === "https/h2") {
    await conformOverHttp2(run, create);
  }
  return run.outcomes;
}

async function checkCalls(run: Run, { token }: Config, create: Create): Promise<void> {
  const body = (instance_id: string, name: string) => ({ backup: { instance_id, name } });
  const { fetch } = globalThis;

  await run.check("copyInstance, signed", "started", (id) => create().copyInstance(id, { remark: "升级之前" }));
  await run.check("copyInstanceV1, signed", "started", (id) => create().copyInstanceV1(id, {}));
  await run.check("createManualBackup, signed", "started", (id) => create().createManualBackup(body(id, "mybackup1")));
  await run.check("a signature with a scope", "started", (id) => create({ signing: "scoped" }).copyInstance(id));
  await run.check("a token", "started", (id) => create({ credentials: { token } }).copyInstance(id));
  await run.check("a fetch that is given", "started", (id) => create({ fetch }).copyInstance(id));
  await run.check("a list, signed", "listed", (id) => create().listBackupRecords(id, { begin_time: "20261122000000" }));
  await run.check("a refused body", "ApiError 400 DBS.280277", (id) => create().createManualBackup(body(id, "my")));
  await run.check("five calls at once", "started", (id) => atOnce(5, () => create().copyInstance(id)), { arrivals: 5 });
}

async function checkFailures(run: Run, { protocol, closedUrl }: Config, create: Create): Promise<void> {
  const start = (id: string) => create().copyInstance(id);

  const late = "ApiError 504 APIGW.0201, a backup may exist";
  await run.check("an answer of 504", late, start, { orders: [{ code: 504 }] });
  // `fetch` asks once more by itself: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch. Over HTTP/2, Node 26 has lost the body by
  // then, and tells nothing of the 421.
  await run.check("an answer of 421", /^ApiError 421 /, start, {
    orders: [{ code: 421 }, { code: 421 }],
    arrivals: [1, 2],
    ...(protocol === "https/h2" && { cautious: BROKEN }),
  });
  await run.check("429, then asked again", "started", (id) => create({ maxRetries: 2 }).copyInstance(id), {
    orders: [{ code: 429, headers: { "retry-after": "0" } }],
    arrivals: 2,
  });
  const page = "InvalidResponseError, a backup may exist";
  await run.check("a login page", page, start, { orders: [{ misbehave: "html" }] });
  await run.check("half an answer", BROKEN, start, { orders: [{ misbehave: "half" }] });
  await run.check("a redirect", BROKEN, start, { orders: [{ misbehave: "redirect" }] });
  // Right after a call that worked, so that its connection is kept and used again.
  for (const misbehave of ["reset", "close"] as const) {
    await create().copyInstance("keeps-the-connection");
    const call = (id: string) => create({ maxRetries: 2 }).copyInstance(id);
    await run.check(`a kept connection, ${misbehave}`, BROKEN, call, { orders: [{ misbehave }], about: "kept" });
  }
  const hurried = (id: string) => create({ timeout: 200 }).copyInstance(id);
  await run.check("a timeout", `${BROKEN}, timed out`, hurried, { orders: [{ misbehave: "hang" }] });
  await run.check("a timeout in the body", `${BROKEN}, timed out`, hurried, { orders: [{ misbehave: "stall" }] });
  const aborted = (signal: AbortSignal) => (id: string) => create().copyInstance(id, {}, { signal });
  await run.check("an abort", BROKEN, (id) => aborted(AbortSignal.timeout(200))(id), {
    orders: [{ misbehave: "hang" }],
  });
  await run.check("aborted before", "NetworkError, retryable", aborted(AbortSignal.abort()), { arrivals: 0 });
  // By design of `fetch`, a page is not told this from a broken connection.
  const nowhere = create({ endpoints: { dcs: closedUrl } });
  const unsure = { arrivals: 0, cautious: BROKEN, about: "unconnected" } as const;
  await run.check("no connection", "NetworkError, retryable", (id) => nowhere.copyInstance(id), unsure);
}

async function checkConnections(run: Run, { protocol }: Config, create: Create): Promise<void> {
  for (const keepAlive of [false, true]) {
    const call = (id: string) => inTurn(3, () => create({ keepAlive }).copyInstance(id));
    // Over HTTP/2 most runtimes have one connection for all requests, whatever they are told.
    const own = protocol === "https/h2" ? {} : ({ connections: "own" } as const);
    const check = `three calls with keepAlive: ${keepAlive}`;
    await run.check(check, "started", call, { arrivals: 3, ...(keepAlive ? { connections: "shared" } : own) });
  }
}

async function atOnce<Answer>(count: number, call: () => Promise<Answer>): Promise<Answer> {
  const answers = await Promise.all(Array.from({ length: count }, call));
  return answers[0] as Answer;
}

async function inTurn<Answer>(count: number, call: () => Promise<Answer>): Promise<Answer> {
  const answers = [await call()];
  while (answers.length < count) {
    answers.push(await call());
  }
  return answers[0] as Answer;
}
