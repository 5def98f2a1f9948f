/** Text of others is shown as one short line of whole characters. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { clean } from "../src/text.ts";

test("a line that is cut is never cut inside a character", () => {
  expect(clean("ab😀cd", 3)).toBe("ab…");
  expect(clean("ab😀cd", 4)).toBe("ab😀…");
  expect(clean("abe\u0301\u0302cd", 3)).toBe("ab…");
  expect(clean("abe\u0301\u0302cd", 5)).toBe("abe\u0301\u0302…");
  expect(clean(`a${"\u0301".repeat(3000)}`)).toMatch(/^a\u0301{1000,1023}…$/);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (any, limit) => {
      const shown = clean(any, limit) ?? "";
      expect(shown.replace(/…$/, "").length).toBeLessThanOrEqual(limit);
      expect(shown).not.toMatch(/\p{C}/u);
    }),
  );
});
