/** What a signal ends, and what is told of it. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Arguments, readArguments } from "../src/cli/arguments.ts";
import { type Context, clientOf, orInterrupted } from "../src/cli/context.ts";
import { create } from "../src/cli/create.ts";
import { listenForSignals } from "../src/cli/interrupt.ts";
import { list } from "../src/cli/list.ts";
import { progressOn } from "../src/cli/progress.ts";
import { startOf } from "../src/cli/service.ts";
import { canSignal, contextOf, environmentOf, expectEnd, IDS, posts, run, start } from "./command.ts";
import { httpAnswer, rawServer, standInForTest, thrownBy, until } from "./support.ts";

describe.skipIf(!canSignal)("a signal", () => {
  const cases = [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const;

  test.each(cases)("%s during the wait stops it with %i, and the backup goes on", async (signal, code) => {
    const service = await standInForTest({ duration: 60_000 });
    const running = await start(["create", "dcs", IDS.dcs, "--interval", "60s"], environmentOf(service.url));
    await until(() => running.stderr().includes("waiting"));
    running.process.kill(signal);
    const ended = await running.ended;
    expectEnd(ended, code, { outcome: "interrupted", signal, backup_id: expect.any(String) });
    expect(ended.stderr).toMatch(/a backup that was started goes on/);
    expect(ended.stderr).toContain("It goes on at the service: wait on with huaweicloud-backup wait dcs");
  });

  test("during the start waits for its answer", async () => {
    const answer = httpAnswer("200 OK", '{"backup_id":"b-1"}');
    let open: Socket | undefined;
    const server = await rawServer((socket) => {
      open = socket;
    });
    const running = await start(["create", "dcs", IDS.dcs], environmentOf(server.url));
    await until(() => open !== undefined);
    running.process.kill("SIGTERM");
    await until(() => running.stderr().includes("SIGTERM: stops here"));
    open?.write(answer);
    const ended = await running.ended;
    expectEnd(ended, 143, { outcome: "interrupted", backup_id: "b-1" });
    expect(ended.stderr).toContain(`to wait for it: huaweicloud-backup wait dcs ${IDS.dcs} b-1\n`);
    expect(server.requests).toHaveLength(1);
  });

  test("during a start that is not answered gives the attempt, which find takes", async () => {
    const service = await standInForTest({ duration: 50 });
    service.next({ misbehave: "hang", startsAfter: 0 });
    const running = await start(["create", "dcs", IDS.dcs], environmentOf(service.url));
    await until(() => service.backups.length === 1);
    running.process.kill("SIGINT");
    const ended = await running.ended;
    const { attempt } = expectEnd(ended, 130, { outcome: "interrupted", error: { backupMayExist: true } });
    expect(attempt).toMatchObject({ operationId: "CopyInstance", instanceId: IDS.dcs });
    const found = await run(["find"], environmentOf(service.url), ended.stdout);
    expectEnd(found, 0, { outcome: "found", backup_id: service.backups[0]?.backupId });
    expect(found.stderr).not.toContain("To wait for it");
  });

  test("in the pause while the instance is busy lets no further start be sent", async () => {
    const service = await standInForTest();
    service.next({ code: 400, example: "DcsBackupRunning" });
    const args = ["create", "dcs", IDS.dcs, "--busy-timeout", "5m", "--interval", "60s"];
    const running = await start(args, environmentOf(service.url));
    await until(() => running.stderr().includes("busy: asks again"));
    running.process.kill("SIGTERM");
    const ended = await running.ended;
    expectEnd(ended, 143, { outcome: "interrupted", error: { errorCode: "DCS.4096", backupMayExist: false } });
    expect(posts(service)).toHaveLength(1);
  });

  test("during the look for its own backup behind a refusal lets no further start be sent", async () => {
    const service = await standInForTest();
    service.next({ code: 400, example: "DcsBackupRunning" }, { misbehave: "hang" });
    const args = ["create", "dcs", IDS.dcs, "--busy-timeout", "5m", "--interval", "20ms"];
    const running = await start(args, environmentOf(service.url));
    await until(() => service.received.length === 2);
    running.process.kill("SIGTERM");
    const ended = await running.ended;
    expectEnd(ended, 143, { outcome: "interrupted", error: { errorCode: "DCS.4096", backupMayExist: false } });
    expect(posts(service)).toHaveLength(1);
  });

  test("during the look for the key's backup lets no start be sent", async () => {
    const service = await standInForTest();
    service.next({ misbehave: "hang" });
    const running = await start(["create", "dcs", IDS.dcs, "--key", "k"], environmentOf(service.url));
    await until(() => service.received.length === 1);
    running.process.kill("SIGINT");
    const message = "Nothing was started, since the look for a backup of this key was cut off";
    expectEnd(await running.ended, 130, { outcome: "interrupted", error: { message, backupMayExist: false } });
    expect(posts(service)).toEqual([]);
  });

  test("while it looks for the backup of a taken name gives the attempt, which find takes", async () => {
    const service = await standInForTest();
    const args = ["create", "dds", IDS.dds, "--key", "k", "--no-wait"];
    const { backup_id } = expectEnd(await run(args, environmentOf(service.url)), 0, { outcome: "started" });
    service.next({ call: "ListBackups", code: 200 }, { call: "ListBackups", misbehave: "hang" });
    const running = await start(args, environmentOf(service.url));
    await until(() => posts(service).length === 2 && service.received.at(-1)?.method === "GET");
    running.process.kill("SIGTERM");
    const ended = await running.ended;
    // No list was read, so none can lack it.
    const message = expect.stringMatching(/^A backup of this key exists, but no look has found it: /);
    const attempt = { operationId: "CreateManualBackup" };
    expectEnd(ended, 143, { outcome: "interrupted", attempt, error: { message } });
    const found = await run(["find"], environmentOf(service.url), ended.stdout);
    expectEnd(found, 0, { outcome: "found", service: "dds", backup_id });
  });

  test("during the look for a start whose answer was lost gives the attempt, which find gives on at a signal", async () => {
    const service = await standInForTest();
    service.next({ code: 504 }, { call: "ListBackupRecords", misbehave: "hang" });
    const running = await start(["create", "dcs", IDS.dcs], environmentOf(service.url));
    await until(() => service.received.length === 2);
    running.process.kill("SIGTERM");
    const ended = await running.ended;
    const open = { outcome: "interrupted", attempt: { operationId: "CopyInstance", instanceId: IDS.dcs } };
    const { attempt } = expectEnd(ended, 143, { ...open, error: { status: 504, backupMayExist: true } });
    service.next({ misbehave: "hang" });
    const finding = await start(["find"], environmentOf(service.url), ended.stdout);
    await until(() => service.received.length === 3);
    finding.process.kill("SIGINT");
    expectEnd(await finding.ended, 130, { ...open, attempt });
  });

  test("during a look of the wait ends the look", async () => {
    const service = await standInForTest({ duration: 60_000 });
    service.next({ call: "ListBackupRecords", misbehave: "hang" });
    const running = await start(["create", "dcs", IDS.dcs], environmentOf(service.url));
    await until(() => service.received.length === 2);
    running.process.kill("SIGINT");
    expectEnd(await running.ended, 130, { outcome: "interrupted", backup_id: service.backups[0]?.backupId });
  });

  test("while find reads a pipe into which nothing comes ends it, and nothing is sent", async () => {
    const service = await standInForTest();
    const running = await start(["find"], environmentOf(service.url), null);
    // More than a pipe holds, so when it is written the command is reading.
    await new Promise((resolve) => running.process.stdin.write(" ".repeat(1_000_000), resolve));
    running.process.kill("SIGTERM");
    expectEnd(await running.ended, 143, { outcome: "interrupted", signal: "SIGTERM" });
    expect(service.received).toEqual([]);
  });

  test("ends the process also where nobody reads what it prints", async () => {
    // More than a pipe holds.
    const answer = httpAnswer("200 OK", JSON.stringify({ backups: [{ id: "b", name: "x".repeat(900_000) }] }));
    const server = await rawServer((socket) => socket.end(answer));
    const running = await start(["list", "dds"], environmentOf(server.url));
    running.process.stdout.pause();
    await until(() => running.stderr().includes("listed 1 backup"));
    const exit = once(running.process, "exit");
    running.process.kill("SIGTERM");
    expect(await exit).toEqual([143, null]);
    running.process.stdout.resume();
    expect((await running.ended).stdout.length).toBeLessThan(900_000);
  });

  test("that comes a second time ends the start that is under way, and the attempt is told", async () => {
    const service = await standInForTest();
    service.next({ misbehave: "hang" });
    const running = await start(["create", "dcs", IDS.dcs], environmentOf(service.url));
    await until(() => service.received.length === 1);
    running.process.kill("SIGHUP");
    await until(() => running.stderr().includes("SIGHUP"));
    running.process.kill("SIGINT");
    const attempt = { operationId: "CopyInstance", instanceId: IDS.dcs };
    expectEnd(await running.ended, 129, { outcome: "interrupted", signal: "SIGHUP", attempt });
  });
});

const progress = progressOn(process.stderr, {}, true);

test("the first signal ends the reads, the second one the starts, and soon the process, whatever is still open", () => {
  vi.useFakeTimers();
  const exit = vi.spyOn(process, "exit").mockImplementation((() => {}) as typeof process.exit);
  const on = vi.fn<(signal: NodeJS.Signals, listener: () => void) => void>();
  onTestFinished(() => void vi.useRealTimers().restoreAllMocks());
  const { reads, starts } = listenForSignals(progress, { on });
  const send = (signal: NodeJS.Signals) => {
    on.mock.calls.find(([name]) => name === signal)?.[1]();
    return [reads.aborted, starts.aborted, exit.mock.calls.length];
  };
  expect(send("SIGHUP")).toEqual([true, false, 0]);
  expect(send("SIGINT")).toEqual([true, true, 0]);
  vi.advanceTimersByTime(500);
  expect(exit).toHaveBeenLastCalledWith(129);
});

test.each(["dcs i", "dcs i --api v1.0", "dds i"])("a start of %s ends when it is aborted", async (words) => {
  const service = await standInForTest();
  const env = environmentOf(service.url);
  const args = readArguments(["create", ...words.split(" ")], env) as Arguments;
  const sent = startOf(args).send(clientOf(args, env, progress), { signal: AbortSignal.abort() });
  expect(await thrownBy(sent)).toMatchObject({ name: "NetworkError", timedOut: false, backupMayExist: false });
  expect(service.received).toEqual([]);
});

/** A run whose signal comes when a look into the list has just had its answer, which no process could time. */
function interruptedAfterLook(url: string, argv: readonly string[]): Context {
  const env = environmentOf(url);
  const args = readArguments(argv, env) as Arguments;
  const backups = clientOf(args, env, progress);
  const reads = new AbortController();
  const interrupt: { signal: NodeJS.Signals | undefined; reads: AbortSignal; starts: AbortSignal } = {
    signal: undefined,
    reads: reads.signal,
    starts: new AbortController().signal,
  };
  const listBackupRecords: typeof backups.listBackupRecords = async (...asked) => {
    const answer = await backups.listBackupRecords(...asked);
    interrupt.signal = "SIGTERM";
    reads.abort("SIGTERM");
    return answer;
  };
  return { args, host: process, backups: { ...backups, listBackupRecords }, starter: backups, interrupt, progress };
}

