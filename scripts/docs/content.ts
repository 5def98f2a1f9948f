/** What the rendered docs show beyond the bundle: on each operation the table of its error codes and the samples of `spec/samples/`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Call,
  callsOf,
  type Document,
  type ErrorCode,
  entriesFor,
  type Operation,
  serversOf,
} from "../lib/document.ts";
import { root } from "../lib/root.ts";
import { type Language, WORDS } from "./words.ts";

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

/** A copy of the bundle for a renderer. The keys that only our own tools read are gone from it. */
export function decorate(document: Document, language: Language): Document {
  const { "x-error-codes": errorCodes, servers: _, ...shown } = structuredClone(document);
  shown.info.description += authentication(document, language);
  for (const call of callsOf(shown)) {
    const operation: Operation & { "x-codeSamples"?: CodeSample[] } = call.operation;
    operation.description = `${operation.description.trimEnd()}\n\n${errorSection(call, errorCodes, language)}`;
    operation["x-codeSamples"] = readSamples(operation.operationId);
    // The page would show every call under the hosts of both services.
    Object.assign(call.item, {
      servers: serversOf(document, call.service).map(({ "x-signing": _, ...server }) => server),
    });
  }
  linkOperations(shown, addressesOf(document));
  return shown as Document;
}

/** Where the page shows each operation, in Redoc's form. */
function addressesOf(document: Document): Map<string, string> {
  return new Map(
    callsOf(document).map(({ service, operation: { operationId } }) => [
      operationId,
      `#/${service}/${operationId.toLowerCase()}`,
    ]),
  );
}

/** Makes a link of every operation's name that stands as code in a description. */
function linkOperations(node: unknown, addresses: ReadonlyMap<string, string>): void {
  if (typeof node !== "object" || node === null) {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === "description" && typeof value === "string") {
      const linked = value.replace(/(?<![`[])`(\w+)`/g, (code, name) => {
        const address = addresses.get(name);
        return address ? `[${code}](${address})` : code;
      });
      Object.assign(node, { [key]: linked });
    } else {
      linkOperations(value, addresses);
    }
  }
}

/** What the security schemes say, as sections of the start page: the renderer shows it in a window of an operation alone, which has no address. */
function authentication({ components }: Document, language: Language): string {
  const sections = Object.entries(WORDS[language].tables.schemes).map(([name, title]) => {
    const description = components.securitySchemes[name]?.description ?? "";
    return `\n## ${title}\n\n${description.replace(/^(?=##+ )/gm, "#")}`;
  });
  return sections.join("");
}

/** Folded up, since the tables are long and the parameters come after them. */
function errorSection(call: Call, codes: Document["x-error-codes"], language: Language): string {
  const words = WORDS[language].tables;
  const service = entriesFor(call, codes[call.service]);
  // The gateway's two prefixes would make each row twice as high.
  const gateway = entriesFor(call, codes["gateway"]).map((entry) => ({
    ...entry,
    codes: entry.codes.filter(isPlatform),
  }));
  return [
    call.method === "post" ? words.intro : words.introOfReads,
    ...folded(words.service(call.service.toUpperCase(), service.length), [table(service, language)]),
    ...folded(words.gateway(gateway.length), [words.prefixes, table(gateway, language)]),
  ].join("\n\n");
}

const isPlatform = (code: string): boolean => code.startsWith("APIGW.");

/** In Markdown, what stands between blank lines inside of HTML is Markdown again. */
function folded(title: string, content: string[]): string[] {
  return ["<details>", `<summary>${title}</summary>`, ...content, "</details>"];
}

function table(entries: ErrorCode[], language: Language): string {
  const { columns, retry, comma, space } = WORDS[language].tables;
  const byStatus = [...entries].sort((a, b) => (a.status[0] ?? 0) - (b.status[0] ?? 0));
  const rows = byStatus.map((entry) => [
    entry.status.join(comma),
    entry.codes.map((code) => `\`${code}\``).join(comma),
    `${entry.meaning}${space}${entry.advice}`,
    retry[entry.retry],
  ]);
  return [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.map(inCell).join(" | ")} |`).join("\n");
}

function inCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function readSamples(operationId: string): CodeSample[] {
  return SAMPLES.map(({ end, lang, label }) => ({
    lang,
    label,
    source: readFileSync(join(root, "spec/samples", operationId + end), "utf8"),
  }));
}
