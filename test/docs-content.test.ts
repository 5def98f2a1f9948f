/** What the rendered docs show beyond the bundle. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { decorate, type ShownOperation } from "../scripts/docs/content.ts";
import { nameHeadings } from "../scripts/docs/headings.ts";
import { commentsOf, SAMPLES } from "../scripts/docs/samples.ts";
import type { Language } from "../scripts/docs/words.ts";
import { callsOf, type Document, entriesFor, readDocument } from "../scripts/lib/document.ts";
import { manifest } from "../scripts/lib/manifest.ts";
import { root } from "../scripts/lib/root.ts";

const bundle = readDocument();
const idsOf = (method: string) =>
  callsOf(bundle).flatMap((call) => (call.method === method ? [call.operation.operationId] : []));
const reads = idsOf("get");
const operationIds = [...idsOf("post"), ...reads];

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
      expect.stringMatching(
        /^Too many requests: throttling, because the quota of requests for a span of time is used up\. Wait /,
      ),
      "Later",
    ]);
    expect(gateway).toContainEqual(["504", "`APIGW.0201`", expect.any(String), "Look first"]);
    expect(codesIn("CreateManualBackup").filter((code) => /^(DCS|111)/.test(code))).toEqual([]);
  });

  test("have every code of the spec under some operation, but the gateway's second prefix, which is told in words", () => {
    const shown = new Set(operationIds.flatMap(codesIn));
    const known = Object.values(bundle["x-error-codes"]).flatMap((entries) => entries.flatMap(({ codes }) => codes));
    expect([...shown].sort()).toEqual([...new Set(known)].filter((code) => !code.startsWith("APIG.")).sort());
    expect(errorsOf("CopyInstance", "en")).toContain("`APIG.` in place of `APIGW.`");
  });

  test("have each entry once, by status", () => {
    for (const [index, service] of ["dds", "gateway"].entries()) {
      const rows = tables("CreateManualBackup", "en")[index]?.slice(2) ?? [];
      const entries = bundle["x-error-codes"][service]?.filter(({ calls }) => calls !== "reads") ?? [];
      expect(rows).toHaveLength(entries.length);
      const statuses = rows.map(([status]) => Number.parseInt(status ?? "", 10));
      expect(statuses).toEqual([...statuses].sort());
    }
  });

  test("give each code an address, which has its status and is the same in both languages", () => {
    const linksIn = (id: string, language: Language) =>
      [...errorsOf(id, language).matchAll(/\[`([^`]+)`\]\(#([^)]+)\)/g)].map(([, code, address]) => [code, address]);
    for (const id of operationIds) {
      const links = linksIn(id, "en");
      expect(links.map(([code]) => code)).toEqual(codesIn(id));
      expect(new Set(links.map(([, address]) => address)).size).toBe(links.length);
      expect(linksIn(id, "zh-CN")).toEqual(links);
    }
    const links = linksIn("CreateManualBackup", "en");
    const inside = "/dds/createmanualbackup#dds/createmanualbackup/error-codes";
    expect(links).toContainEqual(["DBS.280019", `${inside}/403/dbs.280019`]);
    expect(links).toContainEqual(["APIGW.0201", `${inside}/400/apigw.0201`]);
    expect(links).toContainEqual(["APIGW.0201", `${inside}/504/apigw.0201`]);
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
    const { "x-error-section": errors } = operationOf(decorate(document, "en"), "CreateManualBackup");
    expect(errors).toContain("| Either \\| or &lt;b>. ");
  });

  test("of a read have the codes that a read is answered with, and never tell to look first", () => {
    const [dds, gateway] = tables("ListBackups", "en");
    expect(dds?.map(([, code]) => code)).toContain("`DBS.201214`, `DBS.201204`");
    const particular = /^DBS\.(200543|280439|280277|280019)$/;
    expect(codesIn("ListBackups").filter((code) => particular.test(code))).toEqual(["DBS.280439"]);
    expect(codesIn("ShowJobDetail").filter((code) => particular.test(code))).toEqual(["DBS.200543"]);
    expect(gateway).toContainEqual(["502, 504", "`APIGW.0201`", expect.stringMatching(/Ask again\.$/), "Later"]);
    expect(codesIn("ListBackupRecords")).toContain("DCS.5078");
    expect(codesIn("ListBackupRecordsV1")).toContain("111500078");
    expect(codesIn("CopyInstance")).not.toContain("DCS.5078");
    for (const id of reads) {
      expect(errorsOf(id, "en")).toMatch(/starts nothing, so it may be repeated/);
      expect(tables(id, "en").flatMap((rows) => rows.map((row) => row.at(-1)))).not.toContain("Look first");
    }
  });

  test("are not guessed for a read of another kind", () => {
    expect(() => entriesFor({ path: "/v2/{project_id}/instances/{instance_id}", method: "get" })).toThrow(
      "GET /v2/{project_id}/instances/{instance_id}: tell kindOfRead in scripts/lib/document.ts",
    );
  });

  test("have their own words in Chinese in the Chinese docs", () => {
    const errors = withoutLinks(errorsOf("CopyInstance", "zh-CN"));
    expect(errors).toContain("**DCS的错误码**");
    expect(errors).toContain("**API网关的错误码**");
    expect(errors).toContain("| 400 | `DCS.4096` | 该实例已有备份正在进行。请等待当前备份结束后重试。 | 稍后 |");
    expect(new Set([...errors.matchAll(/ ([^ ]+) \|$/gm)].map(([, cell]) => cell))).toEqual(
      new Set(["可否重试", "---", "否", "稍后", "先查备份"]),
    );
  });
});

describe("the description of an operation", () => {
  test.each(operationIds)(
    "%s leads to authentication, hosts and its own error codes, after its first paragraph",
    (id) => {
      const { tags, description } = shown(id, "en");
      const [first, links, ...rest] = description.split("\n\n").map(withoutLinks);
      expect([first, ...rest].join("\n\n")).toBe(operationOf(bundle, id).description.trimEnd());
      const address = `${tags[0]}/${id}`.toLowerCase();
      expect([...(links ?? "").matchAll(/\(#([^)]+)\)/g)].map(([, target]) => target)).toEqual([
        "/section/authentication",
        "/section/regions-and-hosts",
        `/${address}#${address}/error-codes`,
      ]);
    },
  );

  test("leads to the calls that it names, by method and path as well, but not to itself", () => {
    const document = structuredClone(bundle);
    document.info.description += "\nAsk `GET /v3/{project_id}/jobs?id={job_id}`.";
    operationOf(document, "CopyInstance").description += "\nAfter `CopyInstance` ask `ListBackupRecords` again.";
    const linked = decorate(document, "en");
    expect(linked.info.description).toContain("Ask [`GET /v3/{project_id}/jobs?id={job_id}`](#/dds/showjobdetail).");
    expect(operationOf(linked, "CopyInstance").description).toContain(
      "After `CopyInstance` ask [`ListBackupRecords`](#/dcs/listbackuprecords) again.",
    );
    expect(shown("CopyInstance", "en").description).not.toContain("](#/dcs/copyinstance)");
    expect(shown("CreateManualBackup", "en").description).toContain("[`ShowJobDetail`](#/dds/showjobdetail)");
    const { properties = {} } = decorated("en").components.schemas["DdsBackup"] ?? {};
    expect(properties["id"]?.description).toContain("[`CreateManualBackup`](#/dds/createmanualbackup)");
    expect(properties["end_time"]?.description).toContain(" `status` is");
    expect(shown("CopyInstanceV1", "en").description).toContain("Use [`CopyInstance`](#/dcs/copyinstance) instead");
  });
});

test("the overview's table leads to the calls", () => {
  for (const language of ["en", "zh-CN"] as const) {
    const { description } = decorated(language).info;
    for (const id of operationIds) {
      expect(description).toMatch(new RegExp(`^\\|.*\\[\`${id}\`\\]\\(#/d[cd]s/${id.toLowerCase()}\\)`, "m"));
    }
  }
});

test("each service has its hosts, with every region of the spec, and has no other service's", () => {
  for (const language of ["en", "zh-CN"] as const) {
    for (const { name, description = "" } of decorated(language).tags) {
      const servers = bundle.servers.filter(({ url }) => url.startsWith(`https://${name.toLowerCase()}.`));
      const rows = description.split("\n").filter((line) => line.startsWith("| `"));
      expect(rows.map((row) => row.match(/(?<=`)[^` ]+(?=`)/g))).toEqual(
        servers.map(({ url, variables }) => [url, ...(variables?.region?.enum ?? [])]),
      );
      expect(rows.length).toBeGreaterThan(1);
    }
  }
});

test("a heading has its English name in the address, and a comment in code is no heading", () => {
  const code = "```sh\n# a comment\n```";
  const chinese = { description: `## 标题\n${code}\n### 小标题` };
  nameHeadings(chinese, { description: `## A heading\n${code}\n### Another` });
  const [above, below] = ["section/a-heading", "section/a-heading/another"];
  expect(chinese.description).toBe(`## 标题 {% id="${above}" %}\n${code}\n### 小标题 {% id="${below}" %}`);
});

test("a heading that a text names, in either language, is a link to it", () => {
  const english = { description: "See *A heading*, not *another*.\n## A heading" };
  const chinese = { description: "见“标题”，而非“另一个”。\n## 标题" };
  nameHeadings(chinese, english);
  nameHeadings(english, structuredClone(english));
  expect(english.description).toMatch(/^See \[A heading\]\(#\/section\/a-heading\), not \*another\*\.\n/);
  expect(chinese.description).toMatch(/^见“\[标题\]\(#\/section\/a-heading\)”，而非“另一个”。\n/);
});

test("a text with other headings than the English fails the build", () => {
  const name = () => nameHeadings({ description: "## 一\n## 二" }, { description: "## One" });
  expect(name).toThrow("2 headings where the original has 1");
});

test("the heading of a call has no section in its address", () => {
  const item = { paths: { "/v3": { post: { description: "## A heading" } } } };
  nameHeadings(item, structuredClone(item));
  expect(item.paths["/v3"].post.description).toBe('## A heading {% id="a-heading" %}');
});

test("the overview tells the version of the document from that of the package", () => {
  const { title, version: shownVersion, description } = decorated("en").info;
  expect([title, shownVersion]).toEqual([bundle.info.title, ""]);
  const [before = ""] = description.split(/^## /m);
  expect(before).toContain(`version ${bundle.info.version} of the API description`);
  expect(before).toContain(manifest.version);
});

describe("code samples", () => {
  // Those for curl share the lines that sign; a reader gets all in one.
  const readSample = (name: string) => {
    const read = (name: string) => readFileSync(join(root, "spec/samples", name), "utf8");
    return read(name).replace('. "$(dirname "$0")/sign.sh"\n', () => read("sign.sh"));
  };

  test.each(operationIds)("%s has one in every language, from its file", (id) => {
    const { "x-codeSamples": samples } = shown(id, "en");
    expect(samples?.map(({ label }) => label)).toEqual(["TypeScript", "curl", "Java", "Python", "Go"]);
    for (const [index, { end }] of SAMPLES.entries()) {
      expect(samples?.[index]?.source).toBe(readSample(id + end));
    }
  });

  test.each(operationIds)("%s is the same program in the Chinese docs, with Chinese comments", (id) => {
    for (const [index, { source }] of shown(id, "en")["x-codeSamples"].entries()) {
      const translated = shown(id, "zh-CN")["x-codeSamples"][index]?.source ?? "";
      const [before, after] = [commentsOf(source), commentsOf(translated)];
      expect(after).toHaveLength(before.length);
      const without = (text: string, comments: string[]) =>
        comments.reduce((rest, comment) => rest.replace(comment, ""), text);
      expect(without(translated, after)).toBe(without(source, before));
      expect(after.filter((comment) => !/\p{Script=Han}/u.test(comment) && comment !== "Open Telekom Cloud")).toEqual(
        [],
      );
    }
  });

  test("every comment that is translated stands in a sample", () => {
    const locale: object = parse(readFileSync(join(root, "spec/locales/samples.zh-CN.yaml"), "utf8"));
    const used = new Set(
      operationIds.flatMap((id) => shown(id, "en")["x-codeSamples"].flatMap(({ source }) => commentsOf(source))),
    );
    expect(Object.keys(locale).filter((comment) => !used.has(comment))).toEqual([]);
  });
});

test("the start page ends with what the security schemes say, a level lower", () => {
  for (const [name, language, ...titles] of [
    ["openapi.json", "en", "Signing with an access key", "Calling with a token"],
    ["openapi.zh-CN.json", "zh-CN", "使用访问密钥签名", "使用Token调用"],
  ] as const) {
    const document = readDocument(name);
    const { AkSkSignature, XAuthToken } = document.components.securitySchemes;
    const sections = decorate(document, language).info.description.split(/^## (.*)\n/m);
    const [firstTitle, signing, secondTitle, token] = sections.slice(-4);
    expect([firstTitle, secondTitle]).toEqual(titles);
    expect(signing?.trim().replace(/^###/gm, "##")).toBe(AkSkSignature?.description.trim());
    expect(signing?.match(/^### /gm)).toHaveLength(6);
    expect(token?.trim()).toBe(XAuthToken?.description.trim());
  }
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

function decorated(language: Language): Document {
  return decorate(language === "en" ? bundle : readDocument("openapi.zh-CN.json"), language);
}

const shown = (id: string, language: Language): ShownOperation => operationOf(decorated(language), id);

const errorsOf = (id: string, language: Language): string => shown(id, language)["x-error-section"];

function operationOf(document: Document, id: string): ShownOperation {
  const call = callsOf(document).find(({ operation }) => operation.operationId === id);
  if (!call) {
    throw new Error(`no ${id} in the document`);
  }
  return call.operation as ShownOperation;
}

const withoutLinks = (text: string): string => text.replaceAll(/\[(`[^`]+`)\]\([^)]+\)/g, "$1");

/** The tables of an operation, first the service's and then the gateway's: rows of cells, head and rule included. */
function tables(id: string, language: Language): string[][][] {
  const parts = errorsOf(id, language)
    .split("\n\n")
    .filter((part) => part.startsWith("| "));
  return parts.map((part) =>
    withoutLinks(part)
      .split("\n")
      .map((line) => line.slice(2, -2).split(" | ")),
  );
}

function codesIn(id: string): string[] {
  const column = tables(id, "en").flatMap((rows) => rows.map(([, codes = ""]) => codes));
  return [...column.join().matchAll(/`([\w.]+)`/g)].map(([, code = ""]) => code);
}
