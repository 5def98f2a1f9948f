/** Redocly's command line renders the pages, from the bundle with what `content.ts` adds to it and the template beside this file. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Document, readDocument } from "../lib/document.ts";
import { REDOCLY_CONFIG, redocly } from "../lib/redocly.ts";
import { root } from "../lib/root.ts";
import { withTemporaryFolder } from "../lib/temporary.ts";
import { decorate } from "./content.ts";
import { nameHeadings } from "./headings.ts";
import { finish } from "./redoc.ts";
import { LANGUAGES, type Language, otherThan, WORDS } from "./words.ts";

export const DOCS_FOLDER = join(root, "generated/docs");

interface Page {
  /** The bundle, in `generated/`. */
  source: string;
  /** In the folder of the docs. */
  target: string;
}

/** Of Redoc and of what is in it, which the pages hold. */
const LICENSES = ["LICENSE", "THIRD_PARTY_NOTICES"].map((name) => join(root, "node_modules/@redocly/cli", name));

export const PAGES: Record<Language, Page> = {
  en: { source: "openapi.json", target: "index.html" },
  "zh-CN": { source: "openapi.zh-CN.json", target: "zh-CN/index.html" },
};

export async function buildDocs(folder: string): Promise<void> {
  const original = readDocument(PAGES.en.source);
  for (const language of LANGUAGES) {
    const document = decorate(readDocument(PAGES[language].source), language);
    nameHeadings(document, decorate(original, "en"));
    const target = join(folder, PAGES[language].target);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, finish(await render(document, language), WORDS[language].redoc));
  }
  writeFileSync(
    join(folder, "licenses.txt"),
    LICENSES.map((path) => readFileSync(path, "utf8").trimEnd()).join("\n\n"),
  );
}

function render(document: Document, language: Language): Promise<string> {
  return withTemporaryFolder("docs", (work) => {
    const source = join(work, "openapi.json");
    const output = join(work, "index.html");
    writeFileSync(source, JSON.stringify(document));
    const other = otherThan(language);
    const otherHref = relative(dirname(PAGES[language].target), PAGES[other].target);
    const words = { language, other, otherHref, otherName: WORDS[other].language, ...WORDS[language].page };
    redocly([
      ...["build-docs", source, "--output", output, "--inlineBundle", "--config", REDOCLY_CONFIG],
      ...["--template", join(root, "scripts/docs/template.hbs")],
      ...Object.entries(words).map(([name, text]) => `--templateOptions.${name}=${text}`),
      "--openapi.hideDownloadButtons=true",
    ]);
    return readFileSync(output, "utf8");
  });
}
