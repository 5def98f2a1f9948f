/** A service that answers lists and jobs as a test tells it, and a client of it. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { expect, onTestFinished } from "vitest";
import { listen } from "../scripts/lib/listen.ts";
import { DDS_INSTANCE_ID } from "../scripts/lib/test-account.ts";
import { ddsTime } from "../scripts/stand-in/records.ts";
import type { BackupRecord, DdsBackup } from "../src/index.ts";

export const BACKUP_ID = "ffadf49b-47ba-4e36-a5bd-5f6d0a2d1c0d";
export const DDS_BACKUP_ID = "9d07bd6c6b6c4e2a8dd8f0a3a2a2a2a2br02";
export const JOB_ID = "2b414788a6004883a02390e2eb0ea227";

/** Lets a client ask once, so that each look is one request, unless a list has several pages. */
export const once = { maxRetries: 0 };

/** What the service does with one request. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is where it is text. */
  body?: unknown;
  /** Instead of an answer: break the connection off, stay silent, or send half of the answer. */
  misbehave?: "reset" | "hang" | "half";
}

export interface Ask {
  path: string;
  query: URLSearchParams;
  /** How many requests of its kind came before it: lists are of one kind, jobs of another. */
  count: number;
}

export interface ListService {
  url: string;
  lists: URLSearchParams[];
  paths: string[];
  jobs: URLSearchParams[];
  /** How many requests are being answered, or are left without an answer. */
  open: number;
}

/** Starts the service, which ends with the test. The test fails when anything but a read arrives. */
export async function listService(answer: (ask: Ask) => Reply | Promise<Reply>): Promise<ListService> {
  const service: ListService = { url: "", lists: [], paths: [], jobs: [], open: 0 };
  const methods = new Set<string | undefined>();
  const server = createServer(async (request, response) => {
    service.open++;
    response.on("close", () => service.open--);
    methods.add(request.method);
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const kind = pathname.endsWith("/jobs") ? service.jobs : service.lists;
    kind.push(searchParams);
    service.paths.push(pathname);
    send(await answer({ path: pathname, query: searchParams, count: kind.length - 1 }), request, response);
  });
  service.url = await listen(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    expect([...methods].filter((method) => method !== "GET")).toEqual([]);
  });
  return service;
}

function send({ status = 200, headers, body, misbehave }: Reply, request: IncomingMessage, response: ServerResponse) {
  if (misbehave === "reset") {
    request.socket.destroy();
    return;
  }
  if (misbehave === "hang") {
    return;
  }
  const text = typeof body === "string" ? body : JSON.stringify(body ?? "");
  const content =
    status === 204 ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  response.writeHead(status, { ...content, ...headers });
  if (misbehave === "half") {
    response.write(text.slice(0, text.length / 2));
    setTimeout(() => request.socket.destroy(), 5);
    return;
  }
  response.end(status === 204 ? undefined : text);
}

/** Gives each reply in turn, and the last one again and again. */
export function inTurn(...replies: [Reply, ...Reply[]]): (ask: Ask) => Reply {
  return ({ count }) => replies[Math.min(count, replies.length - 1)] ?? replies[0];
}

export function dcsRecord(facts: Partial<BackupRecord> = {}): BackupRecord {
  return {
    backup_id: BACKUP_ID,
    status: "backuping",
    progress: "0.00",
    backup_type: "manual",
    backup_format: "rdb",
    created_at: new Date().toISOString(),
    remark: "before the upgrade",
    error_code: null,
    ...facts,
  };
}

export function dcsPage(records: BackupRecord[], total = records.length): Reply {
  return { body: { total_num: total, backup_record_response: records } };
}

/** The one backup that is waited for, in this state. */
export const dcs = (status: string, facts: Partial<BackupRecord> = {}): Reply =>
  dcsPage([dcsRecord({ status, ...facts })]);

export function ddsBackup(facts: Partial<DdsBackup> = {}): DdsBackup {
  return {
    id: DDS_BACKUP_ID,
    name: "before-the-upgrade",
    instance_id: DDS_INSTANCE_ID,
    type: "Manual",
    begin_time: ddsTime(Date.now()),
    status: "BUILDING",
    ...facts,
  };
}

export function ddsPage(backups: DdsBackup[]): Reply {
  return { body: { total_count: backups.length, backups } };
}

export const dds = (status: string): Reply => ddsPage([ddsBackup({ status })]);
