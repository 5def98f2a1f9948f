/** The window that tells at a call how to sign in. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { WORDS } from "../../scripts/docs/words.ts";
import { docsPath, findViolations, LANGUAGES, type Site, startSite } from "./support.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

test.each(LANGUAGES)(
  "is a dialog that the keyboard opens, reaches, reads to its end, and closes, in %s",
  async (language) => {
    const viewport = { width: 360, height: 780 };
    const { page, close } = await site.open(docsPath(language, "#/dcs/copyinstance"), { viewport });
    const opener = page.locator('[id="dcs/copyinstance"] button', { hasText: /View security details|查看认证方式/ });
    await opener.press("Enter");
    const dialog = page.getByRole("dialog", { name: /^(Security|认证方式)$/ });
    await dialog.waitFor();
    expect(await dialog.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(
      await dialog.locator("pre").evaluateAll((all) => all.filter((pre) => pre.scrollWidth > pre.clientWidth).length),
    ).toBe(0);
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press("Tab");
    const focused = await dialog.locator(":focus").getAttribute("aria-label");
    expect(focused).toBe(WORDS[language].page.close);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
    await close();
  },
);
