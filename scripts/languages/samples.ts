/** Runs the samples in the docs that use a vendor's SDK, as they stand: each starts one backup, and with a wrong secret none. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Row } from "../../test/languages/rows.ts";
import { TEST_KEY } from "../stand-in.ts";
import { compare, type Faults, sentIn } from "./judge.ts";
import { copyInstance, createManualBackup, inputs } from "./plans.ts";
import { type Exchange, startRecorder } from "./recorder.ts";
import { attempt, type Ended, type Environment, endOf } from "./shell.ts";

type Samples = NonNullable<Row["samples"]>;

const folder = fileURLToPath(new URL("../../spec/samples", import.meta.url));

/** A sample's backup has another name each time: its digits stand here as TIME. */
const namedBackup = { ...createManualBackup.body.backup, name: "before-upgrade-TIME" };
const plans = {
  CopyInstance: { instanceId: inputs.DCS_INSTANCE_ID, sends: copyInstance },
  CreateManualBackup: {
    instanceId: inputs.DDS_INSTANCE_ID,
    sends: { ...createManualBackup, body: { backup: namedBackup } },
  },
};
type Name = keyof typeof plans;
const names = Object.keys(plans) as Name[];

/** Each into a folder of its name: Go takes one program in a folder. */
export function copySamples({ end }: Samples, work: string): void {
  for (const name of names) cpSync(join(folder, name + end), join(work, name, name + end));
}

export async function runSamples(samples: Samples, work: string, environment: Environment): Promise<Faults> {
  const faults: Faults = { calls: [], errors: [] };
  for (const name of names) {
    const file = name + samples.end;
    const runWith = (secret: string) => runSample(samples.call, name, work, { ...environment, CLOUD_SDK_SK: secret });
    faults.calls.push(...judgeStart(file, plans[name].sends, await runWith(TEST_KEY.secretAccessKey)));
    faults.errors.push(...judgeRefusal(file, await runWith("not-the-secret")));
  }
  return faults;
}

interface Run {
  ended: Ended;
  exchanges: Exchange[];
}

async function runSample(call: string, name: Name, work: string, environment: Environment): Promise<Run> {
  const recorder = await startRecorder();
  try {
    const ended = await attempt(call, work, {
      ...environment,
      SAMPLE: name,
      CLOUD_SDK_AK: TEST_KEY.accessKeyId,
      CLOUD_PROJECT_ID: inputs.PROJECT_ID,
      CLOUD_INSTANCE_ID: plans[name].instanceId,
      CLOUD_REGION: "cn-north-4",
      CLOUD_ENDPOINT: recorder.url,
    });
    return { ended, exchanges: recorder.exchanges };
  } finally {
    await recorder.close();
  }
}

function judgeStart(file: string, sends: object, { ended, exchanges }: Run): string[] {
  const sent = exchanges.map(({ body, ...rest }) =>
    sentIn({ ...rest, body: body.replace(/(?<="before-upgrade-)\d[\d-]+(?=")/, "TIME") }),
  );
  const actual = { exit: ended.code, printed: ended.stdout.trim(), sent };
  const printed = `started ${exchanges[0]?.answer["backup_id"]}`;
  return withOutput(compare(file, actual, { exit: 0, printed, sent: [{ ...sends, status: 200 }] }), ended);
}

function judgeRefusal(file: string, { ended, exchanges }: Run): string[] {
  const actual = {
    exit: ended.code,
    printed: ended.stdout.trim(),
    told: /\bAPIGW\.0301\b/.exec(ended.output)?.[0],
    answered: exchanges.map(({ status }) => status),
  };
  const expected = { exit: 1, printed: "", told: "APIGW.0301", answered: [401] };
  return withOutput(compare(`${file} with a wrong secret`, actual, expected), ended);
}

function withOutput(faults: string[], { output }: Ended): string[] {
  return faults.map((fault) => `${fault}\n${endOf(output)}`);
}
