/**
 * Makes `generated/` from `spec/`: `npm run generate`. With `--check` it writes nothing and fails when a file is not what the spec makes.
 * With `--translated` it first notes in the overlay that the Chinese says what the English says now.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Converter } from "@apiture/openapi-down-convert";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import {
  type Document,
  type Operation,
  type OperationResponse,
  type Schema,
  type Server,
  serviceOf,
} from "./document.ts";
import { findTranslationFaults, markTranslated } from "./translation.ts";

// CommonJS behind an ES module's default.
const standaloneCode = standalone as unknown as typeof standalone.default;

const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "generate-"));
const overlay = join(root, "spec/locales/zh-CN.yaml");

try {
  const { files, faults } = await makeAll();
  if (process.argv.includes("--check")) check(files);
  else write(files);
  if (faults.length > 0) {
    console.error(`The translation is not that of the spec. spec/locales/zh-CN.yaml:\n  ${faults.join("\n  ")}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true });
}

/** File name in `generated/` to content, and what is wrong with the translation. */
async function makeAll(): Promise<{ files: Map<string, string>; faults: string[] }> {
  const yaml = bundle("spec/openapi.yaml", "openapi.yaml");
  const document: Document = parse(yaml);
  const converted = downConvert(document);
  const { translated, faults } = translate(document);
  const files = new Map([
    ["openapi.yaml", yaml],
    ["openapi.json", json(document)],
    ...(faults.length === 0 ? [["openapi.zh-CN.json", json(translated)] as const] : []),
    ["openapi-3.0.json", json(converted)],
    ["dcs.openapi-3.0.json", serviceDocument(converted, "dcs", serversOf(document, "dcs"))],
    ["dds.openapi-3.0.json", serviceDocument(converted, "dds", serversOf(document, "dds"))],
    ["types.d.ts", await makeTypes(document)],
    ["tables.js", makeTables(document)],
    ["tables.d.ts", makeTableTypes(document)],
    ["validators.js", makeValidators(document)],
    ["validators.d.ts", makeValidatorTypes(document)],
  ]);
  return { files, faults };
}

/** Redocly joins the pieces; each runs as the command line does, so that the result is what anybody gets. */
function bundle(source: string, name: string, ...options: string[]): string {
  const target = join(work, name);
  const redocly = join(root, "node_modules/.bin/redocly");
  const config = join(root, "spec/redocly.yaml");
  execFileSync(redocly, ["bundle", source, "--config", config, "--output", target, ...options], {
    cwd: root,
    stdio: "pipe",
  });
  return readFileSync(target, "utf8");
}

