/** A real browser on the pages of `npm start`. It notes what a page must not do: complain, or ask another host for anything. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { createPages } from "../../scripts/stand-in/pages.ts";
import { type StandIn, startStandIn } from "../../scripts/stand-in/server.ts";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The overview and each operation: the address in every language, and what its heading begins with in each. */
export const PLACES = [
  { hash: "#/", en: "Backups on Huawei Cloud", "zh-CN": "华为云" },
  { hash: "#/dcs/copyinstance", en: "Back up a DCS instance", "zh-CN": "备份DCS实例" },
  { hash: "#/dcs/copyinstancev1", en: "Back up a DCS instance through the old API", "zh-CN": "备份DCS实例（历史API）" },
  { hash: "#/dds/createmanualbackup", en: "Back up a DDS instance", "zh-CN": "备份DDS实例" },
] as const;

export interface Site {
  readonly url: string;
  readonly standIn: StandIn;
  open(path: string, options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  /** Errors in the console and uncaught ones. */
  readonly errors: string[];
  /** What was asked of another host. */
  readonly strayed: string[];
  close(): Promise<void>;
}

export async function startSite(): Promise<Site> {
  const standIn = await startStandIn({ pages: createPages() });
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
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
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
  await page.goto(`${standIn.url}${path}`);
  if (path.startsWith("/docs/")) {
    await settle(page);
  }
  return { page, errors, strayed, close: () => context.close() };
}

export function docsPath(language: Language, hash: string = "#/"): string {
  return `${language === "en" ? "/docs/" : "/docs/zh-CN/"}${hash}`;
}

/** Waits until Redoc has rendered the place and nothing more appears. */
export async function settle(page: Page): Promise<void> {
  await page.locator("[data-testid=middle-panel]").first().waitFor();
  let size = -1;
  for (let turns = 0; turns < 40; turns++) {
    const now = await page.evaluate(() => document.body.innerHTML.length);
    if (now === size) {
      return;
    }
    size = now;
    await page.waitForTimeout(250);
  }
}

/** Opens whatever is folded. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) {
      details.open = true;
    }
  });
  await settle(page);
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against WCAG 2.2 AA, one line each. */
export async function findViolations(page: Page): Promise<string[]> {
  // The page's policy forbids a script element; evaluation is the debugger's and is not bound by it.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any, all, none }) => {
        const [check] = [...any, ...all, ...none];
        return `${id}: ${html.slice(0, 200)} ${check?.message ?? ""}`;
      }),
    );
  });
}
