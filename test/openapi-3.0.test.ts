/** The documents for code generators are OpenAPI 3.0, and what CONTRIBUTING says that generators impose. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callsOf, type Document, type Schema } from "../scripts/lib/document.ts";
import { redocly } from "../scripts/lib/redocly.ts";
import { root } from "../scripts/lib/root.ts";

interface Answer {
  $ref?: string;
  content?: { "application/json": { schema: Schema; examples: Record<string, { $ref: string }> } };
}

const read = (name: string) => JSON.parse(readFileSync(join(root, "generated", name), "utf8"));
const names = ["openapi-3.0.json", "dcs.openapi-3.0.json", "dds.openapi-3.0.json"];
const documents = names.map((name) => ({ name, document: read(name) }));

test.each(documents)("$name is valid OpenAPI 3.0", ({ name, document }) => {
  expect(document.openapi).toMatch(/^3\.0\./);
  redocly(["lint", join(root, "generated", name), "--extends", "spec"]);
});

test("3.1 too has its servers at the root: what stands nearer goes before the base URL that a client is given", () => {
  const { servers, paths } = read("openapi.json");
  expect(servers.length).toBeGreaterThan(1);
  const nearer = Object.values<object>(paths).flatMap((path) => [path, ...Object.values(path)]);
  expect(nearer.filter((node) => "servers" in node)).toEqual([]);
});

test.each(documents)("$name has a short overview, which generators copy into each file", ({ document }) => {
  expect(document.info.description).toMatch(/^[A-Z].{50,400}\n\n.*openapi\.json\.\n$/);
});

test.each(documents)("$name has its servers at the root and asks for the token alone", ({ document }) => {
  expect(document.servers.length).toBeGreaterThan(1);
  expect(Object.values<object>(document.paths).filter((path) => "servers" in path)).toEqual([]);
  expect(document.security).toEqual([{ XAuthToken: [] }]);
});

test.each(["dcs", "dds"])("%s.openapi-3.0.json has that service alone, and nothing unused", (service) => {
  const document: Document = read(`${service}.openapi-3.0.json`);
  const hosts = new RegExp(`^https://${service}\\.`);
  for (const { url } of document.servers ?? []) {
    expect(url).toMatch(hosts);
  }
  expect(Object.keys(document["x-error-codes"]).sort()).toEqual([service, "gateway"].sort());
  const text = JSON.stringify(document);
  for (const [kind, components] of Object.entries(document.components)) {
    if (kind === "securitySchemes") {
      continue;
    }
    for (const name of Object.keys(components)) {
      expect(text).toContain(`"#/components/${kind}/${name}"`);
    }
  }
});

/** What an answer has that the class of its schema has no field for, and the other way round. */
function misfits(follow: (schema: Schema) => Schema, schema: Schema, value: unknown, path = ""): string[] {
  const { properties, required = [], anyOf, oneOf, items } = follow(schema);
  if (anyOf || oneOf) {
    return [`${path}: a union`];
  }
  if (Array.isArray(value)) {
    return value.flatMap((inner, index) => misfits(follow, Object(items), inner, `${path}/${index}`));
  }
  if (typeof value !== "object" || value === null || !properties) {
    return [];
  }
  const absent = required.filter((field) => !(field in value)).map((field) => `${path}/${field}: required, but absent`);
  const wrong = Object.entries(value).flatMap(([field, inner]) =>
    properties[field] ? misfits(follow, properties[field], inner, `${path}/${field}`) : [`${path}/${field}: no field`],
  );
  return [...absent, ...wrong];
}

test.each(documents)("every answer fits one class field by field in $name", ({ document }) => {
  const resolve = (ref: string) =>
    ref
      .slice(2)
      .split("/")
      .reduce((node, key) => node[key], document);
  const follow = <T extends { $ref?: string }>(node: T): T => (node.$ref ? resolve(node.$ref) : node);
  const paths: Record<string, Record<string, { responses: Record<string, Answer> }>> = document.paths;
  const found: string[] = [];
  let seen = 0;
  for (const { responses } of Object.values(paths).flatMap((path) => Object.values(path))) {
    for (const answer of Object.values(responses)) {
      const { schema, examples } = follow(answer).content?.["application/json"] ?? { schema: {}, examples: {} };
      for (const [example, { $ref }] of Object.entries(examples)) {
        seen += 1;
        found.push(...misfits(follow, schema, resolve($ref).value).map((fault) => `${example}${fault}`));
      }
    }
  }
  expect(seen).toBeGreaterThan(10);
  expect(found).toEqual([]);
});

test.each(documents)("no field in $name has a default that a client could send unasked", ({ document }) => {
  const fields = Object.values<Schema>(document.components.schemas).flatMap(({ properties = {} }) =>
    Object.entries(properties),
  );
  expect(fields.length).toBeGreaterThan(10);
  expect(fields.filter(([, schema]) => "default" in schema)).toEqual([]);
  const parameters = callsOf(document).flatMap(({ operation }) => operation.parameters);
  expect(parameters.filter(({ schema }) => "default" in Object(schema))).toEqual([]);
});

test.each(documents)(
  "every type in $name is one that 3.0 knows, and a field that may be text or an object has none",
  ({ document }) => {
    const fields = Object.values<Schema>(document.components.schemas).flatMap(({ properties = {} }) =>
      Object.entries(properties),
    );
    expect(fields.filter(([, { type = "string" }]) => typeof type !== "string" || type === "null")).toEqual([]);
    const { BackupRecord } = document.components.schemas;
    if (BackupRecord) {
      expect(BackupRecord.properties.error_code).not.toHaveProperty("type");
      expect(BackupRecord.properties.size).toMatchObject({ type: "integer", format: "int64", nullable: true });
    }
  },
);

test("what is left out of a call is told in words, since generated clients would send a default unasked", () => {
  const told = (name: string) => {
    const { paths, components }: Document = read(name);
    const parameters = callsOf({ paths }).flatMap(({ operation }) =>
      operation.parameters.map(({ name, schema, description }) => ({
        what: `${operation.operationId} ${name}`,
        value: schema?.["default"],
        text: description,
      })),
    );
    const fields = Object.entries(components.schemas).flatMap(([schema, { properties = {} }]) =>
      Object.entries(properties).map(([field, { default: value, description: text }]) => ({
        what: `${schema} ${field}`,
        value,
        text,
      })),
    );
    return [...parameters, ...fields];
  };
  const converted = told("openapi-3.0.json");
  const defaults = told("openapi.json").filter(({ value }) => value !== undefined);
  expect(defaults.length).toBeGreaterThan(5);
  for (const { what, value } of defaults) {
    expect(converted).toContainEqual({ what, value: undefined, text: expect.stringContaining(`\`${value}\``) });
  }
});
