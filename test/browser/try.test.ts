/** The page for trying sends what a reader writes, follows what that starts, and says what may have happened. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WORDS } from "../../scripts/docs/words.ts";
import { DDS_INSTANCE_ID } from "../../scripts/lib/test-account.ts";
import { http2Misbehaviours } from "../../scripts/stand-in/http2-misbehaviours.ts";
import { misbehaviours } from "../../scripts/stand-in/misbehaviours.ts";
import { createPages } from "../../scripts/stand-in/pages.ts";
import { startStandIn } from "../../scripts/stand-in/server.ts";
import { findViolations, LANGUAGES, type Site, startSite } from "./support.ts";

type TryWords = Record<"fates" | "losses" | "misbehaviours" | "steps", Record<string, string>>;
const allWords = { en: WORDS.en.try as TryWords, "zh-CN": WORDS["zh-CN"].try as TryWords };

let site: Site;
/** The service's clock. A test can make it stand still, so that a state is seen, however busy the machine is. It never goes back. */
const clock = { time: 0, stands: false };
beforeAll(async () => {
  site = await startSite(() => {
    clock.time = clock.stands ? clock.time : Math.max(clock.time, Date.now());
    return clock.time;
  });
});
beforeEach(() => {
  clock.stands = false;
  site.standIn.set({ duration: 0 });
});
afterAll(() => site.close());

async function choose(page: Page, operationId: string): Promise<void> {
  const option = page.locator("#call option", { hasText: `${operationId} ·` });
  await page.locator("#call").selectOption((await option.getAttribute("value")) ?? "");
}

async function send(page: Page): Promise<void> {
  await page.locator("button").click();
}

const bodyWith = (name: string) => JSON.stringify({ backup: { instance_id: DDS_INSTANCE_ID, name } });

const steps = (page: Page) => page.locator("#steps").innerText();

test("both languages have the same words, and words for every misbehaviour", () => {
  const shapeOf = (words: object): unknown[] =>
    Object.entries(words).map(([name, word]) => (typeof word === "string" ? name : [name, shapeOf(word)]));
  expect(shapeOf(allWords["zh-CN"])).toEqual(shapeOf(allWords.en));
  // Those of RST_STREAM are named after its codes.
  const named = Object.keys(misbehaviours).filter((name) => !name.startsWith("rst-"));
  expect(Object.keys(allWords.en.misbehaviours)).toEqual(named);
});

test("those of HTTP/2 are offered too where the stand-in speaks it", async () => {
  const standIn = await startStandIn({ pages: createPages({ http2: true }) });
  const html = await (await fetch(`${standIn.url}/try/`)).text();
  expect(html).toContain(JSON.stringify(Object.keys(misbehaviours)));
  await standIn.close();
});

