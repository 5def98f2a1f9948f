/**
 * Every way in which a start and the looks around it can go, one after the other. Whatever comes, `create` sends no start after one that may
 * have worked, and its end says no more than is true.
 */
import { expect, test } from "vitest";
import { type Arguments, readArguments } from "../src/cli/arguments.ts";
import { create } from "../src/cli/create.ts";
import { exitCodeOf, print } from "../src/cli/outcome.ts";
import { progressOn } from "../src/cli/progress.ts";
import { startOf } from "../src/cli/service.ts";
import { environmentOf, expectEnd, IDS } from "./command.ts";
import { clientOf, jumpingClock } from "./support.ts";

/** What becomes of one request. */
interface Way {
  /** Without one, the connection breaks. */
  status?: number;
  /** Of an error; without one, a page comes. Empty for a success. */
  code?: string;
  age?: string;
  /** There is a backup from now on. */
  makes?: true;
  /** The same may go otherwise later, and certainly nothing was started. */
  passes?: true;
  /** The list has not got what still runs. */
  isLate?: true;
  /** A signal comes just before the answer. */
  isInterrupted?: true;
}

type Ways = Record<string, Way>;

const REFUSALS: Ways = {
  "it is busy": { status: 400, code: "DCS.4096", passes: true },
  "it is throttled": { status: 429, code: "APIG.0308", passes: true },
  "it may not start": { status: 403, code: "DCS.2003" },
  "a page forbids it": { status: 403 },
};
const STARTS: Ways = {
  "it starts": { status: 200, code: "", makes: true },
  "it starts, and a signal comes": { status: 200, code: "", makes: true, isInterrupted: true },
  "it starts, but the connection breaks": { makes: true },
  "the connection breaks": {},
  "it starts, but the gateway gives up": { status: 504, makes: true },
  ...REFUSALS,
};
const LOOKS: Ways = {
  "the list is right": { status: 200, code: "" },
  "the list is right, and a signal comes": { status: 200, code: "", isInterrupted: true },
  "the list is late": { status: 200, code: "", isLate: true },
  "the list comes from a cache": { status: 200, code: "", isLate: true, age: "60" },
  "the list may not be read": { status: 403, code: "DCS.2003" },
};
const TAKEN: Way = { status: 400, code: "DBS.201201" };

const mayHaveWorked = ({ status = 0 }: Way) => status < 400 || status > 499;

interface Backup {
  id: string;
  /** Its remark or name. */
  label: string | undefined;
  createdAt: Date;
  /** By the clock that jumps. */
  began: number;
  fails?: boolean;
}

/** In ms. So much time passes with each look, so a backup runs for two of them. */
const LOOK = 31_000;
const DURATION = 50_000;

function stateOf({ began, fails }: Backup): "running" | "completed" | "failed" {
  return performance.now() - began < DURATION ? "running" : fails ? "failed" : "completed";
}

const STATES = {
  dcs: { running: "backuping", completed: "succeed", failed: "failed" },
  dds: { running: "BUILDING", completed: "COMPLETED", failed: "FAILED" },
};

function listOf(service: "dcs" | "dds", backups: readonly Backup[]): object {
  const records = backups.map((backup) => {
    const { id, label, createdAt } = backup;
    const status = STATES[service][stateOf(backup)];
    return service === "dcs"
      ? { backup_id: id, remark: label, created_at: createdAt, status }
      : { id, name: label, begin_time: createdAt, status };
  });
  return { total_num: records.length, backup_record_response: records, total_count: records.length, backups: records };
}

/** Runs with every sequence of so many choices, after which all goes well. */
async function inEveryWay(length: number, run: (choose: (ways: Ways) => Way, taken: string[]) => Promise<void>) {
  const open: string[][] = [[]];
  for (let given = open.pop(); given; given = open.pop()) {
    const begun = given;
    const taken: string[] = [];
    const choose = (ways: Ways) => {
      const [first = "", ...others] = Object.keys(ways);
      if (taken.length >= begun.length && taken.length < length) {
        open.push(...others.map((other) => [...taken, other]));
      }
      const name = begun[taken.length] ?? first;
      taken.push(name);
      return ways[name] ?? {};
    };
    await run(choose, taken);
  }
}

