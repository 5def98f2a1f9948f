/** A real browser on the pages of `npm start`. It notes what a page must not do: complain, or ask another host for anything. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { PAGES } from "../../scripts/docs/build.ts";
import { addressOf } from "../../scripts/docs/links.ts";
import { LANGUAGES, type Language } from "../../scripts/docs/words.ts";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { callsOf, readDocument } from "../../scripts/lib/document.ts";
import { createPages } from "../../scripts/stand-in/pages.ts";
import { type StandIn, startStandIn } from "../../scripts/stand-in/server.ts";

export { LANGUAGES, type Language };

export interface Place {
  hash: string;
  /** What its heading begins with, in each language. */
  title: Record<Language, string>;
}

const documents = { en: readDocument(PAGES.en.source), "zh-CN": readDocument(PAGES["zh-CN"].source) };

/** Each operation: its address is the same in every language. */
export const OPERATIONS: (Place & { operationId: string })[] = callsOf(documents.en).map((call, index) => ({
  operationId: call.operation.operationId,
  hash: `#${addressOf(call)}`,
  title: { en: call.operation.summary, "zh-CN": callsOf(documents["zh-CN"])[index]?.operation.summary ?? "" },
}));

/** The overview and each operation. */
export const PLACES: Place[] = [
  { hash: "#/", title: { en: documents.en.info.title, "zh-CN": documents["zh-CN"].info.title } },
  ...OPERATIONS,
];

export interface Site {
  readonly url: string;
  readonly standIn: StandIn;
  open(path: string, options?: VisitOptions): Promise<Visit>;
  close(): Promise<void>;
}

interface VisitOptions extends BrowserContextOptions {
  /** Without Redoc: its script does not come. */
  plain?: boolean;
}

export interface Visit {
  readonly page: Page;
  /** Errors in the console and uncaught ones. */
  readonly errors: string[];
  /** What was asked of another host. */
  readonly strayed: string[];
  close(): Promise<void>;
}

/** @param now is the service's clock. */
export async function startSite(now = Date.now): Promise<Site> {
  const standIn = await startStandIn({ pages: createPages(), now });
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await standIn.close();
    throw error;
  });
  return {
    url: standIn.url,
    standIn,
    open: (path, options) => visit(browser, standIn, path, options),
    close: async () => {
      await browser.close();
      await standIn.close();
    },
  };
}

async function visit(
  browser: Browser,
  standIn: StandIn,
  path: string,
  { plain = false, ...options }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  // What is not there by then does not come.
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const errors: string[] = [];
  const strayed: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  context.on("request", (request) => {
    if (!request.url().startsWith(`${standIn.url}/`)) {
      strayed.push(request.url());
    }
  });
  if (plain) {
    await context.route("**/redoc.js", (route) => route.abort());
  }
  await page.goto(`${standIn.url}${path}`);
  if (path.startsWith("/docs/") && !plain && options.javaScriptEnabled !== false) {
    await settle(page);
  }
  return { page, errors, strayed, close: () => context.close() };
}

export function docsPath(language: Language, hash: string = "#/"): string {
  return `${language === "en" ? "/docs/" : "/docs/zh-CN/"}${hash}`;
}

/** Goes to another place of a page that is open already, which takes a fraction of the time of opening it. */
export async function go({ page }: Visit, hash: string): Promise<Page> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, hash);
  const id = hash.slice(2);
  await page
    .locator(id ? `[id="${id}"]` : "#redoc h1")
    .first()
    .waitFor();
  await settle(page);
  return page;
}

/** Waits until Redoc has rendered the place and nothing more appears. */
export async function settle(page: Page): Promise<void> {
  await page.locator("[data-testid=middle-panel]").first().waitFor();
  let size = -1;
  let equal = 0;
  for (let turns = 0; turns < 100 && equal < 3; turns++) {
    const now = await page.evaluate(() => document.body.innerHTML.length + scrollY);
    equal = now === size ? equal + 1 : 0;
    size = now;
    await page.waitForTimeout(75);
  }
}

/** In px from the top of the window; NaN where nothing has the id. */
export async function topOf(page: Page, id: string): Promise<number> {
  return page.evaluate((id) => document.getElementById(id)?.getBoundingClientRect().top ?? Number.NaN, id);
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against WCAG 2.2 AA, one line each. @param without what these selectors name. */
export async function findViolations(page: Page, without: string[] = []): Promise<string[]> {
  // The page's policy forbids a script element; evaluation is the debugger's and is not bound by it.
  await page.evaluate(axe);
  return page.evaluate(async (exclude) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    // axe needs more time for the hidden plain page than for Redoc's, which is seen. So the plain page is out of the document meanwhile.
    const plain = document.getElementById("plain");
    const place = document.createComment("");
    if (plain?.checkVisibility() === false) {
      plain.replaceWith(place);
    }
    const { violations } = await axe.run({ exclude }, { runOnly });
    place.replaceWith(plain ?? "");
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any, all, none }) => {
        const [check] = [...any, ...all, ...none];
        return `${id}: ${html.slice(0, 200)} ${check?.message ?? ""}`;
      }),
    );
  }, without);
}
