/**
 * The samples of the docs in other languages: `npm run test:samples`. Those in Java, Python and Go that use the vendor's SDK are compiled and
 * run by `npm run test:languages`, which has the SDKs; the rest are run here.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readDocument } from "../../scripts/lib/document.ts";
import { withTemporaryFolder } from "../../scripts/lib/temporary.ts";
import { PROJECT_ID, TEST_KEY, TEST_TOKEN } from "../../scripts/lib/test-account.ts";
import type { ReceivedRequest } from "../../scripts/stand-in/server.ts";
import { findSignatureFault } from "../../scripts/stand-in/verify-signature.ts";
import {
  answerAll,
  calls,
  describeHosts,
  describeRuns,
  directory,
  ofV1,
  operationIds,
  prepareGround,
  read,
  run,
  shown,
} from "./support.ts";

const ground = prepareGround();

describe.skipIf(lacks("curl --version", "openssl version"))("curl", () => {
  const script = (id: string): string => join(ground.programs, `${id}.sh`);

  beforeAll(() => {
    for (const id of operationIds) {
      writeFileSync(script(id), shown(`${id}.sh`));
    }
  });

  describeRuns(ground, ".sh", (id) => ["sh", [script(id)]]);

  test("runs where it stands in the repository too", async () => {
    const env = { CLOUD_ENDPOINT: ground.standIn.url };
    const result = await run("sh", [`${directory}ListBackupRecords.sh`], "ListBackupRecords", env);
    expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining(ground.found["ListBackupRecords"] ?? "") });
  });

  describe.each([
    ["that knows no -r", 'case " $* " in *" -r "*) echo "unknown option -r" >&2; exit 1 ;; esac; exec "$OPENSSL" "$@"'],
    ["that knows no -macopt", 'case " $* " in *" -macopt "*) exit 1 ;; esac; exec "$OPENSSL" "$@"'],
    ["that is silent", "exit 0"],
    ["that counts wrongly", `echo ${"0".repeat(64)} *stdin`],
    ["that is not there", undefined],
  ])("with an openssl %s", (_, openssl) => {
    test.each(operationIds)("%s.sh says so and sends nothing", async (id) => {
      await withTemporaryFolder("bin", async (bin) => {
        for (const name of ["curl", "cut", "date"]) {
          symlinkSync(pathOf(name), join(bin, name));
        }
        if (openssl !== undefined) {
          writeFileSync(join(bin, "openssl"), `#!/bin/sh\n${openssl}\n`);
          chmodSync(join(bin, "openssl"), 0o755);
        }
        const before = ground.standIn.received.length;
        const env = { PATH: bin, OPENSSL: pathOf("openssl"), CLOUD_ENDPOINT: ground.standIn.url };
        const { code, stdout, stderr } = await run("/bin/sh", [script(id)], id, env);
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(stderr).toContain("Nothing was sent");
        expect(ground.standIn.received).toHaveLength(before);
      });
    });
  });

  describeHosts(".sh", (id) => ["sh", [script(id)]]);

  test.each(operationIds)("%s knows an answer that has blanks and line breaks", async (id) => {
    const answers = { backup_id: "x", backup_record_response: [], backups: [], job: {} };
    const body = `${JSON.stringify(answers, null, 2).replaceAll(":", " :")}\n`;
    const server = await answerAll([], () => ({ status: 200, body }));
    try {
      expect(await run("sh", [script(id)], id, { CLOUD_ENDPOINT: server.url })).toMatchObject({ code: 0 });
    } finally {
      server.close();
    }
  });

  test.each(operationIds)("%s signs in the scoped dialect for Open Telekom Cloud", async (id) => {
    const received: ReceivedRequest[] = [];
    const body = JSON.stringify({ backup_id: "x", backup_record_response: [], backups: [], job: {} });
    const proxy = await answerAll(received, () => ({ status: 200, body }));
    try {
      const env = { CLOUD_ENDPOINT: "http://dcs.eu-de.otc.t-systems.com", http_proxy: proxy.url };
      expect(await run("sh", [script(id)], id, env)).toMatchObject({ code: 0 });
    } finally {
      proxy.close();
    }
    const [request] = received;
    expect(request?.headers["host"]).toBe("dcs.eu-de.otc.t-systems.com");
    expect(request?.headers["authorization"]).toMatch(/ Credential=\w+\/\d{8}\/\/\/sdk_request, /);
    const { pathname, search } = new URL(request?.target ?? "");
    const target = pathname + search;
    expect(request && findSignatureFault({ ...request, target }, TEST_KEY, Date.now())).toBeUndefined();
  });
});

describe.skipIf(lacks("python3 --version"))("Python", () => {
  test.each(operationIds)("%s is read by Python", (id) => {
    execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: read(`${id}.py`) });
  });

  describeRuns(ground, ".py", (id) => ["python3", [`${directory}${id}.py`]], ofV1);
  describeHosts(".py", (id) => ["python3", [`${directory}${id}.py`]], ofV1);
});

describe.skipIf(lacks("command -v gofmt"))("Go", () => {
  test.each(operationIds)("%s is formatted as gofmt formats it", (id) => {
    expect(execFileSync("gofmt", { input: read(`${id}.go`) }).toString()).toBe(read(`${id}.go`));
  });

  describe.skipIf(lacks("go version | grep -E 'go1[.](2[2-9]|[3-9][0-9])'"))("run by go", () => {
    beforeAll(() => {
      for (const id of ofV1) {
        execFileSync("go", ["build", "-o", join(ground.programs, id), `${directory}${id}.go`]);
      }
    });
    describeRuns(ground, ".go", (id) => [join(ground.programs, id), []], ofV1);
    describeHosts(".go", (id) => [join(ground.programs, id), []], ofV1);
  });
});

describe.skipIf(lacks("java --version", "javac --release 17 -version"))("Java", () => {
  beforeAll(() => {
    const files = ofV1.map((id) => `${directory}${id}.java`);
    execFileSync("javac", ["--release", "17", "-d", ground.programs, ...files]);
  });
  // The quick compiler is enough for a program that ends at once.
  describeRuns(ground, ".java", (id) => ["java", ["-XX:TieredStopAtLevel=1", "-cp", ground.programs, id]], ofV1);
  describeHosts(".java", (id) => ["java", ["-XX:TieredStopAtLevel=1", "-cp", ground.programs, id]], ofV1);
});

describe.skipIf(lacks("curl --version", "command -v awk"))("the commands in the description of tokens", () => {
  test.each(["openapi.json", "openapi.zh-CN.json"])(
    "get a token and start a backup with it, in %s",
    { timeout: 60_000 },
    async (name) => {
      const { description = "" } = readDocument(name).components.securitySchemes["XAuthToken"] ?? {};
      const commands = /```sh\n([\s\S]*?)```/.exec(description)?.[1] ?? "";
      const asked: ReceivedRequest[] = [];
      const iam = await answerAll(asked, () => ({
        status: 201,
        body: "{}",
        headers: { "X-Subject-Token": TEST_TOKEN },
      }));
      const user = { CLOUD_USER: "reader", CLOUD_PASSWORD: "p4ss;wor'd", CLOUD_ACCOUNT: "example" };
      const env = { ...user, CLOUD_IAM_ENDPOINT: iam.url, CLOUD_ENDPOINT: ground.standIn.url };
      const before = ground.standIn.received.length;
      const result = await run("sh", ["-euc", commands], "CopyInstance", env);
      iam.close();
      expect(result).toEqual({ code: 0, stdout: expect.stringMatching(/^\{"backup_id":"[\w-]+"\}$/), stderr: "" });
      expect(asked.map(({ method, target }) => `${method} ${target}`)).toEqual(["POST /v3/auth/tokens"]);
      expect(JSON.parse(asked[0]?.body ?? "")).toEqual({
        auth: {
          identity: {
            methods: ["password"],
            password: { user: { name: "reader", password: "p4ss;wor'd", domain: { name: "example" } } },
          },
          scope: { project: { id: PROJECT_ID } },
        },
      });
      const [request, ...more] = ground.standIn.received.slice(before);
      expect(more).toEqual([]);
      expect(request?.headers["x-auth-token"]).toBe(TEST_TOKEN);
      expect(request?.target).toBe(calls["CopyInstance"]?.path);
    },
  );
});

/** Where a program is. */
const pathOf = (name: string): string => execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();

/** Whether this machine lacks one of the programs, asked by a command; what needs it is skipped then, and shown as skipped. */
function lacks(...commands: string[]): boolean {
  return !commands.every((command) => {
    try {
      execFileSync("sh", ["-c", command], { stdio: "pipe" });
      return true;
    } catch {
      return false;
    }
  });
}
