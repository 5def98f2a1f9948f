/** The checks of request bodies against the spec, as a module. */
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { callsOf, type Document } from "../lib/document.ts";
import { banner } from "./tables.ts";

// CommonJS behind an ES module's default.
const standaloneCode = standalone as unknown as typeof standalone.default;

/** The schema of each request body, as a function of its own without dependencies or `eval`. */
export function makeValidators(document: Document): string {
  const ajv = new Ajv2020({ allErrors: true, strict: false, code: { source: true, esm: true, lines: true } });
  ajv.addSchema(document, "spec");
  const bodies = bodiesOf(document);
  for (const [operationId, $ref] of bodies) {
    ajv.addSchema({ $ref: `spec${$ref}` }, operationId);
  }
  const schemas = Object.fromEntries(bodies.map(([id]) => [id, id]));
  // Ajv's one helper, for lengths in characters instead of UTF-16 units, inline instead of as an import.
  const code = standaloneCode(ajv, schemas).replace(
    /require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g,
    "(text) => [...text].length",
  );
  if (/\brequire\(|^import /m.test(code)) {
    throw new Error("Ajv's code has an import that is not inlined");
  }
  return `${banner("Validators of the request bodies")}${code.replace('"use strict";', "")}\n`;
}

/** The operations that have a request body, with the reference to its schema. */
function bodiesOf(document: Document): [operationId: string, $ref: string][] {
  return callsOf(document).flatMap(({ operation: { operationId, requestBody } }): [string, string][] =>
    requestBody ? [[operationId, requestBody.content["application/json"].schema.$ref]] : [],
  );
}

export function makeValidatorTypes(document: Document): string {
  const names = bodiesOf(document).map(([operationId]) => operationId);
  return [
    banner("Types of validators.js"),
    "/** One fault that a validator found. */\n",
    "export interface Fault {\n  keyword: string;\n  instancePath: string;\n  message: string;\n  params: Record<string, unknown>;\n}\n\n",
    "export interface Validator {\n  (body: unknown): boolean;\n  errors?: Fault[] | null;\n}\n\n",
    ...names.map((name) => `export declare const ${name}: Validator;\n`),
  ].join("");
}