const url = "http://127.0.0.1:8026";
const progress = progressOn(process.stderr, {}, true);

test.each([
  ["dcs", [], "not there"],
  ["dcs", ["--key", "k"], "not there"],
  ["dcs", ["--key", "k"], "running"],
  ["dcs", ["--key", "k"], "completed"],
  ["dcs", ["--key", "k"], "failed"],
  ["dds", ["--key", "k"], "not there"],
  ["dds", ["--key", "k"], "running"],
  ["dds", ["--key", "k"], "failed"],
] as const)("create on %s with %j, whose earlier backup is %s", async (service, flags, before) => {
  const jump = jumpingClock();
  const words = ["create", service, IDS[service], "--interval", "1ms", "--busy-timeout", "1m", ...flags];
  const args = readArguments(words, environmentOf(url)) as Arguments;
  const { remark, name } = startOf(args).trace;

  await inEveryWay(3, async (choose, taken) => {
    const backups: Backup[] = [];
    const begin = (id: string, label: string | undefined, age = 0, fails = false) =>
      backups.push({ id, label, createdAt: new Date(Date.now() - age), began: performance.now() - age, fails });
    if (before !== "not there") {
      begin("before", remark ?? name, before === "running" ? 0 : DURATION, before === "failed");
    }
    const starts: (Way & { isTooLate: boolean })[] = [];
    const stops = new AbortController();
    const interrupt = {
      signal: undefined as NodeJS.Signals | undefined,
      reads: stops.signal,
      starts: new AbortController().signal,
    };

    const start = ({ remark, backup }: { remark?: string; backup?: { name: string } }) => {
      const isBusy = backups.some((one) => stateOf(one) === "running");
      const way = service === "dds" && backups.length > 0 ? TAKEN : choose(isBusy ? REFUSALS : STARTS);
      starts.push({ ...way, isTooLate: interrupt.signal !== undefined });
      if (way.makes) {
        begin("new", remark ?? backup?.name);
      }
      return { way, body: { backup_id: "new" } };
    };
    const look = () => {
      const way = choose(LOOKS);
      jump(LOOK);
      const listed = backups.filter((one) => !(way.isLate && stateOf(one) === "running"));
      return { way, body: listOf(service, listed) };
    };
    const fetch: typeof globalThis.fetch = async (_, init) => {
      const { way, body } = init?.method === "POST" ? start(JSON.parse(String(init.body))) : look();
      const { status, code, age = "0", isInterrupted } = way;
      if (isInterrupted) {
        interrupt.signal = "SIGTERM";
        stops.abort("SIGTERM");
      }
      if (status === undefined) {
        throw new TypeError("fetch failed", { cause: new Error("other side closed") });
      }
      const text = code === undefined ? "<p>" : JSON.stringify(code ? { error_code: code } : body);
      return new Response(text, { status, headers: { age } });
    };

    const client = clientOf(url, { fetch, maxRetries: 0 });
    const end = await create({ args, host: process, backups: client, starter: client, interrupt, progress });
    const code = exitCodeOf(end);
    const stdout = print(end, "json");
    const way = `${taken.join(", ")}: ${stdout}`;
    expectEnd({ code, signal: null, stdout, stderr: way }, code, {});

    const isWrong = starts.map(({ isTooLate }, index) => isTooLate || (index > 0 && !starts[index - 1]?.passes));
    expect(isWrong, way).not.toContain(true);
    const ofKey = backups.filter((one) => flags.length > 0 && stateOf(one) !== "failed");
    expect(ofKey.length, way).toBeLessThanOrEqual(1);
    const known = backups.find(({ id }) => id === end.backup_id);
    const state = known && stateOf(known);
    const isOpen = starts.some(mayHaveWorked);
    const canGoOn = known !== undefined || end.attempt !== undefined;
    const isTrue: Record<number, boolean> = {
      0: state === "completed",
      1: !isOpen,
      3: state === "failed" && service === "dds",
      4: !isOpen,
      5: canGoOn && (isOpen || backups.length > 0),
      143: interrupt.signal !== undefined && (canGoOn || !isOpen),
    };
    expect(isTrue[code], way).toBe(true);
  });
});
