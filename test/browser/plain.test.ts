/** The page before Redoc has rendered, where Redoc does not come, without JavaScript, and on paper. */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DOCS_FOLDER, PAGES, prepare, SCRIPT } from "../../scripts/docs/build.ts";
import type { ShownOperation } from "../../scripts/docs/content.ts";
import { WORDS } from "../../scripts/docs/words.ts";
import { callsOf } from "../../scripts/lib/document.ts";
import { withTemporaryFolder } from "../../scripts/lib/temporary.ts";
import { bare, textsOf, withoutMarks } from "../docs-texts.ts";
import { docsPath, findViolations, LANGUAGES, type Site, settle, startSite, topOf } from "./support.ts";

/** Bytes, gzipped: of a page, and of what it loads besides. */
const WEIGHT = { page: 100_000, script: 720_000 };

/** In px, without the margins. */
const A4 = { width: 680, height: 1009 };

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe.each(LANGUAGES)("in %s", (language) => {
  const file = join(DOCS_FOLDER, PAGES[language].target);
  const shown = prepare(language);

  test("a page and its script keep within their weight", () => {
    const script = join(dirname(file), SCRIPT);
    const sizes = [file, script].map((path) => [statSync(path).size, gzipSync(readFileSync(path)).length] as const);
    const [[, page], [, loaded]] = sizes as [[number, number], [number, number]];
    console.log(`${PAGES[language].target} and ${SCRIPT}, bytes and gzipped: ${sizes.join(" and ")}`);
    expect(page).toBeLessThan(WEIGHT.page);
    expect(loaded).toBeLessThan(WEIGHT.script);
  });

  test("text is painted before Redoc's script has come", async () => {
    const { page, close } = await site.open("/try/");
    const letCome = await holdScript(page);
    await page.goto(`${site.url}${docsPath(language)}`, { waitUntil: "domcontentloaded" });
    const countPaints = () => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
    await expect.poll(countPaints, { timeout: 20_000 }).toBe(1);
    expect(await page.locator("#plain h1").innerText()).toBe(shown.info.title);
    letCome();
    await settle(page);
    expect(await page.locator("#plain").isVisible()).toBe(false);
    await close();
  });

  test("everything can be read without JavaScript", async () => {
    const { page, errors, strayed, close } = await site.open(docsPath(language), { javaScriptEnabled: false });
    expectEverything(await page.locator("body").innerText());
    expect(await page.locator("#redoc").isVisible()).toBe(false);
    expect(await page.locator("#one-page").isVisible()).toBe(false);
    await page.locator(`#plain nav a[href="#/dds/createmanualbackup"]`).click();
    expect(await topOf(page, "/dds/createmanualbackup")).toBeLessThan(200);
    await page.locator("#other-language").click();
    expect(await page.locator("html").getAttribute("lang")).not.toBe(language);
    expect([...errors, ...strayed]).toEqual([]);
    await close();
  });

  test.each([
    ["as Redoc shows it", {}],
    ["without JavaScript", { javaScriptEnabled: false }],
    ["by a reader in the dark", { colorScheme: "dark" }],
  ] as const)("everything is on paper, printed %s", async (_, options) => {
    const { page, close } = await site.open(docsPath(language, "#/dcs/copyinstance"), options);
    const [text = "", sheets = ""] = await withTemporaryFolder("paper", async (folder) => {
      const path = join(folder, "page.pdf");
      await page.pdf({ path, format: "A4" });
      // The order in which it was painted keeps a text whole; the layout tells what stands last on a sheet.
      return ["-raw", "-layout"].map((order) =>
        execFileSync("pdftotext", [order, "-enc", "UTF-8", path, "-"], { encoding: "utf8", maxBuffer: 2 ** 26 }),
      );
    });
    expectEverything(text);
    expect(text).not.toContain(WORDS[language].page.skip);
    // A narrow column breaks its title.
    const title = bare(WORDS[language].tables.columns[3] ?? "");
    expect(bare(text).split(title).length - 1).toBeGreaterThan(13);
    // A title at the foot of a sheet would have what it is of on the next one.
    const { example, colon, hosts } = WORDS[language].plain;
    const ends = sheets.split("\f").map((sheet) => sheet.trimEnd().split("\n").at(-1)?.trim() ?? "");
    expect(ends.length).toBeGreaterThan(50);
    expect(ends.filter((end) => end === hosts || end.startsWith(`${example}${colon.trimEnd()}`))).toEqual([]);
    await close();
  });

  test("what is on paper is dark on white, in tables where the screen has them", async () => {
    const { page, close } = await site.open(docsPath(language), { colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.locator("#redoc").isVisible()).toBe(false);
    const style = await page
      .locator("#plain p")
      .first()
      .evaluate((element) => getComputedStyle(element).color);
    expect(style).toBe("rgb(59, 60, 69)");
    expect(
      await page
        .locator("#plain td")
        .first()
        .evaluate((cell) => getComputedStyle(cell).display),
    ).toBe("table-cell");
    await close();
  });

  test("the title of a column is in one line on paper", async () => {
    const { page, close } = await site.open(docsPath(language), { viewport: A4 });
    await page.emulateMedia({ media: "print" });
    const heights = await page
      .locator("#plain th")
      .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().height));
    expect(Math.max(...heights)).toBeLessThan(40);
    await close();
  });

  test("a page whose script does not come stays readable, and its buttons copy", async () => {
    const options = { plain: true, permissions: ["clipboard-read", "clipboard-write"] };
    const { page, strayed, close } = await site.open(docsPath(language, "#/dcs/copyinstance"), options);
    expect(await topOf(page, "/dcs/copyinstance")).toBeLessThan(200);
    expect(await page.locator("#plain pre:not(:has(.copy))").count()).toBe(0);
    const block = page.locator("#plain pre", { hasText: "export CLOUD_SDK_AK" }).first();
    await block.locator(".copy").click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("export CLOUD_SDK_AK=…");
    expect(strayed).toEqual([]);
    await close();
  });

  test("everything is one page for who asks for it, at the same place, which the other language keeps", async () => {
    const { page, errors, strayed, close } = await site.open(docsPath(language, "#/dds/createmanualbackup"));
    const link = page.locator("#one-page");
    expect(await link.innerText()).toBe(WORDS[language].page.onePage);
    const loaded: string[] = [];
    await link.click();
    await page.waitForURL(/\?plain#/);
    page.on("request", (request) => loaded.push(request.url()));
    expect(await topOf(page, "/dds/createmanualbackup")).toBeLessThan(200);
    expectEverything(await page.locator("body").innerText());
    await page.locator("#other-language").click();
    await page.waitForURL((url) => url.href.endsWith("?plain#/dds/createmanualbackup"));
    expect(await page.locator("html").getAttribute("lang")).not.toBe(language);
    expect(await topOf(page, "/dds/createmanualbackup")).toBeLessThan(200);
    // A paint later Redoc would have been asked for.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    expect(loaded.filter((url) => url.endsWith(".js"))).toEqual([]);
    await link.click();
    await settle(page);
    expect(new URL(page.url()).search).toBe("");
    expect(await page.locator('[id="dds/createmanualbackup"]').isVisible()).toBe(true);
    expect([...errors, ...strayed]).toEqual([]);
    await close();
  });

  test.each(["light", "dark"] as const)("the plain page has no WCAG 2.2 AA violation, %s", async (colorScheme) => {
    const { page, close } = await site.open(docsPath(language), { plain: true, colorScheme });
    await page.addStyleTag({ content: ".page-header { position: static }" });
    expect(await findViolations(page)).toEqual([]);
    await close();
  });

  test("the plain page needs no sideways scrolling at any width from 320 to 1440 px", async () => {
    const { page, close } = await site.open(docsPath(language), { plain: true });
    for (let width = 320; width <= 1440; width += 40) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    await close();
  });

  test("no table of the plain page scrolls on a screen of 320 px, where its rows are cards", async () => {
    const { page, close } = await site.open(docsPath(language), { plain: true, viewport: { width: 320, height: 800 } });
    const hidden = await page
      .locator(".md-table-wrapper")
      .evaluateAll((boxes) => boxes.map((box) => box.scrollWidth - box.clientWidth));
    expect(hidden.length).toBeGreaterThan(20);
    expect(Math.max(...hidden)).toBe(0);
    await close();
  });

  test("Redoc opens where the reader has got to meanwhile", async () => {
    const { page, close } = await site.open(docsPath(language), { plain: true });
    await page.locator('[id="/dds/createmanualbackup"]').scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 500);
    await page.waitForTimeout(300);
    await page.context().unroute("**/redoc.js");
    await page.addScriptTag({ url: "redoc.js" });
    await settle(page);
    expect(new URL(page.url()).hash).toMatch(/^#\/dds\/createmanualbackup/);
    expect(await page.locator("#plain").isVisible()).toBe(false);
    await expect.poll(() => topOf(page, "dds/createmanualbackup"), { timeout: 20_000 }).toBeLessThan(400);
    await close();
  });

  test.each([
    ["an error code", "#/dcs/copyinstance#dcs/copyinstance/error-codes/400/dcs.4096", "same place"],
    [
      "one of two errors with one code",
      "#/dds/createmanualbackup#dds/createmanualbackup/error-codes/504/apigw.0201",
      "same place",
    ],
    ["a field", "#/dcs/copyinstance#dcs/copyinstance/t=request&path=backup_format", "same place"],
    ["a header of an answer", "#/dcs/copyinstance#dcs/copyinstance/t=response&c=200&path=x-request-id", "call"],
    [
      "a field inside a list",
      "#/dcs/listbackuprecords#dcs/listbackuprecords/t=response&c=200&path=backup_record_response[]/status",
      "same place",
    ],
  ])("the address of %s opens the plain page there or at its call, and Redoc there", async (_, hash, plainPlace) => {
    const [, call = "", inside = ""] = hash.split("#");
    const { page, close } = await site.open("/try/");
    const letCome = await holdScript(page);
    await page.goto(`${site.url}${docsPath(language, hash)}`, { waitUntil: "domcontentloaded" });
    const first = plainPlace === "call" ? call : hash.slice(1);
    await expect.poll(() => topOf(page, first), { timeout: 20_000 }).toSatisfy((top: number) => top > 0 && top < 200);
    letCome();
    await settle(page);
    // On a busy machine Redoc may pause before it scrolls there.
    await expect.poll(() => topOf(page, inside), { timeout: 20_000 }).toSatisfy((top: number) => top > 0 && top < 400);
    expect(new URL(page.url()).hash).toBe(hash);
    await close();
  });

  test("a page opened from a file is the same", async () => {
    const { page, errors, close } = await site.open("/try/");
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator("#plain h1").innerText()).toBe(shown.info.title);
    await settle(page);
    expect(await page.locator("#redoc h1").first().innerText()).toBe(shown.info.title);
    expect(errors).toEqual([]);
    await close();
  });

  /** Line by line: on paper numbers of items stand between the lines, and a hyphen at the end of one may be taken for one of the page's. */
  function expectEverything(given: string): void {
    const text = withoutHyphens(given);
    const operations = callsOf(shown).map(({ operation }) => operation as ShownOperation);
    const codes = operations.flatMap(
      ({ "x-error-section": errors }) => errors.match(/(?<=`)([A-Z]+\.\d+|\d{9})(?=`)/g) ?? [],
    );
    const samples = operations.flatMap(({ "x-codeSamples": all }) => all.map(({ source }) => source));
    const examples = Object.values(shown.components.examples).map(({ value }) => JSON.stringify(value, null, 2));
    const parts = [...textsOf(language).map(withoutMarks), ...codes, ...samples, ...examples];
    const wanted = parts.flatMap((part) => part.split("\n"));
    expect(wanted.length).toBeGreaterThan(1_000);
    expect(wanted.filter((line) => !isIn(text, withoutHyphens(line)))).toEqual([]);
  }
});

/** Whole, or in two parts: the end of a page may fall within a line. */
function isIn(text: string, line: string): boolean {
  return (
    text.includes(line) ||
    [...line].some((_, at) => at > 0 && text.includes(line.slice(0, at)) && text.includes(line.slice(at)))
  );
}

const withoutHyphens = (text: string): string => bare(text).replaceAll("-", "");

/** Keeps Redoc's script back. @returns a function that lets it come. */
async function holdScript(page: Page): Promise<() => void> {
  let letCome = () => {};
  const held = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route(`**/${SCRIPT}`, async (route) => {
    await held;
    await route.continue();
  });
  return letCome;
}
