/** Whether the command sends a start again that was surely not done, and when: a table, without a socket or a pause. */
import { expect, test } from "vitest";
import { newRetryPolicy } from "../src/cli/again.ts";
import type { Arguments } from "../src/cli/arguments.ts";
import { ApiError, BackupError } from "../src/errors.ts";
import { stoppedClock } from "./support.ts";

const policyOf = (times: { interval: number; busyTimeout: number }) => newRetryPolicy(times as Arguments);

const facts = { operationId: "CopyInstance", backupMayExist: false, retryable: true };
const refusal = (status: number, retryAfter?: number) => new ApiError("m", { ...facts, status, retryAfter });
const busy = (retryAfter?: number) => refusal(400, retryAfter);
const throttled = (retryAfter?: number) => refusal(429, retryAfter);
const unconnected = new BackupError("m", facts);

test("throttled or not connected, it is sent twice more in a row, after a second each", () => {
  const again = policyOf({ interval: 10_000, busyTimeout: 20_000 });
  expect(again(throttled())).toEqual({ reason: "throttled", wait: 1_000 });
  expect(again(unconnected)).toEqual({ reason: "unconnected", wait: 1_000 });
  expect(again(throttled())).toBeUndefined();
  expect(again(busy())).toEqual({ reason: "busy", wait: 10_000 });
  expect(again(unconnected)).toEqual({ reason: "unconnected", wait: 1_000 });
  expect(again(unconnected)).toEqual({ reason: "unconnected", wait: 1_000 });
  expect(again(unconnected)).toBeUndefined();
});

test("throttled, it waits as long as the service asks, up to a minute", () => {
  const again = () => policyOf({ interval: 10_000, busyTimeout: 0 });
  expect(again()(throttled(60_000))).toEqual({ reason: "throttled", wait: 60_000 });
  expect(again()(throttled(60_001))).toBeUndefined();
  expect(policyOf({ interval: 20, busyTimeout: 0 })(throttled(0))).toEqual({ reason: "throttled", wait: 20 });
});

test("busy, it is sent as often as --busy-timeout has room for, the last time when that is over", () => {
  const clock = stoppedClock();
  const again = policyOf({ interval: 10_000, busyTimeout: 25_000 });
  expect(again(busy())).toEqual({ reason: "busy", wait: 10_000 });
  expect(again(busy(15_000))).toEqual({ reason: "busy", wait: 15_000 });
  expect(again(busy(25_001))).toBeUndefined();
  clock.set(20_000);
  expect(again(busy())).toEqual({ reason: "busy", wait: 5_000 });
  clock.set(25_000);
  expect(again(busy())).toBeUndefined();
});

test("refused for good, it is sent no more", () => {
  const again = policyOf({ interval: 10_000, busyTimeout: 25_000 });
  expect(again(new ApiError("m", { ...facts, retryable: false, status: 403 }))).toBeUndefined();
});
