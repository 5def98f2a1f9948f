/** Corrects the page that Redocly renders, where Redoc has no option for it, and puts our style, script and policy into it. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/root.ts";
import type { Words } from "./words.ts";

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

export function finish(rendered: string, { keys, texts }: Words["redoc"]): string {
  let html = rendered;
  for (const [what, from, to] of CORRECTIONS) {
    html = replaceOnce(html, from, to, what);
  }
  for (const key of Object.keys(keys)) {
    if (!html.includes(`\`${key}\``)) {
      throw new Error(`Redoc no longer has a text under the key ${key}`);
    }
  }
  for (const [from, to] of Object.entries(texts)) {
    html = replaceAll(html, from, to);
  }
  const script = `globalThis.redocLabels=${JSON.stringify(keys)};\n${read("page.js")}`;
  html = replaceOnce(html, "@style@", read("page.css"), "place for the style");
  html = replaceOnce(html, "@script@", script, "place for the script");
  return replaceOnce(html, "@csp@", contentSecurityPolicy(html), "place for the policy");
}

function replaceOnce(text: string, from: string, to: string, what: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) {
    throw new Error(`Redoc's page has "${from}" ${parts.length - 1} times, not once (${what})`);
  }
  return parts.join(to);
}

function replaceAll(text: string, from: string, to: string): string {
  if (!text.includes(from)) {
    throw new Error(`Redoc's page no longer has "${from}"`);
  }
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
function read(name: string): string {
  return readFileSync(join(root, "scripts/docs", name), "utf8").trimEnd();
}
