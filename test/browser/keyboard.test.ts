/** What a reader with a keyboard or a screen reader reaches of Redoc, and what is told of it. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WORDS } from "../../scripts/docs/words.ts";
import { docsPath, go, LANGUAGES, type Site, startSite, type Visit } from "./support.ts";

const CALL = "#/dcs/copyinstance";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const isFocused = (place: Locator) =>
  expect.poll(() => place.evaluate((element) => element === document.activeElement), { timeout: 20_000 }).toBe(true);

/** Presses Tab until the place has the focus. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  for (let turns = 0; turns < 60; turns++) {
    await page.keyboard.press("Tab");
    if (await place.evaluate((element) => element === document.activeElement)) {
      return;
    }
  }
  throw new Error("Tab does not reach it");
}

describe.each(LANGUAGES)("in %s", (language) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await site.open(docsPath(language));
  });
  afterAll(() => visit.close());

  test("the keyboard chooses the language of a sample", async () => {
    const page = await go(visit, CALL);
    const panel = page.locator(`[id="${CALL.slice(2)}"] .panel-request-samples`);
    const button = panel.locator("[aria-haspopup=menu]").last();
    const item = (name: string) => page.getByRole("menuitem", { name, exact: true });
    await button.focus();
    await page.keyboard.press("Enter");
    await isFocused(item("TypeScript"));
    expect(await item("TypeScript").getAttribute("aria-current")).toBe("true");
    await page.keyboard.press("ArrowUp");
    await isFocused(item(WORDS[language].plain.body));
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await isFocused(item("curl"));
    await page.keyboard.press("Escape");
    await item("curl").waitFor({ state: "detached" });
    await isFocused(button);
    expect(await button.textContent()).toBe("TypeScript");
    await page.keyboard.press("ArrowDown");
    await isFocused(item("TypeScript"));
    await page.keyboard.press("Tab");
    await item("curl").waitFor({ state: "detached" });
    await button.press("Space");
    await isFocused(item("TypeScript"));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await item("curl").waitFor({ state: "detached" });
    await isFocused(button);
    expect(await button.textContent()).toBe("curl");
    await expect.poll(() => panel.locator("[data-testid=source-code]").textContent()).toContain("#!/bin/sh");
  });

  test("the keyboard reads the hosts of a call, whose menu is in the page all the time", async () => {
    const page = await go(visit, CALL);
    const button = page.locator(`[id="${CALL.slice(2)}"] .panel-request-samples [aria-haspopup=menu]`).first();
    await button.press("Enter");
    const items = page.locator("[role=menuitem]:visible");
    await isFocused(items.first());
    await page.keyboard.press("End");
    await isFocused(items.last());
    await page.keyboard.press("Escape");
    await isFocused(button);
    expect(await items.count()).toBe(0);
  });

  test("the search is reached by keyboard, is a dialog, and gives the focus back", async () => {
    const page = await go(visit, "#/");
    const trigger = page.locator("[data-testid=search-trigger]");
    await page.locator("#other-language").focus();
    await tabTo(page, trigger);
    expect(await trigger.getAttribute("role")).toBe("button");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    const field = dialog.getByRole("textbox");
    await isFocused(field);
    expect(await dialog.getAttribute("aria-label")).toBe(await field.getAttribute("placeholder"));
    await field.fill("qqqqq");
    await dialog.getByRole("button", { name: WORDS[language].page.clear, exact: true }).waitFor();
    await dialog.getByRole("status").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await isFocused(trigger);
  });

  test("the switch of the columns is a button that tells what it does", async () => {
    const page = await go(visit, "#/");
    const one = page.getByRole("button", { name: language === "en" ? "Switch to single column" : "切换为单栏" });
    const two = page.getByRole("button", { name: language === "en" ? "Switch to two columns" : "切换为双栏" });
    await page.locator("#other-language").focus();
    await tabTo(page, one);
    await page.keyboard.press("Enter");
    await isFocused(two);
    await page.keyboard.press("Space");
    await isFocused(one);
  });

  test("the menu tells which place is shown, and the examples which status", async () => {
    const page = await go(visit, CALL);
    const shown = page.locator("#redoc [data-component-name='Menu/MenuItem'] > a[aria-current=true]");
    expect(await shown.evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual([CALL]);
    const statuses = page.locator(`[id="${CALL.slice(2)}"] .panel-response-samples [aria-pressed]`);
    expect(await statuses.count()).toBe(10);
    await statuses.filter({ hasText: "401" }).press("Enter");
    await expect.poll(() => statuses.and(page.locator("[aria-pressed=true]")).allTextContents()).toEqual(["401"]);
  });

  test("the place that is shown has a line where the reader's own colours take the place of a background", async () => {
    const { page, close } = await site.open(docsPath(language, CALL), { forcedColors: "active" });
    const styles = await page
      .getByTestId("menu-item-label")
      .evaluateAll((labels) => labels.map((label) => getComputedStyle(label).outlineStyle));
    expect(styles.filter((style) => style !== "none")).toEqual(["solid"]);
    await close();
  });

  test("the link of a heading is named in words", async () => {
    const page = await go(visit, "#/");
    const names = await page
      .locator("#redoc :is(h1, h2, h3) .deep-link-anchor a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("aria-label") ?? ""));
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => name.includes("section/"))).toEqual([]);
  });

  test("the page has one main part, and the contents are a landmark of their own", async () => {
    const page = await go(visit, CALL);
    expect(await page.getByRole("main").count()).toBe(1);
    const contents = page.getByRole("navigation", { name: WORDS[language].plain.contents });
    await contents.getByRole("link", { name: "DCS", exact: true }).waitFor();
  });

  test("the contents of a narrow screen take the focus, keep it off what they hide, and give it back", async () => {
    const viewport = { width: 320, height: 256 };
    const { page, close } = await site.open(docsPath(language, CALL), { viewport });
    const button = page.getByTestId("floating-button");
    const contents = page.getByRole("navigation", { name: WORDS[language].plain.contents });
    await button.focus();
    await page.keyboard.press("Enter");
    await isFocused(page.getByTestId("search-trigger"));
    const places = new Set<string>();
    for (let turns = 0; turns < 40; turns++) {
      await page.keyboard.press("Tab");
      places.add(
        await page.evaluate(() => {
          const { activeElement } = document;
          const seen = ".menu-content, .page-header, .skip, [data-testid=floating-button]";
          const isSeen = activeElement === document.body || activeElement?.closest(seen);
          return isSeen ? "" : (activeElement?.outerHTML.slice(0, 80) ?? "");
        }),
      );
    }
    expect([...places]).toEqual([""]);
    await contents.getByRole("link").last().focus();
    await page.keyboard.press("Escape");
    await isFocused(button);
    expect(await contents.isVisible()).toBe(false);
    await page.keyboard.press("Enter");
    await contents.locator("a[href='#/dds/listbackups']").press("Enter");
    await page.locator('[id="dds/listbackups"]').waitFor();
    await expect.poll(() => contents.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.matches("[data-testid=middle-panel]"))).toBe(true);
    await close();
  });

  test.each([
    ["with JavaScript", {}],
    ["without", { javaScriptEnabled: false }],
  ])("the plain page lets a reader skip its contents, %s", async (_, options) => {
    const { page, close } = await site.open(docsPath(language), { plain: true, ...options });
    await page.keyboard.press("Tab");
    await isFocused(page.locator(".skip"));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await isFocused(page.locator("#plain article a").first());
    await close();
  });

  test("of what is code or a table, Tab stops at what scrolls alone", async () => {
    for (const [plain, hash] of [
      [true, "#/"],
      [false, CALL],
    ] as const) {
      const { page, close } = await site.open(docsPath(language, hash), {
        plain,
        viewport: { width: 1280, height: 900 },
      });
      const stops = (width: number) =>
        page.locator("pre:visible, .md-table-wrapper:visible").evaluateAll((boxes, wanted) => {
          const wrong = boxes.filter((box) => {
            const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
            return scrolls !== (box.getAttribute("tabindex") === "0");
          });
          return innerWidth === wanted ? wrong.map((box) => box.outerHTML.slice(0, 100)) : ["another width"];
        }, width);
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await expect.poll(() => stops(width), { timeout: 20_000 }).toEqual([]);
      }
      await close();
    }
  });

  test("what has the focus shows it in the colour of the text", async () => {
    const page = await go(visit, CALL);
    await page.locator("#other-language").focus();
    const outlines = new Set<string>();
    for (let turns = 0; turns < 60; turns++) {
      await page.keyboard.press("Tab");
      outlines.add(
        await page.evaluate(() => {
          const element = document.activeElement ?? document.body;
          const { outlineStyle, outlineWidth, outlineColor, color } = getComputedStyle(element);
          const isSeen = outlineStyle === "solid" && outlineWidth === "2px" && outlineColor === color;
          return isSeen || element === document.body ? "" : element.outerHTML.slice(0, 120);
        }),
      );
    }
    expect([...outlines]).toEqual([""]);
  });
});
