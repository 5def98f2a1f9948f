/** The docs as plain HTML: on paper, without JavaScript, and before Redoc has rendered. */
import { describe, expect, test } from "vitest";
import { prepare } from "../scripts/docs/build.ts";
import type { ShownOperation } from "../scripts/docs/content.ts";
import { escapeHtml, markdown } from "../scripts/docs/html.ts";
import { addressOf } from "../scripts/docs/links.ts";
import { joinLines } from "../scripts/docs/paragraphs.ts";
import { renderPlain } from "../scripts/docs/plain.ts";
import { describeType, fieldsOf } from "../scripts/docs/schema.ts";
import { LANGUAGES, WORDS } from "../scripts/docs/words.ts";
import { callsOf, type Schema } from "../scripts/lib/document.ts";
import { bare, textsOf, withoutMarks } from "./docs-texts.ts";

describe.each(LANGUAGES)("the plain page in %s", (language) => {
  const document = prepare(language);
  const html = renderPlain(document, language);
  const text = bare(textOf(html));
  const ids = idsOf(html);

  test("has no place twice, and leads to none that it does not have", () => {
    expect(ids).toEqual([...new Set(ids)]);
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(100);
    expect(targets.filter((target) => !ids.includes(target ?? ""))).toEqual([]);
  });

  test("has each error code at the place that it leads to", () => {
    for (const { operation } of callsOf(document)) {
      const { "x-error-section": errors } = operation as ShownOperation;
      const addresses = [...errors.matchAll(/\(#([^)]+\/error-codes\/[^)]+)\)/g)].map(([, address]) => address);
      expect(addresses.length).toBeGreaterThan(20);
      const missing = addresses.filter((address) => !html.includes(`<a id="${address}" href="#${address}"><code>`));
      expect(missing).toEqual([]);
    }
  });

  test("holds every text of the document", () => {
    const texts = textsOf(language);
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.filter((paragraph) => !text.includes(bare(withoutMarks(paragraph))))).toEqual([]);
  });

  test("holds every error code, every example and every sample", () => {
    for (const { operation } of callsOf(document)) {
      const { "x-error-section": errors, "x-codeSamples": samples } = operation as ShownOperation;
      const codes = [...errors.matchAll(/`([A-Z]+\.\d+|\d{9})`/g)].map(([, code]) => code);
      expect(codes.length).toBeGreaterThan(20);
      const parts = [...codes, ...samples.map(({ source }) => source)];
      expect(parts.filter((part = "") => !text.includes(bare(part)))).toEqual([]);
    }
    const examples = Object.values(document.components.examples).map(({ value }) => JSON.stringify(value, null, 2));
    expect(examples.filter((example) => !text.includes(bare(example)))).toEqual([]);
  });

  test("has a heading above the samples of each call, and one above each sample", () => {
    const { samples } = WORDS[language].plain;
    for (const call of callsOf(document)) {
      const [, after = ""] = html.split(`<h3 id="${addressOf(call)}">`);
      const [section = ""] = after.split(/<h[23]\b/);
      const titles = [...section.matchAll(/<h[45].*?>(.*?)<\/h[45]>/g)].map(([, title]) => title);
      const labels = (call.operation as ShownOperation)["x-codeSamples"].map(({ label }) => label);
      expect(titles.slice(-labels.length - 1), call.operation.operationId).toEqual([samples, ...labels]);
    }
  });

  test("marks the calls that are deprecated, and what must be given", () => {
    const { deprecated, required } = WORDS[language].plain;
    for (const { operation } of callsOf(document)) {
      const heading = `${escapeHtml(operation.summary)}${deprecated}</h3>`;
      expect(html.includes(heading), operation.operationId).toBe(operation.deprecated === true);
    }
    expect(html).toContain(`<code>instance_id</code> <small>${required}</small></td>`);
    expect(html).toContain("<code>limit</code></td>");
  });

  test("tells the type and the limits of each field that is sent", () => {
    const { plain: words } = WORDS[language];
    for (const body of ["BackupInstanceBody", "CreateManualBackupRequestBody"]) {
      const fields = fieldsOf(document, { $ref: `#/components/schemas/${body}` });
      expect(fields.length).toBeGreaterThan(1);
      for (const { path, schema } of fields) {
        const [name, type] = words.fieldColumns;
        const cell = `<td data-label="${name}"><code>${path}</code>`;
        const rows = html.split(/<tr.*?>/).filter((row) => row.startsWith(cell));
        const told = `<td data-label="${type}">${describeType(document, schema, words)}</td>`;
        expect(rows.filter((row) => row.includes(told)).length, path).toBeGreaterThan(0);
      }
    }
  });

  test("begins with the title, and has the calls first in its contents", () => {
    const [contents = "", article = ""] = html.split("</nav>");
    expect(article.trim()).toMatch(/^<article id="text" tabindex="-1">\n<h1>/);
    const items = [...contents.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(items[0]).toBe("/dcs");
    const addresses = callsOf(document).map(addressOf);
    const calls = items.filter((item = "") => addresses.includes(item) || item === "/dds");
    const isOf = (service: string) => (address: string) => address.startsWith(`/${service}/`);
    expect(calls).toEqual([...addresses.filter(isOf("dcs")), "/dds", ...addresses.filter(isOf("dds"))]);
    expect(items.indexOf("/section/a-first-call")).toBeGreaterThan(items.indexOf("/dds/createmanualbackup"));
  });
});

test.each<[Schema, string]>([
  [{ type: "string", minLength: 4, maxLength: 64 }, "string<br>4 to 64 characters"],
  [{ type: "string", minLength: 1 }, "string<br>not empty"],
  [
    { type: "string", maxLength: 128, pattern: "^a<" },
    "string<br>at most 128 characters<br>pattern <code>^a&lt;</code>",
  ],
  [
    { type: "string", enum: ["aof", "rdb"], default: "rdb" },
    "string<br>one of <code>aof</code> <code>rdb</code><br>default <code>rdb</code>",
  ],
  [
    { type: "integer", format: "int32", minimum: 0, default: 0 },
    "integer (int32)<br>at least 0<br>default <code>0</code>",
  ],
  [{ type: "integer", minimum: 1, maximum: 1000 }, "integer<br>1 to 1000"],
  [{ type: "integer", maximum: 9 }, "integer<br>at most 9"],
  [{ type: ["string", "null"] }, "string or null"],
  [{ type: "array", items: { $ref: "#/components/schemas/DdsBackup" } }, "list of object"],
  [{}, "object"],
])("of %j the plain page tells %s", (schema, told) => {
  expect(describeType(prepare("en"), schema, WORDS.en.plain)).toBe(told);
});

test("the fields of an object in a body stand below it, with their path", () => {
  const fields = fieldsOf(prepare("en"), { $ref: "#/components/schemas/ListBackupsResponse" });
  const [list] = fields.filter(({ path }) => path === "backups");
  expect(fields.map(({ path }) => path)).toEqual(expect.arrayContaining(["backups[].id", "backups[].datastore.type"]));
  expect(list?.schema.type).toBe("array");
  const body = fieldsOf(prepare("en"), { $ref: "#/components/schemas/CreateManualBackupRequestBody" });
  const required = body.filter((field) => field.required).map(({ path }) => path);
  expect(required).toEqual(["backup", "backup.instance_id", "backup.name"]);
});

test("every place of the plain pages has the same address in both languages", () => {
  const [en, zh] = LANGUAGES.map((language) => idsOf(renderPlain(prepare(language), language)));
  expect(zh).toEqual(en);
});

test("on the Chinese page, Chinese stands next to no half-width punctuation", () => {
  const texts = renderPlain(prepare("zh-CN"), "zh-CN").split(/<(?:pre|code)\b.*?<\/(?:pre|code)>|<[^>]+>/s);
  expect(texts.filter((text) => /\p{Script=Han}/u.test(text)).length).toBeGreaterThan(300);
  expect(texts.filter((text) => /\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}/u.test(text))).toEqual([]);
});

test("each paragraph is one line for the search, which drops the line breaks", () => {
  const { description } = prepare("en").info;
  expect(description).toContain("from a deploy pipeline");
  expect(description).toMatch(/^ {3}export CLOUD_SDK_AK=…\n {3}export CLOUD_SDK_SK=…$/m);
});

test("joining lines changes nothing that a reader sees", () => {
  const text =
    "# One\ntwo\nthree\n\n1. four\n   five\n2. six\n\n   ```sh\n   a\n   b\n   ```\n\n| c |\n|---|\n| d |\n\n- e\n  f\n- g\n\nh\n401. i";
  const node = { description: text };
  joinLines(node);
  expect(node.description).toContain("two three");
  expect(node.description).toContain("1. four five\n2. six");
  expect(node.description).toContain("h 401. i");
  expect(markdown(node.description).replaceAll(/\s+/g, " ")).toBe(markdown(text).replaceAll(/\s+/g, " "));
});

test("nothing in the spec's texts becomes HTML on the plain page", () => {
  const document = prepare("en");
  for (const { operation } of callsOf(document)) {
    operation.summary = 'A <b>"summary" & more';
  }
  expect(renderPlain(document, "en")).toContain(">A &lt;b>&quot;summary&quot; &amp; more</h3>");
});

const idsOf = (html: string): string[] => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);

function textOf(html: string): string {
  const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
  return html.replace(/<[^>]+>/g, "").replace(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity);
}
