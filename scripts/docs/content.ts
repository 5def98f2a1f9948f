/** What the rendered docs show beyond the bundle: on each operation its error codes and the samples of `spec/samples/`, and links. */
import {
  type Call,
  callsOf,
  type Document,
  type ErrorCode,
  entriesFor,
  type Operation,
  type Server,
  serversOf,
} from "../lib/document.ts";
import { manifest } from "../lib/manifest.ts";
import { errorAddressOf, errorRowOf, linkNames, targetsOf } from "./links.ts";
import { type CodeSample, readSamples } from "./samples.ts";
import { type Language, WORDS, type Words } from "./words.ts";

/** An operation as the renderers get it. */
export interface ShownOperation extends Operation {
  "x-codeSamples": CodeSample[];
  /** Markdown that comes after the answers. */
  "x-error-section": string;
}

/** A copy of the bundle for the renderers. The keys that only our own tools read are gone from it. */
export function decorate(document: Document, language: Language): Document {
  const { "x-error-codes": errorCodes, servers: _, ...shown } = structuredClone(document);
  const words = WORDS[language];
  const calls = callsOf(shown);
  const { info } = shown;
  const overview = withVersions(info.description, words.versions(info.version, manifest.version));
  info.description = overview + authentication(document, words);
  // Redoc would put it into the title, where it looks like the version of the package.
  info.version = "";
  for (const call of calls) {
    const { item, operation, service } = call;
    Object.assign(operation, {
      description: withLinks(operation.description, words.before(`#${errorAddressOf(call)}`)),
      "x-codeSamples": readSamples(operation.operationId, language),
      "x-error-section": errorSection(call, errorCodes, words),
    } satisfies Partial<ShownOperation>);
    // The page would show every call under the hosts of both services.
    Object.assign(item, { servers: serversOf(document, service).map(({ "x-signing": _, ...server }) => server) });
  }
  for (const tag of shown.tags) {
    tag.description = [tag.description, ...hosts(serversOf(document, tag.name.toLowerCase()), words)].join("\n\n");
  }
  linkNames(shown, targetsOf(calls));
  return shown as Document;
}

/** After what stands before the first heading. */
function withVersions(text: string, versions: string): string {
  const end = text.search(/^## /m);
  return `${text.slice(0, end)}${versions}\n\n${text.slice(end)}`;
}

/** After the first paragraph, which says what the call does. */
function withLinks(text: string, links: string): string {
  const [first, ...rest] = text.trimEnd().split("\n\n");
  return [first, links, ...rest].join("\n\n");
}

/** What the security schemes say, as sections of the start page: Redoc shows it in a window of an operation alone, which has no address. */
function authentication({ components }: Document, words: Words): string {
  const sections = Object.entries(words.tables.schemes).map(([name, title]) => {
    const description = components.securitySchemes[name]?.description ?? "";
    return `\n## ${title}\n\n${description.replace(/^(?=##+ )/gm, "#")}`;
  });
  return sections.join("");
}

function errorSection(call: Call, codes: Document["x-error-codes"], words: Words): string {
  const { tables } = words;
  // The gateway's two prefixes would make each row twice as high.
  const gateway = entriesFor(call, codes["gateway"]).map((entry) => ({
    ...entry,
    codes: entry.codes.filter((code) => code.startsWith("APIGW.")),
  }));
  return [
    call.method === "post" ? tables.intro : tables.introOfReads,
    tables.service(call.service.toUpperCase()),
    table(call, entriesFor(call, codes[call.service]), words),
    tables.gateway,
    table(call, gateway, words),
  ].join("\n\n");
}

/** Each code leads to itself, so that its address can be copied. */
function table(call: Call, entries: ErrorCode[], { tables: { columns, retry, comma, space } }: Words): string {
  const first = ({ status: [lowest = 0] }: ErrorCode): number => lowest;
  const byStatus = [...entries].sort((a, b) => first(a) - first(b));
  const rows = byStatus.map((entry) => [
    entry.status.join(comma),
    entry.codes.map((code) => `[\`${code}\`](#${errorRowOf(call, first(entry), code)})`).join(comma),
    `${entry.meaning}${space}${entry.advice}`,
    retry[entry.retry],
  ]);
  return tableOf(columns, rows);
}

/** Redoc has no place that shows the regions of a host. */
function hosts(servers: Server[], { plain: { hosts: title, hostColumns } }: Words): string[] {
  const rows = servers.map(({ url, description, variables }) => [
    `\`${url}\``,
    description,
    (variables?.region?.enum ?? []).map((region) => `\`${region}\``).join(" "),
  ]);
  return rows.length > 0 ? [`**${title}**`, tableOf(hostColumns, rows)] : [];
}

function tableOf(columns: readonly string[], rows: string[][]): string {
  return [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.map(inCell).join(" | ")} |`).join("\n");
}

function inCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
