/** What judges the programs of other languages finds nothing wrong with a right one, and what is wrong with any other. */
import { beforeAll, expect, test } from "vitest";
import {
  type Credentials,
  type Faults,
  judgeCalls,
  judgeClient,
  judgeSchemathesis,
} from "../scripts/languages/judge.ts";
import {
  copyInstance,
  copyInstanceV1,
  createManualBackup,
  type Loss,
  losses,
  plans,
  reads,
} from "../scripts/languages/plans.ts";
import { type Exchange, startRecorder } from "../scripts/languages/recorder.ts";
import { PROJECT_ID, TEST_KEY, TEST_TOKEN } from "../scripts/lib/test-account.ts";
import { authorization, sdkDate } from "../src/signing.ts";

type Answer = Record<string, unknown>;
type Ask = (method: string, target: string, query?: Record<string, string>, body?: object) => Promise<Answer>;

/** What one program did: what arrived from it, and what it tells. */
interface Doing {
  exchanges: Exchange[];
  told: { started: Answer[]; found: Answer[]; errors: Answer[] };
}

const refusals = [
  ...["400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"].map((of) => [of, copyInstance] as const),
  ...["400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"].map((of) => [of, copyInstanceV1] as const),
  ["400/DdsInvalidName", createManualBackup] as const,
];

/** Does what the programs in `test/languages` do. */
async function runProgram(headersFor: HeadersFor, lost: readonly Loss[] = []): Promise<Doing> {
  const recorder = await startRecorder();
  const ask: Ask = async (method, path, query = {}, given) => {
    const pairs = Object.entries(query);
    const search = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    const body = given && JSON.stringify(given);
    const headers = {
      ...(body && { "content-type": "application/json" }),
      ...(await headersFor(new URL(recorder.url).host, method, path, pairs, body ?? "")),
    };
    const init = { method, headers, redirect: "manual", ...(body && { body }) } as const;
    const response = await fetch(`${recorder.url}${path}${search && `?${search}`}`, init);
    return { status: response.status, ...JSON.parse((await response.text()) || "{}") };
  };
  const started: Answer[] = [];
  for (const { method, target, body } of plans.client.started) {
    const { backup_id, job_id } = await ask(method, target, {}, body);
    started.push({ backup_id, ...(job_id !== undefined && { job_id }) });
  }
  const found: Answer[] = [];
  for (const [index, { path, query }] of reads.entries()) {
    const given = "id" in query ? { id: String(started[2]?.["job_id"]) } : query;
    found.push(foundIn(await ask("GET", path, given), started[index]?.["backup_id"]));
  }
  const errors: Answer[] = [];
  for (const [answer, { method, target, body }] of refusals) {
    errors.push(errorIn(await ask(method, `/answer/${answer}${target}`, {}, body)));
  }
  for (const _ of lost) {
    await ask("POST", `/lost${copyInstance.target}`, {}, copyInstance.body).catch(() => {});
  }
  await recorder.close();
  return { exchanges: recorder.exchanges, told: { started, found, errors } };
}

function foundIn({ backup_record_response, backups, job }: Answer, wanted: unknown): Answer {
  const records = (job ? [job] : (backup_record_response ?? backups)) as Answer[];
  const all = records.map(({ id, backup_id = id, status }): Answer => ({ id: backup_id, status }));
  return all.find(({ id }) => job || id === wanted) ?? {};
}

function errorIn({ status, error_code, error_msg, request_id, error }: Answer): Answer {
  const { code, message, title } = (error ?? { code: error_code, message: error_msg }) as Answer;
  return {
    status,
    code,
    message,
    ...(request_id !== undefined && { request_id }),
    ...(title !== undefined && { title }),
  };
}

type HeadersFor = (
  host: string,
  method: string,
  path: string,
  query: [string, string][],
  body: string,
) => Promise<Record<string, string>>;

const withKey: HeadersFor = async (host, method, path, query, body) => {
  const headers = { "x-project-id": PROJECT_ID, "x-sdk-date": sdkDate(Date.now()) };
  const request = { method, path, query, headers: { ...headers, host }, body };
  return { ...headers, authorization: await authorization(request, TEST_KEY, "access") };
};
const withToken: HeadersFor = async () => ({ "x-auth-token": TEST_TOKEN });

let right: Doing;
beforeAll(async () => {
  right = await runProgram(withKey, losses);
});

function judge({ exchanges, told }: Doing, credentials: Credentials = { dialect: "Access" }): Faults {
  const stdout = `a log\n${JSON.stringify(told)}\n`;
  return judgeClient(exchanges, { code: 0, stdout, output: stdout }, credentials);
}

