/** The docs as Redoc shows them. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDocs, DOCS_FOLDER, PAGES, SCRIPT } from "../../scripts/docs/build.ts";
import { withTemporaryFolder } from "../../scripts/lib/temporary.ts";
import {
  docsPath,
  findViolations,
  go,
  LANGUAGES,
  PLACES,
  type Site,
  settle,
  startSite,
  topOf,
  type Visit,
} from "./support.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

test("two builds are the same, byte for byte", async () => {
  await withTemporaryFolder("docs", async (folder) => {
    await buildDocs(folder);
    for (const { target } of Object.values(PAGES)) {
      for (const file of [target, join(dirname(target), SCRIPT)]) {
        expect(readFileSync(join(folder, file)).equals(readFileSync(join(DOCS_FOLDER, file))), file).toBe(true);
      }
    }
  });
});

test("the licenses of what the pages hold are beside them", () => {
  const text = readFileSync(join(DOCS_FOLDER, "licenses.txt"), "utf8");
  expect(text).toMatch(/redoc@\d/);
  expect(text).toContain("Permission is hereby granted, free of charge");
  for (const { target } of Object.values(PAGES)) {
    expect(readFileSync(join(DOCS_FOLDER, target), "utf8").slice(0, 400)).toContain("licenses.txt");
  }
});

describe.each(LANGUAGES)("the docs in %s", (language) => {
  const file = join(DOCS_FOLDER, PAGES[language].target);
  let scrolled: Visit;
  let narrow: Visit;
  beforeAll(async () => {
    scrolled = await site.open(docsPath(language));
    narrow = await site.open(docsPath(language), { viewport: { width: 360, height: 780 } });
  });
  afterAll(() => Promise.all([scrolled, narrow].map((visit) => visit.close())));

  test("say which language they are in", async () => {
    expect(await scrolled.page.locator("html").getAttribute("lang")).toBe(language);
  });

  test.each(PLACES)("render $hash, without a complaint or a request to another host", async (place) => {
    const { errors, strayed } = scrolled;
    const page = await go(scrolled, place.hash);
    const heading = page.locator(place.hash === "#/" ? "#redoc h1" : `[id="${place.hash.slice(2)}"] h2`).first();
    // A badge of what is deprecated stands in a line of its own.
    expect((await heading.innerText()).split("\n")[0]).toBe(place.title[language]);
    if (place.hash !== "#/") {
      const operation = page.locator(`[id="${place.hash.slice(2)}"]`);
      const text = await operation.evaluate((element) => element.textContent ?? "");
      for (const part of ["project_id", "504", "APIGW.0308"]) {
        expect(text).toContain(part);
      }
    }
    await page.mouse.wheel(0, 20_000);
    await settle(page);
    expect(errors).toEqual([]);
    expect(strayed).toEqual([]);
  });

  test.each(PLACES)("need no sideways scrolling at $hash on a screen of 360 px", async ({ hash }) => {
    const page = await go(narrow, hash);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    // Nor is anything cut off at the side without a way to scroll to it.
    const cut = await page.evaluate(() => {
      const scrolls = (element: Element | null): boolean =>
        element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
      return [
        ...document.querySelectorAll("#content p, #content td, #content h1, #content h2, #content h3, #content code"),
      ]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > 361)
        .filter((element) => !scrolls(element))
        .map((element) => element.outerHTML.slice(0, 120));
    });
    expect(cut).toEqual([]);
  });

  test("show each table whole, beside the sidebar of a small window as in a large one", async () => {
    const { page, close } = await site.open(docsPath(language));
    for (const width of [1000, 1200, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await settle(page);
      const tables = await page
        .locator(".md-table-wrapper")
        .evaluateAll((all) =>
          all.filter((element) => element.clientWidth > 0).map((element) => element.scrollWidth - element.clientWidth),
        );
      expect(tables.length).toBeGreaterThan(2);
      expect(Math.max(...tables), String(width)).toBe(0);
    }
    await close();
  });

  test("keep the reader's place on the way to the other language", async () => {
    const other = language === "en" ? "zh-CN" : "en";
    const { page, close } = await site.open(docsPath(language));
    for (const hash of ["#/dds/createmanualbackup", "#/section/never-send-a-backup-twice"]) {
      await page.goto(`${site.url}${docsPath(language, hash)}`);
      await settle(page);
      await page.locator("#other-language").click();
      await page.waitForURL((url) => url.hash === hash && url.pathname.includes("zh-CN") === (other === "zh-CN"));
      await settle(page);
      const id = hash.slice(2);
      await expect
        .poll(() => topOf(page, id), { message: `${hash} in ${other}`, timeout: 20_000 })
        .toSatisfy((top: number) => top > -200 && top < 400);
    }
    await close();
  });

  test.each(
    language === "en"
      ? ["backup", "DCS.4096", "throttling", "quota", "permission", "endpoint"]
      : ["备份", "DCS.4096", "手动", "终端节点", "限流", "配额", "权限"],
  )("can be searched for %s", async (word) => {
    const { errors } = scrolled;
    const page = await go(scrolled, "#/");
    await page.locator("[data-testid=search-trigger]").click();
    await page.locator("[data-testid=search-dialog] input").fill(word);
    const results = page.locator('[data-component-name="Search/SearchItem"]');
    await results.first().waitFor();
    const text = (await results.allInnerTexts()).join("\n").toLowerCase();
    expect(text).toContain(word.toLowerCase());
    expect(errors).toEqual([]);
    await page.keyboard.press("Escape");
  });

  test("are barred from other hosts by their own policy", async () => {
    const { page, close } = await site.open(docsPath(language));
    const blocked = await page.evaluate(async () => {
      const seen: string[] = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => seen.push(effectiveDirective));
      await fetch("https://example.invalid/").catch(() => undefined);
      const image = new Image();
      image.src = "https://example.invalid/pixel.png";
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = true";
      document.body.append(image, script);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return [...seen.sort(), "ran" in globalThis];
    });
    expect(blocked).toEqual(["connect-src", "img-src", "script-src-elem", false]);
    await close();
  });

  test("lead to the page for trying, where there is one", async () => {
    const { page, close } = await site.open(docsPath(language));
    await page.locator("#try").click();
    await page.waitForURL(/\/try\//);
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
    await page.goto(pathToFileURL(file).href);
    await settle(page);
    expect(await page.locator("#try").isVisible()).toBe(false);
    await close();
  });

  test("say of an address that nothing has, and lead back from there", async () => {
    const { page, errors, close } = await site.open("/try/");
    await page.goto(`${site.url}${docsPath(language, "#/nowhere")}`);
    const text = page.locator("#redoc .not-found-page");
    await text.waitFor();
    expect(await text.innerText()).toContain(
      language === "en" ? "There's no page at /nowhere." : "此处没有页面：/nowhere。",
    );
    expect(await page.locator("#plain").isVisible()).toBe(false);
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest(".not-found-page") !== null)).toBe(true);
    await page.keyboard.press("Enter");
    await page.locator("#redoc h1", { hasText: PLACES[0]?.title[language] ?? "" }).waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  test("stay plain at an address that the plain page alone has, until the reader goes elsewhere", async () => {
    const { page, close } = await site.open("/try/");
    await page.goto(`${site.url}${docsPath(language, "#/parts")}`);
    await page.locator("#redoc .not-found-page").waitFor({ state: "attached" });
    await expect
      .poll(() => topOf(page, "/parts"), { timeout: 20_000 })
      .toSatisfy((top: number) => top > 0 && top < 200);
    await page.locator('#plain nav a[href="#/dds/createmanualbackup"]').click();
    await settle(page);
    expect(await page.locator('[id="dds/createmanualbackup"]').isVisible()).toBe(true);
    expect(await page.locator("#plain").isVisible()).toBe(false);
    await close();
  });

  test.each([
    ["#/dds/createmanualbackup", "CreateManualBackup"],
    ["#/dcs/copyinstancev1#dcs/copyinstancev1/error-codes", "CopyInstanceV1"],
    ["#/section/authentication", "CopyInstance"],
  ])("lead from %s to %s on the page for trying", async (hash, operationId) => {
    const { page, close } = await site.open(docsPath(language, hash));
    await page.locator("#try").click();
    await page.waitForURL((url) => url.pathname === "/try/" && url.hash === `#${operationId}`);
    expect(await page.locator("#call option:checked").innerText()).toMatch(new RegExp(`^${operationId} `));
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
    await close();
  });

  test("let a reader with a keyboard skip the navigation", async () => {
    const { page, close } = await site.open(docsPath(language));
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("[data-testid=middle-panel]") !== null)).toBe(
      true,
    );
    expect(new URL(page.url()).hash).toBe("#/");
    await close();
  });
});

test("nothing that Redoc itself says is English on the Chinese page", async () => {
  const visit = await site.open(docsPath("zh-CN"));
  for (const { hash } of PLACES) {
    expect(await findEnglish(await go(visit, hash)), hash).toEqual([]);
  }
  await visit.close();
});

async function findEnglish(page: Page): Promise<string[]> {
  const said = await page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      if (!node.parentElement?.closest("script, style, code, pre, .page-header, #plain")) {
        texts.push(node.data.trim());
      }
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      for (const name of ["aria-label", "title", "placeholder"]) {
        texts.push(element.getAttribute(name) ?? "");
      }
    }
    return texts;
  });
  const english =
    /\b(Request|Response|Responses|Headers|Required|Security|Path|Query|Body|Default|Copy|Overview|License|Search|Loading|Show|Hide|Any of|Enum|characters|non-empty|link to|Deprecated|menu|sidebar|Collapse|Expand|or|string|integer|boolean|object|array|items?|tab|light|dark)\b/i;
  const allowed = /^(default|Open Telekom Cloud|Not found|X-Request-Id|链接：X-Request-Id)$/;
  return said.filter((text) => english.test(text) && !allowed.test(text));
}
