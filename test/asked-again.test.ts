/** What is asked again certainly started nothing, whatever came of it: the two that decide this judge alike. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { busyCodes } from "../generated/tables.js";
import { parseJson } from "../src/answer.ts";
import type { Call } from "../src/call.ts";
import type { Outcome } from "../src/exchange.ts";
import { nextTry } from "../src/policy.ts";
import { verdictOf } from "../src/verdict.ts";

const status = fc.oneof(
  fc.constantFrom(200, 204, 304, 400, 401, 403, 408, 429, 499, 500, 503, 504),
  fc.integer({ min: 200, max: 599 }),
);
const code = fc.constantFrom(...busyCodes, "DCS.4063", "APIGW.0308", "");
const body = fc.oneof(
  fc.record({ error_code: code, backup_id: fc.constantFrom("b", "", 7) }, { requiredKeys: [] }),
  fc.record({ error: fc.record({ code, backup_id: fc.constant("b") }, { requiredKeys: [] }) }),
  fc.constantFrom(null, [], "backup_id"),
);

/** Whole, or broken off somewhere. */
const answer = fc
  .record({ status, body, part: fc.double({ min: 0, max: 1, noNaN: true }), whole: fc.boolean() })
  .map(({ status, body, part, whole }): Outcome => {
    const json = JSON.stringify(body);
    const text = whole ? json : json.slice(0, part * json.length);
    const times = { receivedAt: 0, arrivedAt: { ticks: 0, wall: 0 } };
    const read = { status, headers: new Headers(), text, body: parseJson(text), value: undefined, complete: whole };
    return { kind: "answer", ...read, ...times };
  });

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  answer,
  fc.record({
    kind: fc.constant("broken" as const),
    error: fc.constant(new Error("e")),
    stage: fc.constantFrom("unconnected" as const, "unsent" as const, "unknown" as const),
    status: fc.option(status, { nil: undefined }),
  }),
  fc
    .record({ timedOut: fc.boolean(), status: fc.option(status, { nil: undefined }), toldOfBackup: fc.boolean() })
    .chain((facts) =>
      // What was answered had been sent.
      (facts.status === undefined ? fc.boolean() : fc.constant(true)).map(
        (sent): Outcome => ({ kind: "stopped", sent, ...facts }),
      ),
    ),
  fc.record({
    kind: fc.constant("strange" as const),
    status,
    redirected: fc.boolean(),
    location: fc.constant(null),
  }),
  fc.constant<Outcome>({ kind: "unready", error: new Error("e") }),
);

const patient = { retries: 0, maxRetries: 2, timeLeft: 60_000, busyRetries: 0, busyTimeLeft: 60_000 };
const start = { method: "POST" } as Call;
const read = { method: "GET" } as Call;

test("a start is asked again, or said to be worth it, only where it started nothing", () => {
  fc.assert(
    fc.property(outcome, (outcome) => {
      const { backupMayExist, retryable } = verdictOf(start, outcome);
      const again = nextTry(outcome, { ...patient, isRead: false }, 1);
      expect(backupMayExist && (retryable || again !== undefined)).toBe(false);
      expect(again === undefined || retryable).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test("an answer that names a backup never means that nothing was started", () => {
  fc.assert(
    fc.property(answer, (outcome) => {
      const told = outcome.kind === "answer" && outcome.text.includes('"backup_id":"b"');
      expect(told && !verdictOf(start, outcome).backupMayExist).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test("a read that is asked again says that this makes sense, and none has started a backup", () => {
  fc.assert(
    fc.property(outcome, (outcome) => {
      const { backupMayExist, retryable } = verdictOf(read, outcome);
      expect(backupMayExist).toBe(false);
      expect(nextTry(outcome, { ...patient, isRead: true }, 1) === undefined || retryable).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});
