/** How the stand-in goes wrong when it is told to. */
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { http2Misbehaviours } from "./http2-misbehaviours.ts";
import type { Line } from "./listener.ts";

/** What a misbehaviour may need to know of the request. */
interface Request {
  headers: Readonly<Record<string, string>>;
}

type Misbehaviour = (outgoing: ServerResponse, request: Request, line: Line) => void;

const refusal = JSON.stringify({ error_code: "DCS.4063", error_msg: "参数错误", error_ext_msg: null });
/** The same JSON as GBK writes it. */
const refusalInGbk = Buffer.concat(
  refusal
    .split("参数错误")
    .flatMap((part, index) => [...(index ? [Buffer.from("b2cecafdb4edcef3", "hex")] : []), Buffer.from(part)]),
);

/** The ways in which networks, gateways and proxies go wrong, by the name that asks for one. */
export const misbehaviours = {
  /** The connection is reset after the request was read. */
  reset: (_, __, line) => line.reset(),
  /** The connection is closed after the request was read. */
  close: (_, __, line) => line.close(),
  /** No answer ever comes. */
  hang: () => {},
  /** Headers come, the body never does. */
  stall: (outgoing) => outgoing.writeHead(200, { "content-type": "application/json" }).flushHeaders(),
  /** The body comes byte by byte and never ends. */
  drip: (outgoing) => {
    outgoing.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => outgoing.write(" "), 20);
    outgoing.on("close", () => clearInterval(timer));
  },
  /** The connection breaks in the middle of a success. */
  half: (outgoing, _, line) => half(outgoing, line, 200, '{"backup_id":"548ceeff'),
  /** The connection breaks in the middle of an error. */
  "half-error": (outgoing, _, line) => half(outgoing, line, 429, '{"error_code":"APIGW.0308"'),
  /** A login page with status 200. */
  html: (outgoing) => answer(outgoing, 200, "text/html", "<!doctype html><title>Sign in</title><p>Sign in to go on"),
  empty: (outgoing) => answer(outgoing, 200, "application/json", ""),
  "no-content": (outgoing) => outgoing.writeHead(204).end(),
  "cut-json": (outgoing) => answer(outgoing, 200, "application/json", '{"backup_id":"548ceeff-2c'),
  "no-backup-id": (outgoing) =>
    answer(outgoing, 200, "application/json", '{"job_id":"a03b1b8a-b756-467c-8a49-38720c3d23ec"}'),
  "number-backup-id": (outgoing) => answer(outgoing, 200, "application/json", '{"backup_id":42}'),
  /** To another host, where credentials must not go. */
  redirect: (outgoing) => outgoing.writeHead(307, { location: "https://elsewhere.example/login" }).end(),
  "html-error": (outgoing) => answer(outgoing, 502, "text/html", "<html><h1>502 Bad Gateway</h1><hr>nginx</html>"),
  "empty-error": (outgoing) => answer(outgoing, 500, "application/json", ""),
  "array-error": (outgoing) => answer(outgoing, 500, "application/json", '["something",{"went":"wrong"}]'),
  "number-error": (outgoing) => answer(outgoing, 500, "application/json", "42"),
  "null-error": (outgoing) => answer(outgoing, 400, "application/json", "null"),
  "cut-error": (outgoing) => answer(outgoing, 400, "application/json", '{"error_code":"DCS.4063","error_m'),
  /** 30 MB of text. */
  "huge-error": (outgoing) => answer(outgoing, 500, "text/plain", "All work and no play. ".repeat(1_400_000)),
  /** JSON that calls itself HTML. */
  "wrong-type": (outgoing) => answer(outgoing, 400, "text/html", refusal),
  /** GBK that calls itself UTF-8. */
  "wrong-charset": (outgoing) => answer(outgoing, 400, "application/json;charset=UTF-8", refusalInGbk),
  gbk: (outgoing) => answer(outgoing, 400, "application/json;charset=GBK", refusalInGbk),
  gzip: (outgoing) => answer(outgoing, 400, "application/json", gzipSync(refusal), { "content-encoding": "gzip" }),
  /** Repeats all that was sent, as the vendor's gateway does when it refuses a signature. */
  echo: (outgoing, { headers }) => {
    const sent = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
    const body = {
      error_msg: `verify aksk signature fail, canonicalRequest:POST|${sent.join("|")}`,
      error_code: "APIGW.0301",
      request_id: sent.join(),
    };
    answer(outgoing, 401, "application/json", JSON.stringify(body).replaceAll("/", "\\/"), {
      "x-request-id": sent.join(),
    });
  },
  /** Refuses the signature for its date, with a `Date` that is an hour ahead. */
  "clock-skew": (outgoing) => {
    const body = JSON.stringify({
      error_msg: "Incorrect IAM authentication information: signature expired",
      error_code: "APIGW.0301",
    });
    answer(outgoing, 401, "application/json", body, { date: new Date(Date.now() + 3_600_000).toUTCString() });
  },
  ...http2Misbehaviours,
} satisfies Record<string, Misbehaviour>;

export type MisbehaviourName = keyof typeof misbehaviours;

export function isMisbehaviour(name: unknown): name is MisbehaviourName {
  return typeof name === "string" && Object.hasOwn(misbehaviours, name);
}

function answer(
  outgoing: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  outgoing.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body), ...headers }).end(body);
}

/** The bytes that are meant to arrive have left before the connection ends. */
function half(outgoing: ServerResponse, line: Line, status: number, body: string): void {
  outgoing.writeHead(status, { "content-type": "application/json", "content-length": 1000 });
  outgoing.write(body, () => setTimeout(line.close, 20));
}
