/** What a call tells while its connection is still being made: nothing has left by then, but all may leave in a moment. */
import dns from "node:dns";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { closedUrl, listen } from "../scripts/lib/listen.ts";
import { DDS_INSTANCE_ID } from "../scripts/lib/test-account.ts";
import { block, clientOf, INSTANCE_ID, thrownBy } from "./support.ts";

/** In ms. */
const LOOKUP = 300;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A server whose name takes some time to look up, and what it was sent. */
async function slowServer(answer: (body: string, incoming: IncomingMessage, outgoing: ServerResponse) => void) {
  const { lookup } = dns;
  const slowly = (...args: unknown[]) => void setTimeout(() => Reflect.apply(lookup, dns, args), LOOKUP);
  vi.spyOn(dns, "lookup").mockImplementation(slowly as typeof dns.lookup);
  const bodies: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    bodies.push(body);
    answer(body, incoming, outgoing);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = await listen(server);
  return { url: url.replace("127.0.0.1", "localhost"), bodies };
}

describe("two calls to one URL, of which one is stopped by its time and its signal at once", () => {
  test.each([
    ["breaks", {}],
    ["is never answered", { timeout: 3_000 }],
  ])("tells that a backup may exist where the other %s after it arrived", async (how, options) => {
    const { url, bodies } = await slowServer((body, { socket }) => {
      if (how === "breaks" && body.includes("other")) {
        socket.destroy();
      }
    });
    const backups = clientOf(url);
    const start = (name: string, options: object) =>
      thrownBy(backups.createManualBackup({ backup: { instance_id: DDS_INSTANCE_ID, name } }, options));
    const first = start("first", { timeout: 100, signal: AbortSignal.timeout(100) });
    const other = start("other", options);
    setTimeout(block, 50, 100);
    expect(await first).toMatchObject({ backupMayExist: false });
    expect(await other).toMatchObject({ backupMayExist: true, retryable: false });
    expect(bodies).toHaveLength(1);
  });
});

describe("a global fetch that somebody has wrapped in a limit of their own", () => {
  test.each([
    ["and that passes the signal on", "Promise timed out after 50 ms", (init: RequestInit) => init],
    ["and that passes the signal on, but tells of a connection", "connect timeout", (init: RequestInit) => init],
    ["and that keeps the signal back", "connect timeout", ({ signal: _, ...init }: RequestInit) => init],
  ])("%s may fail while its request goes on: that is not asked again", async (_, reason, handOn) => {
    const { url, bodies } = await slowServer((_, __, outgoing) => outgoing.end('{"backup_id":"b"}'));
    const { fetch } = globalThis;
    vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
      Promise.race([fetch(url, handOn(init)), sleep(50).then(() => Promise.reject(new Error(reason)))]),
    );
    const error = await thrownBy(clientOf(url).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "NetworkError", backupMayExist: true, retryable: false });
    await sleep(2 * LOOKUP);
    expect(bodies).toHaveLength(1);
  });
});

test("Node's own fetch that fails or is stopped before its connection is made has sent nothing", async () => {
  const { url, bodies } = await slowServer(() => {});
  const stopped = await thrownBy(clientOf(url).copyInstance(INSTANCE_ID, {}, { timeout: 50 }));
  expect(stopped).toMatchObject({ name: "NetworkError", timedOut: true, backupMayExist: false });
  const unreached = await closedUrl();
  const refused = await thrownBy(clientOf(unreached.replace("127.0.0.1", "localhost")).copyInstance(INSTANCE_ID));
  expect(refused).toMatchObject({ name: "NetworkError", backupMayExist: false, retryable: true });
  await sleep(2 * LOOKUP);
  expect(bodies).toEqual([]);
});
