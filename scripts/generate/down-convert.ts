/** The documents in OpenAPI 3.0.3, shaped so that code generators of other languages make clients of them that work. */
import { STATUS_CODES } from "node:http";
import { Converter } from "@apiture/openapi-down-convert";
import {
  callsOf,
  type Document,
  type Example,
  nameOf,
  type Operation,
  type OperationResponse,
  type Schema,
  serversOf,
} from "../lib/document.ts";

/**
 * The document in 3.0.3, for code generators. Its error unions become single objects, because most generators make one class of all
 * members of a union and require the fields of each, so that no real answer decodes. The signature stays described but is not demanded,
 * because no generator can compute one: some put the token into its header instead. No field has a default, because many clients send it unasked. The
 * overview is short, because generators copy it into every file.
 */
export function downConvert(document: Document): Document {
  const converted = new Converter(structuredClone(document)).convert() as Document;
  const { schemas, examples } = converted.components;
  const open = new Set<string>();
  for (const [name, schema] of Object.entries(schemas)) {
    if (schema.anyOf) {
      schemas[name] = joinMembers(name, schema, schemas);
    }
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
      putDefaultIntoWords(property, property);
      // Without a type a field takes any value; a union becomes classes that take no text.
      if (property.anyOf) {
        delete property.anyOf;
        open.add(field);
      }
    }
  }
  for (const example of Object.values(examples)) {
    example.value = withoutNull(example.value, open);
  }
  for (const { operation } of callsOf(converted)) {
    for (const parameter of operation.parameters) {
      putDefaultIntoWords(parameter, parameter.schema);
    }
    placeExamples(operation, examples);
    nameResponses(operation, converted.components);
  }
  converted.security = converted.security.filter((scheme) => !("AkSkSignature" in scheme));
  converted.info.description = shortOverview(document);
  return converted;
}

function putDefaultIntoWords(described: { description?: string }, schema: Schema = {}): void {
  const { default: value } = schema;
  if (value !== undefined) {
    described.description = `${described.description ?? ""} By default \`${value}\`.`.trim();
    delete schema["default"];
  }
}

/** In 3.0 null needs `nullable`, which needs a type: kin-openapi refuses an example with null in a field that has none. */
function withoutNull(value: unknown, fields: Set<string>): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withoutNull(item, fields));
  }
  if (Object(value) !== value) {
    return value;
  }
  const kept = Object.entries(Object(value)).filter(([field, of]) => !(of === null && fields.has(field)));
  return Object.fromEntries(kept.map(([field, of]) => [field, withoutNull(of, fields)]));
}

/** What the document is for and where the rest of its overview stands. */
function shortOverview({ info }: Document): string {
  const [first = ""] = info.description.replaceAll("\n", " ").split(/(?<=\.) (?=[A-Z])/);
  return `${first}\n\nHow to sign, what never to send twice and what each error means is told in the docs of the npm package huaweicloud-backup, and in its openapi.json.\n`;
}

/**
 * Gives those error responses names of their own that have other headers than the rest or stand for any status: ogen keeps one wrapper for
 * all nameless responses of a schema.
 */
function nameResponses({ operationId, responses }: Operation, components: Document["components"]): void {
  const named: Record<string, OperationResponse | { $ref: string }> = responses;
  for (const [status, response] of Object.entries(responses)) {
    if (status !== "default" && !response.headers?.["Retry-After"]) {
      continue;
    }
    const name = `${operationId}${STATUS_CODES[status]?.replaceAll(/\W/g, "") ?? "OtherStatus"}`;
    components.responses = { ...components.responses, [name]: response };
    named[status] = { $ref: `#/components/responses/${name}` };
  }
}

/**
 * One object that any member of a union decodes into: every field of every member, required only where all members require it. Fields of
 * one name and two kinds keep both: objects are joined in turn, into a schema of their own, and other types are left open.
 */
function joinMembers(name: string, { anyOf = [], ...rest }: Schema, schemas: Record<string, Schema>): Schema {
  const members = anyOf.map((member) => (member.$ref ? (schemas[nameOf(member)] ?? {}) : member));
  const fields = new Map<string, Schema[]>();
  for (const { properties = {} } of members) {
    for (const [field, schema] of Object.entries(properties)) {
      fields.set(field, [...(fields.get(field) ?? []), schema]);
    }
  }
  const properties = [...fields].map(([field, schemasOfField]): [string, Schema] => {
    const kinds = [...new Map(schemasOfField.map((schema) => [schema.$ref ?? schema.type, schema])).values()];
    const [first = {}] = schemasOfField;
    if (kinds.every(({ $ref }) => $ref) && kinds.length > 1) {
      const joined = `${name}${field[0]?.toUpperCase()}${field.slice(1)}`;
      schemas[joined] = joinMembers(joined, { anyOf: kinds }, schemas);
      return [field, { $ref: `#/components/schemas/${joined}` }];
    }
    if (first.$ref) {
      return [field, first];
    }
    const { type, ...annotations } = first;
    return [field, { ...(kinds.length > 1 ? annotations : first), ...describe(schemasOfField) }];
  });
  const required = [...fields.keys()].filter((field) => members.every((member) => member.required?.includes(field)));
  return {
    title: name,
    ...describe(members),
    ...rest,
    type: "object",
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties),
  };
}

/**
 * Puts an example with an `id` where it is used. In the schemas of 3.0 that is a keyword: express-openapi-validator, which looks for it in all
 * components, takes two examples of one job for two schemas of one name and checks no answer any more.
 */
function placeExamples({ responses }: Operation, all: Record<string, Example>): void {
  for (const { content } of Object.values(responses)) {
    const references = content?.["application/json"].examples ?? {};
    const examples: Record<string, Example | { $ref: string }> = references;
    for (const [name, reference] of Object.entries(references)) {
      const example = all[nameOf(reference)];
      if (example && /"id":/.test(JSON.stringify(example.value))) {
        examples[name] = example;
      }
    }
  }
}

/** All that is said about the same thing in several places. */
function describe(schemas: Schema[]): { description?: string } {
  const texts = [...new Set(schemas.flatMap(({ description }) => description ?? []))];
  return texts.length > 0 ? { description: texts.join("\n\n") } : {};
}

/** One service alone. */
export function serviceDocument(document: Document, service: string): Document {
  const calls = callsOf(document).filter((call) => call.service === service);
  const codes = document["x-error-codes"];
  return {
    ...document,
    servers: serversOf(document, service),
    tags: document.tags.filter((tag) => tag.name.toLowerCase() === service),
    paths: Object.fromEntries(calls.map(({ path, item }) => [path, item])),
    "x-error-codes": Object.fromEntries(Object.entries(codes).filter(([key]) => key === service || key === "gateway")),
  };
}
