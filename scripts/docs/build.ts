/**
 * For each language a page that holds all of the reference as plain HTML, and beside the page the script that puts Redoc in the place of
 * that.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { type Document, readDocument } from "../lib/document.ts";
import { root } from "../lib/root.ts";
import { decorate } from "./content.ts";
import { nameHeadings } from "./headings.ts";
import { escapeHtml } from "./html.ts";
import { joinLines } from "./paragraphs.ts";
import { renderPlain } from "./plain.ts";
import { LICENSES, renderRedoc } from "./redoc.ts";
import { LANGUAGES, type Language, otherThan, WORDS } from "./words.ts";

export const DOCS_FOLDER = join(root, "generated/docs");

/** The bundle of each language, in `generated/`, and its page in the folder of the docs. */
export const PAGES: Record<Language, { source: string; target: string }> = {
  en: { source: "openapi.json", target: "index.html" },
  "zh-CN": { source: "openapi.zh-CN.json", target: "zh-CN/index.html" },
};

/** What a page loads, beside it. */
export const SCRIPT = "redoc.js";

export async function buildDocs(folder: string): Promise<void> {
  for (const language of LANGUAGES) {
    const document = prepare(language);
    const page = join(folder, PAGES[language].target);
    mkdirSync(dirname(page), { recursive: true });
    writeFileSync(page, renderPage(document, language));
    writeFileSync(join(dirname(page), SCRIPT), await renderRedoc(document, language));
  }
  writeFileSync(
    join(folder, "licenses.txt"),
    LICENSES.map((path) => readFileSync(path, "utf8").trimEnd()).join("\n\n"),
  );
}

/** The document as the renderers get it. */
export function prepare(language: Language): Document {
  const document = decorate(readDocument(PAGES[language].source), language);
  nameHeadings(document, decorate(readDocument(PAGES.en.source), "en"));
  joinLines(document);
  return document;
}

function renderPage(document: Document, language: Language): string {
  const { title, description } = document.info;
  const [first = ""] = description.split("\n\n");
  const other = otherThan(language);
  const texts = {
    language,
    title,
    description: first.replace(/[`*]|\n/g, " "),
    other,
    otherHref: posix.relative(posix.dirname(PAGES[language].target), PAGES[other].target),
    otherName: WORDS[other].language,
    ...WORDS[language].page,
  };
  const script = ["page.js", "menus.js"].map(read).join("\n\n");
  const parts = {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, escapeHtml(text)])),
    csp: contentSecurityPolicy(script),
    style: ["page.css", "redoc.css", "plain.css"].map(read).join("\n"),
    plain: renderPlain(document, language),
    script,
  };
  const template = read("template.html").replace('<html lang="en">', `<html lang="${language}">`);
  return template.replace(/\/\* @(\w+)@ \*\/|@(\w+)@/g, (_, code?: string, name = code ?? "") => {
    const part = (parts as Record<string, string>)[name];
    if (part === undefined) {
      throw new Error(`scripts/docs/template.html wants "${name}", which is nowhere`);
    }
    return part;
  });
}

function read(name: string): string {
  return readFileSync(join(root, "scripts/docs", name), "utf8").trimEnd();
}

/** Nothing runs but what stands in the page and the script beside it, and nothing at all is fetched. Redoc writes its styles at run time. */
function contentSecurityPolicy(script: string): string {
  const hash = createHash("sha256").update(`\n${script}\n`).digest("base64");
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
