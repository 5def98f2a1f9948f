/** The documents for code generators are OpenAPI 3.0, and what CONTRIBUTING says that generators impose. */
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  callsOf,
  type Document,
  type Example,
  type OperationResponse,
  readDocument,
  resolve,
  type Schema,
} from "../scripts/lib/document.ts";
import { redocly } from "../scripts/lib/redocly.ts";
import { root } from "../scripts/lib/root.ts";

const names = ["openapi-3.0.json", "dcs.openapi-3.0.json", "dds.openapi-3.0.json"];
const documents = names.map((name) => ({ name, document: readDocument(name) }));

test("each of them is valid OpenAPI 3.0", () => {
  expect(documents.filter(({ document }) => !/^3\.0\./.test(document.openapi))).toEqual([]);
  redocly(["lint", ...names.map((name) => join(root, "generated", name)), "--extends", "spec"]);
});

test("3.1 too has its servers at the root: what stands nearer goes before the base URL that a client is given", () => {
  const { servers, paths } = readDocument();
  expect(servers.length).toBeGreaterThan(1);
  const nearer = Object.values<object>(paths).flatMap((path) => [path, ...Object.values(path)]);
  expect(nearer.filter((node) => "servers" in node)).toEqual([]);
});

test.each(documents)("$name has a short overview, which generators copy into each file", ({ document }) => {
  expect(document.info.description).toMatch(/^[A-Z].{50,400}\n\n.*openapi\.json\.\n$/);
});

test.each(documents)("$name has its servers at the root and asks for the token alone", ({ document }) => {
  expect(document.servers.length).toBeGreaterThan(1);
  expect(Object.values(document.paths).filter((path) => "servers" in path)).toEqual([]);
  expect(document.security).toEqual([{ XAuthToken: [] }]);
});

test.each(["dcs", "dds"])("%s.openapi-3.0.json has that service alone, and nothing unused", (service) => {
  const document = readDocument(`${service}.openapi-3.0.json`);
  const hosts = new RegExp(`^https://${service}\\.`);
  for (const { url } of document.servers) {
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
function misfits(document: Document, schema: Schema, value: unknown, path = ""): string[] {
  const { properties, required = [], anyOf, oneOf, items } = resolve<Schema>(document, schema);
  if (anyOf || oneOf) {
    return [`${path}: a union`];
  }
  if (Array.isArray(value)) {
    return value.flatMap((inner, index) => misfits(document, Object(items), inner, `${path}/${index}`));
  }
  if (typeof value !== "object" || value === null || !properties) {
    return [];
  }
  const absent = required.filter((field) => !(field in value)).map((field) => `${path}/${field}: required, but absent`);
  const wrong = Object.entries(value).flatMap(([field, inner]) =>
    properties[field]
      ? misfits(document, properties[field], inner, `${path}/${field}`)
      : [`${path}/${field}: no field`],
  );
  return [...absent, ...wrong];
}

test.each(documents)("every answer fits one class field by field in $name", ({ document }) => {
  const found: string[] = [];
  let seen = 0;
  for (const { operation } of callsOf(document)) {
    for (const answer of Object.values(operation.responses)) {
      const { content } = resolve<OperationResponse>(document, answer);
      const { schema, examples } = content?.["application/json"] ?? { schema: {}, examples: {} };
      for (const [example, reference] of Object.entries(examples)) {
        const { value } = resolve<Example>(document, reference);
        seen += 1;
        found.push(...misfits(document, schema, value).map((fault) => `${example}${fault}`));
      }
    }
  }
  expect(seen).toBeGreaterThan(10);
  expect(found).toEqual([]);
});

/** Each object in a part of a document that has a text as its `id`. */
function withId(part: unknown): { id: string }[] {
  if (typeof part !== "object" || part === null) {
    return [];
  }
  const inner = Object.values(part).flatMap(withId);
  return "id" in part && typeof part.id === "string" ? [{ ...part, id: part.id }, ...inner] : inner;
}

test.each(documents)(
  "no two components in $name have one id and differ, since a validator takes it for a schema's",
  ({ document }) => {
    const { components, paths } = document;
    const first = new Map(withId(components).map((object) => [object.id, object]));
    for (const object of withId(components)) {
      expect(object).toEqual(first.get(object.id));
    }
    // The examples that have one are still there.
    const lists = callsOf(document).filter(({ operation }) =>
      /^(ListBackups|ShowJobDetail)$/.test(operation.operationId),
    );
    expect(withId(paths).length).toBeGreaterThanOrEqual(3 * lists.length);
  },
);

test.each(documents)("no field in $name has a default that a client could send unasked", ({ document }) => {
  const fields = Object.values(document.components.schemas).flatMap(({ properties = {} }) =>
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
    const fields = Object.values(document.components.schemas).flatMap(({ properties = {} }) =>
      Object.entries(properties),
    );
    expect(fields.filter(([, { type = "string" }]) => typeof type !== "string" || type === "null")).toEqual([]);
    const { BackupRecord } = document.components.schemas;
    if (BackupRecord) {
      const { error_code, size } = BackupRecord.properties ?? {};
      expect(error_code).not.toHaveProperty("type");
      expect(size).toMatchObject({ type: "integer", format: "int64", nullable: true });
    }
  },
);

test("what is left out of a call is told in words, since generated clients would send a default unasked", () => {
  const told = (name: string) => {
    const { paths, components } = readDocument(name);
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
