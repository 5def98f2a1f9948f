/** What a person sees on stderr while the command works. */

export interface Look {
  state: "unlisted" | "waiting" | "running";
  percent?: number | undefined;
  error?: (Error & { status?: unknown }) | undefined;
}

export interface Progress {
  /** A line that stays. */
  say(line: string): void;
  look(look: Look): void;
  /** Takes away what was drawn. */
  end(): void;
}

type Stream = Pick<NodeJS.WriteStream, "write"> & { isTTY?: boolean; columns?: number };

/** In ms. */
const REDRAW = 1_000;
const AT_LEAST = 60_000;

export function progressOn(stream: Stream, env: NodeJS.ProcessEnv, quiet: boolean): Progress {
  if (quiet) {
    return { say() {}, look() {}, end() {} };
  }
  return stream.isTTY && env["TERM"] !== "dumb" ? redrawn(stream) : lines(stream);
}

/** For a log: a line for each change, and else one a minute. */
function lines(stream: Stream): Progress {
  const began = performance.now();
  let last = "";
  let told = 0;
  return {
    say: (line) => void stream.write(`${line}\n`),
    look(look) {
      // The message of a failed look has a request id in it, which is another one each time.
      const kind = [describe({ ...look, error: undefined }), look.error?.name, look.error?.status].join();
      const now = performance.now();
      if (kind !== last || now - told >= AT_LEAST) {
        stream.write(`${describe(look)}, ${duration(now - began)}\n`);
        last = kind;
        told = now;
      }
    },
    end() {},
  };
}

/** For a terminal: one line that is drawn again, so that its time goes on between two looks. */
function redrawn(stream: Stream): Progress {
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

const BAR = 20;

function oneLine(look: Look, elapsed: number, width: number): string {
  const text = `${describe(look)}, ${duration(elapsed)}`;
  const whole = `${bar(look.percent, elapsed)} ${text}`;
  return (whole.length <= width ? whole : text).slice(0, Math.max(0, width));
}

/** Where the service tells no percent, something moves all the same. */
function bar(percent: number | undefined, elapsed: number): string {
  if (percent === undefined) {
    const at = Math.floor(elapsed / REDRAW) % BAR;
    return `[${" ".repeat(at)}#${" ".repeat(BAR - 1 - at)}]`;
  }
  const full = Math.round((Math.min(100, Math.max(0, percent)) / 100) * BAR);
  return `[${"#".repeat(full)}${" ".repeat(BAR - full)}]`;
}

function describe({ state, percent, error }: Look): string {
  const where = state === "unlisted" ? "not in the list yet" : state;
  const how = percent === undefined ? where : `${where} ${Math.round(percent)} %`;
  return error ? `${how} (the last look failed: ${error.message})` : how;
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
