/**
 * Makes `generated/` from `spec/`: `npm run generate`. With `--check` it writes nothing and fails when a file is not what the spec makes.
 * With `--translated` it first notes in the overlay that the Chinese says what the English says now.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Converter } from "@apiture/openapi-down-convert";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import { type Document, type Server, serviceOf } from "./document.ts";
import { findTranslationFaults, markTranslated } from "./translation.ts";

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
    ["dcs.openapi-3.0.json", serviceDocument(converted, "dcs")],
    ["dds.openapi-3.0.json", serviceDocument(converted, "dds")],
    ["types.d.ts", await makeTypes(document)],
    ["tables.js", makeTables(document)],
    ["tables.d.ts", makeTableTypes(document)],
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

function downConvert(document: Document): Document {
  return new Converter(structuredClone(document)).convert() as Document;
}

/** One service alone, its servers at the root: most generators pass over the servers of a path. */
function serviceDocument(document: Document, service: string): string {
  const entries = Object.entries(document.paths).filter(([, path]) => serviceOf(path) === service);
  const { openapi, info, ...rest } = document;
  const codes = document["x-error-codes"];
  const name = `${service}.openapi-3.0.json`;
  const source = join(work, `whole-${name}`);
  const part = {
    openapi,
    info,
    servers: entries[0]?.[1].servers,
    ...rest,
    tags: document.tags.filter((tag) => tag.name.toLowerCase() === service),
    paths: Object.fromEntries(entries.map(([path, { servers: _, ...item }]) => [path, item])),
    "x-error-codes": Object.fromEntries(
      Object.entries(codes).filter(([key]) => !(key in { dcs: 0, dds: 0 }) || key === service),
    ),
  };
  writeFileSync(source, json(part));
  return json(JSON.parse(bundle(source, name, "--remove-unused-components")));
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