describe.each(LANGUAGES)("the page for trying, in %s", (language) => {
  const words = allWords[language];

  test("sends the three starts, shows the answers, and follows each backup to its end", async () => {
    const { page, errors, strayed, close } = await site.open(`/try/?lang=${language}`);
    site.standIn.set({ duration: 1000 });
    clock.stands = true;
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
    for (const [operationId, field, running, end] of [
      ["CopyInstance", "backup_id", "backuping", "succeed"],
      ["CreateManualBackup", "job_id", /BUILDING, \d+ %/, "COMPLETED"],
      ["CopyInstanceV1", "backup_id", "backuping", "succeed"],
    ] as const) {
      await choose(page, operationId);
      // The service refuses a name that is taken, so each test needs one of its own.
      if (operationId === "CreateManualBackup") {
        await page.locator("#body").fill(bodyWith(`before-${language}`));
      }
      await send(page);
      await page.locator("#outcome pre").first().waitFor();
      clock.time += 500;
      const shown = await page.locator("#outcome").innerText();
      expect(shown).toContain("200 OK");
      expect(shown).toContain(`"${field}"`);
      expect(shown).toContain("x-request-id");
      await expect.poll(() => steps(page), { timeout: 20_000 }).toMatch(running);
      clock.time += 500;
      await page.locator("#steps li.finished").waitFor();
      expect(await steps(page)).toContain(`${words.steps["finished"]} ${end}`);
    }
    expect(errors).toEqual([]);
    expect(strayed).toEqual([]);
    await close();
  });

  test("tells of each parameter without the marks of Markdown", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`);
    for (const operationId of ["CopyInstance", "ListBackupRecords", "ListBackups", "ShowJobDetail"]) {
      await choose(page, operationId);
      const hints = await page.locator("#parameters small").allInnerTexts();
      expect(hints.filter((hint) => /[`*]|\]\(/.test(hint))).toEqual([]);
    }
    await close();
  });

  test("sends the reads, and shows what was started before", async () => {
    const { page, errors, close } = await site.open(`/try/?lang=${language}`);
    await send(page);
    await page.locator("#steps li.finished").waitFor();
    const backupId = site.standIn.backups.at(-1)?.backupId ?? "";
    await choose(page, "ListBackupRecords");
    expect(await page.locator("#body").isVisible()).toBe(false);
    await page.locator("#limit").fill("1");
    await send(page);
    await expect.poll(() => page.locator("#outcome").innerText()).toContain(backupId);
    expect(await page.locator("#curl").innerText()).toContain("/backups?limit=1'");
    expect(errors).toEqual([]);
    await close();
  });

  test("signs with an access key if it is asked to, and the curl command with it", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`);
    await page.locator("#use-key").check();
    expect(await page.locator("#token").isVisible()).toBe(false);
    await send(page);
    await page.locator("#steps li.finished").waitFor();
    expect(site.standIn.received.at(-1)?.headers).toMatchObject({ authorization: expect.stringMatching(/^SDK-HMAC/) });
    await expect.poll(() => page.locator("#curl").innerText()).toMatch(/Authorization: SDK-HMAC-SHA256 Access=/);
    await page.locator("#secret-access-key").fill("another");
    await send(page);
    await expect.poll(() => page.locator("#outcome").innerText()).toContain("APIGW.0301");
    await close();
  });

  test("shows how a wrong token and a wrong body are refused, and any answer that is asked for", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}#CreateManualBackup`);
    const shown = () => page.locator("#outcome").innerText();
    await page.locator("#body").fill(bodyWith("my"));
    await send(page);
    await expect.poll(shown).toContain("DBS.280277");
    expect(await steps(page)).toContain(words.steps["nothingStarted"]);
    await page.locator("#body").fill('{"backup":');
    await send(page);
    await expect.poll(shown).toContain("DBS.200001");
    await page.locator("#body").fill(bodyWith("mybackup2"));
    await page.locator("#answer").selectOption("code=429, example=GatewayThrottled");
    await send(page);
    await expect.poll(shown).toContain("429 Too Many Requests");
    await page.locator("#answer").selectOption("");
    await page.locator("#token").fill("wrong");
    await send(page);
    await expect.poll(shown).toContain("401");
    await close();
  });

  test.each(["code=504, startsAfter=0", "misbehave=html, startsAfter=0", "misbehave=half, startsAfter=3000"])(
    "says after %s that a backup may exist, and finds it",
    async (order) => {
      const { page, close } = await site.open(`/try/?lang=${language}`);
      await page.locator("#body").fill(JSON.stringify({ remark: `before the upgrade, ${order}` }));
      await page.locator("#answer").selectOption(order);
      await send(page);
      await page.locator("#steps li.finished").waitFor();
      const shown = await steps(page);
      expect(shown).toContain(words.steps["mayExist"]);
      expect(shown).toContain(`${words.steps["foundUnsure"]} ${site.standIn.backups.at(-1)?.backupId}`);
      await close();
    },
  );

  test("can order every misbehaviour of HTTP/1.1, and says of each that a backup may exist where the client does", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`);
    const offered = await page
      .locator("#answer option")
      .evaluateAll((options) => options.map((option) => Object(option).value));
    const names = Object.keys(misbehaviours).filter((name) => !(name in http2Misbehaviours));
    expect(offered.filter((value) => value.startsWith("misbehave=") && !value.includes(","))).toEqual(
      names.map((name) => `misbehave=${name}`),
    );
    for (const [name, word] of [
      ["reset", "mayExist"],
      ["cut-json", "mayExist"],
      ["html-error", "mayExist"],
      ["null-error", "nothingStarted"],
      ["gbk", "nothingStarted"],
    ] as const) {
      await page.locator("#answer").selectOption(`misbehave=${name}`);
      await send(page);
      await page.locator(`#steps li.${word}`).waitFor();
    }
    await close();
  });

  test("says of a redirect that the browser hides it", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`);
    await page.locator("#answer").selectOption("misbehave=redirect");
    await send(page);
    await page.locator("#steps li").first().waitFor();
    expect(await page.locator("#outcome").innerText()).toBe(WORDS[language].try["redirected"]);
    await close();
  });

  test("shows a backup that fails, and one whose record vanishes", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`);
    site.standIn.set({ duration: 1000 });
    clock.stands = true;
    for (const [order, message] of [
      ["ends=failed", /dcs\.08\.0002/],
      ["vanishesAfter=1000", /is there no more/],
    ] as const) {
      await page.locator("#answer").selectOption(order);
      await send(page);
      await expect.poll(() => steps(page), { timeout: 20_000 }).toMatch(/waiting/);
      clock.time += 1000;
      await page.locator("#steps li.notFinished").waitFor();
      expect(await steps(page)).toMatch(message);
    }
    await close();
  });

  test("shows the same request as a curl command", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`);
    await page.locator("#body").fill(`{"remark": "it's new"}`);
    const command = () => page.locator("#curl").innerText();
    await expect.poll(command).toContain(`-d '{"remark": "it'\\''s new"}'`);
    expect(await command()).toContain(`curl ${site.url}/v2/`);
    await page.locator("#answer").selectOption("code=504, startsAfter=0");
    await expect.poll(command).toContain("-H 'Prefer: code=504, startsAfter=0'");
    await close();
  });

  test.each(["light", "dark"] as const)("has no WCAG 2.2 AA violation in %s", async (colorScheme) => {
    const { page, close } = await site.open(`/try/?lang=${language}`, { colorScheme });
    await send(page);
    await page.locator("#steps li.finished").waitFor();
    await page.locator("#use-key").check();
    expect(await findViolations(page)).toEqual([]);
    await close();
  });

  test("needs no sideways scrolling on a screen of 360 px", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`, { viewport: { width: 360, height: 780 } });
    await send(page);
    await page.locator("#steps li.finished").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await close();
  });

  test.each([
    ["#token", "", "{}"],
    ["#token", "令牌", "{}"],
    ["#token", "令牌", "no JSON"],
    ["#secret-access-key", "", "{}"],
    ["#secret-access-key", "", "no JSON"],
  ])("says of %s that is %j, before a body that is %s, that nothing was started", async (field, value, body) => {
    const { page, errors, close } = await site.open(`/try/?lang=${language}`);
    const started = site.standIn.backups.length;
    if (field === "#secret-access-key") {
      await page.locator("#use-key").check();
    }
    await page.locator(field).fill(value);
    await page.locator("#body").fill(body);
    await send(page);
    await page.locator("#steps li.nothingStarted").waitFor();
    expect(await page.locator("#outcome").innerText()).toBe(WORDS[language].try["failed"]);
    expect(site.standIn.backups.length).toBe(started);
    expect(errors).toEqual([]);
    await close();
  });

  test("keeps the IDs that were written for one call, for the others", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`);
    await page.locator("#project_id").fill("mine");
    await page.locator("#instance_id").fill("a-redis");
    await choose(page, "ListBackups");
    expect(await page.locator("#project_id").inputValue()).toBe("mine");
    expect(await page.locator("#instance_id").inputValue()).toBe("");
    await choose(page, "ListBackupRecordsV1");
    expect(await page.locator("#project_id").inputValue()).toBe("mine");
    expect(await page.locator("#instance_id").inputValue()).toBe("a-redis");
    await close();
  });

  test("draws its button where the reader's own colours take the place of the page's", async () => {
    const { page, close } = await site.open(`/try/?lang=${language}`, { forcedColors: "active" });
    const border = await page.locator("button").evaluate((button) => getComputedStyle(button).borderTop);
    expect(border).toMatch(/^1px solid /);
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
