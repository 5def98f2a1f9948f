/** Makes what stands in `generated/`, from the spec of a checkout. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import type { Document } from "../lib/document.ts";
import { REDOCLY_CONFIG, redocly } from "../lib/redocly.ts";
import { withTemporaryFolder } from "../lib/temporary.ts";
import { makeCalls } from "./calls.ts";
import { downConvert, serviceDocument } from "./down-convert.ts";
import { banner, makeTables, makeTableTypes } from "./tables.ts";
import { findTranslationFaults, markTranslated } from "./translation.ts";
import { removeUnused } from "./unused.ts";
import { makeValidators, makeValidatorTypes } from "./validators.ts";

const SPEC = "spec/openapi.yaml";
const OVERLAY = "spec/locales/zh-CN.yaml";

interface GenerateOptions {
  /** Compares, and writes nothing. */
  check?: boolean | undefined;
  /** Notes first in the overlay that the Chinese says what the English says now. */
  translated?: boolean | undefined;
}

/** @param checkout its folder. @returns what is wrong, in words for whoever changed the spec; nothing when all is well. */
export async function generate(checkout: string, { check, translated }: GenerateOptions = {}): Promise<string[]> {
  try {
    const { files, faults } = await withTemporaryFolder("generate", (work) =>
      makeFiles(checkout, work, translated ?? false),
    );
    const complaints = check ? compare(checkout, files) : write(checkout, files);
    if (faults.length > 0) {
      complaints.push(
        `The translation is not that of the spec. ${OVERLAY}:\n  ${faults.join("\n  ")}`,
        'CONTRIBUTING.md tells under "The Chinese" what to do. All but openapi.zh-CN.json does without it.',
      );
    }
    return complaints;
  } catch (error) {
    return [
      `${(error as Error).message}\n\nNothing was written to generated/. Mend spec/; "npm run lint" may tell more.`,
    ];
  }
}

/** File name in `generated/` to content, and what is wrong with the translation. */
async function makeFiles(
  checkout: string,
  work: string,
  isTranslated: boolean,
): Promise<{ files: Map<string, string>; faults: string[] }> {
  // Redocly's words about a slip in the spec are better than those of whatever stumbles over it later.
  redocly(["lint", SPEC, "--config", REDOCLY_CONFIG], checkout);
  const bundled = join(work, "openapi.yaml");
  const yaml = bundle(checkout, SPEC, bundled);
  const document: Document = parse(yaml);
  const converted = removeUnused(downConvert(document));
  const files = new Map([
    ["openapi.yaml", yaml],
    ["openapi.json", json(document)],
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
  // The overlay is noted to say what the English says only where all could be made of the English.
  const overlay = join(checkout, OVERLAY);
  if (isTranslated) {
    writeFileSync(overlay, markTranslated(readFileSync(overlay, "utf8"), document));
  }
  const chinese = join(work, "openapi.zh-CN.json");
  const translated: Document = JSON.parse(bundle(checkout, bundled, chinese, "--overlay", overlay));
  const faults = findTranslationFaults(parse(readFileSync(overlay, "utf8")), document, translated);
  // A translation that is not right is not written, but all else is.
  if (faults.length === 0) {
    files.set("openapi.zh-CN.json", json(translated));
  }
  return { files, faults };
}

/** Redocly joins the pieces. */
function bundle(checkout: string, source: string, target: string, ...more: string[]): string {
  redocly(["bundle", source, "--output", target, "--config", REDOCLY_CONFIG, ...more], checkout);
  return readFileSync(target, "utf8");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function makeTypes(document: Document): Promise<string> {
  // It types a document as its own reader has it, and ours is typed as far as we read it.
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

function write(checkout: string, files: Map<string, string>): string[] {
  mkdirSync(join(checkout, "generated"), { recursive: true });
  for (const [name, content] of files) {
    writeFileSync(join(checkout, "generated", name), content);
  }
  return [];
}

function compare(checkout: string, files: Map<string, string>): string[] {
  const stale = [...files].filter(([name, content]) => {
    const path = join(checkout, "generated", name);
    return !existsSync(path) || readFileSync(path, "utf8") !== content;
  });
  if (stale.length === 0) {
    return [];
  }
  const names = stale.map(([name]) => `generated/${name}`).join(", ");
  return [`Not what the spec makes: ${names}. Run "npm run generate" and commit the result.`];
}