test.each(["completed", "failed", "gone"] as const)("a signal changes nothing of a backup that is %s", (outcome) => {
  const context = { interrupt: { signal: "SIGTERM" } } as Context;
  expect(orInterrupted(context, { outcome })).toEqual({ outcome });
});

test("a signal before the start lets none be sent, and says so", async () => {
  const service = await standInForTest();
  const context = contextOf(["create", "dcs", IDS.dcs], service.url);
  const message = "Nothing was started, since the signal came first";
  const error = { message, retryable: true, backupMayExist: false };
  const interrupt = { ...context.interrupt, signal: "SIGTERM" } as const;
  expect(await create({ ...context, interrupt })).toMatchObject({ outcome: "interrupted", signal: "SIGTERM", error });
  expect(service.received).toEqual([]);
});

describe("a signal just after a look into the list", () => {
  test("for the key's backup lets no start be sent", async () => {
    const service = await standInForTest();
    const context = interruptedAfterLook(service.url, ["create", "dcs", IDS.dcs, "--key", "k"]);
    expect(await create(context)).toMatchObject({ outcome: "interrupted", signal: "SIGTERM" });
    expect(service.received.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("ends the list before its next page", async () => {
    const record = (id: number) => ({ backup_id: `b-${id}` });
    const page = { total_num: 150, backup_record_response: Array.from({ length: 100 }, (_, id) => record(id)) };
    const server = await rawServer((socket) => socket.end(httpAnswer("200 OK", JSON.stringify(page))));
    const outcome = await list(interruptedAfterLook(server.url, ["list", "dcs", IDS.dcs]));
    expect(outcome).toMatchObject({ outcome: "interrupted", signal: "SIGTERM" });
    expect(outcome).not.toHaveProperty("records");
    expect(server.requests).toHaveLength(1);
  });
});
