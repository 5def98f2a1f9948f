import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DDS_INSTANCE_ID } from "../../scripts/lib/test-account.ts";
import { findViolations, LANGUAGES, type Site, startSite } from "./support.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe.each(LANGUAGES)("the page for trying, in %s", (language) => {
  test("sends the three calls and shows the answers", async () => {
    const { page, errors, strayed, close } = await site.open(`/try/?lang=${language}`);
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
    for (const [operationId, field] of [
      ["CopyInstance", "backup_id"],
      ["CopyInstanceV1", "backup_id"],
      ["CreateManualBackup", "job_id"],
    ]) {
      const option = page.locator("#call option", { hasText: `${operationId} ·` });
      await page.locator("#call").selectOption((await option.getAttribute("value")) ?? "");
      await page.locator("button").click();
      await page.locator("#outcome pre").first().waitFor();
      const shown = await page.locator("#outcome").innerText();
      expect(shown).toContain("200 OK");
      expect(shown).toContain(`"${field}"`);
      expect(shown).toContain("x-request-id");
    }
    expect(errors).toEqual([]);
    expect(strayed).toEqual([]);
    await close();
  });

  test("shows how a wrong token and a wrong body are refused, and any answer that is asked for", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}#CreateManualBackup`);
    const send = async () => {
      await page.locator("button").click();
      await page.locator("#outcome pre").first().waitFor();
      return page.locator("#outcome").innerText();
    };
    await page.locator("#body").fill(JSON.stringify({ backup: { instance_id: DDS_INSTANCE_ID, name: "my" } }));
    expect(await send()).toContain("DBS.280277");
    await page.locator("#answer").selectOption("504 GatewayTimeout");
    await expect.poll(send).toContain("504 Gateway Timeout");
    await page.locator("#answer").selectOption("");
    await page.locator("#token").fill("wrong");
    await expect.poll(send).toContain("401");
    await close();
  });

  test("shows the same request as a curl command", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`);
    await page.locator("#body").fill(`{"remark": "it's new"}`);
    const command = await page.locator("#curl").innerText();
    expect(command).toContain(`curl ${site.url}/v2/`);
    expect(command).toContain(`-d '{"remark": "it'\\''s new"}'`);
    await close();
  });

  test.each(["light", "dark"] as const)("has no WCAG 2.2 AA violation in %s", async (colorScheme) => {
    const { page, close } = await site.open(`/try/?lang=${language}`, { colorScheme });
    await page.locator("button").click();
    await page.locator("#outcome pre").first().waitFor();
    expect(await findViolations(page)).toEqual([]);
    await close();
  });

  test("needs no sideways scrolling on a screen of 360 px", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`, { viewport: { width: 360, height: 780 } });
    await page.locator("button").click();
    await page.locator("#outcome pre").first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await close();
  });

  test("opens in the other language with the same call", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}#CreateManualBackup`);
    await page.locator("#other-language").click();
    await page.waitForURL(/#CreateManualBackup$/);
    expect(await page.locator("html").getAttribute("lang")).not.toBe(language);
    expect(await page.locator("#path").innerText()).toContain("/v3/");
    await close();
  });
});
