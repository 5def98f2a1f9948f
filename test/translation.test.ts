/** The Chinese is complete, follows every change of the English, and changes nothing but prose. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  findTranslationFaults,
  markTranslated,
  type Overlay,
  proseOf,
  sourceHash,
} from "../scripts/generate/translation.ts";
import { readDocument } from "../scripts/lib/document.ts";
import { REDOCLY_CONFIG, redocly } from "../scripts/lib/redocly.ts";
import { root } from "../scripts/lib/root.ts";
import { folderForTest } from "./support.ts";

const overlayFile = join(root, "spec/locales/zh-CN.yaml");

const english = {
  openapi: "3.1.0",
  info: { title: "Backups", version: "1.0.0", description: "Send `{}` at least.\n\n```sh\ncurl -X POST\n```\n" },
  tags: [{ name: "DCS", description: "Managed Redis." }],
  components: {
    schemas: {
      Failure: {
        title: "Failure",
        description: "How it refuses.",
        properties: {
          description: { type: "string", description: "What happened.", examples: ["Not found"] },
          value: { type: "string", description: "How much." },
        },
        examples: [{ description: "Not found" }],
      },
    },
    examples: { Started: { summary: "Started", value: { description: "Not found" } } },
  },
  "x-error-codes": {
    dcs: [
      { codes: ["DCS.1", "1"], status: [400], meaning: "Busy.", advice: "Wait." },
      { codes: ["DCS.2"], status: [400], meaning: "Failed.", advice: "Wait." },
      { codes: ["DCS.2"], status: [500], meaning: "Failed badly.", advice: "Wait." },
    ],
  },
};

const chinese = {
  ...english,
  info: { title: "备份", version: "1.0.0", description: "至少发送`{}`。\n\n```sh\ncurl -X POST\n```\n" },
  tags: [{ name: "DCS", description: "托管Redis。" }],
  components: {
    schemas: {
      Failure: {
        ...english.components.schemas.Failure,
        description: "错误响应体。",
        properties: {
          description: { type: "string", description: "错误信息。", examples: ["Not found"] },
          value: { type: "string", description: "数量。" },
        },
      },
    },
    examples: { Started: { summary: "已启动", value: { description: "Not found" } } },
  },
  "x-error-codes": {
    dcs: [
      { codes: ["DCS.1", "1"], status: [400], meaning: "正忙。", advice: "请等待。" },
      { codes: ["DCS.2"], status: [400], meaning: "失败。", advice: "请等待。" },
      { codes: ["DCS.2"], status: [500], meaning: "严重失败。", advice: "请等待。" },
    ],
  },
};

const actions = [
  { target: "$.info", update: { title: "备份", description: chinese.info.description } },
  { target: "$.tags[?@.name=='DCS']", update: { description: "托管Redis。" } },
  {
    target: "$.components.schemas.Failure",
    update: {
      description: "错误响应体。",
      properties: { description: { description: "错误信息。" }, value: { description: "数量。" } },
    },
  },
  { target: "$.components.examples.Started", update: { summary: "已启动" } },
  { target: "$['x-error-codes'].dcs.*", update: { advice: "请等待。" } },
  { target: "$['x-error-codes'].dcs[?@.codes[?@=='DCS.1']]", update: { meaning: "正忙。" } },
  { target: "$['x-error-codes'].dcs[?@.codes[?@=='DCS.2'] && @.status[?@==400]]", update: { meaning: "失败。" } },
  { target: "$['x-error-codes'].dcs[?@.codes[?@=='DCS.2'] && @.status[?@==500]]", update: { meaning: "严重失败。" } },
].map((action) => ({ ...action, "x-source": sourceHash(action, english) }));

/** The faults after a change to copies of the three. */
function faultsAfter(
  change: (parts: { overlay: Overlay; original: typeof english; translated: typeof chinese }) => void,
) {
  const parts = structuredClone({ overlay: { actions } as Overlay, original: english, translated: chinese });
  change(parts);
  return findTranslationFaults(parts.overlay, parts.original, parts.translated);
}

/** Those of one text, but for what is said of its source. */
function faultsOf(english: string, chinese: string): string[] {
  return faultsAfter(({ original, translated }) => {
    original.tags = [{ name: "DCS", description: english }];
    translated.tags = [{ name: "DCS", description: chinese }];
  }).filter((fault) => !fault.includes("x-source"));
}

test("a whole translation has no fault", () => {
  expect(faultsAfter(() => {})).toEqual([]);
});

