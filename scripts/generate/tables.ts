/** What the client and the validators know of the spec at run time, as modules. */
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { type Document, type Server, serviceOf } from "../lib/document.ts";

// CommonJS behind an ES module's default.
const standaloneCode = standalone as unknown as typeof standalone.default;

export function banner(what: string): string {
  return `// ${what}, made from spec/ by \`npm run generate\`. Do not edit.\n`;
}

interface Table {
  operations: Record<string, { service: string; path: string }>;
  servers: { service: string; url: string; signing: string; regions: string[] }[];
  busyCodes: string[];
}

function tablesOf(document: Document): Table {
  const paths = Object.entries(document.paths);
  const servers = new Map<string, Server[]>(paths.map(([, path]) => [serviceOf(path), path.servers ?? []]));
  return {
    operations: Object.fromEntries(
      paths.map(([path, item]) => [item.post.operationId, { service: serviceOf(item), path }]),
    ),
    servers: [...servers].flatMap(([service, list]) =>
      list.map(({ url, variables, "x-signing": signing = "access" }) => ({
        service,
        url,
        signing,
        regions: variables?.region?.enum ?? [],
      })),
    ),
    // Passing refusals of one instance. 429 passes too, but is told by its status.
    busyCodes: Object.values(document["x-error-codes"])
      .flat()
      .filter(({ retry, status }) => retry === "later" && !status.includes(429))
      .flatMap(({ codes }) => codes),
  };
}

export function makeTables(document: Document): string {
  const { operations, servers, busyCodes } = tablesOf(document);
  return [
    banner("What the client knows of the spec at run time"),
    `export const operations = ${JSON.stringify(operations, null, 2)};\n\n`,
    `export const servers = ${JSON.stringify(servers, null, 2)};\n\n`,
    `export const busyCodes = /* @__PURE__ */ new Set(${JSON.stringify(busyCodes, null, 2)});\n`,
  ].join("");
}

export function makeTableTypes(document: Document): string {
  const { operations } = tablesOf(document);
  const services = [...new Set(Object.values(operations).map(({ service }) => service))];
  return [
    banner("Types of tables.js"),
    `export type Service = ${services.map((service) => JSON.stringify(service)).join(" | ")};\n\n`,
    `export type OperationId = keyof typeof operations;\n\n`,
    "/** Each operation's service and path. */\n",
    `export declare const operations: ${JSON.stringify(operations, null, 2).replace(/"(\w+)":/g, "readonly $1:")};\n\n`,
    "/** Each server of the spec: a URL with `{region}` in it, the regions that it is known for, and how it is signed to. */\n",
    'export declare const servers: readonly { service: Service; url: string; signing: "access" | "scoped"; regions: readonly string[] }[];\n\n',
    "/** The codes of refusals that pass by themselves. */\n",
    "export declare const busyCodes: ReadonlySet<string>;\n",
  ].join("");
}

/** Each operation's schema of its request body, as a function of its own without dependencies or `eval`. */
export function makeValidators(document: Document): string {
  const ajv = new Ajv2020({ allErrors: true, strict: false, code: { source: true, esm: true, lines: true } });
  ajv.addSchema(document, "spec");
  const operationIds = Object.values(document.paths).map(({ post }) => {
    ajv.addSchema({ $ref: `spec${post.requestBody.content["application/json"].schema.$ref}` }, post.operationId);
    return post.operationId;
  });
  const schemas = Object.fromEntries(operationIds.map((id) => [id, id]));
  // Ajv's one helper, for lengths in characters instead of UTF-16 units, inline instead of as an import.
  const code = standaloneCode(ajv, schemas).replace(
    /require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g,
    "(text) => [...text].length",
  );
  if (/\brequire\(|^import /m.test(code)) throw new Error("Ajv's code has an import that is not inlined");
  return `${banner("Validators of the request bodies")}${code.replace('"use strict";', "")}\n`;
}

export function makeValidatorTypes(document: Document): string {
  const names = Object.values(document.paths).map(({ post }) => post.operationId);
  return [
    banner("Types of validators.js"),
    "/** One fault that a validator found. */\n",
    "export interface Fault {\n  keyword: string;\n  instancePath: string;\n  message: string;\n  params: Record<string, unknown>;\n}\n\n",
    "export interface Validator {\n  (body: unknown): boolean;\n  errors?: Fault[] | null;\n}\n\n",
    ...names.map((name) => `export declare const ${name}: Validator;\n`),
  ].join("");
}
