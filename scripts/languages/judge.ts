/** Compares what a program sent with what it should have, and what it decoded with what it was answered. */
import { isDeepStrictEqual } from "node:util";
import { TEST_TOKEN } from "../lib/test-account.ts";
import { copyInstance, copyInstanceV1, createManualBackup, plans } from "./plans.ts";
import type { Exchange } from "./recorder.ts";
import { type Ended, endOf } from "./shell.ts";

/** What is wrong with the calls that started a backup, and with those that were refused. */
export interface Faults {
  calls: string[];
  errors: string[];
}

export function judgeProgram(kind: keyof typeof plans, exchanges: Exchange[], ended: Ended): Faults {
  const plan = plans[kind];
  const told = readLastLine(ended);
  const accepted = exchanges.slice(0, plan.started.length);
  const refused = exchanges.slice(plan.started.length);
  const expected = plan.started.map((call) => ({ ...call, status: 200 }));
  const credentials = kind === "sdk" ? [undefined, "SDK-HMAC-SHA256"] : [TEST_TOKEN, undefined];
  return {
    calls: [
      ...compare("sent", accepted.map(sentIn), expected),
      ...compare("decoded", told["started"], accepted.map(documentedAnswerIn)),
      ...exchanges.flatMap((exchange) => compare("credentials", credentialsIn(exchange), credentials)),
    ],
    errors: [
      ...compare("answered", refused.map(refusalIn), plan.refused),
      ...compare("decoded", told["errors"], refused.map(kind === "sdk" ? sdkErrorIn : errorIn)),
    ],
  };
}

/** Schemathesis has judged each answer; this tells whether it reached every call, with success and with refusals. */
export function judgeSchemathesis(exchanges: Exchange[]): Faults {
  const paths = [copyInstance, copyInstanceV1, createManualBackup].map(({ target }) => target.split("/"));
  const seen = (ok: boolean) =>
    paths.every(([, version = "", , second = ""]) =>
      exchanges.some(
        ({ target, status }) =>
          target.startsWith(`/${version}/`) && target.includes(`/${second}`) && status < 300 === ok,
      ),
    );
  return {
    calls: seen(true) ? [] : [`Not every call was accepted in ${exchanges.length} requests`],
    errors: seen(false) ? [] : [`Not every call was refused in ${exchanges.length} requests`],
  };
}

export function compare(what: string, actual: unknown, expected: unknown): string[] {
  if (isDeepStrictEqual(actual, expected)) {
    return [];
  }
  return [`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
}

function readLastLine({ stdout, output }: Ended): Record<string, unknown> {
  try {
    return Object(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
  } catch {
    throw new Error(`The program's last line is not JSON:\n${endOf(output)}`);
  }
}

export function sentIn({ target, body, status }: Exchange): object {
  return { target, body: body && JSON.parse(body), status };
}

function documentedAnswerIn({ answer: { added_later: _, ...documented } }: Exchange): object {
  return documented;
}

function credentialsIn({ headers }: Exchange): unknown[] {
  return [headers["x-auth-token"], headers.authorization?.split(" ")[0]];
}

function refusalIn({ target, status, answer }: Exchange): object {
  return { target, status, code: factsOf(answer)["code"] };
}

function errorIn({ status, answer }: Exchange): object {
  return { status, ...factsOf(answer) };
}

function sdkErrorIn(exchange: Exchange): object {
  return { ...errorIn(exchange), request_id: exchange.requestId };
}

/** Code, text, request ID and title of an error of any shape. */
function factsOf(answer: Record<string, unknown>): Record<string, unknown> {
  const { error_code, error_msg, request_id, error } = answer;
  const { code, message, title } = (error ?? { code: error_code, message: error_msg }) as Record<string, unknown>;
  return { code, message, ...(request_id !== undefined && { request_id }), ...(title !== undefined && { title }) };
}
