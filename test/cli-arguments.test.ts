/** What a command line and its environment are read as, without a process. */
import { describe, expect, test } from "vitest";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { type Arguments, FLAGS_OF, readArguments } from "../src/cli/arguments.ts";
import { clientOf } from "../src/cli/context.ts";
import { progressOn } from "../src/cli/progress.ts";
import { asUsage, UsageError } from "../src/cli/usage.ts";
import { readDuration } from "../src/cli/values.ts";
import { helpOf } from "../src/cli/words.ts";
import { createBackupClient, findBackup, waitForManualBackup } from "../src/index.ts";

test.each([
  ["0s", 0],
  ["250ms", 250],
  ["1.5s", 1_500],
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["1h30m", 5_400_000],
  ["2d", 172_800_000],
  ["1d1h1m1s1ms", 90_061_001],
])("%s are %i ms", (text, milliseconds) => {
  expect(readDuration("timeout", text)).toBe(milliseconds);
});

test("what is not given has its default", () => {
  expect(readArguments(["create", "dcs", "i"], {})).toEqual({
    ...{ command: "create", service: "dcs", instanceId: "i", backupId: undefined, jobId: undefined, file: "-" },
    ...{ remark: undefined, name: undefined, description: undefined, format: undefined, v1: false },
    ...{ key: undefined, keyAge: 86_400_000, exact: false, wait: true },
    ...{ region: undefined, projectId: undefined, endpoints: {} },
    ...{ timeout: 3_600_000, interval: 10_000, busyTimeout: 0, output: "json", quiet: false, dryRun: false },
  });
});

test("a flag goes before its variable, and an empty variable is none", () => {
  const names = ["REGION", "ENDPOINT_DCS", "ENDPOINT_DDS"].map((name) => `HUAWEICLOUD_BACKUP_${name}`);
  const [region = "", dcs = "", dds = ""] = names;
  const env = { [region]: "r", HUAWEICLOUD_SDK_PROJECT_ID: "p", [dcs]: "https://a", [dds]: "https://b" };
  const endpoints = { dcs: "https://a", dds: "https://b" };
  expect(readArguments(["list", "dds"], env)).toMatchObject({ region: "r", projectId: "p", endpoints });
  const flags = ["--region", "x", "--project-id", "y", "--endpoint", "dds=https://c", "--endpoint", "dcs=https://d"];
  expect(readArguments(["list", "dds", ...flags], env)).toMatchObject({
    ...{ region: "x", projectId: "y", endpoints: { dcs: "https://d", dds: "https://c" } },
  });
  const empty = { [region]: "", HUAWEICLOUD_SDK_PROJECT_ID: "", [dcs]: "", [dds]: "" };
  expect(readArguments(["list", "dds"], empty)).toEqual(readArguments(["list", "dds"], {}));
});

test.each<[string, object]>([
  ["create dcs i --remark r --format rdb --api v1.0", { remark: "r", format: "rdb", v1: true }],
  ["create dcs i --api v2 --key k --key-age 2h", { v1: false, key: "k", keyAge: 7_200_000 }],
  ["create dcs i --key 5$-{a}%E4%BD%A0", { key: "5$-{a}%E4%BD%A0" }],
  ["create dds i --name n --description d --exact", { service: "dds", name: "n", description: "d", exact: true }],
  ["create dds i --no-wait --quiet --dry-run", { wait: false, quiet: true, dryRun: true }],
  [
    "create dds i --timeout 1m --interval 2s --busy-timeout 3s",
    { timeout: 60_000, interval: 2_000, busyTimeout: 3_000 },
  ],
  ["wait dcs i b --api v1.0 --output id", { command: "wait", instanceId: "i", backupId: "b", v1: true, output: "id" }],
  ["wait dds b --job j --output text", { instanceId: undefined, backupId: "b", jobId: "j", output: "text" }],
  ["find", { command: "find", file: "-" }],
  ["find out.json", { command: "find", file: "out.json" }],
  ["list dcs i --api v1.0", { command: "list", service: "dcs", instanceId: "i", v1: true }],
  ["list dds", { service: "dds", instanceId: undefined }],
  ["list dds i", { service: "dds", instanceId: "i" }],
  ["--version", { version: true }],
  ["create --help", { help: "create" }],
  ["-h", { help: undefined }],
  ["help", { help: undefined }],
  ["help wait", { help: "wait" }],
  ["wait dcs --help", { help: "wait" }],
])("%s is read", (line, expected) => {
  expect(readArguments(line.split(" "), {})).toMatchObject(expected);
});

