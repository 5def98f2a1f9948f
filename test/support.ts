/** What many tests need: clients, servers and clocks that end with the test. */
import { createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { listen } from "../scripts/lib/listen.ts";
import { makeTemporaryFolder, removeFolder } from "../scripts/lib/temporary.ts";
import { DDS_INSTANCE_ID, PROJECT_ID, TEST_KEY } from "../scripts/lib/test-account.ts";
import type { Settings } from "../scripts/stand-in/fate.ts";
import { type StandIn, startStandIn } from "../scripts/stand-in/server.ts";
import { type BackupClient, type BackupClientOptions, createBackupClient } from "../src/index.ts";

export { DCS_INSTANCE_ID as INSTANCE_ID, PROJECT_ID } from "../scripts/lib/test-account.ts";
export const DDS_BODY = { backup: { instance_id: DDS_INSTANCE_ID, name: "mybackup1" } };

/** A client of one local address for both services, with the stand-in's key. */
export function clientOf(url: string, options: Partial<BackupClientOptions> = {}): BackupClient {
  return createBackupClient({
    projectId: PROJECT_ID,
    credentials: TEST_KEY,
    endpoints: { dcs: url, dds: url },
    ...options,
  });
}

/** A folder that is removed when the test ends. */
export function folderForTest(): string {
  const folder = makeTemporaryFolder("test");
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** A stand-in that ends with the test. Unless told otherwise, a backup has ended as soon as it is started. */
export async function standInForTest(settings: Partial<Settings> = {}, now = Date.now): Promise<StandIn> {
  const standIn = await startStandIn({ settings, now });
  onTestFinished(() => standIn.close());
  return standIn;
}

export interface RawServer {
  url: string;
  /** Each request as it came: head and body. */
  requests: string[];
  connections: number;
}

/** A TCP server for one test: `onRequest` is called for each whole request on a connection, and does what it likes to the socket. */
export async function rawServer(
  onRequest: (socket: Socket, request: string, count: number) => void,
  port = 0,
): Promise<RawServer> {
  const raw: RawServer = { url: "", requests: [], connections: 0 };
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    raw.connections++;
    sockets.add(socket);
    let buffer = "";
    socket.on("error", () => {});
    socket.on("data", (data) => {
      buffer += data.toString("latin1");
      for (let whole = takeRequest(buffer); whole; whole = takeRequest(buffer)) {
        buffer = buffer.slice(whole.length);
        raw.requests.push(whole);
        onRequest(socket, whole, raw.requests.length);
      }
    });
  });
  raw.url = await listen(server, port);
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  return raw;
}

function takeRequest(buffer: string): string | undefined {
  const head = buffer.indexOf("\r\n\r\n");
  if (head < 0) {
    return undefined;
  }
  const length = Number(/content-length: (\d+)/i.exec(buffer.slice(0, head))?.[1] ?? 0);
  const end = head + 4 + length;
  return buffer.length >= end ? buffer.slice(0, end) : undefined;
}

export function httpAnswer(status: string, body: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...headers,
  });
  return `HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}

/** What a call throws; fails the test when it does not. */
export async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) {
    throw new Error(`expected a failure, got ${JSON.stringify(outcome.value)}`);
  }
  return outcome.error;
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

/** Whether Node takes a proxy from the environment: since 22.21 and 24.5, https://nodejs.org/api/cli.html#node_use_env_proxy1 */
export const knowsProxies = (major === 22 && minor >= 21) || (major === 24 && minor >= 5) || major > 24;

/** Lets the clock that measures durations jump ahead when it is told to. */
export function jumpingClock(): (milliseconds: number) => void {
  const { now } = performance;
  let offset = 0;
  performance.now = () => now.call(performance) + offset;
  onTestFinished(() => {
    performance.now = now;
  });
  return (milliseconds) => {
    offset += milliseconds;
  };
}

/** Holds up all else for so long, so that whatever is due meanwhile comes at once. */
export function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The platform's, with which the caller aborts as soon as the head of an answer is there. */
export function fetchWithAbort(controller: AbortController, reason: string): typeof fetch {
  return async (...args) => {
    const response = await fetch(...args);
    setTimeout(() => controller.abort(reason));
    return response;
  };
}

/** Lets the clock that measures durations stand still, from 0, until it is set. */
export function stoppedClock(): { set(milliseconds: number): void } {
  const { now } = performance;
  let time = 0;
  performance.now = () => time;
  onTestFinished(() => {
    performance.now = now;
  });
  return {
    set(milliseconds) {
      time = milliseconds;
    },
  };
}
