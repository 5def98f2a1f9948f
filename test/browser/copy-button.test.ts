/** The buttons on the blocks of code in the prose, which copy them. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { docsPath, LANGUAGES, type Site, startSite } from "./support.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe.each(LANGUAGES)("in %s", (language) => {
  test.each([
    ["as Redoc shows it", 1280, false],
    ["as Redoc shows it", 360, false],
    ["on the plain page", 1280, true],
    ["on the plain page", 360, true],
  ])("no button lies on code, %s at %i px", async (_, width, plain) => {
    const { page, close } = await site.open(docsPath(language), { plain, viewport: { width, height: 800 } });
    const buttons = page.locator("pre > .copy:visible");
    expect(await buttons.count()).toBeGreaterThan(3);
    expect((await buttons.evaluateAll(codeBelow)).filter((code) => code !== "")).toEqual([]);
    await close();
  });
});

/** The code that each button hides. */
function codeBelow(buttons: Element[]): string[] {
  const overlap = (a: DOMRect, b: DOMRect) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return buttons.map((button) => {
    const walker = document.createTreeWalker(button.parentElement ?? button, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const hidden: string[] = [];
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      range.selectNodeContents(text);
      const rects = [...range.getClientRects()].filter(({ width }) => width > 1);
      if (!button.contains(text) && rects.some((rect) => overlap(rect, button.getBoundingClientRect()))) {
        hidden.push(text.data);
      }
    }
    return hidden.join("").slice(0, 60);
  });
}
