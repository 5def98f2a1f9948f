/** What a person sees on a terminal while the command waits: one line that is drawn again and again. A log gets lines of its own. */
import { describe, expect, test } from "vitest";
import { duration, foundNothing, progressOn } from "../src/cli/progress.ts";
import { jumpingClock, stoppedClock } from "./support.ts";

/** Where the command writes, and what has come there since one last asked. */
function stream(isTTY: boolean, columns?: number) {
  let text = "";
  const write = (more: unknown) => {
    text += more;
    return true;
  };
  const taken = () => {
    const before = text;
    text = "";
    return before;
  };
  return { isTTY, write, taken, ...(columns === undefined ? {} : { columns }) };
}

const ERASED = "\r\u001B[J";

describe("a terminal", () => {
  test("has one line, which is drawn anew with each look and taken away at the end", () => {
    const terminal = stream(true, 60);
    const progress = progressOn(terminal, {}, false);
    progress.look({ state: "unlisted" });
    expect(terminal.taken()).toBe(`${ERASED}[#                   ] not in the list yet, 0 s`);
    progress.look({ state: "running", percent: 40 });
    expect(terminal.taken()).toBe(`${ERASED}[########            ] running 40 %, 0 s`);
    progress.end();
    expect(terminal.taken()).toBe(ERASED);
    progress.end();
    expect(terminal.taken()).toBe("");
  });

  test("keeps what is said above that line", () => {
    const terminal = stream(true, 60);
    const progress = progressOn(terminal, {}, false);
    progress.say("started b");
    expect(terminal.taken()).toBe("started b\n");
    progress.look({ state: "waiting", percent: 0 });
    terminal.taken();
    progress.say("SIGINT\u001B[2J");
    expect(terminal.taken()).toBe(`${ERASED}SIGINT [2J\n[                    ] waiting 0 %, 0 s`);
    progress.end();
    terminal.taken();
    progress.say("ended");
    expect(terminal.taken()).toBe("ended\n");
  });

  test("sees the time go on between two looks, and something move where there is no percent", async () => {
    const clock = stoppedClock();
    const terminal = stream(true, 60);
    const progress = progressOn(terminal, {}, false);
    progress.look({ state: "running" });
    progress.end();
    progress.look({ state: "running" });
    progress.look({ state: "running" });
    terminal.taken();
    clock.set(2_300);
    await expect.poll(terminal.taken, { timeout: 20_000 }).toBe(`${ERASED}[  #                 ] running, 2 s`);
    progress.end();
    terminal.taken();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(terminal.taken()).toBe("");
  });

  test.each<[number | undefined, string]>([
    [undefined, "[#                   ] running, 0 s"],
    [30, "[#             ] running, 0 s"],
    [21, "[#    ] running, 0 s"],
    [20, "running, 0 s"],
    [10, "running, "],
    [1, ""],
  ])("of %s columns has the last one free, and a bar where there is room", (columns, line) => {
    const terminal = stream(true, columns);
    const progress = progressOn(terminal, {}, false);
    progress.look({ state: "running" });
    progress.end();
    expect(terminal.taken()).toBe(`${ERASED}${line}${ERASED}`);
  });

  test.each<[number, number]>([
    [-1, 0],
    [49, 10],
    [100, 20],
    [250, 20],
  ])("draws %s %% as %i marks", (percent, marks) => {
    const terminal = stream(true, 80);
    const progress = progressOn(terminal, {}, false);
    progress.look({ state: "running", percent });
    progress.end();
    expect(terminal.taken()).toContain(`[${"#".repeat(marks).padEnd(20)}]`);
  });

  test("of a width that nobody knows has 80 columns", () => {
    const terminal = stream(true);
    const progress = progressOn(terminal, {}, false);
    progress.look({ state: "running", error: new Error("x".repeat(100)) });
    expect(terminal.taken()).toHaveLength(ERASED.length + 79);
    progress.end();
  });

  test.each<[number, string]>([
    [35, ""],
    [34, "\u001B[1A"],
    [12, "\u001B[2A"],
  ])("that has become %i columns narrow loses all rows of the line", (columns, up) => {
    const terminal = stream(true, 60);
    const progress = progressOn(terminal, {}, false);
    progress.look({ state: "running" });
    expect(terminal.taken()).toHaveLength(ERASED.length + 35);
    terminal.columns = columns;
    progress.end();
    expect(terminal.taken()).toBe(`\r${up}\u001B[J`);
    progress.look({ state: "running" });
    expect(terminal.taken()).toMatch(/^\r\u001B\[J/);
    progress.end();
  });

  test("that is dumb gets lines", () => {
    const terminal = stream(true, 60);
    progressOn(terminal, { TERM: "dumb" }, false).look({ state: "running" });
    expect(terminal.taken()).toBe("running, 0 s\n");
  });
});

describe("a log", () => {
  test("has a line for each change but that of the percent, and otherwise one a minute", () => {
    const jump = jumpingClock();
    const log = stream(false);
    const progress = progressOn(log, {}, false);
    const failure = (id: number) => Object.assign(new Error(`request ${id}`), { name: "ApiError", status: 500 });
    progress.look({ state: "running" });
    progress.look({ state: "running" });
    expect(log.taken()).toBe("running, 0 s\n");
    progress.look({ state: "running", percent: 49.6 });
    expect(log.taken()).toBe("running 50 %, 0 s\n");
    progress.look({ state: "running", percent: 51 });
    expect(log.taken()).toBe("");
    progress.look({ state: "running", error: failure(1) });
    progress.look({ state: "running", error: failure(2) });
    expect(log.taken()).toBe("running (the last look failed: request 1), 0 s\n");
    progress.look({ state: "running", error: Object.assign(failure(3), { status: 503 }) });
    expect(log.taken()).toBe("running (the last look failed: request 3), 0 s\n");
    progress.look({ state: "running" });
    expect(log.taken()).toBe("running, 0 s\n");
    progress.look({ state: "running", error: new Error("no connection") });
    expect(log.taken()).toBe("running (the last look failed: no connection), 0 s\n");
    progress.look({ state: "unlisted", error: new Error("ListBackups failed with 500. Ask again later") });
    expect(log.taken()).toBe("not seen yet (the last look failed: ListBackups failed with 500), 0 s\n");
    progress.look({ state: "running" });
    log.taken();
    jump(59_000);
    progress.look({ state: "running" });
    expect(log.taken()).toBe("");
    jump(1_000);
    progress.look({ state: "running" });
    expect(log.taken()).toBe("running, 1 min 0 s\n");
    progress.end();
    expect(log.taken()).toBe("");
  });

  test("has what comes again and again once a minute of each kind", () => {
    const jump = jumpingClock();
    const log = stream(false);
    const progress = progressOn(log, {}, false);
    progress.repeat("a", "first");
    progress.repeat("a", "second");
    progress.repeat("b", "other\u001B[2J");
    expect(log.taken()).toBe("first\nother [2J\n");
    jump(60_000);
    progress.repeat("a", "third");
    expect(log.taken()).toBe("third\n");
  });

  test("has nothing with --quiet", () => {
    const log = stream(true);
    const progress = progressOn(log, {}, true);
    progress.say("line");
    progress.repeat("a", "line");
    progress.look({ state: "running" });
    progress.end();
    expect(log.taken()).toBe("");
  });
});

test.each([
  [0, "in one look"],
  [499, "in one look"],
  [500, "in 1 s"],
  [89_600, "in 1 min 30 s"],
])("a search that found nothing in %i ms says so", (milliseconds, how) => {
  expect(foundNothing(milliseconds)).toBe(`Nothing was found ${how}; it may still turn up`);
});

test.each([
  [499, "0 s"],
  [59_499, "59 s"],
  [59_500, "1 min 0 s"],
  [3_599_000, "59 min 59 s"],
  [3_600_000, "1 h 0 min"],
  [90_061_000, "25 h 1 min"],
])("%i ms are %s", (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
