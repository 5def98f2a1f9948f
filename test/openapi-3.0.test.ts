import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Schema {
  $ref?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
}
interface Answer {
  $ref?: string;
  content: { "application/json": { schema: Schema; examples: Record<string, { $ref: string }> } };
}

const names = ["openapi-3.0.json", "dcs.openapi-3.0.json", "dds.openapi-3.0.json"];
const documents = names.map((name) => {
  const document = JSON.parse(readFileSync(new URL(`../generated/${name}`, import.meta.url), "utf8"));
  return { name, document };
});

/** What an answer has that the class of its schema has no field for, and the other way round. */
function misfits(follow: (schema: Schema) => Schema, schema: Schema, value: unknown, path = ""): string[] {
  const { properties, required = [], anyOf, oneOf } = follow(schema);
  if (anyOf || oneOf) return [`${path}: a union`];
  if (typeof value !== "object" || value === null || !properties) return [];
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
  const paths: Record<string, { post: { responses: Record<string, Answer> } }> = document.paths;
  const found: string[] = [];
  let seen = 0;
  for (const { post } of Object.values(paths)) {
    for (const answer of Object.values(post.responses)) {
      const { schema, examples } = follow(answer).content["application/json"];
      for (const [example, { $ref }] of Object.entries(examples)) {
        seen += 1;
        found.push(...misfits(follow, schema, resolve($ref).value).map((fault) => `${example}${fault}`));
      }
    }
  }
  expect(seen).toBeGreaterThan(10);
  expect(found).toEqual([]);
});

test.each(documents)("$name has its servers at the root and asks for the token alone", ({ document }) => {
  expect(document.servers.length).toBeGreaterThan(1);
  expect(Object.values<object>(document.paths).filter((path) => "servers" in path)).toEqual([]);
  expect(document.security).toEqual([{ XAuthToken: [] }]);
});

test.each(documents)("no field in $name has a default that a client could send unasked", ({ document }) => {
  const fields = Object.values<Schema>(document.components.schemas).flatMap(({ properties = {} }) =>
    Object.entries(properties),
  );
  expect(fields.length).toBeGreaterThan(10);
  expect(fields.filter(([, schema]) => "default" in schema)).toEqual([]);
});