test.each([
  ["creat dcs i", "creat: is no command, did you mean create?; see --help"],
  ["lsit dcs i", "lsit: is no command, did you mean list?; see --help"],
  ["lis dcs i", "lis: is no command, did you mean list?; see --help"],
  ["listt dcs i", "listt: is no command, did you mean list?; see --help"],
  ["lost dcs i", "lost: is no command, did you mean list?; see --help"],
  ["delete dcs i", "delete: is no command; see --help"],
  ["watx dcs i", "watx: is no command; see --help"],
  ["flid dcs i", "flid: is no command; see --help"],
  ["lsix dcs i", "lsix: is no command; see --help"],
  ["relist dcs i", "relist: is no command; see --help"],
  ["create dcs i --remrk x", "--remrk: is no flag, did you mean --remark?; see --help"],
  ["create dcs i --rersion", "--rersion: is no flag, did you mean --version?; see --help"], // not --region
  ["create dcs i --kye k", "--kye: is no flag, did you mean --key?; see --help"],
  ["create dcs i --ky k", "--ky: is no flag, did you mean --key?; see --help"],
  ["create dcs i --kxx k", "--kxx: is no flag; see --help"],
  ["create dcs i --nxxe k", "--nxxe: is no flag; see --help"],
  ["create", "<service>: missing; write create dcs … or create dds …"],
  ["create rds i", "<service>: must be dcs or dds, not rds; write create dcs … or create dds …"],
  ["create dcs", "<instance-id>: missing"],
  ["create dcs ", "<instance-id>: is empty, perhaps from a variable that is not set"],
  ["create dcs i j", "j: is one argument too many; the form is create dcs <instance-id>"],
  ["create dcs i --timeout 60", '--timeout: must be a duration with a unit, such as 90s, 30m or 1h, not "60"'],
  ["create dcs i --timeout ", '--timeout: must be a duration with a unit, such as 90s, 30m or 1h, not ""'],
  ["create dcs i --timeout 1h30", '--timeout: must be a duration with a unit, such as 90s, 30m or 1h, not "1h30"'],
  ["create dcs i --timeout 1.h", '--timeout: must be a duration with a unit, such as 90s, 30m or 1h, not "1.h"'],
  ["create dcs i --timeout", "--timeout: needs a value, such as --timeout=…"],
  ["create dcs i --quiet=yes", "--quiet: takes no value"],
  ["create dcs i --format zip", '--format: must be aof or rdb, not "zip"'],
  ["create dcs i --name n", "--name: is for dds alone"],
  ["create dds i --remark n", "--remark: is for dcs alone"],
  ["create dcs i --key ", "--key: is empty, perhaps from a variable that is not set"],
  ["create dcs i --key k --exact", "--key: needs a mark in the remark or name, so it can't go with --exact"],
  ...["$RUN_ID", `\${RUN_ID}-before`, "$(JOB_NAME)", "$env:RUN_ID", "{{run_id}}", "%RUN_ID%"].map((key) => [
    `create dcs i --key ${key}`,
    `--key: still has a variable in it, whose value should be there: ${JSON.stringify(key)}`,
  ]),
  ["create dcs i --endpoint x", '--endpoint: must be dcs=URL or dds=URL, not "x"'],
  ["create dcs i --endpoint xdds=y", '--endpoint: must be dcs=URL or dds=URL, not "xdds=y"'],
  ["create dcs i --endpoint dcs=", '--endpoint: must be dcs=URL or dds=URL, not "dcs="'],
  ["wait dcs i b --key k", "--key: is no flag of wait; see wait --help"],
  ["wait dds i b", "b: is one argument too many; the form is wait dds <backup-id>"],
  ["wait dcs i b c", "c: is one argument too many; the form is wait dcs <instance-id> <backup-id>"],
  ["wait dcs i", "<backup-id>: missing"],
  ["wait dds", "<backup-id>: missing"],
  ["list dcs", "<instance-id>: missing"],
  ["list dds i j", "j: is one argument too many; the form is list dds <instance-id>"],
  ["find a b", "b: is one argument too many; the form is find [FILE | -]"],
  ["find --timeout 1m", "--timeout: is no flag of find; see find --help"],
  ["list dcs i --interval 1m", "--interval: is no flag of list; see list --help"],
  ["wait dcs i b --job j", "--job: is for dds alone"],
  ["list dds --api v1.0", "--api: is for dcs alone"],
  ["create dds i --format rdb", "--format: is for dcs alone"],
  ["create dcs i --description d", "--description: is for dds alone"],
  ["create dcs i --api v3", '--api: must be v1.0 or v2, not "v3"'],
  ["create dcs i --output yaml", '--output: must be json or id or text, not "yaml"'],
])("%s is refused", (line, message) => {
  expect(() => readArguments(line.split(" "), {})).toThrow(new UsageError(message));
});

