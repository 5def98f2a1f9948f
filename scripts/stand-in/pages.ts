/** The pages beside the stand-in: the docs, and one from which a reader sends the calls. They are files of this repository and local. */
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import { type Language, otherThan, WORDS, type Words } from "../docs/words.ts";
import { readDocument } from "../lib/document.ts";
import { root } from "../lib/root.ts";
import { TEST_KEY, TEST_TOKEN } from "../lib/test-account.ts";
import { http2Misbehaviours } from "./http2-misbehaviours.ts";
import { misbehaviours } from "./misbehaviours.ts";

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

/** @param http2 whether the stand-in may be asked over HTTP/2, so that what only that can do is offered. */
export function createPages({ http2 = false } = {}): Pages {
  return (incoming, outgoing) => {
    // Not `new URL`: that throws for what may come here, such as "//".
    const [pathname = "", query = ""] = incoming.url?.split("?") ?? [];
    if (incoming.method !== "GET" || !/^\/($|docs\b|try\b)/.test(pathname)) {
      return false;
    }
    const path = pathname.replace(/index\.html$/, "");
    if (path in DOCS) {
      sendDocs(outgoing, DOCS[path] ?? "");
    } else if (path === "/try/") {
      sendTry(outgoing, /\blang=zh-CN\b/.test(query) ? "zh-CN" : "en", http2);
    } else if (`${path}/` in DOCS || path === "/try") {
      redirect(outgoing, `${path}/${query && `?${query}`}`);
    } else if (path === "/") {
      redirect(outgoing, "/docs/");
    } else {
      send(outgoing, 404, "There is no such page. Go to /docs/, /docs/zh-CN/ or /try/.");
    }
    return true;
  };
}

function sendDocs(outgoing: ServerResponse, name: string): void {
  const file = join(root, "generated/docs", name);
  const type = name.endsWith(".js") ? "text/javascript" : "text/html";
  if (existsSync(file)) {
    send(outgoing, 200, readFileSync(file, "utf8"), { "content-type": `${type}; charset=utf-8` });
  } else {
    send(outgoing, 404, 'The docs are not built yet. Run "npm run docs" and load this page again.');
  }
}

function redirect(outgoing: ServerResponse, location: string): void {
  send(outgoing, 302, location, { location });
}

function send(outgoing: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  outgoing.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers });
  outgoing.end(text);
}

/** The page makes its forms from the document. A fault in it is told to its reader, and must not end the stand-in. */
async function sendTry(outgoing: ServerResponse, language: Language, http2: boolean): Promise<void> {
  try {
    const html = await makeTry(language, http2);
    send(outgoing, 200, html, { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY });
  } catch (error) {
    send(outgoing, 500, String(error));
  }
}

async function makeTry(language: Language, http2: boolean): Promise<string> {
  const otherLanguage = otherThan(language);
  const words: Words["try"] = {
    ...WORDS[language].try,
    nav: WORDS[language].page.nav,
    docsHref: language === "en" ? "/docs/" : `/docs/${language}/`,
    other: WORDS[otherLanguage].language,
    otherLanguage,
  };
  const document = readDocument(language === "en" ? "openapi.json" : `openapi.${language}.json`);
  // In a script element "<" alone could end the text early.
  const account = { token: TEST_TOKEN, ...TEST_KEY };
  const offered = Object.keys(misbehaviours).filter((name) => http2 || !(name in http2Misbehaviours));
  const data = JSON.stringify({ words, account, misbehaviours: offered, document });
  const script = await bundleTry();
  return read("scripts/docs/try.html")
    .replace('<html lang="en">', `<html lang="${language}">`)
    .replace(/@(\w+)@/g, (_, name: string) => {
      const word = words[name];
      if (typeof word !== "string") {
        throw new Error(`scripts/docs/words has no "${name}" for /try/ in ${language}`);
      }
      return word.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    })
    .replace("{}", () => data.replaceAll("<", "\\u003c"))
    .replace("/* docs/try.js */", () => script);
}

/** The page's script with the client in it, so that the page says of an outcome what the client does. */
async function bundleTry(): Promise<string> {
  const entryPoints = [join(root, "scripts/docs/try.js")];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "esm", write: false });
  return outputFiles.map(({ text }) => text).join("");
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
