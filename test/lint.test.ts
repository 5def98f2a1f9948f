/**
 * Both linters accept a rule that never matches. So the bundle passes every rule, and for each rule of ours the bundle with one
 * thing changed fails it.
 */
import * as fs from "node:fs";
import { join } from "node:path";
import { type Ruleset, Spectral } from "@stoplight/spectral-core";
import { bundleAndLoadRuleset } from "@stoplight/spectral-ruleset-bundler/with-loader";
import { beforeAll, describe, expect, test } from "vitest";
import { readDocument } from "../scripts/lib/document.ts";
import { root } from "../scripts/lib/root.ts";

const bundle = readDocument();
const rulesetFile = join(root, "spec/lint/spectral.yaml");

const copyInstance = ["paths", "/v2/{project_id}/instances/{instance_id}/backups"];
const operation = [...copyInstance, "post"];
const requestBody = [...operation, "requestBody", "content", "application/json"];
const responses = [...operation, "responses"];
const schemas = ["components", "schemas"];
const codes = ["x-error-codes", "dcs", 0];

interface Change {
  rule: string;
  /** What is wrong with the document afterwards; the test's title. */
  wrong: string;
  /** Path of the value to change in the bundle. */
  at: readonly (string | number)[];
  /** The value to put there; without one, the value is taken away. */
  to?: unknown;
}

