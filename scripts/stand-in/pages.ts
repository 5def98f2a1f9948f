/** The pages beside the stand-in: the docs, and one from which a reader sends the three calls. They are files of this repository and local. */
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Language } from "../docs/words.ts";
import { root } from "../lib/root.ts";

/** Answers a request for a page and tells so; a call of the API is left alone. */
export type Pages = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** The files of the docs, by their addresses. */
const DOCS: Record<string, string> = {
  "/docs/": "index.html",
  "/docs/redoc.js": "redoc.js",
  "/docs/zh-CN/": "zh-CN/index.html",
  "/docs/zh-CN/redoc.js": "zh-CN/redoc.js",
};

const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** @param token fills the page's field for one. */
export function createPages(token: string): Pages {
  return (incoming, outgoing) => {
    // Not `new URL`: that throws for what may come here, such as "//".
    const [pathname = "", query = ""] = incoming.url?.split("?") ?? [];
    if (incoming.method !== "GET" || !/^\/($|docs\b|try\b)/.test(pathname)) return false;
    const path = pathname.replace(/index\.html$/, "");
    if (path in DOCS) sendDocs(outgoing, DOCS[path] ?? "");
    else if (path === "/try/") sendTry(outgoing, /\blang=zh-CN\b/.test(query) ? "zh-CN" : "en", token);
    else if (`${path}/` in DOCS || path === "/try") redirect(outgoing, `${path}/${query && `?${query}`}`);
    else if (path === "/") redirect(outgoing, "/docs/");
    else send(outgoing, 404, "There is no such page. Go to /docs/, /docs/zh-CN/ or /try/.");
    return true;
  };
}

function sendDocs(outgoing: ServerResponse, name: string): void {
  const file = join(root, "generated/docs", name);
  const type = name.endsWith(".js") ? "text/javascript" : "text/html";
  if (existsSync(file)) send(outgoing, 200, readFileSync(file, "utf8"), { "content-type": `${type}; charset=utf-8` });
  else send(outgoing, 404, 'The docs are not built yet. Run "npm run docs" and load this page again.');
}

function redirect(outgoing: ServerResponse, location: string): void {
  send(outgoing, 302, location, { location });
}

function send(outgoing: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  outgoing.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers });
  outgoing.end(text);
}

/** The page makes its forms from the document. */
function sendTry(outgoing: ServerResponse, language: Language, token: string): void {
  const words: Record<string, string> = JSON.parse(read("scripts/docs/try.words.json"))[language];
  const document = JSON.parse(read(join("generated", language === "en" ? "openapi.json" : `openapi.${language}.json`)));
  // In a script element "<" alone could end the text early.
  const data = JSON.stringify({ words, token, document }).replaceAll("<", "\\u003c");
  const html = read("scripts/docs/try.html")
    .replace('<html lang="en">', `<html lang="${language}">`)
    .replace(/@(\w+)@/g, (_, name: string) => {
      const word = words[name];
      if (word === undefined) throw new Error(`scripts/docs/try.words.json has no "${name}" in ${language}`);
      return word.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    })
    .replace("{}", () => data)
    .replace("/* docs/try.js */", () => read("scripts/docs/try.js"));
  send(outgoing, 200, html, { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY });
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
