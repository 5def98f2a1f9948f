import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type CodeSample, decorate, type Language, SAMPLES } from "../scripts/docs-content.ts";
import type { Document } from "../scripts/document.ts";

// What the rendered docs add to the bundle.

const bundle: Document = JSON.parse(readFileSync(new URL("../generated/openapi.json", import.meta.url), "utf8"));
const operationIds = ["CopyInstanceV1", "CopyInstance", "CreateManualBackup"];

describe("the table of error codes", () => {
  test("has the codes of the service and of the gateway, with status, meaning, retry and advice", () => {
    const rows = table("CreateManualBackup", "en");
    expect(rows[0]).toEqual(["Code", "Status", "Meaning", "Ask again?", "What to do"]);
    expect(rows[1]?.every((cell) => cell === "---")).toBe(true);
    expect(rows).toContainEqual(["`DBS.280019`", "403", "The account is in arrears.", "No", "Top up the account."]);
    expect(rows).toContainEqual([
      "`APIGW.0308`, `APIG.0308`",
      "429",
      "Too many requests.",
      "Yes, later",
      "Wait as long as Retry-After says, then ask again.",
    ]);
    expect(cells("CreateManualBackup")).not.toContain("DCS.");
  });

  test("has every code of the spec under some operation, and each entry once under each", () => {
    const shown = new Set(operationIds.flatMap((id) => [...cells(id).matchAll(/`([\w.]+)`/g)].map(([, code]) => code)));
    const known = Object.values(bundle["x-error-codes"]).flatMap((entries) => entries.flatMap(({ codes }) => codes));
    expect([...shown].sort()).toEqual([...new Set(known)].sort());
    const gateway = bundle["x-error-codes"]["gateway"] ?? [];
    const dds = bundle["x-error-codes"]["dds"] ?? [];
    expect(table("CreateManualBackup", "en")).toHaveLength(2 + dds.length + gateway.length);
  });

  test("shows the codes of DCS as each version of its API writes them", () => {
    expect(table("CopyInstance", "en")).toContainEqual(expect.arrayContaining(["`DCS.4096`", "400"]));
    expect(table("CopyInstanceV1", "en")).toContainEqual(expect.arrayContaining(["`111400096`", "400"]));
    expect(cells("CopyInstance")).not.toMatch(/`111\d{6}`/);
    expect(cells("CopyInstanceV1")).not.toMatch(/`(DCS|CBC)\./);
  });

  test("lets nothing in a cell end it or begin a tag", () => {
    const document = structuredClone(bundle);
    document["x-error-codes"]["dds"]?.forEach((entry) => {
      entry.meaning = "Either | or <b>.";
    });
    const { description } = operationOf(decorate(document, "en"), "CreateManualBackup");
    expect(description).toContain("| Either \\| or &lt;b>. |");
  });

  test("has its own words in Chinese in the Chinese docs", () => {
    const [heads, , ...rows] = table("CopyInstance", "zh-CN");
    expect(heads).toEqual(["错误码", "状态码", "含义", "可否重试", "处理方法"]);
    expect(new Set(rows.map((row) => row[3]))).toEqual(new Set(["否", "可稍后重试", "先查询备份列表，再决定"]));
    expect(descriptionOf("CopyInstance", "zh-CN")).toContain("### 错误码\n");
  });

  test("follows what the bundle says about the operation", () => {
    expect(descriptionOf("CopyInstance", "en").startsWith(originalOf("CopyInstance").trimEnd())).toBe(true);
  });
});

describe("code samples", () => {
  test.each(operationIds)("%s has one in every language, from its file", (id) => {
    const samples = (operationOf(decorate(bundle, "en"), id) as unknown as Record<string, CodeSample[]>)[
      "x-codeSamples"
    ];
    expect(samples?.map(({ label }) => label)).toEqual(["TypeScript", "curl", "Java", "Python", "Go"]);
    for (const [index, { end }] of SAMPLES.entries()) {
      const file = readFileSync(new URL(`../spec/samples/${id}${end}`, import.meta.url), "utf8");
      expect(samples?.[index]?.source).toBe(file);
    }
  });
});

test("the keys that only our tools read are not in the docs", () => {
  expect(JSON.stringify(bundle)).toMatch(/"x-error-codes":.*"when":/);
  expect(JSON.stringify(bundle)).toMatch(/"x-signing":/);
  expect(JSON.stringify(decorate(bundle, "en"))).not.toMatch(/"x-error-codes":|"when":|"x-signing":/);
});

test("the bundle itself stays as it is", () => {
  const before = structuredClone(bundle);
  decorate(bundle, "en");
  expect(bundle).toEqual(before);
});

function operationOf(document: Document, id: string): Document["paths"][string]["post"] {
  const item = Object.values(document.paths).find(({ post }) => post.operationId === id);
  if (!item) throw new Error(`no ${id} in the document`);
  return item.post;
}

const originalOf = (id: string): string => operationOf(bundle, id).description;

const descriptionOf = (id: string, language: Language): string =>
  operationOf(decorate(bundle, language), id).description;

/** The rows of an operation's table, head and rule included. */
function table(id: string, language: Language): string[][] {
  const added = descriptionOf(id, language).slice(originalOf(id).trimEnd().length);
  return added
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.slice(2, -2).split(" | "));
}

/** The column of codes. */
function cells(id: string): string {
  return table(id, "en")
    .map(([code]) => code)
    .join("\n");
}