const changes: readonly Change[] = [
  { rule: "operation-id-form", wrong: "no operationId", at: [...operation, "operationId"] },
  {
    rule: "operation-id-form",
    wrong: "operationId in camelCase",
    at: [...operation, "operationId"],
    to: "copyInstance",
  },
  ...["200", "400", "401", "403", "404", "429", "500", "503", "504", "default"].map((status) => ({
    rule: "operation-standard-responses",
    wrong: `no response ${status}`,
    at: [...responses, status],
  })),
  {
    rule: "operation-method",
    wrong: "a call by DELETE",
    at: [...copyInstance, "delete"],
    to: { operationId: "Delete" },
  },
  {
    rule: "path-parameter-known",
    wrong: "a backup's id in the path",
    at: ["components", "parameters", "InstanceId", "name"],
    to: "backup_id",
  },
  { rule: "summary-form", wrong: "no summary on an operation", at: [...operation, "summary"] },
  {
    rule: "summary-form",
    wrong: "summary ends in a period",
    at: [...operation, "summary"],
    to: "Back up an instance.",
  },
  { rule: "summary-form", wrong: "summary begins small", at: [...operation, "summary"], to: "back up an instance" },
  {
    rule: "summary-form",
    wrong: "no summary on an example",
    at: ["components", "examples", "CopyInstanceAof", "summary"],
  },
  {
    rule: "region-form",
    wrong: "a region in capital letters",
    at: ["servers", 0, "variables", "region", "enum", 0],
    to: "CN-North-4",
  },
  { rule: "servers-at-root", wrong: "servers of a path", at: [...copyInstance, "servers"], to: [{ url: "https://a" }] },
  {
    rule: "servers-at-root",
    wrong: "servers of an operation",
    at: [...operation, "servers"],
    to: [{ url: "https://a" }],
  },
  {
    rule: "server-service",
    wrong: "a host of no service",
    at: ["servers", 0, "url"],
    to: "https://{region}.myhuaweicloud.com",
  },
  {
    rule: "server-description",
    wrong: "a server without description",
    at: ["servers", 0, "description"],
  },
  {
    rule: "server-variable-bare",
    wrong: "a server variable with a description",
    at: ["servers", 0, "variables", "region", "description"],
    to: "Region of the project.",
  },
  {
    rule: "parameter-described",
    wrong: "no description",
    at: ["components", "parameters", "ProjectId", "description"],
  },
  {
    rule: "parameters-of-operation",
    wrong: "a parameter of a path",
    at: [...copyInstance, "parameters"],
    to: [{ $ref: "#/components/parameters/InstanceId" }],
  },
  {
    rule: "parameter-example",
    wrong: "no example",
    at: ["components", "parameters", "ProjectId", "schema", "examples"],
  },
  {
    rule: "property-described",
    wrong: "no description",
    at: [...schemas, "DcsError", "properties", "error_code", "description"],
  },
  {
    rule: "property-described",
    wrong: "no description on a property that is a schema of its own",
    at: [...schemas, "DcsV1ErrorDetail", "description"],
  },
  {
    rule: "property-example",
    wrong: "no example",
    at: [...schemas, "DcsError", "properties", "error_code", "examples"],
  },
  {
    rule: "property-example",
    wrong: "an empty list of examples",
    at: [...schemas, "DcsError", "properties", "error_code", "examples"],
    to: [],
  },
  {
    rule: "pattern-without-quote",
    wrong: "a quote in a pattern",
    at: [...schemas, "CreateManualBackupOption", "properties", "description", "pattern"],
    to: '^[^"]*$',
  },
  {
    rule: "pattern-with-length",
    wrong: "a pattern of a field without a length",
    at: [...schemas, "CreateManualBackupOption", "properties", "name", "maxLength"],
  },
  {
    rule: "pattern-with-length",
    wrong: "a pattern of a parameter without a length",
    at: [...copyInstance, "get", "parameters", 2, "schema", "maxLength"],
  },
  { rule: "media-type-named-examples", wrong: "no examples on a request", at: [...requestBody, "examples"] },
  {
    rule: "media-type-named-examples",
    wrong: "an empty set of examples on a response",
    at: [...responses, "504", "content", "application/json", "examples"],
    to: {},
  },
  {
    rule: "media-type-shared-schema",
    wrong: "an inline request schema",
    at: [...requestBody, "schema"],
    to: { type: "object" },
  },
  {
    rule: "media-type-shared-schema",
    wrong: "an inline answer schema",
    at: [...responses, "200", "content", "application/json", "schema"],
    to: { type: "object" },
  },
  {
    rule: "request-object-closed",
    wrong: "an open body",
    at: [...schemas, "BackupInstanceBody", "additionalProperties"],
  },
  {
    rule: "request-object-closed",
    wrong: "an open object inside the body",
    at: [...schemas, "CreateManualBackupOption", "additionalProperties"],
    to: true,
  },
  ...Object.entries({ minLength: 36, maxLength: 9, pattern: "^DCS", enum: ["DCS.4096"] }).map(([key, to]) => ({
    rule: "response-schema-open",
    wrong: `${key} on a field of an error`,
    at: [...schemas, "DcsError", "properties", "error_code", key],
    to,
  })),
  {
    rule: "response-schema-open",
    wrong: "a closed set of states in what a read answers",
    at: [...schemas, "BackupRecord", "properties", "status", "enum"],
    to: ["waiting", "backuping", "succeed"],
  },
  {
    rule: "response-format",
    wrong: "a time in the form of RFC 3339",
    at: [...schemas, "BackupRecord", "properties", "created_at", "format"],
    to: "date-time",
  },
  {
    rule: "integer-format",
    wrong: "a size in 32 bits or 64",
    at: [...schemas, "BackupRecord", "properties", "size", "format"],
  },
  {
    rule: "integer-format",
    wrong: "a number of records without a format",
    at: [...schemas, "ListBackupsResponse", "properties", "total_count", "format"],
  },
  {
    rule: "read-without-body",
    wrong: "a GET with a body",
    at: [...copyInstance, "get", "requestBody"],
    to: { content: { "application/json": {} } },
  },
  ...["minimum", "format"].map((key) => ({
    rule: "query-number-range",
    wrong: `a limit without ${key}`,
    at: [...copyInstance, "get", "parameters", 5, "schema", key],
  })),
  {
    rule: "response-no-content",
    wrong: "a 204 with a body",
    at: [...copyInstance, "get", "responses", "204", "content"],
    to: { "application/json": {} },
  },
  {
    rule: "response-schema-open",
    wrong: "a closed answer",
    at: [...schemas, "CopyInstanceResponse", "additionalProperties"],
    to: false,
  },
  { rule: "response-json", wrong: "no body", at: [...responses, "404", "content"] },
  { rule: "response-json", wrong: "a text body alone", at: [...responses, "404", "content"], to: { "text/plain": {} } },
  { rule: "response-request-id", wrong: "no request id", at: [...responses, "404", "headers", "X-Request-Id"] },
  {
    rule: "response-request-id",
    wrong: "no request id on a 204",
    at: [...copyInstance, "get", "responses", "204", "headers", "X-Request-Id"],
  },
  { rule: "response-retry-after", wrong: "no Retry-After on 429", at: [...responses, "429", "headers", "Retry-After"] },
  { rule: "response-retry-after", wrong: "no Retry-After on 503", at: [...responses, "503", "headers", "Retry-After"] },
  {
    rule: "error-shared-schema",
    wrong: "a single error shape",
    at: [...responses, "404", "content", "application/json", "schema", "$ref"],
    to: "#/components/schemas/DcsError",
  },
  {
    rule: "error-shared-schema",
    wrong: "an inline schema under default",
    at: [...responses, "default", "content", "application/json", "schema"],
    to: { type: "object" },
  },
  {
    rule: "error-one-schema",
    wrong: "the shared schema of another operation",
    at: [...responses, "404", "content", "application/json", "schema", "$ref"],
    to: "#/components/schemas/DdsFailure",
  },
  { rule: "error-code-entry", wrong: "no codes", at: [...codes, "codes"], to: [] },
  { rule: "error-code-entry", wrong: "a code with a blank", at: [...codes, "codes", 0], to: "DCS. 4002" },
  { rule: "error-code-entry", wrong: "a status as text", at: [...codes, "status", 0], to: "400" },
  { rule: "error-code-entry", wrong: "no meaning", at: [...codes, "meaning"] },
  { rule: "error-code-entry", wrong: "a meaning without a period", at: [...codes, "meaning"], to: "Not an ID" },
  { rule: "error-code-entry", wrong: "a retry that is none of the three", at: [...codes, "retry"], to: "yes" },
  { rule: "error-code-entry", wrong: "no advice", at: [...codes, "advice"] },
  { rule: "error-code-entry", wrong: "an unknown when", at: [...codes, "when"], to: "sometimes" },
  { rule: "error-code-entry", wrong: "an unknown kind of call", at: [...codes, "calls"], to: "writes" },
  { rule: "error-code-entry", wrong: "an unknown kind of read", at: [...codes, "reads"], to: "records" },
  { rule: "error-code-entry", wrong: "something else than true for absent", at: [...codes, "absent"], to: "backup" },
  { rule: "error-code-entry", wrong: "an unknown key", at: [...codes, "reason"], to: "Because." },
  {
    rule: "error-code-outcome",
    wrong: "a 5xx that is said to have started nothing",
    at: [...codes, "status"],
    to: [400, 500],
  },
  {
    rule: "error-code-outcome",
    wrong: "a 5xx for both kinds of call",
    at: codes,
    to: { codes: ["DCS.5999"], status: [500], meaning: "Failed.", retry: "unknown", advice: "Look." },
  },
  {
    rule: "error-code-outcome",
    wrong: "a read that may have started something",
    at: codes,
    to: { codes: ["DCS.5999"], status: [500], meaning: "Failed.", retry: "unknown", advice: "Ask.", calls: "reads" },
  },
  { rule: "error-code-outcome", wrong: "a start that finds nothing", at: [...codes, "absent"], to: true },
  { rule: "error-code-unique", wrong: "a code told twice", at: [...codes, "codes"], to: ["DCS.4096"] },
  { rule: "error-code-unique", wrong: "a when claimed twice", at: [...codes, "when"], to: "/remark" },
  { rule: "generator-info", wrong: "a summary in info", at: ["info", "summary"], to: "Backups" },
  { rule: "generator-info", wrong: "a license identifier", at: ["info", "license", "identifier"], to: "MIT" },
];

