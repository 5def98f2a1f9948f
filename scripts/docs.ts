/**
 * `npm run docs`: renders the reference into `generated/docs/`, one self-contained page per language. The template and what it needs are in
 * `scripts/docs/`; Redoc, which Redocly's command line puts into the page, is corrected here where it has no option.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { decorate } from "./docs/content.ts";
import { LANGUAGES, type Language, otherThan, WORDS } from "./docs/words.ts";
import { type Document, readDocument } from "./lib/document.ts";
import { REDOCLY_CONFIG, redocly } from "./lib/redocly.ts";
import { root } from "./lib/root.ts";
import { withTemporaryFolder } from "./lib/temporary.ts";

export const DOCS_FOLDER = join(root, "generated/docs");

interface Page {
  /** The bundle, in `generated/`. */
  source: string;
  /** In the folder of the docs. */
  target: string;
}

/** Of Redoc and of what is in it, which the pages hold. */
const LICENSES = ["LICENSE", "THIRD_PARTY_NOTICES"].map((name) => join("node_modules/@redocly/cli", name));

export const PAGES: Record<Language, Page> = {
  en: { source: "openapi.json", target: "index.html" },
  "zh-CN": { source: "openapi.zh-CN.json", target: "zh-CN/index.html" },
};

/** What is wrong in Redoc 3.0.1 and no option mends. Each is looked for, so that another version fails the build rather than the reader. */
const CORRECTIONS: readonly [what: string, from: string, to: string][] = [
  ["badge, large", "https://cdn.redoc.ly/redoc/logo-mini-full.svg", "data:,"],
  ["badge, small", "https://cdn.redoc.ly/redoc/logo-mini.svg", "data:,"],
  [
    "labels",
    "useTranslate:()=>({translate:(e,t)=>(",
    "useTranslate:()=>({translate:(e,t)=>globalThis.redocLabels[e]||(",
  ],
  // A word of two letters is looked for where a word begins; Chinese has no blanks to tell where that is.
  [
    "search in Chinese",
    "return e!==void 0&&TDe.test(e)",
    "return e!==void 0&&TDe.test(e)&&!/\\p{Script=Han}/u.test(e)",
  ],
  // Its name would hide which example is chosen.
  ["name of the menu of examples", '"aria-label":`Example`,', ""],
  // It tries to make code from text, which the policy forbids, and then does without a worker.
  ["search worker", "e._factory??=Function(XDe),!0", "!1"],
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildDocs(DOCS_FOLDER);
  console.log(
    Object.values(PAGES)
      .map(({ target }) => `generated/docs/${target}`)
      .join("\n"),
  );
}

export async function buildDocs(folder: string): Promise<void> {
  const original = readDocument(PAGES.en.source);
  for (const language of LANGUAGES) {
    const document = decorate(readDocument(PAGES[language].source), language);
    nameHeadings(document, decorate(original, "en"));
    const target = join(folder, PAGES[language].target);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, finish(await render(document, language), language));
  }
  writeFileSync(join(folder, "licenses.txt"), LICENSES.map(read).join("\n\n"));
}

/**
 * Gives each heading of a description the English one's name in the address, so that an address is the same place in every language. The
 * form is Markdoc's, which Redoc reads.
 */
function nameHeadings(node: unknown, original: unknown, prefix = "section/"): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    const twin = (original as Record<string, unknown>)[key];
    if (key === "description" && typeof value === "string")
      (node as Record<string, unknown>)[key] = withNames(value, String(twin), prefix);
    else nameHeadings(value, twin, key === "paths" ? "" : prefix);
  }
}

function withNames(text: string, original: string, prefix: string): string {
  const names = headingsOf(original).map(({ title }) => prefix + slug(title));
  const headings = headingsOf(text);
  if (headings.length !== names.length)
    throw new Error(`${headings.length} headings where the original has ${names.length}: ${text.slice(0, 200)}`);
  const lines = text.split("\n");
  headings.forEach(({ line }, index) => {
    lines[line] += ` {% id="${names[index]}" %}`;
  });
  return lines.join("\n");
}

function headingsOf(text: string): { line: number; title: string }[] {
  let fenced = false;
  return text.split("\n").flatMap((content, line) => {
    if (/^\s*```/.test(content)) fenced = !fenced;
    const title = fenced ? undefined : /^#+ (.*)$/.exec(content)?.[1];
    return title === undefined ? [] : [{ line, title }];
  });
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
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

function finish(rendered: string, language: Language): string {
  let html = rendered;
  for (const [what, from, to] of CORRECTIONS) html = replaceOnce(html, from, to, what);
  const { keys, texts } = WORDS[language].redoc;
  for (const key of Object.keys(keys)) {
    if (!html.includes(`\`${key}\``)) throw new Error(`Redoc no longer has a text under the key ${key}`);
  }
  for (const [from, to] of Object.entries(texts)) html = replaceAll(html, from, to);
  const script = `globalThis.redocLabels=${JSON.stringify(keys)};\n${read("scripts/docs/page.js")}`;
  html = replaceOnce(html, "@style@", read("scripts/docs/page.css"), "place for the style");
  html = replaceOnce(html, "@script@", script, "place for the script");
  return replaceOnce(html, "@csp@", contentSecurityPolicy(html), "place for the policy");
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8").trimEnd();
}

function replaceOnce(text: string, from: string, to: string, what: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`Redoc's page has "${from}" ${parts.length - 1} times, not once (${what})`);
  return parts.join(to);
}

function replaceAll(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`Redoc's page no longer has "${from}"`);
  return text.replaceAll(from, () => to);
}

/** Nothing but what stands in the page runs, and nothing at all is fetched. Redoc writes its styles at run time. */
function contentSecurityPolicy(html: string): string {
  const scripts = [...html.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, source = ""]) => source);
  const hashes = scripts.map((source) => `'sha256-${createHash("sha256").update(source).digest("base64")}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
