/** What a schema says, in words and rows. */
import { type Document, resolve, type Schema } from "../lib/document.ts";
import { code } from "./html.ts";
import type { Words } from "./words.ts";

export interface Field {
  /** Such as `backups[].datastore.type`. */
  path: string;
  required: boolean;
  schema: Schema;
}

/** The fields of a body and of the objects in it, one a row. */
export function fieldsOf(document: Document, given: Schema, prefix = ""): Field[] {
  const { properties = {}, required = [] } = resolve<Schema>(document, given);
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = prefix + name;
    const resolved = { ...resolve<Schema>(document, schema), ...(schema.description && schema) };
    const items = itemsOf(resolved);
    const field = { path, required: required.includes(name), schema: resolved };
    return [field, ...fieldsOf(document, items ?? resolved, items ? `${path}[].` : `${path}.`)];
  });
}

/** What is said of a value, and of the elements of a list. */
export function textsOf(document: Document, schema: Schema): string[] {
  const items = itemsOf(schema);
  return [schema, ...(items ? [resolve<Schema>(document, items)] : [])].flatMap(({ description = [] }) => description);
}

const itemsOf = (schema: Schema): Schema | undefined => schema["items"] as Schema | undefined;

/** The type and the limits of a value, as HTML. */
export function describeType(document: Document, schema: Schema, words: Words["plain"]): string {
  return [typeOf(document, schema, words), ...limitsOf(schema, words)].join("<br>");
}

function typeOf(document: Document, schema: Schema, words: Words["plain"]): string {
  const items = itemsOf(schema);
  if (items) {
    return words.listOf(typeOf(document, resolve(document, items), words));
  }
  const format = schema["format"] === undefined ? "" : ` (${String(schema["format"])})`;
  return (
    [schema.type ?? "object"]
      .flat()
      .map((type) => words.types[type] ?? type)
      .join(words.or) + format
  );
}

function limitsOf(schema: Schema, words: Words["plain"]): string[] {
  const values = (schema["enum"] as unknown[] | undefined)?.map((value) => code(String(value))).join(" ");
  return [
    span(schema, "minLength", "maxLength", [words.length, words.atLeastLong, words.atMostLong]),
    span(schema, "minimum", "maximum", [words.range, words.atLeast, words.atMost]),
    values && `${words.values} ${values}`,
    schema["pattern"] && `${words.pattern} ${code(String(schema["pattern"]))}`,
    schema["default"] !== undefined && `${words.default} ${code(String(schema["default"]))}`,
  ].filter((limit) => typeof limit === "string");
}

type Bound = (bound: string) => string;

function span(
  schema: Schema,
  low: string,
  high: string,
  [both, atLeast, atMost]: [(least: string, most: string) => string, Bound, Bound],
): string | undefined {
  const [least, most] = [schema[low], schema[high]].map((bound) => (bound === undefined ? undefined : String(bound)));
  if (least !== undefined && most !== undefined) {
    return both(least, most);
  }
  if (least !== undefined) {
    return atLeast(least);
  }
  return most === undefined ? undefined : atMost(most);
}