let ruleset: Ruleset;
let ours: string[];

beforeAll(async () => {
  ruleset = await bundleAndLoadRuleset(rulesetFile, { fs, fetch });
  ours = Object.values(ruleset.rules)
    .filter((rule) => rule.owner === ruleset)
    .map((rule) => rule.name);
});

test("the bundle passes every rule", async () => {
  expect(await lint(bundle)).toEqual([]);
});

describe("each rule of ours finds what it is for", () => {
  test.each(changes.map((change) => [`${change.rule}: ${change.wrong}`, change] as const))(
    "%s",
    async (_, { rule, at, to }) => {
      // The other rules have been run above; without them each document takes a tenth of the time.
      for (const other of Object.values(ruleset.rules)) {
        other.enabled = other.name === rule;
      }
      const found = await lint(changed(at, to));
      expect(found.map((result) => result.rule)).toContain(rule);
    },
  );

  test("no rule is without a failing document", () => {
    expect(new Set(changes.map((change) => change.rule))).toEqual(new Set(ours));
  });
});

/** A document that is parsed already has no lines to point to; to find them takes longer than most rules. */
async function lint(data: object): Promise<{ rule: string; message: string; path: string }[]> {
  const spectral = new Spectral();
  spectral.setRuleset(ruleset);
  const parsed = { data, diagnostics: [], ast: {}, lineMap: [] };
  const results = await spectral.run({ parsed, getLocationForJsonPath: () => undefined, source: "openapi.json" });
  return results.map(({ code, message, path }) => ({ rule: String(code), message, path: path.join("/") }));
}

function changed(at: Change["at"], to: unknown): object {
  const document = structuredClone(bundle);
  const parent = at.slice(0, -1).reduce((value: unknown, key) => Reflect.get(Object(value), key), document);
  const key = at[at.length - 1];
  if (typeof parent !== "object" || parent === null || key === undefined) {
    throw new Error(`no ${at.join("/")} in the bundle`);
  }
  if (to !== undefined) {
    Reflect.set(parent, key, to);
  } else if (key in parent) {
    Reflect.deleteProperty(parent, key);
  } else {
    throw new Error(`no ${at.join("/")} in the bundle to take away`);
  }
  return document;
}
