/**
 * A local stand-in of the calls, made from the generated bundle: it refuses what the spec refuses with that service's own error body, checks
 * signatures, remembers the backups that it started and lets them run, answers any documented status on request, and misbehaves when told to.
 * For trying and testing only.
 */
import type { ServerResponse } from "node:http";
import { type Document, readDocument } from "../lib/document.ts";
import { type Answer, Answers } from "./answers.ts";
import { createApi } from "./api.ts";
import { fateIn, type Settings } from "./fate.ts";
import { type Handler, startListener, type Tls } from "./listener.ts";
import { type Backup, Memory } from "./memory.ts";
import { misbehaviours } from "./misbehaviours.ts";
import { type Order, Orders, readPreference } from "./orders.ts";
import type { Pages } from "./pages.ts";
import { type ReceivedRequest, readRequest } from "./request.ts";

export { NEXT_PATH, type Order, SETTINGS_PATH } from "./orders.ts";
export type { ReceivedRequest } from "./request.ts";

export interface StandIn {
  /** `http://127.0.0.1:port` or `https://…`, for both services. */
  readonly url: string;
  /** The calls that have arrived, oldest first. */
  readonly received: readonly ReceivedRequest[];
  /** Whatever was started, oldest first, also what is gone by now and what the caller was told nothing of. */
  readonly backups: readonly Backup[];
  /** What the next calls get, one each; calls after these get their own answers again. */
  next(...orders: Order[]): void;
  /** Takes back what `next` told and no call has got yet. */
  forget(): void;
  /** What holds for all calls that follow. */
  set(settings: Partial<Settings>): void;
  close(): Promise<void>;
}

interface StandInOptions {
  /** 0 takes any free one. */
  port?: number;
  /** Answers the requests that are for a page, and tells of each whether it was. */
  pages?: Pages;
  /** Unless told otherwise, a backup has ended as soon as it is started. */
  settings?: Partial<Settings>;
  /** Serves https instead of http. */
  tls?: Tls | undefined;
  /** The service's clock, in ms since 1970. */
  now?: () => number;
}

/** Read once, by the first stand-in of the process. */
let spec: Document | undefined;

/** Rejects with `EADDRINUSE` when the port is taken. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { port = 0, pages, settings = {}, tls, now = Date.now } = options;
  spec ??= readDocument();
  const answers = new Answers(spec);
  const orders = new Orders(answers, settings);
  const memory = new Memory(now, orders.settings);
  const api = await createApi(spec, answers, memory);
  const received: ReceivedRequest[] = [];

  const serve: Handler = async (incoming, outgoing, line) => {
    if (pages?.(incoming, outgoing)) {
      return;
    }
    const request = await readRequest(incoming, line.number).catch(() => undefined);
    if (!request) {
      return;
    }
    const told = orders.answer(request);
    if (told) {
      send(outgoing, told, now());
      return;
    }
    received.push(request);
    const call = api.callOf(request);
    const order = (call && orders.take(call)) ?? readPreference(request.headers["prefer"]);
    if (order.misbehave === undefined) {
      send(outgoing, await api.answer(request, order), now());
      return;
    }
    if (fateIn(order)) {
      await api.answer(request, order);
    }
    misbehaviours[order.misbehave](outgoing, request, line);
  };

  const { url, close } = await startListener(serve, port, tls);
  return {
    url,
    received,
    backups: memory.backups,
    next: (...more) => void orders.waiting.push(...more),
    forget: () => {
      orders.waiting.length = 0;
    },
    set: (more) => void Object.assign(orders.settings, more),
    close,
  };
}

function send(outgoing: ServerResponse, { status, body, headers }: Answer, now: number): void {
  const date = new Date(now).toUTCString();
  if (body === undefined || status === 204 || status === 304) {
    outgoing.writeHead(status, { date, ...headers }).end();
    return;
  }
  const text = JSON.stringify(body);
  const own = { "content-type": "application/json;charset=UTF-8", "content-length": Buffer.byteLength(text) };
  outgoing.writeHead(status, { date, ...own, ...headers }).end(text);
}
