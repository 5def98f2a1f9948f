import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CodeSample, decorate, SAMPLES } from "../scripts/docs/content.ts";
import type { Language } from "../scripts/docs/words.ts";
import { callsOf, type Document, type Operation, readDocument } from "../scripts/lib/document.ts";
import { root } from "../scripts/lib/root.ts";

// What the rendered docs add to the bundle.

const bundle = readDocument();
const starts = ["CopyInstance", "CopyInstanceV1", "CreateManualBackup"];
const reads = ["ListBackupRecords", "ListBackupRecordsV1", "ListBackups", "ShowJobDetail"];
const operationIds = [...starts, ...reads];

describe("the tables of error codes", () => {
  test("have the codes of the service and of the gateway, with status, meaning, advice, and whether to ask again", () => {
    const [dds, gateway] = tables("CreateManualBackup", "en");
    expect(dds?.slice(0, 2)).toEqual([
      ["Status", "Code", "Meaning and what to do", "Ask again?"],
      Array(4).fill("---"),
    ]);
    expect(dds).toContainEqual(["403", "`DBS.280019`", "The account is in arrears. Top up the account.", "No"]);
    expect(gateway).toContainEqual([
      "429",
      "`APIGW.0308`",
      expect.stringMatching(/^Too many requests\. Wait /),
      "Later",
    ]);
    expect(gateway).toContainEqual(["504", "`APIGW.0201`", expect.any(String), "Look first"]);
    expect(codesIn("CreateManualBackup").filter((code) => /^(DCS|111)/.test(code))).toEqual([]);
  });

  test("have every code of the spec under some operation, but the gateway's second prefix, which is told in words", () => {
    const shown = new Set(operationIds.flatMap(codesIn));
    const known = Object.values(bundle["x-error-codes"]).flatMap((entries) => entries.flatMap(({ codes }) => codes));
    expect([...shown].sort()).toEqual([...new Set(known)].filter((code) => !code.startsWith("APIG.")).sort());
    expect(descriptionOf("CopyInstance", "en")).toContain("`APIG.` in place of `APIGW.`");
  });

  test("have each entry once, by status, and say how many there are", () => {
    for (const [index, service] of ["dds", "gateway"].entries()) {
      const rows = tables("CreateManualBackup", "en")[index]?.slice(2) ?? [];
      const entries = bundle["x-error-codes"][service]?.filter(({ calls }) => calls !== "reads") ?? [];
      expect(rows).toHaveLength(entries.length);
      const statuses = rows.map(([status]) => Number.parseInt(status ?? "", 10));
      expect(statuses).toEqual([...statuses].sort());
      expect(descriptionOf("CreateManualBackup", "en")).toMatch(
        new RegExp(`<summary>.*\\(${rows.length}\\)</summary>`),
      );
    }
  });

  test("show the codes of DCS as each version of its API writes them", () => {
    expect(codesIn("CopyInstance")).toContain("DCS.4096");
    expect(codesIn("CopyInstanceV1")).toContain("111400096");
    expect(codesIn("CopyInstance").filter((code) => /^111/.test(code))).toEqual([]);
    expect(codesIn("CopyInstanceV1").filter((code) => /^(DCS|CBC)/.test(code))).toEqual([]);
  });

  test("let nothing in a cell end it or begin a tag", () => {
    const document = structuredClone(bundle);
    document["x-error-codes"]["dds"]?.forEach((entry) => {
      entry.meaning = "Either | or <b>.";
    });
    const { description } = operationOf(decorate(document, "en"), "CreateManualBackup");
    expect(description).toContain("| Either \\| or &lt;b>. ");
  });

  test("of a read have the codes that a read is answered with, and never tell to look first", () => {
    const [dds, gateway] = tables("ListBackups", "en");
    expect(dds?.map(([, code]) => code)).toContain("`DBS.201214`, `DBS.201204`");
    expect(codesIn("ListBackups").filter((code) => /^DBS\.(200543|280277|280019)$/.test(code))).toEqual(["DBS.200543"]);
    expect(gateway).toContainEqual(["502, 504", "`APIGW.0201`", expect.stringMatching(/Ask again\.$/), "Later"]);
    expect(codesIn("ListBackupRecords")).toContain("DCS.5078");
    expect(codesIn("ListBackupRecordsV1")).toContain("111500078");
    expect(codesIn("CopyInstance")).not.toContain("DCS.5078");
    for (const id of reads) {
      expect(descriptionOf(id, "en")).toMatch(/starts nothing, so it may be repeated/);
      expect(tables(id, "en").flatMap((rows) => rows.map((row) => row.at(-1)))).not.toContain("Look first");
    }
  });

  test("have their own words in Chinese in the Chinese docs", () => {
    const chinese = readDocument("openapi.zh-CN.json");
    const { description } = operationOf(decorate(chinese, "zh-CN"), "CopyInstance");
    expect(description).toContain("**错误码**：");
    expect(description).toMatch(/<summary>DCS的错误码（\d+）<\/summary>/);
    expect(description).toContain("| 400 | `DCS.4096` | 该实例已有备份正在进行。请等待当前备份结束后重试。 | 稍后 |");
    expect(new Set([...description.matchAll(/ ([^ ]+) \|$/gm)].map(([, cell]) => cell))).toEqual(
      new Set(["可否重试", "---", "否", "稍后", "先查备份"]),
    );
  });

  test("follows what the bundle says about the operation", () => {
    const description = withoutLinks(descriptionOf("CopyInstance", "en"));
    expect(description.startsWith(originalOf("CopyInstance").trimEnd())).toBe(true);
  });
});

