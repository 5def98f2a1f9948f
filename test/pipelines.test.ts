/** README's lines for pipelines do what it says, against the stand-in. */
import { execFile } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { manifest } from "../scripts/lib/manifest.ts";
import { root } from "../scripts/lib/root.ts";
import { PROJECT_ID, TEST_KEY } from "../scripts/lib/test-account.ts";
import type { StandIn } from "../scripts/stand-in/server.ts";
import { COMMAND, environmentOf, IDS } from "./command.ts";
import { folderForTest, standInForTest } from "./support.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const section = readme.slice(readme.indexOf("## In a pipeline"), readme.indexOf("## The calls"));
const blocksOf = (kind: string) =>
  [...section.matchAll(new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, code = ""]) => code);
const [line = "", script = ""] = blocksOf("sh");
const [actions = "", gitlab = ""] = blocksOf("yaml");

const text = { type: "string" };
const texts = { type: "object", additionalProperties: text };

/** What GitHub says of the keys in use: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax */
const ACTIONS = {
  type: "object",
  required: ["jobs"],
  additionalProperties: false,
  properties: {
    jobs: {
      type: "object",
      propertyNames: { pattern: "^[A-Za-z_][\\w-]*$" },
      additionalProperties: {
        type: "object",
        required: ["runs-on", "steps"],
        additionalProperties: false,
        properties: {
          "runs-on": text,
          env: texts,
          steps: {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              oneOf: [{ required: ["run"] }, { required: ["uses"] }],
              additionalProperties: false,
              properties: { uses: text, run: text, env: texts },
            },
          },
        },
      },
    },
  },
};

/** What GitLab says of the keys in use: https://docs.gitlab.com/ci/yaml/ */
const GITLAB = {
  type: "object",
  additionalProperties: {
    type: "object",
    required: ["script"],
    additionalProperties: false,
    properties: { image: text, script: { type: "array", items: text, minItems: 1 } },
  },
};

/** Runs shell code in an empty folder, where npm takes this version's tarball alone, and `npx` is the command as it is built here. */
async function runShell(code: string, service: StandIn, env: NodeJS.ProcessEnv): Promise<number> {
  const folder = folderForTest();
  const command = `"${process.execPath}" "${COMMAND}"`;
  const programs = {
    npx: `[ "$1 $2 $3" = "--no -- huaweicloud-backup" ] || exit 99\nshift 3\nexec ${command} "$@"`,
    npm: `[ "$*" = "install --no-save ./huaweicloud-backup-${manifest.version}.tgz" ] || exit 98`,
    "upgrade.sh": "exit 0",
  };
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const usual = environmentOf(service.url);
  const PATH = [folder, usual["PATH"]].join(delimiter);
  return new Promise((resolve) => {
    // As GitHub and GitLab run it: the first line that fails ends it.
    const child = execFile("/bin/sh", ["-e", "-c", code], { cwd: folder, env: { ...usual, ...env, PATH } }, () =>
      resolve(child.exitCode ?? -1),
    );
  });
}

test("the pipelines install the tarball of this version", () => {
  const versions = [...section.matchAll(/-(\d[^/ ]*)\.tgz/g)].map(([, version]) => version);
  expect(versions).toEqual([manifest.version, manifest.version]);
});

/** A pipeline's expressions, as its settings would have them. */
const SETTINGS: Record<string, string> = {
  "vars.PROJECT_ID": PROJECT_ID,
  "vars.INSTANCE_ID": IDS.dcs,
  "secrets.ACCESS_KEY": TEST_KEY.accessKeyId,
  "secrets.SECRET_KEY": TEST_KEY.secretAccessKey,
};
const filled = (env: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, key) => SETTINGS[key] ?? `no ${key}`),
    ]),
  );

/** The lines are for a POSIX shell, which Windows does not have at this place. */
const testInShell = test.skipIf(process.platform === "win32");

testInShell("the one line makes a finished backup, and the same one when it is run again", async () => {
  const service = await standInForTest();
  expect(await runShell(line, service, { RUN_ID: "7" })).toBe(0);
  expect(await runShell(line, service, { RUN_ID: "7" })).toBe(0);
  expect(service.backups).toHaveLength(1);
});

testInShell("GitHub's job is a workflow's, and makes a finished backup", async () => {
  const workflow = parse(actions);
  const ajv = new Ajv2020();
  expect(ajv.validate(ACTIONS, workflow), ajv.errorsText()).toBe(true);
  const { env, steps } = workflow.jobs.upgrade;
  const service = await standInForTest();
  for (const step of steps.filter(({ run }: { run?: string }) => run)) {
    const own = { ...filled(env), ...filled(step.env), GITHUB_RUN_ID: "7" };
    expect(Object.values(own).join()).not.toMatch(/no \w+\.|\$\{\{/);
    expect(await runShell(step.run, service, own)).toBe(0);
  }
  expect(service.backups).toMatchObject([{ sent: { remark: expect.stringMatching(/^before the upgrade #/) } }]);
});

testInShell("GitLab's job is one, and makes a finished backup", async () => {
  const jobs = parse(gitlab);
  const ajv = new Ajv2020();
  expect(ajv.validate(GITLAB, jobs), ajv.errorsText()).toBe(true);
  const service = await standInForTest();
  const env = { INSTANCE_ID: IDS.dds, CI_PIPELINE_ID: "7" };
  expect(await runShell(jobs.backup.script.join("\n"), service, env)).toBe(0);
  expect(service.backups).toMatchObject([{ sent: { name: expect.stringMatching(/^before-upgrade-/) } }]);
});

testInShell("the script looks again where the outcome was unknown, and passes on every other code", async () => {
  const env = { INSTANCE_ID: IDS.dcs, RUN_ID: "7" };
  const service = await standInForTest();
  expect(await runShell(script, service, env)).toBe(0);

  const lost = await standInForTest();
  lost.next({ call: "ListBackupRecords", code: 200 }, { call: "CopyInstance", code: 504, startsAfter: 0 });
  lost.next({ call: "ListBackupRecords", code: 403 });
  expect(await runShell(script, lost, env)).toBe(0);
  expect(lost.received.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "GET", "GET"]);

  const failed = await standInForTest();
  failed.next(
    { call: "ListBackupRecords", code: 200 },
    { call: "CopyInstance", code: 504, startsAfter: 0, ends: "failed" },
  );
  failed.next({ call: "ListBackupRecords", code: 403 });
  expect(await runShell(script, failed, env)).toBe(3);

  const refused = await standInForTest();
  refused.next({ code: 403 });
  expect(await runShell(script, refused, env)).toBe(1);
});