describe("of a text", () => {
  test("none at all is a fault, which names its path", () => {
    expect(
      faultsAfter(({ original, translated }) => {
        original.components.examples.Started.summary = "Begun";
        translated.components.examples.Started.summary = "Begun";
      }),
    ).toContain("$.components.examples.Started.summary: has no translation");
  });

  test("none of an error code is a fault, which names the code too", () => {
    expect(
      faultsAfter(({ original, translated }) => {
        Object.assign(original["x-error-codes"].dcs[0] ?? {}, { meaning: "Occupied." });
        Object.assign(translated["x-error-codes"].dcs[0] ?? {}, { meaning: "Occupied." });
      }),
    ).toContain("$['x-error-codes'].dcs[0].meaning of DCS.1: has no translation");
  });

  test("one in English is a fault", () => {
    expect(
      faultsAfter(({ translated }) => {
        translated.info.title = "Saves";
      }),
    ).toEqual(["$.info.title: is left in English: Saves"]);
  });

  test("one with an English sentence in it is a fault; the name of a cloud is none", () => {
    const faultsWith = (title: string) =>
      faultsAfter(({ translated }) => {
        translated.info.title = title;
      });
    expect(faultsWith("备份。Each accepted request makes one.")).toEqual([
      "$.info.title: is left in English: Each accepted request makes one",
    ]);
    expect(faultsWith("Open Telekom Cloud上的Document Database Service备份")).toEqual([]);
    expect(faultsWith("备份见Huawei Cloud DCS API https://example.com/dcs")).toEqual([]);
    expect(faultsWith("https://example.com/备份")).toEqual([
      "$.info.title: is left in English: https://example.com/备份",
    ]);
  });

  test("one that loses or changes code is a fault, in a span and in a block", () => {
    const faultsWith = (description: string) =>
      faultsAfter(({ translated }) => {
        translated.info.description = description;
      });
    expect(faultsWith(chinese.info.description.replace("`{}`", "空对象"))).toEqual([
      "$.info.description: lacks the code `{}`",
    ]);
    expect(faultsWith(chinese.info.description.replace("POST", "PUT"))).toEqual([
      expect.stringContaining("lacks the code ```sh\ncurl -X POST"),
      expect.stringContaining("has the code ```sh\ncurl -X PUT"),
    ]);
  });
});

test("code is the same where its lines are broken or indented otherwise", () => {
  expect(faultsOf("Send `a\n  b` now.", "发送`a b`。")).toEqual([]);
  expect(faultsOf("1. Do:\n\n   ```sh\n   ls\n   ```\n", "执行：\n\n```sh\nls\n```\n")).toEqual([]);
});

test("a text with other headings than the English is a fault, and a comment in code is no heading", () => {
  const code = "```sh\n# a comment\n```\n";
  expect(faultsOf(`## One\n\n${code}### Two\n`, `## 一\n\n${code}## 二\n`)).toEqual([
    "$.tags[0].description: has other headings than the English",
  ]);
  expect(faultsOf(`## One\n\n${code}### Two\n`, `## 一\n\n${code}### 二\n`)).toEqual([]);
});

describe("of an action", () => {
  test("a target that matches nothing is a fault", () => {
    const [fault] = faultsAfter(({ overlay }) => {
      overlay.actions.push({ target: "$.tags[?@.name=='DDS']", update: { description: "托管MongoDB。" } });
    });
    expect(fault).toBe("$.tags[?@.name=='DDS']: matches nothing in the document");
  });

  test.each(["info", "$..description", "$.tags[-1]", "$.tags[?@.name!='DCS']", "$.tags[?@.name=='DCS' || @.x==1]"])(
    "the target %s is a fault, since it is not understood",
    (target) => {
      const [fault] = faultsAfter(({ overlay }) => {
        overlay.actions.push({ target, update: { description: "托管。" } });
      });
      expect(fault).toMatch(/is not understood/);
    },
  );

  test("a text that the document does not have is a fault", () => {
    const [fault] = faultsAfter(({ overlay }) => {
      overlay.actions.push({ target: "$.info", update: { sumary: "备份" } });
    });
    expect(fault).toBe("$.info: translates $.info.sumary, which the document does not have");
  });

  test("no update is a fault", () => {
    const [fault] = faultsAfter(({ overlay }) => {
      overlay.actions.push({ target: "$.info" });
    });
    expect(fault).toBe("$.info: has no update");
  });

  test("a text that another action translates too is a fault", () => {
    const again = { target: "$.info", update: { title: "又一次" } };
    expect(
      faultsAfter(({ overlay }) => {
        overlay.actions.push({ ...again, "x-source": sourceHash(again, english) });
      }),
    ).toEqual(["$.info.title: is translated twice"]);
  });

  test("English that has changed since is a fault", () => {
    const [fault] = faultsAfter(({ original }) => {
      original.components.schemas.Failure.properties.description.description = "What happened, in English.";
    });
    expect(fault).toMatch(/^\$\.components\.schemas\.Failure: its English is not the one that was translated/);
  });

  test("one text for English that differs from place to place is a fault, whatever its x-source", () => {
    const faults = faultsAfter(({ overlay, original }) => {
      Object.assign(original["x-error-codes"].dcs[1] ?? {}, { advice: "Ask again." });
      for (const action of overlay.actions) {
        action["x-source"] = sourceHash(action, original);
      }
    });
    expect(faults).toEqual([
      expect.stringMatching(
        /^\$\['x-error-codes'\]\.dcs\.\*: matches .*\[0\]\.advice and .*\[1\]\.advice .*: give each an action of its own$/,
      ),
    ]);
  });

  test("a missing x-source is a fault", () => {
    const [fault] = faultsAfter(({ overlay }) => {
      delete overlay.actions[0]?.["x-source"];
    });
    expect(fault).toMatch(/^\$\.info: is new: run .*--translated/);
  });
});

