/** What a reader finds at a call: its place in the menu, its samples, its error codes, and the way from there to what it needs. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prepare } from "../../scripts/docs/build.ts";
import type { ShownOperation } from "../../scripts/docs/content.ts";
import { WORDS } from "../../scripts/docs/words.ts";
import { callsOf } from "../../scripts/lib/document.ts";
import { docsPath, go, LANGUAGES, OPERATIONS, type Site, settle, startSite, type Visit } from "./support.ts";

const WIDE = { width: 1440, height: 900 };

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const shown = callsOf(prepare("en")).map(({ operation }) => operation as ShownOperation);
const samplesOf = (id: string) => shown.find(({ operationId }) => operationId === id)?.["x-codeSamples"] ?? [];

describe.each(LANGUAGES)("in %s", (language) => {
  const words = WORDS[language];
  let wide: Visit;
  beforeAll(async () => {
    wide = await site.open(docsPath(language), { viewport: WIDE });
  });
  afterAll(() => wide.close());

  test("the menu has the overview, then every call, unfolded, then the prose, whose sub-headings are folded up", async () => {
    const page = await go(wide, "#/");
    const labels = page.locator("#redoc [data-testid=menu-item-label]:visible");
    // Each has its method in a line of its own.
    const menu = (await labels.allInnerTexts()).map((text) => text.split("\n")[0] ?? "");
    const { info, tags } = prepare(language);
    const titles = OPERATIONS.map(({ title }) => title[language]);
    const count = tags.length + titles.length;
    expect(menu[0]).toBe(info.title);
    expect(menu.slice(1, count + 1).sort()).toEqual([...tags.map(({ name }) => name), ...titles].sort());
    const headings = [...info.description.matchAll(/^## (.*?) \{%/gm)].map(([, title]) => title);
    expect(menu.slice(count + 1)).toEqual(headings);
  });

  test("the table of calls in the overview leads to each of them", async () => {
    for (const { operationId, hash } of OPERATIONS) {
      const page = await go(wide, "#/");
      await page.locator("#redoc table.md a", { hasText: new RegExp(`^${operationId}$`) }).click();
      await page.waitForURL((url) => url.hash === hash);
      await expectInView(page, hash.slice(2));
    }
  });

  // One call after the other: Redoc renders each when it is gone to.
  describe.each(OPERATIONS)("$operationId", ({ operationId, hash }) => {
    beforeEach(() => wide.page.setViewportSize(WIDE));

    test("leads to authentication, hosts and error codes", async () => {
      const page = await go(wide, hash);
      const links = linksToNeeds(page, hash);
      const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
      const id = hash.slice(2);
      expect(targets).toEqual(["#/section/authentication", "#/section/regions-and-hosts", `#/${id}#${id}/error-codes`]);
      await links.last().click();
      await expectInView(page, `${id}/error-codes`);
    });

    test("ends with a real table of its error codes", async () => {
      const page = await go(wide, hash);
      const titles = await page.locator(`[id="${hash.slice(2)}"] h4`).allInnerTexts();
      expect(titles.at(-1)).toBe(words.tables.title);
      const tables = page.locator(`[id="${hash.slice(2)}"] table.md`);
      expect(await tables.count()).toBe(2);
      const codes = await tables.locator("td:nth-child(2)").allInnerTexts();
      const { "x-error-section": errors = "" } = shown.find((operation) => operation.operationId === operationId) ?? {};
      expect(codes.join().match(/[A-Z]+\.\d+|\d{9}/g)).toEqual(errors.match(/(?<=`)([A-Z]+\.\d+|\d{9})(?=`)/g));
      const [row] = await tables.first().locator("tr").nth(1).all();
      const cells = (await row?.locator("td").all()) ?? [];
      const tops = await Promise.all(cells.map(async (cell) => (await cell.boundingBox())?.y));
      expect(new Set(tops).size).toBe(1);
      expect((await tables.first().boundingBox())?.width).toBeGreaterThan(700);
    });

    test("opens with its sample in TypeScript, and has one in every language, each of them whole", async () => {
      const samples = samplesOf(operationId);
      for (const width of [390, 1440]) {
        const page = await go(wide, hash);
        await page.setViewportSize({ ...WIDE, width });
        const panel = page.locator(`[id="${hash.slice(2)}"] .panel-request-samples`);
        const menu = panel.locator("[data-testid=dropdown]").last();
        await expect.poll(() => menu.textContent(), { timeout: 20_000 }).toBe("TypeScript");
        // The page keeps to the language that was chosen last, so the first one is chosen in the end.
        const last = [...samples].reverse();
        const { offered, shown } = await panel.evaluate(
          chooseEach,
          last.map(({ label }) => label),
        );
        expect(offered.slice(0, samples.length)).toEqual(samples.map(({ label }) => label));
        expect(shown.map(({ label }) => label)).toEqual(last.map(({ label }) => label));
        if (language === "en") {
          expect(shown.map(({ code }) => code.trim())).toEqual(last.map(({ source }) => source.trim()));
        }
        expect(shown.filter(({ isWhole }) => !isWhole).map(({ label }) => `${label} at ${width} px`)).toEqual([]);
      }
    });
  });

  test("authentication and hosts are where the links of a call lead", async () => {
    const { hash = "" } = OPERATIONS[0] ?? {};
    for (const [index, id] of ["section/authentication", "section/regions-and-hosts"].entries()) {
      const page = await go(wide, hash);
      await linksToNeeds(page, hash).nth(index).click();
      await expectInView(page, id);
    }
  });

  test("the error codes are cards on a phone, which name each cell", async () => {
    const { page, close } = await site.open(docsPath(language, OPERATIONS[0]?.hash), {
      viewport: { width: 390, height: 844 },
    });
    const cells = page
      .locator(`[id="${OPERATIONS[0]?.hash.slice(2)}"] table.md`)
      .first()
      .locator("tr")
      .nth(1)
      .locator("td");
    const boxes = await Promise.all((await cells.all()).map((cell) => cell.boundingBox()));
    const tops = boxes.map((box) => box?.y ?? 0);
    expect([...tops].sort((a, b) => a - b)).toEqual(tops);
    expect(new Set(tops).size).toBe(4);
    const names = await cells.evaluateAll((all) => all.map((cell) => getComputedStyle(cell, "::before").content));
    expect(names).toEqual(words.tables.columns.map((column) => `"${column}"`));
    await close();
  });

  test.each([320, 1280])("the paths and the hosts of the calls are whole on a screen of %i px", async (width) => {
    const { page, close } = await site.open(docsPath(language, "#/dcs"), { viewport: { width, height: 800 } });
    const listed = page.locator('[id="dcs"] [data-testid=items-navigation-list] button span');
    expect(await listed.count()).toBeGreaterThan(4);
    expect(await listed.evaluateAll(cutOff)).toEqual([]);
    await page.goto(`${site.url}${docsPath(language, OPERATIONS[0]?.hash)}`);
    await settle(page);
    const button = page.locator(".panel-request-samples [aria-haspopup=menu]").first();
    expect(await button.locator("span").evaluateAll(cutOff)).toEqual([]);
    await button.click();
    const hosts = page.locator("[data-testid=dropdown-menu]:visible span, [data-testid=dropdown-menu]:visible div");
    expect(await hosts.count()).toBeGreaterThan(4);
    expect(await hosts.evaluateAll(cutOff)).toEqual([]);
    await close();
  });

  test("a sample has room on a screen that is magnified four times", async () => {
    const viewport = { width: 320, height: 256 };
    const { page, close } = await site.open(docsPath(language, OPERATIONS[0]?.hash), { viewport });
    const code = page.locator(".panel-request-samples [data-testid=source-code]");
    expect(await code.evaluate((block) => block.clientHeight)).toBeGreaterThan(200);
    await close();
  });

  test("every block of code has a button that copies it", async () => {
    const { page, close } = await site.open(docsPath(language), { permissions: ["clipboard-read", "clipboard-write"] });
    const blocks = page.locator("#redoc pre[data-language]");
    expect(await blocks.count()).toBeGreaterThan(3);
    expect(await blocks.filter({ has: page.locator(".copy") }).count()).toBe(await blocks.count());
    const copy = blocks.filter({ hasText: "export CLOUD_SDK_AK=" }).first().locator(".copy");
    await copy.click();
    await expect.poll(() => copy.innerText()).toBe(words.page.copied);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^export CLOUD_SDK_AK=…\n[\s\S]*CLOUD_INSTANCE_ID=…$/,
    );
    await page.goto(`${site.url}${docsPath(language, "#/dcs/copyinstance")}`);
    await settle(page);
    const samples = page.locator('[id="dcs/copyinstance"] [data-component-name="CodeBlock/CodeBlock"]');
    expect(await samples.count()).toBeGreaterThan(1);
    for (const sample of await samples.all()) {
      await sample
        .locator(`button[aria-label="${words.page.copy}"], [data-testid=copy-button], button`)
        .first()
        .click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const text = await sample
        .locator("pre, [data-testid=source-code]")
        .first()
        .evaluate((pre) => pre.textContent ?? "");
      expect(copied.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    }
    await close();
  });
});

test("the body of a request and that of an answer have their own names in Chinese", async () => {
  const { page, close } = await site.open(docsPath("zh-CN", "#/dds/createmanualbackup"));
  const panels = await page.locator('[id="dds/createmanualbackup"] [data-testid=middle-panel]').allInnerTexts();
  const [, request = "", answer = ""] = panels;
  expect(request.match(/^(请求体|响应体)$/gm)).toEqual(["请求体"]);
  expect(answer.match(/^(请求体|响应体)$/gm)).toEqual(["响应体"]);
  await close();
});

/** The links to what a call needs, in the text before it. */
function linksToNeeds(page: Page, hash: string): Locator {
  return page.locator(`[id="${hash.slice(2)}"] p`, { hasText: /^(Before you call|调用之前)/ }).locator("a");
}

