/** Text of others is shown as one short line of whole characters. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { clean, cut } from "../src/text.ts";

test("a line that is cut is never cut inside a character", () => {
  expect(clean("ab😀cd", 3)).toBe("ab…");
  expect(clean("ab😀cd", 4)).toBe("ab😀…");
  expect(clean("abe\u0301\u0302cd", 3)).toBe("ab…");
  expect(clean("abe\u0301\u0302cd", 4)).toBe("ab…");
  expect(clean("abe\u0301\u0302cd", 5)).toBe("abe\u0301\u0302…");
  expect(cut("ab\n", 2)).toBe("ab…");
  expect(clean(`a${"\u0301".repeat(3000)}`)).toMatch(/^a\u0301{1000,1023}…$/);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (any, limit) => {
      const shown = clean(any, limit) ?? "";
      expect(shown.replace(/…$/, "").length).toBeLessThanOrEqual(limit);
      expect(shown).not.toMatch(/\p{C}/u);
    }),
  );
});

test.each([
  ["<h1>502 Bad</h1>\n<p>Gateway</p>", "502 Bad Gateway"],
  ["a<SCRIPT>x\n</script>b<style>y</style>c<script>z</script>d", "a b c d"],
  ["<script>a</style>b</script>c", "c"],
  ["a<styled>b</style>c", "a b c"],
  ["1 < 2 and <<b>3", "1 < 2 and < 3"],
  ["a<>b", "a b"],
  [" a \t\n b\u0000\u202E\u2028\uE000\uD800c ", "a b c"],
  [" <br> ", undefined],
])("%j is shown without markup, in one line", (text, shown) => {
  expect(clean(text)).toBe(shown);
});

test("1024 letters are shown, and no more than 16 KiB are looked at", () => {
  const line = "a".repeat(1024);
  expect(clean(line)).toBe(line);
  expect(clean(`${line}a`)).toBe(`${line}…`);
  expect(clean(`${" ".repeat(16 * 1024 - 1)}ab`)).toBe("a");
});
