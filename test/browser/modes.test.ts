/** The docs in light and in dark. In a file of its own, so that it runs beside the others: it takes long. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  docsPath,
  findViolations,
  go,
  LANGUAGES,
  OPERATIONS,
  PLACES,
  type Site,
  startSite,
  type Visit,
} from "./support.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

/** What other places show, as selectors. Each is looked at in its turn: for all of them at once axe takes seconds. */
function shownElsewhere(hash: string): string[] {
  const others = OPERATIONS.filter((operation) => operation.hash !== hash);
  const overview = hash === "#/" ? [] : ['#api-content > div:has([id^="section/"])'];
  return [...overview, ...others.map((operation) => `[id="${operation.hash.slice(2)}"]`)];
}

describe.each(LANGUAGES)("the docs in %s", (language) => {
  let light: Visit;
  let dark: Visit;
  beforeAll(async () => {
    light = await site.open(docsPath(language), { colorScheme: "light" });
    dark = await site.open(docsPath(language), { colorScheme: "dark" });
  });
  afterAll(() => Promise.all([light, dark].map((visit) => visit.close())));

  test.each(PLACES)("have no WCAG 2.2 AA violation at $hash, in light and in dark", async ({ hash }) => {
    for (const [mode, visit] of Object.entries({ light, dark })) {
      const page = await go(visit, hash);
      // What has been scrolled half under the header counts as obscured, though a reader need only scroll on.
      await page.addStyleTag({ content: ".page-header { position: static }" });
      expect(await page.locator(`html.${mode}`).count(), mode).toBe(1);
      expect(await findViolations(page, shownElsewhere(hash)), mode).toEqual([]);
    }
  });

  test("turn dark by their switch, and light again", async () => {
    const page = await go(light, "#/");
    for (const mode of ["dark", "light"]) {
      await page.locator("[data-testid=color-mode-switcher]").click();
      await page.locator(`html.${mode}`).waitFor();
    }
  });
});