async function expectInView(page: Page, id: string): Promise<void> {
  const place = page.locator(`[id="${id}"]`).first();
  await expect
    .poll(async () => (await place.boundingBox())?.y, { message: id, timeout: 20_000 })
    .toSatisfy((top: number | undefined) => top !== undefined && top > -60 && top < 400);
}

/** The texts that are longer than what is seen of them. */
function cutOff(elements: Element[]): string[] {
  return elements
    .filter((element) => element.scrollWidth > element.clientWidth && getComputedStyle(element).overflow !== "visible")
    .map((element) => element.textContent ?? "");
}

/**
 * Chooses one language after the other in the menu of a panel, and tells what it shows then. It runs in the page: a click of Playwright takes
 * some 0.2 s, and there are some hundred. That a reader can choose is tested with the keyboard.
 */
async function chooseEach(panel: Element, labels: string[]) {
  const button = [...panel.querySelectorAll<HTMLElement>("[data-testid=dropdown] button")].at(-1);
  const itemsSeen = () =>
    [...document.querySelectorAll<HTMLElement>("[role=menuitem]")].filter((item) => item.checkVisibility());
  const block = () => panel.querySelector("[data-testid=source-code]") as Element;
  const shown = [];
  let offered: (string | null)[] = [];
  for (const label of labels) {
    button?.click();
    await until(() => itemsSeen().length > 0);
    const items = itemsSeen();
    offered = items.map((item) => item.textContent);
    const before = block().textContent;
    items.find((item) => item.textContent === label)?.click();
    await until(() => button?.textContent === label && block().textContent !== before);
    shown.push({ label: button?.textContent, code: block().textContent ?? "", isWhole: isWhole(block()) });
  }
  return { offered, shown };

  async function until(isSo: () => boolean): Promise<void> {
    for (let frames = 0; frames < 1000 && !isSo(); frames++) {
      await new Promise(requestAnimationFrame);
    }
  }

  /** Nothing of a block of code is beyond its sides, and it shows its foot or scrolls to it. */
  function isWhole(block: Element): boolean {
    const { overflowY } = getComputedStyle(block);
    return block.scrollWidth <= block.clientWidth && (block.scrollHeight <= block.clientHeight || overflowY === "auto");
  }
}