describe("a secret in the environment", () => {
  const args = readArguments(["list", "dds", "--region", "eu-de", "--project-id", "p"], {}) as Arguments;
  const progress = progressOn(process.stderr, {}, true);
  const key = { CLOUD_SDK_AK: "a", CLOUD_SDK_SK: "s" };

  test.each<[Record<string, string>, string]>([
    [{ HUAWEICLOUD_BACKUP_TOKEN: "t", CLOUD_SDK_AK: "a" }, "HUAWEICLOUD_BACKUP_TOKEN: is set, and so is CLOUD_SDK_AK"],
    [{ HUAWEICLOUD_BACKUP_TOKEN: "t", CLOUD_SDK_SK: "s" }, "HUAWEICLOUD_BACKUP_TOKEN: is set, and so is CLOUD_SDK_SK"],
    [{ ...key, CLOUD_SDK_AK: "a\r" }, "CLOUD_SDK_AK: ends in a line break"],
    [{ ...key, CLOUD_SDK_SK: "'s'" }, "CLOUD_SDK_SK: stands in quotes"],
    [{ HUAWEICLOUD_BACKUP_TOKEN: '"t"' }, "HUAWEICLOUD_BACKUP_TOKEN: stands in quotes"],
    [{ ...key, CLOUD_SDK_SK: "$(SECRET_KEY)" }, "CLOUD_SDK_SK: is the name of a variable"],
    [{ HUAWEICLOUD_BACKUP_TOKEN: "{{ token }}" }, "HUAWEICLOUD_BACKUP_TOKEN: is the name of a variable"],
    [{}, "HUAWEICLOUD_SDK_AK: not set .*; a token goes into HUAWEICLOUD_BACKUP_TOKEN$"],
  ])("is refused where it can't be meant: %j", (env, message) => {
    expect(() => clientOf(args, env, progress)).toThrow(
      expect.objectContaining({ name: "UsageError", message: expect.stringMatching(`^${message}`) }),
    );
  });

  test.each(['"s', "s'", "'s\"", "s's's", "s$s", "$-s"])(
    "may have a quote or a dollar sign of its own: %s",
    (secret) => {
      expect(clientOf(args, { ...key, CLOUD_SDK_SK: secret }, progress)).toHaveProperty("listBackups");
    },
  );
});

