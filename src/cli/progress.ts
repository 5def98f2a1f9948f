/** What a person sees on stderr while the command works. */
import { printable } from "./outcome.js";

export interface Look {
  state: "unlisted" | "waiting" | "running";
  percent?: number | undefined;
  error?: (Error & { status?: unknown }) | undefined;
}

export interface Progress {
  /** A line that stays. */
  say(line: string): void;
  /** A line that comes again and again: at most once a minute for each kind. */
  repeat(kind: string, line: string): void;
  look(look: Look): void;
  /** Takes away what was drawn. */
  end(): void;
}

type Stream = Pick<NodeJS.WriteStream, "write"> & { isTTY?: boolean; columns?: number };

/** In ms. */
const REDRAW = 1_000;
const REPEAT_AFTER = 60_000;

export function progressOn(stream: Stream, env: NodeJS.ProcessEnv, quiet: boolean): Progress {
  if (quiet) {
    return { say() {}, repeat() {}, look() {}, end() {} };
  }
  const { say, look, end } = stream.isTTY && env["TERM"] !== "dumb" ? redrawn(stream) : lines(stream);
  const told = new Map<string, number>();
  return {
    say: (line) => say(printable(line)),
    repeat(kind, line) {
      const now = performance.now();
      if (now - (told.get(kind) ?? Number.NEGATIVE_INFINITY) >= REPEAT_AFTER) {
        told.set(kind, now);
        say(printable(line));
      }
    },
    look,
    end,
  };
}

type Display = Omit<Progress, "repeat">;

/** For a log: a line for each change but that of the percent, and otherwise one a minute. */
function lines(stream: Stream): Display {
  const began = performance.now();
  let last = "";
  let told = 0;
  return {
    say: (line) => void stream.write(`${line}\n`),
    look(look) {
      // The message of a failed look has a request id in it, which is another one each time.
      const { state, percent, error } = look;
      const kind = [state, percent === undefined, error?.name, error?.status].join();
      const now = performance.now();
      if (kind !== last || now - told >= REPEAT_AFTER) {
        stream.write(`${describe(look)}, ${duration(now - began)}\n`);
        last = kind;
        told = now;
      }
    },
    end() {},
  };
}

/** For a terminal: one line that is drawn again, so that its time goes on between two looks. */
function redrawn(stream: Stream): Display {
  const began = performance.now();
  let last: Look | undefined;
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;
  const columns = () => stream.columns || 80;
  /** In a window that has become narrower the line stands in several rows. */
  const erase = () => {
    const above = Math.max(0, Math.ceil(drawn / columns()) - 1);
    drawn = 0;
    return `\r${above > 0 ? `\u001B[${above}A` : ""}\u001B[J`;
  };
  const line = () => {
    // The last column stays free: some terminals wrap there.
    const text = last ? oneLine(last, performance.now() - began, columns() - 1) : "";
    drawn = text.length;
    return text;
  };
  const draw = () => void stream.write(erase() + line());
  return {
    say: (text) => void stream.write(last ? `${erase()}${text}\n${line()}` : `${text}\n`),
    look(look) {
      last = look;
      draw();
      timer ??= setInterval(draw, REDRAW).unref();
    },
    end() {
      clearInterval(timer);
      timer = undefined;
      if (last) {
        stream.write(erase());
      }
      last = undefined;
    },
  };
}

/** How long the bar is, between its brackets: as long as there is room for, and none where it would say nothing. */
const BAR = { longest: 20, shortest: 5 };

function oneLine(look: Look, elapsed: number, width: number): string {
  const text = `${describe(look)}, ${duration(elapsed)}`;
  const length = Math.min(BAR.longest, width - text.length - "[] ".length);
  const whole = length < BAR.shortest ? text : `[${bar(look.percent, elapsed, length)}] ${text}`;
  return whole.slice(0, Math.max(0, width));
}

/** Where the service tells no percent, something moves all the same. */
function bar(percent: number | undefined, elapsed: number, length: number): string {
  if (percent === undefined) {
    const at = Math.floor(elapsed / REDRAW) % length;
    return "#".padStart(at + 1).padEnd(length);
  }
  return "#".repeat(Math.round((Math.min(100, Math.max(0, percent)) / 100) * length)).padEnd(length);
}

function describe({ state, percent, error }: Look): string {
  const unlisted = error ? "not seen yet" : "not in the list yet";
  const where = state === "unlisted" ? unlisted : state;
  const how = percent === undefined ? where : `${where} ${Math.round(percent)} %`;
  // The command itself asks again.
  return error ? `${how} (the last look failed: ${printable(error.message.replace(/\. Ask again later$/, ""))})` : how;
}

/** After a search in vain. @param lookedFor in ms. A single look takes next to no time. */
export function foundNothing(lookedFor: number): string {
  const how = lookedFor < 500 ? "in one look" : `in ${duration(lookedFor)}`;
  return `Nothing was found ${how}; it may still turn up`;
}

export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0
    ? `${hours} h ${minutes % 60} min`
    : minutes > 0
      ? `${minutes} min ${seconds % 60} s`
      : `${seconds} s`;
}
