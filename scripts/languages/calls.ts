/** Lets a row's program call a stand-in, and judges what came of it. Runs where nothing but loopback can be reached. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TEST_KEY, TEST_TOKEN } from "../lib/test-account.ts";
import {
  type Credentials,
  type Faults,
  joinFaults,
  judgeCalls,
  judgeClient,
  judgeSchemathesis,
  judgeSdk,
} from "./judge.ts";
import { inputs, losses } from "./plans.ts";
import { type Exchange, startRecorder } from "./recorder.ts";
import type { Row } from "./rows.ts";
import { runSamples } from "./samples.ts";
import { type Ended, type Environment, run } from "./shell.ts";
import { judgeVectors, makeVectors } from "./vectors.ts";

const KEY = { ACCESS_KEY_ID: TEST_KEY.accessKeyId, SECRET_ACCESS_KEY: TEST_KEY.secretAccessKey };
const TOKEN = { STAND_IN_TOKEN: TEST_TOKEN };
const SECURITY_TOKEN = "a/temporary+key's=token";

/** An access key in each dialect, the second time a temporary one. */
const signedRuns: { given: Environment; credentials: Credentials }[] = [
  { given: { ...KEY, DIALECT: "access" }, credentials: { dialect: "Access" } },
  {
    given: { ...KEY, DIALECT: "scoped", SECURITY_TOKEN },
    credentials: { dialect: "Credential", securityToken: SECURITY_TOKEN },
  },
];

export async function makeCalls(row: Row, work: string, environment: Environment): Promise<Faults> {
  const { kind, call = "", samples } = row;
  if (kind === "client") {
    return callWithClient(row, work, environment);
  }
  if (kind === "sdk") {
    // The vendor's SDKs leave an ID of the machine in the home folder.
    const own = { ...environment, HOME: work };
    const faults = await record(call, work, { ...own, ...KEY }, judgeSdk);
    return samples ? joinFaults(faults, await runSamples(samples, work, own)) : faults;
  }
  if (kind === "schemathesis") {
    return record(call, work, { ...environment, ...TOKEN }, judgeSchemathesis);
  }
  if (kind === "signing") {
    const given = await makeVectors();
    writeFileSync(join(work, "vectors.json"), JSON.stringify(given));
    return judgeVectors(await run(call, work, environment), given);
  }
  await run(call, work, environment);
  return {};
}

/** With a token, and then, where the client has a signing file, with an access key: everything once more. */
async function callWithClient(row: Row, work: string, environment: Environment): Promise<Faults> {
  const { call = "", signing, startsAlone } = row;
  const withToken = { ...environment, ...TOKEN };
  const token = { token: TEST_TOKEN };
  if (startsAlone) {
    const given = { ...withToken, STARTS_ALONE: "1" };
    return record(call, work, given, (exchanges, ended) => ({ calls: judgeCalls(exchanges, ended, token) }));
  }
  const faults = await record(call, work, withToken, (exchanges, ended) => judgeClient(exchanges, ended, token));
  if (!signing) {
    return faults;
  }
  const signed: string[] = [];
  for (const { given, credentials } of signedRuns) {
    const more = await record(
      call,
      work,
      { ...environment, ...given, LOSSES: `${losses.length}` },
      (exchanges, ended) => judgeClient(exchanges, ended, credentials),
    );
    signed.push(
      ...Object.values(more)
        .flat()
        .map((fault) => `${credentials.dialect}: ${fault}`),
    );
  }
  return { ...faults, signed };
}

type Judge = (exchanges: Exchange[], ended: Ended) => Faults;

async function record(call: string, work: string, environment: Environment, judge: Judge): Promise<Faults> {
  const recorder = await startRecorder();
  try {
    return judge(recorder.exchanges, await run(call, work, { ...environment, ...inputs, STAND_IN_URL: recorder.url }));
  } finally {
    await recorder.close();
  }
}
