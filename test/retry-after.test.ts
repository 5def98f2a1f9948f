/** `Retry-After` is read in every form that HTTP has and that servers make of it: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientOf, INSTANCE_ID, standInForTest, thrownBy } from "./support.ts";

/** What the header of a 429 is read as, in ms. */
async function read(value: string, date?: string): Promise<number | undefined> {
  const headers: Record<string, string> = { "retry-after": value, ...(date === undefined ? {} : { date }) };
  const fetch = async () => new Response("{}", { status: 429, headers });
  const error = await thrownBy(clientOf("https://dcs.example.com", { fetch, maxRetries: 0 }).copyInstance(INSTANCE_ID));
  return (error as { retryAfter?: number }).retryAfter;
}

const DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
const MINUTE = 60_000;
const never = Number.MAX_SAFE_INTEGER;

test.each<[string, string, number | undefined]>([
  ["seconds", "7", 7000],
  ["no seconds at all", "0", 0],
  ["with zeros in front", "007", 7000],
  ["parts of a second", "1.5", 1500],
  ["with blanks around", "  7  ", 7000],
  ["a date", "Sun, 06 Nov 1994 08:50:37 GMT", MINUTE],
  ["a date as RFC 850 had it", "Sunday, 06-Nov-94 08:50:37 GMT", MINUTE],
  ["a date as asctime writes it", "Sun Nov  6 08:50:37 1994", MINUTE],
  ["such a date with two digits", "Wed Nov 16 08:49:37 1994", 10 * 24 * 60 * MINUTE],
  ["a date with one digit for the day", "Sun, 6 Nov 1994 08:50:37 GMT", MINUTE],
  ["a date that names its zone otherwise", "Sun, 06 Nov 1994 08:50:37 UTC", MINUTE],
  ["a date of RFC 3339", "1994-11-06T08:50:37Z", MINUTE],
  ["a date that is over", "Sun, 06 Nov 1994 08:00:00 GMT", 0],
  [
    "a date in ten thousand years",
    "Sun, 06 Nov 9994 08:49:37 GMT",
    Date.parse("9994-11-06T08:49:37Z") - Date.parse(DATE),
  ],
  ["seconds twice", "120, 60", 120_000],
  ["seconds twice, without a blank", "60,120", 120_000],
  ["two dates", "Sun, 06 Nov 1994 08:50:37 GMT, Sun, 06 Nov 1994 08:51:37 GMT", 2 * MINUTE],
  ["two dates, the later one first", "Sun, 06 Nov 1994 08:51:37 GMT, Sun, 06 Nov 1994 08:50:37 GMT", 2 * MINUTE],
  ["a date and seconds", "Sun, 06 Nov 1994 08:50:37 GMT, 90", 90_000],
  ["seconds and a date", "30, Sunday, 06-Nov-94 08:50:37 GMT", MINUTE],
  ["seconds and nonsense", "30, soon", 30_000],
  ["more seconds than a number holds", "9".repeat(400), never],
  ["more seconds than a timer holds", "99999999999", 99_999_999_999_000],
  ["as many parts of one", `1.${"3".repeat(400)}`, 1333],
  ["nothing", "", undefined],
  ["a word", "soon", undefined],
  ["less than nothing", "-5", undefined],
  ["an exponent", "1e9", undefined],
  ["no number", "NaN", undefined],
  ["hexadecimal", "0x10", undefined],
  ["a day that no month has", "Sun, 32 Nov 1994 08:49:37 GMT", undefined],
  ["a date without a time", "1994-11-06", undefined],
  ["commas alone", ",,,", undefined],
])("%s: %j", async (_, value, expected) => {
  expect(Math.floor((await read(value, DATE)) ?? Number.NaN)).toBe(expected ?? Number.NaN);
});

test("the forms of a date mean the same, whatever the date", async () => {
  const seconds = { min: Date.parse("1970-01-01T00:00:00Z") / 1000, max: Date.parse("2049-12-31T23:59:59Z") / 1000 };
  await fc.assert(
    fc.asyncProperty(fc.integer(seconds), fc.nat(10_000_000), async (sentAt, wait) => {
      fc.pre(sentAt + wait <= seconds.max);
      const utc = new Date((sentAt + wait) * 1000).toUTCString();
      const [, weekday = "", day = "", month = "", year = "", time = ""] =
        /^(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(utc) ?? [];
      const sent = new Date(sentAt * 1000).toUTCString();
      const obsolete = [
        `${weekday}day, ${day}-${month}-${year.slice(2)} ${time} GMT`,
        `${weekday} ${month} ${day.replace(/^0/, " ")} ${time} ${year}`,
      ];
      for (const date of [utc, ...obsolete]) {
        expect(await read(date, sent)).toBe(wait * 1000);
      }
    }),
    { numRuns: 50 },
  );
});

test("of a list the longest wait counts, in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }), async (waits) => {
      const sentAt = Date.parse(DATE);
      const values = waits.map((wait, index) =>
        index % 2 ? new Date(sentAt + wait * 1000).toUTCString() : String(wait),
      );
      expect(await read(values.join(", "), DATE)).toBe(Math.max(...waits) * 1000);
    }),
    { numRuns: 50 },
  );
});

test("a date counts from the client's own clock where the answer has none", async () => {
  const fetch = async () =>
    new Response("{}", { status: 429, headers: { "retry-after": "Sun, 06 Nov 1994 08:50:37 GMT" } });
  const options = { fetch, maxRetries: 0, now: () => Date.parse(DATE) };
  const error = await thrownBy(clientOf("https://dcs.example.com", options).copyInstance(INSTANCE_ID));
  expect(error).toMatchObject({ retryAfter: MINUTE });
});

describe("what means never today", () => {
  test.each(["99999999999", "9".repeat(400), `5, ${"9".repeat(20)}`, "Sun, 06 Nov 9994 08:49:37 GMT"])(
    "does not mean at once: %j",
    async (value) => {
      const standIn = await standInForTest();
      standIn.next({ code: 429, headers: { "retry-after": value } });
      await thrownBy(clientOf(standIn.url).copyInstance(INSTANCE_ID));
      standIn.next({ code: 400, example: "DcsBackupRunning", headers: { "retry-after": value } });
      await thrownBy(clientOf(standIn.url, { busyTimeout: 60_000 }).copyInstance(INSTANCE_ID));
      expect(standIn.received).toHaveLength(2);
    },
  );
});

describe("on a real connection", () => {
  test.each([
    ["seconds", () => "1"],
    ["dates", () => new Date(Date.now() + 2000).toUTCString()],
  ])("%s are waited for", async (_, retryAfter) => {
    const standIn = await standInForTest();
    standIn.next({ code: 429, headers: { "retry-after": retryAfter() } });
    const start = performance.now();
    await clientOf(standIn.url).copyInstance(INSTANCE_ID);
    // A lower bound of the protocol, not of speed. An HTTP date has whole seconds.
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  test("a longer wait than the call may take is told, not waited for", async () => {
    const standIn = await standInForTest();
    standIn.next({ code: 429, headers: { "retry-after": "3600" } });
    const error = await thrownBy(clientOf(standIn.url).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ status: 429, retryAfter: 3_600_000, retryable: true });
    expect(standIn.received).toHaveLength(1);
  });
});