/** The document in Chinese, and what is missing or wrong in it. It is not written then, but all else is. */
function translate(document: Document): { translated: Document; faults: string[] } {
  if (process.argv.includes("--translated")) {
    writeFileSync(overlay, markTranslated(readFileSync(overlay, "utf8"), document));
  }
  const translated: Document = parse(bundle("spec/openapi.yaml", "openapi.zh-CN.yaml", "--overlay", overlay));
  return { translated, faults: findTranslationFaults(parse(readFileSync(overlay, "utf8")), document, translated) };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * The document in 3.0.3, for code generators. Its error unions become single objects, because most generators make one class of all
 * members of a union and require the fields of each, so that no real answer decodes. The signature stays described but is not demanded,
 * because no generator can compute one: some put the token into its header instead. All servers stand at the root, because some clients
 * let the servers of a path go before the base URL that they are given.
 */
function downConvert(document: Document): Document {
  const converted = new Converter(structuredClone(document)).convert() as Document;
  const { schemas } = converted.components;
  for (const [name, schema] of Object.entries(schemas)) {
    if (schema.anyOf) schemas[name] = joinMembers(name, schema, schemas);
  }
  for (const { post } of Object.values(converted.paths)) nameResponses(post, converted.components);
  const { openapi, info, ...rest } = converted;
  const derived: Document = {
    openapi,
    info,
    servers: serversOf(converted),
    ...rest,
    security: converted.security.filter((scheme) => !("AkSkSignature" in scheme)),
    paths: Object.fromEntries(Object.entries(converted.paths).map(([path, { servers: _, ...item }]) => [path, item])),
  };
  return removeUnused(derived, "openapi-3.0.json");
}

/**
 * Gives those error responses names of their own that have other headers than the rest or stand for any status: ogen keeps one wrapper for
 * all nameless responses of a schema.
 */
function nameResponses({ operationId, responses }: Operation, components: Document["components"]): void {
  const named: Record<string, OperationResponse | { $ref: string }> = responses;
  for (const [status, response] of Object.entries(responses)) {
    if (status !== "default" && !response.headers?.["Retry-After"]) continue;
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
  const members = anyOf.map((member) => (member.$ref ? (schemas[member.$ref.split("/").at(-1) ?? ""] ?? {}) : member));
  const fields = new Map<string, Schema[]>();
  for (const { properties = {} } of members) {
    for (const [field, schema] of Object.entries(properties)) fields.set(field, [...(fields.get(field) ?? []), schema]);
  }
  const properties = [...fields].map(([field, schemasOfField]): [string, Schema] => {
    const kinds = [...new Map(schemasOfField.map((schema) => [schema.$ref ?? schema.type, schema])).values()];
    const [first = {}] = schemasOfField;
    if (kinds.every(({ $ref }) => $ref) && kinds.length > 1) {
      const joined = `${name}${field[0]?.toUpperCase()}${field.slice(1)}`;
      schemas[joined] = joinMembers(joined, { anyOf: kinds }, schemas);
      return [field, { $ref: `#/components/schemas/${joined}` }];
    }
    if (first.$ref) return [field, first];
    const { type, ...annotations } = { ...first, ...describe(schemasOfField) };
    return [field, kinds.length > 1 ? annotations : { ...(type && { type }), ...annotations }];
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

/** All that is said about the same thing in several places. */
function describe(schemas: Schema[]): { description?: string } {
  const texts = [...new Set(schemas.flatMap(({ description }) => description ?? []))];
  return texts.length > 0 ? { description: texts.join("\n\n") } : {};
}

/** Without the schemas that nothing refers to: each would become a class that nobody needs. */
function removeUnused(document: Document, name: string): Document {
  const source = join(work, `whole-${name}`);
  writeFileSync(source, json(document));
  const used: Document = JSON.parse(bundle(source, name, "--remove-unused-components"));
  used.components.securitySchemes = document.components.securitySchemes;
  return used;
}

/** The servers of a service, or of all. */
function serversOf(document: Document, service?: string): Server[] {
  const servers = Object.values(document.paths)
    .filter((path) => service === undefined || serviceOf(path) === service)
    .flatMap((path) => path.servers ?? []);
  return [...new Map(servers.map((server) => [server.url, server])).values()];
}

/** One service alone, its servers at the root. */
function serviceDocument(document: Document, service: string, servers: Server[]): string {
  const entries = Object.entries(document.paths).filter(([, path]) => serviceOf(path) === service);
  const { openapi, info, servers: _, ...rest } = document;
  const codes = document["x-error-codes"];
  const part = {
    openapi,
    info,
    servers,
    ...rest,
    tags: document.tags.filter((tag) => tag.name.toLowerCase() === service),
    paths: Object.fromEntries(entries),
    "x-error-codes": Object.fromEntries(
      Object.entries(codes).filter(([key]) => !(key in { dcs: 0, dds: 0 }) || key === service),
    ),
  };
  return json(removeUnused(part, `${service}.openapi-3.0.json`));
}

async function makeTypes(document: Document): Promise<string> {
  const ast = await openapiTS(structuredClone(document) as unknown as Parameters<typeof openapiTS>[0], {
    // A field with a default may be left out of a request.
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
    silent: true,
  });
  return `${banner("Types of the three calls")}${astToString(ast)}`;
}

function banner(what: string): string {
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

function makeTables(document: Document): string {
  const { operations, servers, busyCodes } = tablesOf(document);
  return [
    banner("What the client knows of the spec at run time"),
    `export const operations = ${JSON.stringify(operations, null, 2)};\n\n`,
    `export const servers = ${JSON.stringify(servers)};\n\n`,
    `export const busyCodes = /* @__PURE__ */ new Set(${JSON.stringify(busyCodes)});\n`,
  ].join("");
}

function makeTableTypes(document: Document): string {
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
function makeValidators(document: Document): string {
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

function makeValidatorTypes(document: Document): string {
  const names = Object.values(document.paths).map(({ post }) => post.operationId);
  return [
    banner("Types of validators.js"),
    "/** One fault that a validator found. */\n",
    "export interface Fault {\n  keyword: string;\n  instancePath: string;\n  message: string;\n  params: Record<string, unknown>;\n}\n\n",
    "export interface Validator {\n  (body: unknown): boolean;\n  errors?: Fault[] | null;\n}\n\n",
    ...names.map((name) => `export declare const ${name}: Validator;\n`),
  ].join("");
}

function write(files: Map<string, string>): void {
  mkdirSync(join(root, "generated"), { recursive: true });
  for (const [name, content] of files) writeFileSync(join(root, "generated", name), content);
  console.log(`generated/: ${[...files.keys()].join(", ")}`);
}

function check(files: Map<string, string>): void {
  const stale = [...files].filter(([name, content]) => {
    const path = join(root, "generated", name);
    return !existsSync(path) || readFileSync(path, "utf8") !== content;
  });
  if (stale.length === 0) {
    console.log("generated/ is what the spec makes.");
    return;
  }
  console.error(
    `Not what the spec makes: ${stale.map(([name]) => `generated/${name}`).join(", ")}. Run "npm run generate" and commit the result.`,
  );
  process.exitCode = 1;
}
