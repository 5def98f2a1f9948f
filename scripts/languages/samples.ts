/** Runs the samples in the docs that use a vendor's SDK, as they stand: each starts one backup, or fails. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/root.ts";
import { TEST_KEY } from "../lib/test-account.ts";
import { startStandIn } from "../stand-in/server.ts";
import { compare, type Faults, sentIn } from "./judge.ts";
import { copyInstance, createManualBackup, inputs } from "./plans.ts";
import { startRecorder } from "./recorder.ts";
import type { Row } from "./rows.ts";
import { attempt, type Ended, type Environment, endOf } from "./shell.ts";

type Samples = NonNullable<Row["samples"]>;

const folder = join(root, "spec/samples");

/** Each run of a sample names its backup after the time. What is compared has the word TIME in place of those digits. */
const namedBackup = { ...createManualBackup.body.backup, name: "before-upgrade-TIME" };
const markedBackup = { ...copyInstance.body, remark: "before the upgrade TIME" };
const plans = {
  CopyInstance: { instanceId: inputs.DCS_INSTANCE_ID, sends: { ...copyInstance, body: markedBackup } },
  CreateManualBackup: {
    instanceId: inputs.DDS_INSTANCE_ID,
    sends: { ...createManualBackup, body: { backup: namedBackup } },
  },
};
type Name = keyof typeof plans;
const names = Object.keys(plans) as Name[];

/** Copies each sample into a folder of its name, because Go takes only one program in a folder. */
export function copySamples({ end }: Samples, work: string): void {
  for (const name of names) {
    cpSync(join(folder, name + end), join(work, name, name + end));
  }
}

export async function runSamples(samples: Samples, work: string, environment: Environment): Promise<Faults> {
  const faults = { calls: [] as string[], errors: [] as string[] };
  for (const name of names) {
    const file = name + samples.end;
    const run: RunSample = (url, secret = TEST_KEY.secretAccessKey) =>
      attempt(samples.call, work, { ...environment, ...variables(name), CLOUD_ENDPOINT: url, CLOUD_SDK_SK: secret });
    faults.calls.push(...(await findStartFaults(file, plans[name].sends, run)));
    faults.errors.push(...(await findRefusalFaults(file, run)), ...(await findMisledFaults(file, run)));
  }
  return faults;
}

type RunSample = (url: string, secret?: string) => Promise<Ended>;

/** What the samples read, but for the endpoint and the secret. */
function variables(name: Name): Environment {
  return {
    SAMPLE: name,
    CLOUD_SDK_AK: TEST_KEY.accessKeyId,
    CLOUD_PROJECT_ID: inputs.PROJECT_ID,
    CLOUD_INSTANCE_ID: plans[name].instanceId,
    CLOUD_REGION: "cn-north-4",
  };
}

async function findStartFaults(file: string, sends: object, run: RunSample): Promise<string[]> {
  const recorder = await startRecorder();
  const ended = await run(recorder.url).finally(recorder.close);
  const sent = recorder.exchanges.map(({ body, ...rest }) =>
    sentIn({ ...rest, body: body.replace(/(?<="before[- ](the )?upgrade[- ])\d[\d-]+(?=")/, "TIME") }),
  );
  const printed = `started ${recorder.exchanges[0]?.answer["backup_id"]}`;
  const actual = { exit: ended.code, printed: ended.stdout.trim(), sent };
  return withOutput(compare(file, actual, { exit: 0, printed, sent: [{ ...sends, status: 200 }] }), ended);
}

async function findRefusalFaults(file: string, run: RunSample): Promise<string[]> {
  const recorder = await startRecorder();
  const ended = await run(recorder.url, "not-the-secret").finally(recorder.close);
  const actual = {
    exit: ended.code,
    printed: ended.stdout.trim(),
    told: /\bAPIGW\.0301\b/.exec(ended.output)?.[0],
    answered: recorder.exchanges.map(({ status }) => status),
  };
  const expected = { exit: 1, printed: "", told: "APIGW.0301", answered: [401] };
  return withOutput(compare(`${file} with a wrong secret`, actual, expected), ended);
}

/** Answers that are no success. The SDKs take some of them for an answer without fields, so the sample itself must notice. */
async function findMisledFaults(file: string, run: RunSample): Promise<string[]> {
  const faults: string[] = [];
  for (const misbehave of ["html", "redirect", "no-backup-id"] as const) {
    const standIn = await startStandIn();
    standIn.next({ misbehave });
    const ended = await run(standIn.url).finally(standIn.close);
    const actual = { exit: ended.code, printed: ended.stdout.trim(), requests: standIn.received.length };
    const expected = { exit: 1, printed: "", requests: 1 };
    faults.push(...withOutput(compare(`${file} answered with ${misbehave}`, actual, expected), ended));
  }
  return faults;
}

function withOutput(faults: string[], { output }: Ended): string[] {
  return faults.map((fault) => `${fault}\n${endOf(output)}`);
}
