/** Where something holds up the event loop, as a machine that sleeps does, a time runs out while an answer waits to be read. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test, vi } from "vitest";
import { waitForCopyInstance } from "../src/index.ts";
import { block, clientOf, httpAnswer, INSTANCE_ID, rawServer, thrownBy } from "./support.ts";

/** A service that answers while this thread stands still. */
async function serviceWith(answer: object): Promise<{ url: string; asked: Promise<unknown>; standStill(): void }> {
  const [IDLE, ANSWER, ANSWERED] = [0, 1, 2];
  const turn = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(
    `const { parentPort, workerData: { turn, text } } = require("node:worker_threads");
    const server = require("node:net").createServer((socket) => {
      socket.once("data", () => {
        parentPort.postMessage("asked");
        Atomics.wait(turn, 0, ${IDLE});
        socket.write(text, () => {
          Atomics.store(turn, 0, ${ANSWERED});
          Atomics.notify(turn, 0);
        });
      });
    });
    server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));`,
    { eval: true, workerData: { turn, text: httpAnswer("200 OK", JSON.stringify(answer)) } },
  );
  onTestFinished(async () => void (await thread.terminate()));
  const told = () => new Promise((resolve) => thread.once("message", resolve));
  return {
    url: `http://127.0.0.1:${await told()}`,
    asked: told(),
    standStill() {
      Atomics.store(turn, 0, ANSWER);
      Atomics.notify(turn, 0);
      Atomics.wait(turn, 0, ANSWER);
      // By then a timer of the least time has run out too.
      Atomics.wait(turn, 0, ANSWERED, 5);
    },
  };
}

const TIMEOUT = 50_000;

/** @returns a function that lets the time of `TIMEOUT` run out. */
function holdTimeout(): () => void {
  const { setTimeout } = globalThis;
  const held: (() => void)[] = [];
  vi.stubGlobal("setTimeout", (callback: (...args: unknown[]) => void, time: number, ...args: unknown[]) =>
    time > TIMEOUT / 2 && time <= TIMEOUT
      ? void held.push(() => callback(...args))
      : setTimeout(callback, time, ...args),
  );
  onTestFinished(() => void vi.unstubAllGlobals());
  return () => {
    expect(held).toHaveLength(1);
    held[0]?.();
  };
}

test("a start whose answer is there when its time runs out gives it", async () => {
  const service = await serviceWith({ backup_id: "b" });
  const runOut = holdTimeout();
  const call = clientOf(service.url, { timeout: TIMEOUT }).copyInstance(INSTANCE_ID);
  await service.asked;
  setTimeout(runOut);
  service.standStill();
  expect(await call).toEqual({ backup_id: "b" });
});

test("a wait whose look has its answer when its time runs out ends with it", async () => {
  const record = { backup_id: "b", status: "succeed" };
  const service = await serviceWith({ total_num: 1, backup_record_response: [record] });
  const runOut = holdTimeout();
  const wait = waitForCopyInstance(clientOf(service.url), INSTANCE_ID, record, { timeout: TIMEOUT });
  await service.asked;
  setTimeout(runOut);
  service.standStill();
  expect(await wait).toEqual(record);
});

test("a start that still connects when its time runs out is not sent", async () => {
  const server = await rawServer(() => {});
  const runOut = holdTimeout();
  // Two ticks later the system connects, and has done so when the time runs out.
  const connecting = () => {
    setTimeout(runOut);
    process.nextTick(() => process.nextTick(block, 5));
  };
  subscribe("undici:client:beforeConnect", connecting);
  onTestFinished(() => void unsubscribe("undici:client:beforeConnect", connecting));
  const error = await thrownBy(clientOf(server.url, { timeout: TIMEOUT }).copyInstance(INSTANCE_ID));
  expect(error).toMatchObject({ timedOut: true, backupMayExist: false, retryable: true });
});
