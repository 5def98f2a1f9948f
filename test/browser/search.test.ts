/** What a reader finds with the search of the docs. */
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepare } from "../../scripts/docs/build.ts";
import { addressOf } from "../../scripts/docs/links.ts";
import { callsOf } from "../../scripts/lib/document.ts";
import { docsPath, LANGUAGES, type Language, type Site, startSite } from "./support.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

test.each(["集群", "权限"])("%s finds every call whose description has it, in Chinese", async (word) => {
  const calls = callsOf(prepare("zh-CN")).filter(({ operation }) => operation.description.includes(word));
  const { results, close } = await search("zh-CN", word);
  const targets = await results.evaluateAll((all) => all.map((one) => one.getAttribute("href")?.split("#")[1]));
  expect(calls.length).toBeGreaterThan(1);
  expect(targets).toEqual(expect.arrayContaining(calls.map(addressOf)));
  await close();
});

test("an excerpt shows the words around the one that was found, in Chinese", async () => {
  const { results, close } = await search("zh-CN", "权限");
  const texts = (await results.allInnerTexts()).join("\n");
  expect(texts).toContain("权限");
  expect(texts).not.toContain("...权限...");
  await close();
});

test("an excerpt keeps the words apart between which a line of the source ends", async () => {
  const { results, close } = await search("en", "deploy");
  expect((await results.allInnerTexts()).join("\n")).toContain("from a deploy pipeline");
  await close();
});

test("the place of a parameter is told in Chinese", async () => {
  const { results, close } = await search("zh-CN", "mode");
  expect((await results.allInnerTexts()).join("\n")).toContain("查询 参数 → mode");
  await close();
});

test.each(LANGUAGES)("a region finds the services that have it, in %s", async (language) => {
  const { results, close } = await search(language, "cn-southwest-3");
  const found = results.locator("mark, span").filter({ hasText: /^cn-southwest-3$/ });
  expect(await found.count()).toBeGreaterThan(1);
  await close();
});

test.each(LANGUAGES)("a code that stands nowhere finds nothing, in %s", async (language) => {
  const { page, close } = await site.open(docsPath(language));
  await page.locator("[data-testid=search-trigger]").click();
  const box = page.locator("[data-testid=search-dialog]");
  const results = box.locator('[data-component-name="Search/SearchItem"]');
  const none = box.getByRole("status").filter({ hasText: /^(No results|没有结果)$/ });
  for (const [known, unknown] of [
    ["DCS.4096", "DCS.9999"],
    ["DBS.201214", "DCS.4101"],
    ["111400096", "111499999"],
  ] as const) {
    await box.locator("input").fill(known);
    await results.filter({ hasText: known }).first().waitFor();
    await box.locator("input").fill(unknown);
    await none.waitFor();
    expect(await results.count(), unknown).toBe(0);
  }
  await close();
});

test.each(LANGUAGES)("a code finds its call by its beginning, and without its point, in %s", async (language) => {
  const { page, close } = await site.open(docsPath(language));
  await page.locator("[data-testid=search-trigger]").click();
  for (const word of ["DCS.40", "xyzzy", "DCS4096"]) {
    await page.locator("[data-testid=search-dialog] input").fill(word);
    const found = page.locator('[data-component-name="Search/SearchItem"][href="#/dcs/copyinstance"]');
    await found.waitFor({ state: word === "xyzzy" ? "detached" : "visible" });
  }
  await close();
});

async function search(language: Language, word: string): Promise<{ results: Locator; close(): Promise<void> }> {
  const { page, close } = await site.open(docsPath(language));
  await page.locator("[data-testid=search-trigger]").click();
  await page.locator("[data-testid=search-dialog] input").fill(word);
  const results = page.locator('[data-component-name="Search/SearchItem"]');
  await results.filter({ hasText: word }).first().waitFor();
  return { results, close };
}
