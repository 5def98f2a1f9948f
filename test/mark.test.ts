/** A mark makes a remark or a name one of a kind, within the service's rules for both. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { root } from "../scripts/lib/root.ts";
import { markOf } from "../src/follow/mark.ts";
import { sha256 } from "../src/follow/sha256.ts";
import { uniqueName, uniqueRemark } from "../src/index.ts";
import { validateCopyInstance, validateCreateManualBackup } from "../src/validate.ts";

/** Any text at all: long, which needs a size besides a length, Chinese, emoji, control characters, halves of surrogate pairs. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300, size: "max" }),
  fc.string({ unit: "grapheme", maxLength: 300, size: "max" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.string({ unit: fc.constantFrom("升", "级", "之", "前", "-", " ", "a"), maxLength: 200, size: "max" }),
);
const anyKey = fc.oneof(
  fc.string({ minLength: 1 }),
  anyText.filter((text) => text !== ""),
);

test("SHA-256 is that of FIPS 180-4, whatever the length", () => {
  for (let length = 0; length <= 300; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => index * 167 + length);
    expect(Buffer.from(sha256(bytes)).toString("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});

describe("a remark", () => {
  test("ends in a mark behind the text", () => {
    expect(uniqueRemark("before the upgrade")).toMatch(/^before the upgrade #[0-9a-hjkmnp-tv-z]{10}$/);
    expect(uniqueRemark()).toMatch(/^#[0-9a-hjkmnp-tv-z]{10}$/);
  });

  test("has at most 128 characters and 128 bytes, is well-formed, and keeps its mark, whatever the text", () => {
    fc.assert(
      fc.property(anyText, fc.option(anyKey, { nil: undefined }), (text, key) => {
        const remark = uniqueRemark(text, key);
        expect(Buffer.byteLength(remark)).toBeLessThanOrEqual(128);
        expect(encodeURIComponent(remark)).toBeTruthy(); // Throws for half of a surrogate pair.
        expect(validateCopyInstance({ remark })).toEqual([]);
        expect(markOf(remark, "#")).toBe(remark.slice(-11));
        expect(remark.trim()).toBe(remark);
      }),
    );
  });

  test("is cut between characters, as late as possible", () => {
    const remark = uniqueRemark("升".repeat(60));
    expect(remark).toMatch(/^升{38} #/);
    expect(Buffer.byteLength(remark)).toBe(126);
    expect(uniqueRemark("👩🏽".repeat(30))).toMatch(/^(👩🏽|👩)+ #/u);
    expect(uniqueRemark("a".repeat(300))).toHaveLength(128);
    expect(uniqueRemark(`${"a".repeat(115)} b`)).toMatch(/a #/);
    expect(uniqueRemark("\ud800a\udfff")).toMatch(/^\ufffda\ufffd #/);
  });
});

describe("a name", () => {
  test("ends in a mark behind the text", () => {
    expect(uniqueName("before-upgrade")).toMatch(/^before-upgrade-[0-9a-hjkmnp-tv-z]{10}$/);
  });

  test.each([
    ["Café Crème", /^Cafe-Creme-/],
    ["a, b; c", /^a-b-c-/],
    ["a--b_c", /^a--b_c-/],
  ])("of %j loses accents, and has one - for all that stands together and may not", (text, name) => {
    expect(uniqueName(text)).toMatch(name);
  });

  test("is one that the service takes, and keeps its mark, whatever the text", () => {
    fc.assert(
      fc.property(anyText, fc.option(anyKey, { nil: undefined }), (text, key) => {
        const name = uniqueName(text, key);
        expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_-]{3,63}$/);
        expect(validateCreateManualBackup({ backup: { instance_id: "i", name } })).toEqual([]);
        expect(markOf(name, "-")).toBe(name.slice(-11));
      }),
    );
  });

  test.each([
    ["before the upgrade", "before-the-upgrade-"],
    ["Nächtlich", "Nachtlich-"],
    ["升级之前", "backup-"],
    [undefined, "backup-"],
    ["2024 年", "backup-2024-"],
    ["_x", "backup-_x-"],
    ["- x -", "x-"],
    ["- 7 -", "backup-7-"],
    ["", "backup-"],
    ["x".repeat(70), `${"x".repeat(53)}-`],
  ])("made of %j begins with %j", (text, start) => {
    const name = uniqueName(text);
    expect(name.slice(0, -10)).toBe(start);
  });
});

describe("a mark", () => {
  test("is the same for the same key, in remark and name", () => {
    fc.assert(
      fc.property(anyKey, anyText, anyText, (key, text, other) => {
        const mark = uniqueRemark(text, key).slice(-10);
        expect(uniqueRemark(other, key).slice(-10)).toBe(mark);
        expect(uniqueName(other, key).slice(-10)).toBe(mark);
      }),
    );
  });

  test("of a key never changes, since a later version must find what this one started", () => {
    // Written down once, by another program: 40 bits of the SHA-256 of the key as JSON, and ten of that of the digits they make.
    expect(uniqueRemark("", "pipeline 4711")).toBe("#zebr3esvef");
  });

  test("is never shared by two keys", () => {
    fc.assert(
      fc.property(anyKey, anyKey, (one, other) => {
        fc.pre(one !== other);
        expect(uniqueRemark("", one)).not.toBe(uniqueRemark("", other));
      }),
    );
  });

  test("is shared by none of 5,000 keys that count up, nor by the halves of broken surrogate pairs", () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `run-${index}`);
    keys.push("\ud800", "\udfff", "\ufffd");
    expect(new Set(keys.map((key) => uniqueRemark("", key))).size).toBe(keys.length);
  });

  test("is another one each time without a key", () => {
    const marks = Array.from({ length: 3_000 }, () => uniqueRemark());
    expect(new Set(marks).size).toBe(marks.length);
    // Each of the 32 digits occurs at each of the first eight places.
    for (let place = 1; place <= 8; place++) {
      expect(new Set(marks.map((mark) => mark[place])).size).toBe(32);
    }
  });

  test("stands in the examples of the doc comments, so that one copied from there counts", () => {
    const source = readFileSync(join(root, "src/follow/mark.ts"), "utf8");
    const examples = source.match(/[#-]7h2k\w*/g) ?? [];
    expect(examples.map((example) => markOf(example, example.startsWith("#") ? "#" : "-"))).toEqual(examples);
    expect(examples).toHaveLength(4);
  });

  test("is what a person writes once in about a thousand times", () => {
    const days = Array.from({ length: 10_000 }, (_, index) => String(2024000000 + index));
    const taken = days.filter((day) => markOf(`deploy #${day}`, "#"));
    expect(markOf("deploy #2024112501", "#")).toBeUndefined();
    expect(taken.length).toBeLessThan(30);
  });

  test("counts only at the very end, behind its own sign and in its own letters", () => {
    const remark = uniqueRemark("x", "k");
    const mark = remark.slice(-11);
    expect(markOf(remark, "#")).toBe(mark);
    for (const text of [
      `${remark} again`,
      `${remark} `,
      mark.slice(1),
      mark.toUpperCase(),
      mark.slice(0, -1),
      "",
      undefined,
    ]) {
      expect(markOf(text, "#")).toBeUndefined();
    }
    expect(markOf(remark, "-")).toBeUndefined();
    expect(markOf(uniqueName("x", "k"), "#")).toBeUndefined();
  });

  const digits = "0123456789abcdefghjkmnpqrstvwxyz";

  test("has no other letters, whatever its check is", () => {
    const pairs = [...digits].flatMap((one) => [...digits].map((other) => one + other));
    for (const eight of ["ABCDEFGH", "abcdefgi", "升级之前升级之前"]) {
      expect(pairs.filter((pair) => markOf(`#${eight}${pair}`, "#"))).toEqual([]);
    }
  });

  test("with one digit changed is none", () => {
    const mark = uniqueRemark("", "k");
    const changed = [...mark.slice(1)].flatMap((digit, place) =>
      [...digits]
        .filter((other) => other !== digit)
        .map((other) => mark.slice(0, place + 1) + other + mark.slice(place + 2)),
    );
    expect(changed.filter((text) => markOf(text, "#")).length).toBeLessThan(3);
  });
});

describe("what is given wrong", () => {
  test.each<[string, () => string]>([
    ["text", () => uniqueRemark(7 as unknown as string)],
    ["text", () => uniqueName(null as unknown as string)],
    ["key", () => uniqueRemark("x", "")],
    ["key", () => uniqueName("x", null as unknown as string)],
  ])("is a TypeError that begins with %s", (name, make) => {
    expect(make).toThrow(new RegExp(`^${name}: `));
    expect(make).toThrow(TypeError);
  });
});