test("nothing is wrong with a program that signs, nor with one that has a token", async () => {
  expect(judge(right)).toEqual({ calls: [], finds: [], errors: [] });
  expect(judge(await runProgram(withToken), { token: TEST_TOKEN })).toEqual({ calls: [], finds: [], errors: [] });
});

/** The n-th exchange with something else in it. */
const otherwise = (index: number, change: (exchange: Exchange) => Partial<Exchange>) => (doing: Doing) => {
  const exchange = doing.exchanges.at(index);
  Object.assign(exchange ?? {}, exchange && change(exchange));
};
const [START, READ, DENIED, LOST] = [0, 3, 7, -1];

test.each<[keyof Faults, string, (doing: Doing) => void]>([
  ["calls", "another body", otherwise(START, () => ({ body: '{"remark":"x"}' }))],
  ["calls", "a refused start", otherwise(START, () => ({ status: 400 }))],
  ["calls", "an answer that was decoded otherwise", ({ told }) => void told.started.splice(2, 1, { backup_id: "x" })],
  ["calls", "an answer that was not told", ({ told }) => void told.started.pop()],
  ["calls", "a wrong signature", otherwise(READ, () => ({ signatureFault: "expired" }))],
  [
    "calls",
    "a token beside it",
    otherwise(DENIED, ({ headers }) => ({ headers: { ...headers, "x-auth-token": "t" } })),
  ],
  ["calls", "no signature", otherwise(DENIED, ({ headers: { authorization: _, ...headers } }) => ({ headers }))],
  ["calls", "a lost start sent twice", ({ exchanges }) => void exchanges.push(...exchanges.slice(LOST))],
  ["calls", "a lost start that was not sent", ({ exchanges }) => void exchanges.pop()],
  ["finds", "another query", otherwise(READ, ({ target }) => ({ target: target.replace("limit=100", "limit=10") }))],
  ["finds", "a plus for a blank", otherwise(5, ({ target }) => ({ target: target.replaceAll("%20", "+") }))],
  ["finds", "another state", ({ told }) => void Object.assign(told.found[1] ?? {}, { status: "x" })],
  ["finds", "another backup", ({ told }) => void Object.assign(told.found[2] ?? {}, { id: "x" })],
  ["errors", "another refusal", otherwise(DENIED, () => ({ answer: { error_code: "DCS.4096" } }))],
  ["errors", "a number that became text", ({ told }) => void Object.assign(told.errors[2] ?? {}, { code: "401" })],
  ["errors", "no request ID", ({ told }) => void Reflect.deleteProperty(told.errors[1] ?? {}, "request_id")],
  ["errors", "no refusal told", ({ told }) => void told.errors.pop()],
])("what is wrong is told under %s: %s", (column, _, change) => {
  const doing = structuredClone(right);
  change(doing);
  expect(judge(doing)[column]).not.toEqual([]);
});

test("a start more than there should be is found", () => {
  const doing = structuredClone(right);
  doing.exchanges.splice(1, 0, ...structuredClone(doing.exchanges.slice(0, 1)));
  expect(judge(doing).calls).not.toEqual([]);
});

test("of a program that makes the three starts alone, their answers and its credentials are judged", () => {
  const { exchanges, told } = structuredClone(right);
  const starts = exchanges.slice(0, plans.client.started.length);
  const ended = { code: 0, stdout: JSON.stringify(told), output: "" };
  expect(judgeCalls(starts, ended, { dialect: "Access" })).toEqual([]);
  expect(judgeCalls(starts, ended, { token: TEST_TOKEN })).not.toEqual([]);
  expect(judgeCalls(exchanges.slice(0, 4), ended, { dialect: "Access" })).not.toEqual([]);
});

test("a program whose last line is no JSON is told so", () => {
  const ended = { code: 0, stdout: "done\n", output: "done\n" };
  expect(() => judgeClient(right.exchanges, ended, {})).toThrow("The program's last line is not JSON:\ndone");
});

test("the fuzzer has to have met success and refusal with each start", () => {
  const starts = [copyInstance, copyInstanceV1, createManualBackup].map(({ method, target }) => ({ method, target }));
  const met = (...statuses: number[]) =>
    starts.flatMap((start) => statuses.map((status) => ({ ...(right.exchanges[0] as Exchange), ...start, status })));
  expect(judgeSchemathesis(met(200, 400))).toEqual({ calls: [], errors: [] });
  expect(judgeSchemathesis(met(200))).toMatchObject({ calls: [], errors: [expect.any(String)] });
  expect(judgeSchemathesis(met(200, 400).slice(1))).toMatchObject({ calls: [expect.any(String)], errors: [] });
});
