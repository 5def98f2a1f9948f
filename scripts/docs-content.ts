/** What the rendered docs show beyond the bundle: on each operation the table of its error codes and the samples of `spec/samples/`. */
import { readFileSync } from "node:fs";
import { type Document, type ErrorCode, type Operation, serviceOf } from "./document.ts";

export type Language = "en" | "zh-CN";

export interface CodeSample {
  /** Picks the highlighting. */
  lang: string;
  /** Names the tab. */
  label: string;
  source: string;
}

/** The samples of an operation in the order of their tabs, by the end of the file's name in `spec/samples/`. */
export const SAMPLES: readonly { end: string; lang: string; label: string }[] = [
  { end: ".ts", lang: "TypeScript", label: "TypeScript" },
  { end: ".sh", lang: "Shell", label: "curl" },
  { end: ".java", lang: "Java", label: "Java" },
  { end: ".py", lang: "Python", label: "Python" },
  { end: ".go", lang: "Go", label: "Go" },
];

const WORDS = {
  en: {
    title: "Error codes",
    intro: "Of the service and of the gateway in front of it. Decide by the status first and by the code second.",
    columns: ["Code", "Status", "Meaning", "Ask again?", "What to do"],
    retry: { never: "No", later: "Yes, later", unknown: "Only after a look at the backups" },
    between: ", ",
  },
  "zh-CN": {
    title: "错误码",
    intro: "包括服务自身和前置网关返回的错误码。请先看状态码，再看错误码。",
    columns: ["错误码", "状态码", "含义", "可否重试", "处理方法"],
    retry: { never: "否", later: "可稍后重试", unknown: "先查询备份列表，再决定" },
    between: "、",
  },
} as const;

/** A copy of the bundle for a renderer. The keys that only our own tools read are gone from it. */
export function decorate(document: Document, language: Language): Document {
  const { "x-error-codes": errorCodes, ...shown } = structuredClone(document);
  for (const [path, item] of Object.entries(shown.paths)) {
    const entries = [...(errorCodes[serviceOf(item)] ?? []), ...(errorCodes["gateway"] ?? [])];
    const operation: Operation & { "x-codeSamples"?: CodeSample[] } = item.post;
    operation.description = `${operation.description.trimEnd()}\n\n${errorTable(entriesAt(path, entries), language)}`;
    operation["x-codeSamples"] = readSamples(operation.operationId);
    for (const server of item.servers ?? []) delete server["x-signing"];
  }
  return shown as Document;
}

/** The entries with the codes that a path answers with: DCS v1.0 writes all digits, and only it does. */
function entriesAt(path: string, entries: ErrorCode[]): ErrorCode[] {
  const isV1 = path.startsWith("/v1");
  const appears = (code: string) => /^APIGW?\./.test(code) || /^\d+$/.test(code) === isV1;
  return entries
    .map((entry) => ({ ...entry, codes: entry.codes.filter(appears) }))
    .filter(({ codes }) => codes.length > 0);
}

function errorTable(entries: ErrorCode[], language: Language): string {
  const { title, intro, columns, retry, between } = WORDS[language];
  const rows = entries.map((entry) => [
    entry.codes.map((code) => `\`${code}\``).join(between),
    entry.status.join(between),
    entry.meaning,
    retry[entry.retry],
    entry.advice,
  ]);
  const lines = [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.map(inCell).join(" | ")} |`);
  return `### ${title}\n\n${intro}\n\n${lines.join("\n")}\n`;
}

function inCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function readSamples(operationId: string): CodeSample[] {
  return SAMPLES.map(({ end, lang, label }) => ({
    lang,
    label,
    source: readFileSync(new URL(`../spec/samples/${operationId}${end}`, import.meta.url), "utf8"),
  }));
}