describe("code samples", () => {
  test.each(operationIds)("%s has one in every language, from its file", (id) => {
    const samples = (operationOf(decorate(bundle, "en"), id) as unknown as Record<string, CodeSample[]>)[
      "x-codeSamples"
    ];
    expect(samples?.map(({ label }) => label)).toEqual(["TypeScript", "curl", "Java", "Python", "Go"]);
    for (const [index, { end }] of SAMPLES.entries()) {
      const file = readFileSync(join(root, "spec/samples", id + end), "utf8");
      expect(samples?.[index]?.source).toBe(file);
    }
  });
});

test("the start page ends with what the security schemes say, a level lower", () => {
  for (const [name, language, ...titles] of [
    ["openapi.json", "en", "Signing with an access key", "Calling with a token"],
    ["openapi.zh-CN.json", "zh-CN", "使用访问密钥签名", "使用Token调用"],
  ] as const) {
    const document = readDocument(name);
    const { AkSkSignature, XAuthToken } = document.components.securitySchemes;
    const { description } = decorate(document, language).info;
    const added = withoutLinks(description).slice(document.info.description.length);
    const [, signing, token] = added.split(/^## .*$/m);
    expect(added.match(/^## .*$/gm)).toEqual(titles.map((title) => `## ${title}`));
    expect(signing?.trim().replace(/^###/gm, "##")).toBe(AkSkSignature?.description.trim());
    expect(signing?.match(/^### /gm)).toHaveLength(6);
    expect(token?.trim()).toBe(XAuthToken?.description.trim());
  }
});

describe("an operation that is named in code is a link to it", () => {
  test.each(operationIds)("%s, in the table of the overview", (id) => {
    const { service } = callsOf(bundle).find(({ operation }) => operation.operationId === id) ?? {};
    const link = `[\`${id}\`](#/${service}/${id.toLowerCase()}) |`;
    expect(decorate(bundle, "en").info.description).toContain(link);
  });

  test("also in other operations and in fields; a field that is called as none stays as it is", () => {
    expect(descriptionOf("CreateManualBackup", "en")).toContain("[`ShowJobDetail`](#/dds/showjobdetail)");
    const { properties = {} } = decorate(bundle, "en").components.schemas["DdsBackup"] ?? {};
    expect(properties["id"]?.description).toContain("[`CreateManualBackup`](#/dds/createmanualbackup)");
    expect(properties["end_time"]?.description).toContain(" `status` is");
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

function operationOf(document: Document, id: string): Operation {
  const call = callsOf(document).find(({ operation }) => operation.operationId === id);
  if (!call) {
    throw new Error(`no ${id} in the document`);
  }
  return call.operation;
}

const withoutLinks = (text: string): string => text.replace(/\[(`\w+`)\]\(#[^)]*\)/g, "$1");

const originalOf = (id: string): string => operationOf(bundle, id).description;

const descriptionOf = (id: string, language: Language): string =>
  operationOf(decorate(bundle, language), id).description;

/** The tables of an operation, first the service's and then the gateway's: rows of cells, head and rule included. */
function tables(id: string, language: Language): string[][][] {
  const parts = descriptionOf(id, language).split("<summary>").slice(1);
  return parts.map((part) =>
    part
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .map((line) => line.slice(2, -2).split(" | ")),
  );
}

function codesIn(id: string): string[] {
  const column = tables(id, "en").flatMap((rows) => rows.map(([, codes = ""]) => codes));
  return [...column.join().matchAll(/`([\w.]+)`/g)].map(([, code = ""]) => code);
}
