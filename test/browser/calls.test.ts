import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepare } from "../../scripts/docs/build.ts";
import type { ShownOperation } from "../../scripts/docs/content.ts";
import { WORDS } from "../../scripts/docs/words.ts";
import { callsOf } from "../../scripts/lib/document.ts";
import { docsPath, LANGUAGES, OPERATIONS, type Site, settle, startSite } from "./support.ts";

// What a reader finds at a call: its place in the menu, its samples, its error codes, and the way from there to what it needs.

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const shown = callsOf(prepare("en")).map(({ operation }) => operation as ShownOperation);
const samplesOf = (id: string) => shown.find(({ operationId }) => operationId === id)?.["x-codeSamples"] ?? [];

describe.each(LANGUAGES)("in %s", (language) => {
  const words = WORDS[language];

  test("the menu has the overview, then every call, unfolded, then the prose, whose sub-headings are folded up", async () => {
    const { page, close } = await site.open(docsPath(language));
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
    await close();
  });

  test("the table of calls in the overview leads to each of them", async () => {
    const { page, close } = await site.open(docsPath(language));
    for (const { operationId, hash } of OPERATIONS) {
      await page.goto(`${site.url}${docsPath(language)}`);
      await settle(page);
      await page.locator("#redoc table.md a", { hasText: new RegExp(`^${operationId}$`) }).click();
      await page.waitForURL((url) => url.hash === hash);
      await expectInView(page, hash.slice(2));
    }
    await close();
  });

  test.each(OPERATIONS)("$operationId leads to authentication, hosts and error codes", async ({ hash }) => {
    const { page, close } = await site.open(docsPath(language, hash));
    const id = hash.slice(2);
    const links = page.locator(`[id="${id}"] p`, { hasText: /^(Before you call|调用之前)/ }).locator("a");
    const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    expect(targets).toEqual(["#/section/authentication", "#/section/regions-and-hosts", `#/${id}#${id}/error-codes`]);
    for (const [index, target] of targets.entries()) {
      await page.goto(`${site.url}${docsPath(language, hash)}`);
      await settle(page);
      await links.nth(index).click();
      await settle(page);
      await expectInView(page, target.split("#").at(-1)?.replace(/^\//, "") ?? "");
    }
    await close();
  });

  test.each(OPERATIONS)("$operationId ends with a real table of its error codes", async ({ operationId, hash }) => {
    const { page, close } = await site.open(docsPath(language, hash), { viewport: { width: 1440, height: 900 } });
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
    await close();
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

  test.each(OPERATIONS.filter(({ operationId }) => samplesOf(operationId).length > 0))(
    "$operationId opens with its sample in TypeScript, and has one in every language, each of them whole",
    async ({ operationId, hash }) => {
      const samples = samplesOf(operationId);
      for (const width of [1440, 390]) {
        const { page, close } = await site.open(docsPath(language, hash), { viewport: { width, height: 900 } });
        const panel = page.locator(`[id="${hash.slice(2)}"] .panel-request-samples`);
        const menu = panel.locator("[data-testid=dropdown]").last();
        const code = panel.locator("[data-testid=source-code]");
        expect(await menu.innerText()).toBe("TypeScript");
        const items = page.locator("[role=menuitem]:visible");
        await menu.click();
        const offered = await items.allInnerTexts();
        expect(offered.slice(0, samples.length)).toEqual(samples.map(({ label }) => label));
        for (const { label, source } of samples) {
          if ((await items.count()) === 0) {
            await menu.click();
          }
          await items.filter({ hasText: new RegExp(`^${label}$`) }).click();
          if (language === "en") {
            expect((await code.evaluate((element) => element.textContent))?.trim()).toBe(source.trim());
          }
          expect(await code.evaluate(isWhole), `${label} at ${width} px`).toBe(true);
        }
        await close();
      }
    },
  );

  test("every block of code has a button that copies it", async () => {
    const { page, close } = await site.open(docsPath(language), { permissions: ["clipboard-read", "clipboard-write"] });
    const blocks = page.locator("#redoc pre[data-language]");
    expect(await blocks.count()).toBeGreaterThan(3);
    expect(await blocks.filter({ has: page.locator(".copy") }).count()).toBe(await blocks.count());
    const copy = blocks.filter({ hasText: "export CLOUD_SDK_AK=" }).first().locator(".copy");
    await copy.click();
    expect(await copy.innerText()).toBe(words.page.copied);
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

async function expectInView(page: Page, id: string): Promise<void> {
  const place = page.locator(`[id="${id}"]`).first();
  await expect
    .poll(async () => (await place.boundingBox())?.y, { message: id, timeout: 10_000 })
    .toSatisfy((top: number | undefined) => top !== undefined && top > -60 && top < 400);
}

/** Nothing of a block of code is beyond its sides, and it shows its foot or scrolls to it. */
function isWhole(block: Element): boolean {
  const { overflowY } = getComputedStyle(block);
  return block.scrollWidth <= block.clientWidth && (block.scrollHeight <= block.clientHeight || overflowY === "auto");
}