describe("help", () => {
  test("fits a screen, and begins with the pipeline's line", () => {
    const lines = helpOf(undefined).split("\n");
    expect(lines.slice(0, 4).join("\n")).toContain('create dcs <instance-id> --key "$RUN_ID"');
    expect(lines.length).toBeLessThanOrEqual(30);
  });

  test.each(["me", "toString"])("of %s, which is no command, is the general one", (word) => {
    expect(helpOf(word)).toBe(helpOf(undefined));
  });

  test.each(Object.entries(FLAGS_OF))("of %s tells of each of its flags and of no other", (command, flags) => {
    const help = helpOf(command);
    const told = new Set(Array.from(help.matchAll(/--([a-z-]+)/g), ([, name]) => name));
    const untold = ["help", "version", ...(command === "create" ? [] : ["dry-run"])];
    expect([...told].sort()).toEqual(flags.filter((name) => !untold.includes(name)).sort());
    expect(help).toMatch(/Exit: 0[\s\S]*Example: /);
    expect(Math.max(...help.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(125);
  });
});

describe("what the library finds wrong is told in the command's words:", () => {
  const options = { region: "eu-de", projectId: "p", credentials: TEST_KEY };
  const backups = createBackupClient(options);
  const answer = { backup_id: "b" };
  const atDcs = createBackupClient({ ...options, region: undefined, endpoints: { dcs: "http://127.0.0.1" } });
  const atDds = createBackupClient({ ...options, region: undefined, endpoints: { dds: "http://127.0.0.1" } });
  const asking = "--region or HUAWEICLOUD_BACKUP_REGION:";

  test.each<[string, () => unknown]>([
    [
      `${asking} "x" is not one .* or give --endpoint dcs=URL or --endpoint dds=URL$`,
      () => createBackupClient({ ...options, region: "x" }),
    ],
    [`${asking} missing; .* or give --endpoint dcs=URL$`, () => atDds.copyInstance("i")],
    [`${asking} missing; .* or give --endpoint dds=URL$`, () => atDcs.listBackups()],
    ["--project-id or HUAWEICLOUD_SDK_PROJECT_ID: must be", () => createBackupClient({ ...options, projectId: "a/b" })],
    [
      "--endpoint dcs=… or HUAWEICLOUD_BACKUP_ENDPOINT_DCS: must be",
      () => createBackupClient({ ...options, endpoints: { dcs: "x" } }),
    ],
    [
      "--endpoint dds=… or HUAWEICLOUD_BACKUP_ENDPOINT_DDS: must be",
      () => createBackupClient({ ...options, endpoints: { dds: "x" } }),
    ],
    [
      "HUAWEICLOUD_BACKUP_TOKEN: holds a space",
      () => createBackupClient({ ...options, credentials: { token: "a b" } }),
    ],
    [
      "HUAWEICLOUD_SDK_AK or CLOUD_SDK_AK: is empty",
      () => createBackupClient({ ...options, credentials: { ...TEST_KEY, accessKeyId: "" } }),
    ],
    [
      "HUAWEICLOUD_SDK_SK or CLOUD_SDK_SK: is empty",
      () => createBackupClient({ ...options, credentials: { ...TEST_KEY, secretAccessKey: "" } }),
    ],
    [
      "HUAWEICLOUD_SDK_SECURITY_TOKEN: holds a space",
      () => createBackupClient({ ...options, credentials: { ...TEST_KEY, securityToken: "\n" } }),
    ],
    ["<instance-id>: must be an ID", () => backups.copyInstance("a/b")],
    ["<backup-id>: must be what", () => waitForManualBackup(backups, { backup_id: "" })],
    ["an id: .* can't be written in a URL", () => backups.listBackups({ backup_id: "\ud800" })],
    ["--timeout: must be a duration from 0ms to 24d$", () => waitForManualBackup(backups, answer, { timeout: -1 })],
    ["--interval: must be a duration from 1000ms to 24d$", () => waitForManualBackup(backups, answer, { interval: 5 })],
    [
      "FILE: needs sentAt, or a remark that ends in a mark$",
      () => findBackup(backups, { operationId: "CopyInstance", instanceId: "i" } as never),
    ],
  ])("%s", async (message, call) => {
    const cause: unknown = await (async () => call())().catch((error: unknown) => error);
    expect(asUsage(cause)).toMatchObject({ name: "UsageError", message: expect.stringMatching(`^${message}`), cause });
  });

  test("what is no fault of the caller is none", () => {
    const usage = new UsageError("--key: is empty");
    expect(asUsage(usage)).toBe(usage);
    for (const error of [
      new TypeError("fetch failed"),
      new TypeError("/region: y"),
      new TypeError("toString is not a function"),
      new RangeError("region: y"),
      "region: y",
    ]) {
      expect(asUsage(error)).toBeUndefined();
    }
  });
});
