/** Compares what a program sent with what it should have, and what it decoded with what it was answered. */
import { isDeepStrictEqual } from "node:util";
import { copyInstance, copyInstanceV1, createManualBackup, inputs, losses, plans, reads } from "./plans.ts";
import type { Exchange } from "./recorder.ts";
import { type Ended, endOf } from "./shell.ts";

/** What is wrong, by the column of the table that tells it. */
export interface Faults {
  /** With the calls that start a backup. */
  calls?: string[];
  /** With the calls that look for it. */
  finds?: string[];
  /** With those that are refused. */
  errors?: string[];
  /** With the same calls, once they are signed. */
  signed?: string[];
}

export interface Credentials {
  token?: string;
  dialect?: "Access" | "Credential";
  securityToken?: string;
}

/** @param exchanges all that the program sent, in order, and no more than the three calls. */
export function judgeCalls(exchanges: Exchange[], ended: Ended, credentials: Credentials): string[] {
  return [
    ...judgeStarts(exchanges, plans.client.started, readLastLine(ended)["started"]),
    ...exchanges.flatMap((exchange) => compare("credentials", credentialsIn(exchange), expected(credentials))),
  ];
}

/** @param exchanges all that the program sent, in order. */
export function judgeClient(exchanges: Exchange[], ended: Ended, credentials: Credentials): Faults {
  const told = readLastLine(ended);
  const { started, refused } = plans.client;
  const kept = exchanges.filter(({ lost }) => lost === undefined);
  const accepted = kept.slice(0, started.length);
  const read = kept.slice(started.length, started.length + reads.length);
  const denied = kept.slice(started.length + reads.length);
  return {
    calls: [
      ...judgeStarts(accepted, started, told["started"]),
      ...exchanges.flatMap((exchange) => compare("credentials", credentialsIn(exchange), expected(credentials))),
      ...(credentials.dialect ? judgeLosses(exchanges) : []),
    ],
    finds: [
      ...compare("asked", read.map(askedIn), asked(accepted)),
      ...compare("found", told["found"], foundIn(read, accepted)),
    ],
    errors: judgeRefusals(denied, refused, told["errors"], errorIn),
  };
}

export function judgeSdk(exchanges: Exchange[], ended: Ended): Faults {
  const told = readLastLine(ended);
  const { started, refused } = plans.sdk;
  const signatures = exchanges.map(({ headers }) => headers.authorization?.split("=")[0]);
  return {
    calls: judgeStarts(exchanges.slice(0, started.length), started, told["started"]),
    errors: judgeRefusals(exchanges.slice(started.length), refused, told["errors"], sdkErrorIn),
    signed: signatures.flatMap((signature) => compare("credentials", signature, "SDK-HMAC-SHA256 Access")),
  };
}

/** Schemathesis has judged each answer; this tells whether it reached every call, with success and with refusals. */
export function judgeSchemathesis(exchanges: Exchange[]): Faults {
  const paths = [copyInstance, copyInstanceV1, createManualBackup].map(({ target }) => target.split("/"));
  const seen = (ok: boolean) =>
    paths.every(([, version = "", , second = ""]) =>
      exchanges.some(
        ({ method, target, status }) =>
          method === "POST" &&
          target.startsWith(`/${version}/`) &&
          target.includes(`/${second}`) &&
          status < 300 === ok,
      ),
    );
  return {
    calls: seen(true) ? [] : [`Not every call was accepted in ${exchanges.length} requests`],
    errors: seen(false) ? [] : [`Not every call was refused in ${exchanges.length} requests`],
  };
}

export function joinFaults(a: Faults, b: Faults): Faults {
  const columns = ["calls", "finds", "errors", "signed"] as const;
  return Object.fromEntries(columns.map((column) => [column, [...(a[column] ?? []), ...(b[column] ?? [])]]));
}

export function compare(what: string, actual: unknown, expected: unknown): string[] {
  if (isDeepStrictEqual(actual, expected)) {
    return [];
  }
  if (Array.isArray(actual) && Array.isArray(expected) && actual.length === expected.length) {
    return actual.flatMap((one, index) => compare(`${what} (${index + 1})`, one, expected[index]));
  }
  return [`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
}

export function readLastLine({ stdout, output }: Ended): Record<string, unknown> {
  try {
    return Object(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
  } catch {
    throw new Error(`The program's last line is not JSON:\n${endOf(output)}`);
  }
}

function judgeStarts(accepted: Exchange[], started: readonly object[], told: unknown): string[] {
  const expected = started.map((call) => ({ ...call, status: 200 }));
  return [
    ...compare("sent", accepted.map(sentIn), expected),
    ...compare("decoded", told, accepted.map(documentedAnswerIn)),
  ];
}

function judgeRefusals(denied: Exchange[], plan: object[], told: unknown, decode: (of: Exchange) => object): string[] {
  return [...compare("answered", denied.map(refusalIn), plan), ...compare("decoded", told, denied.map(decode))];
}

function judgeLosses(exchanges: Exchange[]): string[] {
  const lost = exchanges.flatMap(({ lost }) => lost ?? []);
  return compare("sent although it was to be lost", lost, losses);
}

export function sentIn({ method, target, body, status }: Exchange): object {
  return { method, target, body: body && JSON.parse(body), status };
}

function documentedAnswerIn({ answer: { added_later: _, ...documented } }: Exchange): object {
  return documented;
}

/** A path and its query. `+` is a blank there, but not to a signature. */
function askedIn({ method, target, body, status, headers }: Exchange): object {
  const [path, query = ""] = target.split("?");
  const text = headers.authorization ? query : query.replaceAll("+", "%20");
  const pairs = text.split("&").map((pair) => pair.split("=").map(decodeURIComponent));
  return { method, path, query: Object.fromEntries(pairs), body, status };
}

function asked(accepted: Exchange[]): object[] {
  const jobId = accepted[2]?.answer["job_id"];
  return reads.map(({ path, query }) => ({
    method: "GET",
    path,
    query: { ...query, ...("id" in query && { id: jobId }) },
    body: "",
    status: 200,
  }));
}

/** ID and status of each backup that was started, from the list that is to have it, and of the job. */
function foundIn(read: Exchange[], accepted: Exchange[]): unknown[] {
  return read.map(({ answer }, index) => {
    if (answer["job"]) {
      return idAndStatus(answer["job"]);
    }
    const records = (answer["backup_record_response"] ?? answer["backups"] ?? []) as Record<string, unknown>[];
    return records.map(idAndStatus).find(({ id }) => id === accepted[index]?.answer["backup_id"]);
  });
}

function idAndStatus(record: unknown): { id: unknown; status: unknown } {
  const { id, backup_id = id, status } = Object(record);
  return { id: backup_id, status };
}

function credentialsIn({ headers, signatureFault }: Exchange): object {
  const [, dialect, names] = /^SDK-HMAC-SHA256 (\w+)=.*, SignedHeaders=(.*), /.exec(headers.authorization ?? "") ?? [];
  return {
    token: headers["x-auth-token"],
    dialect,
    names,
    fault: dialect && signatureFault,
    project: headers["x-project-id"],
    securityToken: headers["x-security-token"],
  };
}

function expected({ token, dialect, securityToken }: Credentials): object {
  const names = ["host", "x-project-id", "x-sdk-date", ...(securityToken === undefined ? [] : ["x-security-token"])];
  return {
    token,
    dialect,
    names: dialect && names.sort().join(";"),
    fault: undefined,
    project: dialect && inputs.PROJECT_ID,
    securityToken,
  };
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
