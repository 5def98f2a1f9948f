/** Whether a call is made again, and when: a table, without a socket or a pause. */
import { expect, test } from "vitest";
import type { Outcome } from "../src/exchange.ts";
import { nextTry, type Retry, type Tried } from "../src/policy.ts";

const fresh: Tried = { retries: 0, maxRetries: 2, timeLeft: 60_000, busyRetries: 0, busyTimeLeft: 0 };
const patient: Tried = { ...fresh, busyTimeLeft: 30_000 };

function answer(status: number, body: object = {}, headers: Record<string, string> = {}, complete = true): Outcome {
  const text = JSON.stringify(body);
  const times = { receivedAt: 0, arrivedAt: { ticks: 0, wall: 0 } };
  return { kind: "answer", status, headers: new Headers(headers), text, body, value: undefined, complete, ...times };
}

const busy = { error_code: "DCS.4096", error_msg: "m" };
const broken = (stage: "unconnected" | "unsent" | "unknown"): Outcome => ({
  kind: "broken",
  error: new Error("e"),
  stage,
  status: undefined,
});

test.each<[string, Outcome, Partial<Tried>, number, Retry | undefined]>([
  ["a success", answer(200, { backup_id: "b" }), {}, 1, undefined],
  ["429, first time", answer(429), {}, 1, { reason: "throttled", wait: 500 }],
  ["429, second time", answer(429), { retries: 1 }, 1, { reason: "throttled", wait: 1000 }],
  ["429, when little is drawn", answer(429), {}, 0.2, { reason: "throttled", wait: 100 }],
  ["429, when nothing is drawn", answer(429), {}, 0, { reason: "throttled", wait: 0 }],
  ["429, many times", answer(429), { retries: 9, maxRetries: 10 }, 1, { reason: "throttled", wait: 10_000 }],
  ["429, when all retries are used up", answer(429), { retries: 2 }, 1, undefined],
  ["429, when no retry is allowed", answer(429), { maxRetries: 0 }, 1, undefined],
  ["429 with Retry-After", answer(429, {}, { "retry-after": "7" }), {}, 1, { reason: "throttled", wait: 7000 }],
  ["429 that asks for more time than is left", answer(429, {}, { "retry-after": "60" }), {}, 1, undefined],
  ["429 that broke off", answer(429, {}, {}, false), {}, 1, undefined],
  ["429 with a busy code", answer(429, busy), { busyTimeLeft: 5000 }, 1, { reason: "throttled", wait: 500 }],
  ["no connection", broken("unconnected"), {}, 1, { reason: "unconnected", wait: 500 }],
  ["no connection, too often", broken("unconnected"), { retries: 2 }, 1, undefined],
  ["nothing sent, for a reason that stays", broken("unsent"), {}, 1, undefined],
  ["a broken connection", broken("unknown"), {}, 1, undefined],
  ["busy, without busyTimeout", answer(400, busy), {}, 1, undefined],
  ["busy, first time", answer(400, busy), patient, 1, { reason: "busy", wait: 2000 }],
  ["busy, third time", answer(400, busy), { ...patient, busyRetries: 2 }, 0.5, { reason: "busy", wait: 4000 }],
  [
    "busy, many times",
    answer(400, busy),
    { busyTimeLeft: 60_000, busyRetries: 9 },
    1,
    { reason: "busy", wait: 30_000 },
  ],
  ["busy, when nothing is drawn", answer(400, busy), patient, 0, { reason: "busy", wait: 0 }],
  ["busy, near the end", answer(400, busy), { busyTimeLeft: 300 }, 1, { reason: "busy", wait: 300 }],
  ["busy, with no retries", answer(400, busy), { ...patient, maxRetries: 0 }, 1, { reason: "busy", wait: 2000 }],
  ["busy, told to wait", answer(400, busy, { "retry-after": "9" }), patient, 0, { reason: "busy", wait: 9000 }],
  ["busy, told to come at once", answer(400, busy, { "retry-after": "0" }), patient, 1, { reason: "busy", wait: 2000 }],
  ["busy, told to wait too long", answer(400, busy, { "retry-after": "31" }), patient, 1, undefined],
  ["a busy code with 401", answer(401, busy), patient, 1, undefined],
  ["a busy code with 500", answer(500, busy), patient, 1, undefined],
  ["another refusal", answer(400, { error_code: "DCS.4063" }), patient, 1, undefined],
  ["504", answer(504), patient, 1, undefined],
  ["429 that tells of a backup", answer(429, { backup_id: "b" }), {}, 1, undefined],
  ["busy, but with a backup", answer(400, { ...busy, backup_id: "b" }), patient, 1, undefined],
  ["a redirect", { kind: "strange", status: 302, redirected: true, location: null }, patient, 1, undefined],
  [
    "the end of the time",
    { kind: "stopped", timedOut: true, sent: true, status: undefined, toldOfBackup: false },
    patient,
    1,
    undefined,
  ],
  [
    "an abort after 429 had begun",
    { kind: "stopped", timedOut: false, sent: true, status: 429, toldOfBackup: false },
    patient,
    1,
    undefined,
  ],
  ["no credentials", { kind: "unready", error: new Error("e") }, patient, 1, undefined],
])("%s", (_, outcome, tried, drawn, expected) => {
  expect(nextTry(outcome, { ...fresh, ...tried, isRead: false }, drawn)).toEqual(expected);
});

const unanswered: Retry = { reason: "unanswered", wait: 500 };

test.each<[string, Outcome, Retry | undefined]>([
  ["a list", { ...answer(200), value: {} } as Outcome, undefined],
  ["a success that can't be read", answer(200), unanswered],
  ["408", answer(408), unanswered],
  ["429 that broke off", answer(429, {}, {}, false), { reason: "throttled", wait: 500 }],
  ["500", answer(500), unanswered],
  ["500 that tells of a backup", answer(500, { backup_id: "b" }), unanswered],
  ["504 with Retry-After", answer(504, {}, { "retry-after": "2" }), { reason: "unanswered", wait: 2000 }],
  ["a busy code", answer(400, busy), undefined],
  ["499", answer(499), undefined],
  ["304", answer(304), undefined],
  ["404", answer(404), undefined],
  ["no connection", broken("unconnected"), { reason: "unconnected", wait: 500 }],
  ["a broken connection", broken("unknown"), unanswered],
  ["a refused certificate", broken("unsent"), undefined],
  ["a redirect", { kind: "strange", status: 302, redirected: true, location: null }, undefined],
  ["a status that HTTP does not know", { kind: "strange", status: 999, redirected: false, location: null }, undefined],
  [
    "the end of the time",
    { kind: "stopped", timedOut: true, sent: true, status: undefined, toldOfBackup: false },
    undefined,
  ],
])("of a read: %s", (_, outcome, expected) => {
  expect(nextTry(outcome, { ...patient, isRead: true }, 1)).toEqual(expected);
});
