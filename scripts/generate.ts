/**
 * Makes `generated/` from `spec/`: `npm run generate`. With `--check` it only compares, and fails when a file is not what the spec makes.
 * With `--translated` it first notes in the overlay that the Chinese says what the English says now.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import { makeCalls } from "./generate/calls.ts";
import { downConvert, serviceDocument } from "./generate/down-convert.ts";
import { banner, makeTables, makeTableTypes, makeValidators, makeValidatorTypes } from "./generate/tables.ts";
import { findTranslationFaults, markTranslated } from "./generate/translation.ts";
import { removeUnused } from "./generate/unused.ts";
import type { Document } from "./lib/document.ts";
import { REDOCLY_CONFIG, redocly } from "./lib/redocly.ts";
import { root } from "./lib/root.ts";
import { makeTemporaryFolder, removeFolder } from "./lib/temporary.ts";

const work = makeTemporaryFolder("generate");
const overlay = join(root, "spec/locales/zh-CN.yaml");
const { values: options } = parseArgs({ options: { check: { type: "boolean" }, translated: { type: "boolean" } } });

try {
  // Its words about a slip in the spec are better than those of whatever stumbles over it later.
  redocly(["lint", "spec/openapi.yaml", "--config", REDOCLY_CONFIG]);
  const { files, faults } = await makeAll();
  if (options.check) check(files);
  else write(files);
  if (faults.length > 0) {
    console.error(`The translation is not that of the spec. spec/locales/zh-CN.yaml:\n  ${faults.join("\n  ")}`);
    console.error('CONTRIBUTING.md tells under "The Chinese" what to do. All but openapi.zh-CN.json does without it.');
    process.exitCode = 1;
  }
} catch (error) {
  console.error(
    `${(error as Error).message}\n\nNothing was written to generated/. Mend spec/; "npm run lint" may tell more.`,
  );
  process.exitCode = 1;
} finally {
  removeFolder(work);
}

/** File name in `generated/` to content, and what is wrong with the translation. */
async function makeAll(): Promise<{ files: Map<string, string>; faults: string[] }> {
  const yaml = bundle("spec/openapi.yaml", "openapi.yaml");
  const document: Document = parse(yaml);
  const converted = removeUnused(downConvert(document));
  const { translated, faults } = translate(document);
  const files = new Map([
    ["openapi.yaml", yaml],
    ["openapi.json", json(document)],
    ...(faults.length === 0 ? [["openapi.zh-CN.json", json(translated)] as const] : []),
    ["openapi-3.0.json", json(converted)],
    ["dcs.openapi-3.0.json", json(removeUnused(serviceDocument(converted, "dcs")))],
    ["dds.openapi-3.0.json", json(removeUnused(serviceDocument(converted, "dds")))],
    ["types.d.ts", await makeTypes(document)],
    ["calls.d.ts", makeCalls(document)],
    ["tables.js", makeTables(document)],
    ["tables.d.ts", makeTableTypes(document)],
    ["validators.js", makeValidators(document)],
    ["validators.d.ts", makeValidatorTypes(document)],
  ]);
  return { files, faults };
}

/** Redocly joins the pieces. */
function bundle(source: string, name: string, ...more: string[]): string {
  const target = join(work, name);
  redocly(["bundle", source, "--output", target, "--config", REDOCLY_CONFIG, ...more]);
  return readFileSync(target, "utf8");
}

/** The document in Chinese, and what is missing or wrong in it. It is not written then, but all else is. */
function translate(document: Document): { translated: Document; faults: string[] } {
  if (options.translated) {
    writeFileSync(overlay, markTranslated(readFileSync(overlay, "utf8"), document));
  }
  const translated: Document = parse(bundle("spec/openapi.yaml", "openapi.zh-CN.yaml", "--overlay", overlay));
  return { translated, faults: findTranslationFaults(parse(readFileSync(overlay, "utf8")), document, translated) };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
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
  return `${banner("Types of the calls")}${astToString(ast)}`;
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
