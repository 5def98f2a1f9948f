/** Reads the command line. */
import { parseArgs } from "node:util";
import { backupFormats, type Service, services } from "../../generated/tables.js";
import { nearest, UsageError } from "./usage.js";
import { needed, oneOf, readDuration, readEndpoints, readKey } from "./values.js";

export interface Arguments {
  command: "create" | "wait" | "find" | "list";
  service: Service;
  instanceId: string | undefined;
  backupId: string | undefined;
  jobId: string | undefined;
  /** Where `find` reads: a path, or `-` for stdin. */
  file: string;
  remark: string | undefined;
  name: string | undefined;
  description: string | undefined;
  format: (typeof backupFormats)[number] | undefined;
  v1: boolean;
  key: string | undefined;
  keyAge: number;
  exact: boolean;
  wait: boolean;
  region: string | undefined;
  projectId: string | undefined;
  endpoints: { dcs?: string; dds?: string };
  /** In ms, as all durations. */
  timeout: number;
  interval: number;
  busyTimeout: number;
  output: "json" | "id" | "text";
  quiet: boolean;
  dryRun: boolean;
}

/** What was asked for instead of a command's work. */
export type Request = Arguments | { help: string | undefined } | { version: true };

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const COMMON = {
  region: text,
  "project-id": text,
  endpoint: { type: "string", multiple: true },
  output: text,
  quiet: flag,
  "dry-run": flag,
  help: { type: "boolean", short: "h" },
  version: flag,
} as const;
const WAITING = { timeout: text, interval: text } as const;

const CREATE = {
  "busy-timeout": text,
  key: text,
  "key-age": text,
  exact: flag,
  "no-wait": flag,
  remark: text,
  format: text,
  api: text,
  name: text,
  description: text,
} as const;

const ALL = { ...COMMON, ...WAITING, ...CREATE, job: text } as const;

export const FLAGS_OF: Record<string, readonly string[]> = {
  create: [...Object.keys(COMMON), ...Object.keys(WAITING), ...Object.keys(CREATE)],
  wait: [...Object.keys(COMMON), ...Object.keys(WAITING), "api", "job"],
  find: [...Object.keys(COMMON)],
  list: [...Object.keys(COMMON), "api"],
};
const OF_DCS = ["remark", "format", "api"];
const OF_DDS = ["name", "description", "job"];

export function readArguments(argv: readonly string[], env: NodeJS.ProcessEnv): Request {
  const { values, positionals } = parse(argv);
  const [command, ...rest] = positionals;
  if (values.version) {
    return { version: true };
  }
  if (values.help || command === "help") {
    return { help: command === "help" ? rest[0] : command };
  }
  if (command === undefined) {
    // Exit code 0 has to mean that there is a backup.
    throw new UsageError("<command>: missing; see --help");
  }
  if (!isCommand(command)) {
    throw new UsageError(`${command}: is no command${suggest(command, Object.keys(FLAGS_OF))}; see --help`);
  }
  for (const name of Object.keys(values)) {
    if (!FLAGS_OF[command]?.includes(name)) {
      throw new UsageError(`--${name}: is no flag of ${command}; see ${command} --help`);
    }
  }
  const place = readPositionals(command, rest);
  const others = place.service === "dcs" ? OF_DDS : OF_DCS;
  const other = command === "find" ? undefined : others.find((name) => name in values);
  if (other) {
    throw new UsageError(`--${other}: is for ${place.service === "dcs" ? "dds" : "dcs"} alone`);
  }
  return {
    command,
    ...place,
    jobId: values.job,
    remark: values.remark,
    name: values.name,
    description: values.description,
    format: oneOf("format", values.format, backupFormats),
    v1: oneOf("api", values.api, ["v1.0", "v2"]) === "v1.0",
    key: readKey(values.key, values.exact),
    keyAge: readDuration("key-age", values["key-age"] ?? "24h"),
    exact: values.exact ?? false,
    wait: !values["no-wait"],
    region: values.region ?? (env["HUAWEICLOUD_BACKUP_REGION"] || undefined),
    projectId: values["project-id"] ?? (env["HUAWEICLOUD_SDK_PROJECT_ID"] || undefined),
    endpoints: readEndpoints(values.endpoint, env),
    timeout: readDuration("timeout", values.timeout ?? "60m"),
    interval: readDuration("interval", values.interval ?? "10s"),
    busyTimeout: readDuration("busy-timeout", values["busy-timeout"] ?? "0s"),
    output: oneOf("output", values.output, ["json", "id", "text"]) ?? "json",
    quiet: values.quiet ?? false,
    dryRun: values["dry-run"] ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: ALL, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const [, dashes = "--", name = ""] = /'(?:-\w, )?(-{0,2})([^\s',]*)/.exec(message) ?? [];
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      throw new UsageError(`${dashes}${name}: is no flag${suggest(name, Object.keys(ALL), "--")}; see --help`);
    }
    const needs = /argument missing|ambiguous/i.test(message);
    throw new UsageError(`--${name}: ${needs ? `needs a value, such as --${name}=…` : "takes no value"}`);
  }
}

function suggest(word: string, known: readonly string[], prefix = ""): string {
  const near = nearest(word, known);
  return near === undefined ? "" : `, did you mean ${prefix}${near}?`;
}

function isCommand(word: string): word is Arguments["command"] {
  return Object.hasOwn(FLAGS_OF, word);
}

function readPositionals(command: Arguments["command"], words: readonly string[]) {
  if (command === "find") {
    expectAtMost(words, 1, "find [FILE | -]");
    return { service: "dcs" as const, instanceId: undefined, backupId: undefined, file: words[0] ?? "-" };
  }
  const [word, first, second] = words;
  const service = services.find((one) => one === word);
  if (!service) {
    const given = word === undefined ? "missing" : `must be dcs or dds, not ${word}`;
    throw new UsageError(`<service>: ${given}; write ${command} dcs … or ${command} dds …`);
  }
  const file = "-";
  if (command === "wait" && service === "dds") {
    expectAtMost(words, 2, "wait dds <backup-id>");
    return { service, instanceId: undefined, backupId: needed("<backup-id>", first), file };
  }
  if (command === "wait") {
    expectAtMost(words, 3, "wait dcs <instance-id> <backup-id>");
    return { service, instanceId: needed("<instance-id>", first), backupId: needed("<backup-id>", second), file };
  }
  expectAtMost(words, 2, `${command} ${service} <instance-id>`);
  const mayBeLeftOut = command === "list" && service === "dds";
  const instanceId = mayBeLeftOut && first === undefined ? undefined : needed("<instance-id>", first);
  return { service, instanceId, backupId: undefined, file };
}

function expectAtMost(words: readonly string[], count: number, form: string): void {
  if (words.length > count) {
    throw new UsageError(`${words[count]}: is one argument too many; the form is ${form}`);
  }
}
