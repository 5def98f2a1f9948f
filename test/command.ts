/** The command against a stand-in or a server of a test's own: in this process, or in one of its own, built as it is shipped. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Readable, Writable } from "node:stream";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, inject } from "vitest";
import { DCS_INSTANCE_ID, DDS_INSTANCE_ID, PROJECT_ID, TEST_KEY } from "../scripts/lib/test-account.ts";
import type { StandIn } from "../scripts/stand-in/server.ts";
import { type Arguments, readArguments } from "../src/cli/arguments.ts";
import { command } from "../src/cli/command.ts";
import { type Context, clientOf } from "../src/cli/context.ts";
import schema from "../src/cli/outcome.schema.json" with { type: "json" };
import { progressOn } from "../src/cli/progress.ts";

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcessWithoutNullStreams;
  stderr(): string;
  ended: Promise<Ended>;
}

/** Path of the command's file, which Node runs. */
export const COMMAND = inject("command");

/** On Windows no process can send another a signal: whatever `kill` is told, it ends the process there and then. */
export const canSignal = process.platform !== "win32";

export const IDS = { dcs: DCS_INSTANCE_ID, dds: DDS_INSTANCE_ID };

/** Nothing of this machine's own environment but what a process needs. */
export function environmentOf(url: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HUAWEICLOUD_SDK_AK: TEST_KEY.accessKeyId,
    HUAWEICLOUD_SDK_SK: TEST_KEY.secretAccessKey,
    HUAWEICLOUD_SDK_PROJECT_ID: PROJECT_ID,
    HUAWEICLOUD_BACKUP_ENDPOINT_DCS: url,
    HUAWEICLOUD_BACKUP_ENDPOINT_DDS: url,
    ...more,
  };
}

/** @param input is all that comes on stdin; with `null` nothing comes and nothing ends. */
export async function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input: string | null = "",
): Promise<Running> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  child.stdin.on("error", () => {});
  if (input !== null) {
    child.stdin.end(input);
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { process: child, stderr: () => stderr, ended };
}

/** In a process of its own: for what a process has besides streams and variables, and to see that the command is wired to it. */
export async function runAsProcess(args: readonly string[], env: NodeJS.ProcessEnv, input?: string): Promise<Ended> {
  return (await start(args, env, input)).ended;
}

/** In this process, where Node and its `fetch` have been started already: that takes a process nearly all of its time. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv, input = ""): Promise<Ended> {
  const told = { stdout: "", stderr: "" };
  const streamTo = (name: keyof typeof told) =>
    new Writable({
      write(data, _, done) {
        told[name] += data;
        done();
      },
    });
  const stdin = Readable.from([Buffer.from(input)]);
  const streams = { stdin, stdout: streamTo("stdout"), stderr: streamTo("stderr") };
  const code = await command(args, { env, ...streams, on() {} });
  return { code, signal: null, ...told };
}

/** The one document on stdout. */
export function documentIn({ stdout }: Ended): Record<string, unknown> {
  return JSON.parse(stdout);
}

/** So that a wait takes no longer than what it waits for. */
export const fast = ["--interval", "20ms"];

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
const isDocument = ajv.compile(schema);

/** An end with its one document, which the schema describes, and with nothing secret on either stream. */
export function expectEnd(ended: Ended, code: number, expected: object): Record<string, unknown> {
  expect(ended.code, ended.stderr).toBe(code);
  expect(ended.stdout.trim().split("\n")).toHaveLength(1);
  const document = documentIn(ended);
  isDocument(document);
  expect(isDocument.errors).toBeNull();
  expect(document).toMatchObject({ schema: 1, ...expected });
  expect(ended.stdout + ended.stderr).not.toContain(TEST_KEY.secretAccessKey);
  expect(ended.stdout + ended.stderr).not.toMatch(/Signature=(?!\*)|\u001B/);
  return document;
}

export function expectUsage(ended: Ended, message: RegExp): void {
  expect(ended.stderr).toMatch(message);
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe("");
}

export const posts = ({ received }: StandIn) => received.filter(({ method }) => method === "POST");

/** A run in this process, whose clock a test can move: what it works with, and what it has said so far. Each call is sent once. */
export function contextOf(argv: readonly string[], url: string): Context & { said(): string } {
  const env = environmentOf(url);
  const args = readArguments(argv, env) as Arguments;
  let said = "";
  const write = (text: unknown) => {
    said += text;
    return true;
  };
  const progress = progressOn({ write }, {}, false);
  const backups = clientOf(args, env, progress, { maxRetries: 0 });
  const { signal } = new AbortController();
  const interrupt = { signal: undefined, reads: signal, starts: signal };
  return { args, host: process, backups, starter: backups, interrupt, progress, said: () => said };
}
