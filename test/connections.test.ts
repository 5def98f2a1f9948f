/** What else comes over a connection is never taken for a call's answer, and what a server does to it between calls starts no alarm. */
import type { Socket } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { clientOf, httpAnswer, INSTANCE_ID, rawServer, thrownBy } from "./support.ts";

const keep = { connection: "keep-alive" };
const started = (id: string) => httpAnswer("200 OK", `{"backup_id":"${id}"}`, keep);
const busy = httpAnswer("400 Bad Request", '{"error_code":"DCS.4096","error_msg":"busy"}', keep);

describe("by default each request has a connection of its own", () => {
  test("and says so to the server", async () => {
    const server = await rawServer((socket, _, count) => socket.write(started(`${count}`)));
    const backups = clientOf(server.url, { maxRetries: 0 });
    for (const id of ["1", "2", "3"]) {
      expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: id });
    }
    await backups.listBackupRecords(INSTANCE_ID).catch(() => {});
    expect(server.connections).toBe(4);
    for (const request of server.requests) {
      expect(request).toMatch(/\r\nconnection: close\r\n/i);
    }
  });

  test("which on Deno is one of HTTP/1.1: over HTTP/2 it sends again by itself what a stream refuses", async () => {
    let asked: object | undefined;
    vi.stubGlobal("Deno", {
      createHttpClient: (options: object) => {
        asked = options;
      },
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    const server = await rawServer((socket) => socket.write(started("1")));
    await clientOf(server.url).copyInstance(INSTANCE_ID);
    expect(asked).toEqual({ poolMaxIdlePerHost: 0, http2: false });
  });

  test("so that a late second answer is not taken for the next call's", async () => {
    const server = await rawServer(answeringLate(started("1")));
    const backups = clientOf(server.url);
    expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "1" });
    expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "2" });
  });

  test("so that a late success is not taken for the answer of a call that was busy", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.001); // of seconds
    onTestFinished(() => random.mockRestore());
    const server = await rawServer(answeringLate(busy));
    expect(await clientOf(server.url, { busyTimeout: 60_000 }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "2" });
    expect(server.requests).toHaveLength(2);
  });

  test.each<[string, (socket: Socket, answer: string) => void]>([
    // The worst moment: when the next request has been written.
    [
      "when the next call comes",
      (socket, answer) => (requestsOf(socket) > 1 ? socket.destroy() : socket.write(answer)),
    ],
    ["right after each answer", (socket, answer) => socket.end(answer)],
  ])("so that a server that closes it %s raises no false alarm in 200 calls", async (_, act) => {
    const server = await rawServer((socket, _, count) => act(socket, started(`${count}`)));
    const backups = clientOf(server.url, { maxRetries: 0 });
    for (let call = 1; call <= 200; call++) {
      expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: `${call}` });
    }
    expect(server.requests).toHaveLength(200);
  });

  /** Gives a connection's first request the answer named. Before the answer to a second request comes another that nobody waits for. */
  function answeringLate(first: string) {
    return (socket: Socket, _: string, count: number) => {
      const isSecond = requestsOf(socket) > 1;
      if (isSecond) {
        socket.write(started("late"));
      }
      socket.write(count === 1 ? first : started(`${count}`));
    };
  }
});

const counts = new WeakMap<Socket, number>();
function requestsOf(socket: Socket): number {
  const count = (counts.get(socket) ?? 0) + 1;
  counts.set(socket, count);
  return count;
}

describe("with keepAlive", () => {
  test("a connection serves many calls, one after the other", async () => {
    const server = await rawServer((socket, _, count) => socket.write(started(`${count}`)));
    const backups = clientOf(server.url, { keepAlive: true });
    for (let call = 1; call <= 20; call++) {
      expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: `${call}` });
      await new Promise((resolve) => setImmediate(resolve)); // until the connection is free again
    }
    expect(server.connections).toBeLessThan(20);
    for (const request of server.requests) {
      expect(request).not.toMatch(/\r\nconnection: close\r\n/i);
    }
  });

  test("a call is not sent again when the server closes its connection, and the caller learns that nobody knows", async () => {
    const server = await rawServer((socket, _, count) => (count === 1 ? socket.write(started("1")) : socket.destroy()));
    const backups = clientOf(server.url, { maxRetries: 5, keepAlive: true });
    expect(await backups.copyInstance(INSTANCE_ID)).toEqual({ backup_id: "1" });
    await new Promise((resolve) => setTimeout(resolve, 50)); // until the connection is free again
    const error = await thrownBy(backups.copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ backupMayExist: true, retryable: false });
    expect(server.requests).toHaveLength(2);
    expect(server.connections).toBe(1);
  });
});
