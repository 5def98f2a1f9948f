/** What a reader finds with the search of the docs. */
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepare } from "../../scripts/docs/build.ts";
import { addressOf } from "../../scripts/docs/links.ts";
import { callsOf } from "../../scripts/lib/document.ts";
import { docsPath, LANGUAGES, type Language, type Site, startSite, type Visit } from "./support.ts";

let site: Site;
let visits: Record<Language, Visit>;
beforeAll(async () => {
  site = await startSite();
  visits = { en: await site.open(docsPath("en")), "zh-CN": await site.open(docsPath("zh-CN")) };
});
afterAll(() => site.close());

test.each(["集群", "权限"])("%s finds every call whose description has it, in Chinese", async (word) => {
  const calls = callsOf(prepare("zh-CN")).filter(({ operation }) => operation.description.includes(word));
  const results = await search("zh-CN", word);
  const targets = await results.evaluateAll((all) => all.map((one) => one.getAttribute("href")?.split("#")[1]));
  expect(calls.length).toBeGreaterThan(1);
  expect(targets).toEqual(expect.arrayContaining(calls.map(addressOf)));
});

test("an excerpt shows the words around the one that was found, in Chinese", async () => {
  const results = await search("zh-CN", "权限");
  const texts = (await results.allInnerTexts()).join("\n");
  expect(texts).toContain("权限");
  expect(texts).not.toContain("...权限...");
});

test("an excerpt keeps the words apart between which a line of the source ends", async () => {
  const results = await search("en", "deploy");
  expect((await results.allInnerTexts()).join("\n")).toContain("from a deploy pipeline");
});

test("the place of a parameter is told in Chinese", async () => {
  const results = await search("zh-CN", "mode");
  expect((await results.allInnerTexts()).join("\n")).toContain("查询 参数 → mode");
});

test.each(LANGUAGES)("a region finds the services that have it, in %s", async (language) => {
  const results = await search(language, "cn-southwest-3");
  const found = results.locator("mark, span").filter({ hasText: /^cn-southwest-3$/ });
  expect(await found.count()).toBeGreaterThan(1);
});

test.each(LANGUAGES)("a code that stands nowhere finds nothing, in %s", async (language) => {
  const { input, results, none } = await openSearch(language);
  for (const [known, unknown] of [
    ["DCS.4096", "DCS.9999"],
    ["DBS.201214", "DCS.4101"],
    ["111400096", "111499999"],
  ] as const) {
    await input.fill(known);
    await results.filter({ hasText: known }).first().waitFor();
    await input.fill(unknown);
    await none.waitFor();
    expect(await results.count(), unknown).toBe(0);
  }
});

test.each(LANGUAGES)("a code finds its call by its beginning, and without its point, in %s", async (language) => {
  const { input, results } = await openSearch(language);
  const call = visits[language].page.locator('[href="#/dcs/copyinstance"]').and(results);
  for (const word of ["DCS.40", "xyzzy", "DCS4096"]) {
    await input.fill(word);
    await call.waitFor({ state: word === "xyzzy" ? "detached" : "visible" });
  }
});

async function search(language: Language, word: string): Promise<Locator> {
  const { input, results, none } = await openSearch(language);
  // So that nothing is left of what an earlier search found.
  await input.fill("xyzzy");
  await none.waitFor();
  await input.fill(word);
  await results.filter({ hasText: word }).first().waitFor();
  return results;
}

async function openSearch(language: Language): Promise<{ input: Locator; results: Locator; none: Locator }> {
  const { page } = visits[language];
  const box = page.locator("[data-testid=search-dialog]");
  if (!(await box.isVisible())) {
    await page.locator("[data-testid=search-trigger]").click();
  }
  return {
    input: box.locator("input"),
    results: box.locator('[data-component-name="Search/SearchItem"]'),
    none: box.getByRole("status").filter({ hasText: /^(No results|没有结果)$/ }),
  };
}