test("a text that another action's text has taken the place of is a fault", () => {
  const [fault, ...more] = faultsAfter(({ translated }) => {
    Object.assign(translated["x-error-codes"].dcs[1] ?? {}, { meaning: "严重失败。" });
  });
  expect(fault).toMatch(/^\$\['x-error-codes'\]\.dcs\[1\]\.meaning: has another text than .*==400\]\] gives it$/);
  expect(more).toEqual([]);
});

test("a change of anything but prose is a fault", () => {
  expect(
    faultsAfter(({ translated }) => {
      translated.components.examples.Started.value.description = "不存在";
      translated.tags.push({ name: "DDS", description: "托管MongoDB。" });
    }),
  ).toEqual([
    "$.tags[1]: is not prose, and is changed",
    "$.components.examples.Started.value.description: is not prose, and is changed",
  ]);
});

test("a further page may be another one in each language, and nothing else about it may change", () => {
  const faultsWith = (url: string) =>
    faultsAfter(({ original, translated }) => {
      Object.assign(original.tags[0] ?? {}, { externalDocs: { url: "https://example.com/en" } });
      Object.assign(translated.tags[0] ?? {}, { externalDocs: { url } });
    });
  expect(faultsWith("https://example.com/zh")).toEqual([]);
  expect(faultsWith("javascript:0")).toEqual(["$.tags[0].externalDocs.url: is not prose, and is changed"]);
});

test("prose is what a reader reads: no type's name, no property's name, no example's value", () => {
  expect([...proseOf(english).keys()].map((path) => JSON.parse(path).join("/"))).toEqual([
    "info/title",
    "info/description",
    "tags/0/description",
    "components/schemas/Failure/description",
    "components/schemas/Failure/properties/description/description",
    "components/schemas/Failure/properties/value/description",
    "components/examples/Started/summary",
    ...[0, 1, 2].flatMap((index) => [`x-error-codes/dcs/${index}/meaning`, `x-error-codes/dcs/${index}/advice`]),
  ]);
});

test("marking touches nothing but x-source", () => {
  const before = "actions:\n  # a comment\n  - target: $.info\n    x-source: new # kept\n    update: { title: 备份 }\n";
  const hash = sourceHash({ target: "$.info", update: { title: "备份" } }, english);
  const after = markTranslated(before, english);
  expect(after).toBe(before.replace("new", hash));
  expect(markTranslated(after, english)).toBe(after);
});

test("marking adds the x-source of a new action", () => {
  const action = "  - target: $.info\n    update: { title: 备份 }\n";
  const marked = markTranslated(`actions:\n${action}${action}`, english);
  const line = /\n {4}x-source: en-[0-9a-f]{8}(?=\n {4}update)/g;
  expect(marked.match(line)).toHaveLength(2);
  expect(marked.replace(line, "")).toBe(`actions:\n${action}${action}`);
  expect(markTranslated(marked, english)).toBe(marked);
});

describe("the overlay of the spec", () => {
  const document = readDocument();
  const overlay: Overlay = parse(readFileSync(overlayFile, "utf8"));

  test("translates the whole bundle", () => {
    expect(findTranslationFaults(overlay, document, readDocument("openapi.zh-CN.json"))).toEqual([]);
  });

  // A replacement in the whole file once gave a code the meaning of another one, whose Chinese it had had.
  test("has the same Chinese where the English is the same, and nowhere else", () => {
    const pairs = overlay.actions.map(({ update, "x-source": source }) => ({
      chinese: JSON.stringify(update),
      source,
    }));
    const odd = pairs.filter((one) =>
      pairs.some((other) => (one.chinese === other.chinese) !== (one.source === other.source)),
    );
    expect(odd).toEqual([]);
  });

  test("reads to Redocly as it reads to us, with every kind of target that it uses", () => {
    const work = folderForTest();
    writeFileSync(join(work, "english.json"), JSON.stringify(english));
    const head = { overlay: "1.0.0", info: { title: "x", version: "1" } };
    writeFileSync(join(work, "overlay.json"), JSON.stringify({ ...head, actions }));
    const files = ["english.json", "--overlay", "overlay.json", "--output", "chinese.json"];
    redocly(["bundle", ...files, "--config", REDOCLY_CONFIG], work);
    expect(JSON.parse(readFileSync(join(work, "chinese.json"), "utf8"))).toEqual(chinese);
  });
});
