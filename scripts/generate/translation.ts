/**
 * Checks that an OpenAPI Overlay translates a document: wholly, and nothing but its prose. The tools that apply an overlay pass over
 * a target that matches nothing, and over all that has no translation.
 */
import { createHash } from "node:crypto";
import { parseDocument, type Scalar } from "yaml";
import { at, isObject, type Path, select, show } from "./json-path.ts";

export interface Overlay {
  actions: Action[];
}

interface Action {
  /** JSONPath (RFC 9535), as far as `select` reads it. */
  target: string;
  update?: unknown;
  /** What `sourceHash` made of the English when the translation was written. */
  "x-source"?: string;
}

/** What is wrong, one line each; none when all is well. `translated` is what applying the overlay made of `original`. */
export function findTranslationFaults(overlay: Overlay, original: unknown, translated: unknown): string[] {
  const faults = [
    ...overlay.actions.flatMap((action) =>
      findActionFaults(action, original).map((fault) => `${action.target}: ${fault}`),
    ),
    ...findTwice(overlay, original),
    ...[...proseOf(original)].flatMap(([key, english]) => {
      const path: Path = JSON.parse(key);
      // An entry of the error codes is known by its first code rather than by its place.
      const { codes } = Object(at(original, path.slice(0, -1))) as { codes?: string[] };
      const where = `${show(path)}${codes ? ` of ${codes[0]}` : ""}`;
      return findTextFaults(english, at(translated, path)).map((fault) => `${where}: ${fault}`);
    }),
    ...findOtherChanges(original, translated, proseOf(original)),
  ];
  return faults.length > 0 ? faults : findStrayed(overlay, original, translated);
}

function findActionFaults(action: Action, original: unknown): string[] {
  const nodes = select(original, action.target);
  if (nodes === undefined) {
    return ["is not understood; scripts/generate/json-path.ts tells which JSONPath is"];
  }
  if (nodes.length === 0) {
    return ["matches nothing in the document"];
  }
  if (action.update === undefined) {
    return ["has no update"];
  }
  const unknown = placesOf(action, original).filter(({ path }) => typeof at(original, path) !== "string");
  if (unknown.length > 0) {
    return unknown.map(({ path }) => `translates ${show(path)}, which the document does not have`);
  }
  const several = leavesOf(action.update).find(
    (leaf) => new Set(nodes.map((node) => at(original, [...node, ...leaf]))).size > 1,
  );
  if (several) {
    const places = nodes.map((node) => show([...node, ...several])).join(" and ");
    return [`matches ${places}, whose English differs: give each an action of its own`];
  }
  const hash = sourceHash(action, original);
  if (action["x-source"] === hash) {
    return [];
  }
  if (!action["x-source"]) {
    return ['is new: run "npm run generate -- --translated", which adds its x-source'];
  }
  return [
    `its English is not the one that was translated (x-source is ${action["x-source"]}, would be ${hash}): see to the Chinese, then run "npm run generate -- --translated"`,
  ];
}

/** Stands for the English behind an action: when that changes, this does. */
export function sourceHash(action: Action, original: unknown): string {
  const texts = placesOf(action, original).map(({ leaf, path }) => JSON.stringify([leaf, at(original, path)]));
  return `en-${createHash("sha256")
    .update([...new Set(texts)].sort().join("\n"))
    .digest("hex")
    .slice(0, 8)}`;
}

/** The overlay's text with each `x-source` brought up to date, a new action's added, and nothing else touched. */
export function markTranslated(text: string, original: unknown): string {
  const overlay = parseDocument(text);
  const { actions }: Overlay = overlay.toJS();
  return actions.reduceRight((marked, action, index) => {
    const at = (key: string) =>
      (overlay.getIn(["actions", index, key], true) as Scalar | undefined)?.range ?? undefined;
    const [source, target] = [at("x-source"), at("target")];
    const hash = sourceHash(action, original);
    if (source) {
      return marked.slice(0, source[0]) + hash + marked.slice(source[1]);
    }
    return target ? `${marked.slice(0, target[1])}\n    x-source: ${hash}${marked.slice(target[1])}` : marked;
  }, text);
}

function findTwice(overlay: Overlay, original: unknown): string[] {
  const seen = new Set<string>();
  const paths = overlay.actions.flatMap((action) => placesOf(action, original).map(({ path }) => show(path)));
  return paths.filter((path) => seen.size === seen.add(path).size).map((path) => `${path}: is translated twice`);
}

/** Where another action's text has arrived: who applied the overlay read a target otherwise than it is read here. */
function findStrayed(overlay: Overlay, original: unknown, translated: unknown): string[] {
  const texts = new Set(overlay.actions.flatMap(({ update }) => leavesOf(update).map((leaf) => at(update, leaf))));
  return overlay.actions.flatMap((action) =>
    placesOf(action, original)
      .filter(({ leaf, path }) => at(translated, path) !== at(action.update, leaf) && texts.has(at(translated, path)))
      .map(({ path }) => `${show(path)}: has another text than ${action.target} gives it`),
  );
}

function findTextFaults(english: string, chinese: unknown): string[] {
  if (typeof chinese !== "string" || chinese === english) {
    return ["has no translation"];
  }
  const prose = chinese
    .replace(FENCED, "")
    .replace(SPAN, "")
    .replace(/https?:\S+/g, "");
  const left = /(?:[A-Za-z][a-z']* +){4,}[A-Za-z]+/.exec(prose)?.[0];
  if (!/\p{Script=Han}/u.test(prose) || left) {
    return [`is left in English: ${left ?? chinese.slice(0, 60)}`];
  }
  const [wanted, got] = [codeIn(english), codeIn(chinese)];
  return [
    ...(headingsIn(english) === headingsIn(chinese) ? [] : ["has other headings than the English"]),
    ...wanted.filter((code) => !got.includes(code)).map((code) => `lacks the code ${code}`),
    ...got.filter((code) => !wanted.includes(code)).map((code) => `has the code ${code}, which the English lacks`),
  ];
}

const FENCED = /^ *```[\s\S]*?^ *```$/gm;
const SPAN = /`[^`]+`/g;

/** Code in a text, blocks and spans. It is the same in every language. */
function codeIn(text: string): string[] {
  const blocks = text.match(FENCED) ?? [];
  const spans = text.replace(FENCED, "").match(SPAN) ?? [];
  return [
    ...new Set([...blocks.map((block) => block.replace(/^ +/gm, "")), ...spans.map((s) => s.replace(/\s+/g, " "))]),
  ];
}

/** The levels of a text's headings. The docs give a heading the same address in every language, by its place in the text. */
function headingsIn(text: string): string {
  return (text.replace(FENCED, "").match(/^#+(?= )/gm) ?? []).join();
}

function findOtherChanges(
  original: unknown,
  translated: unknown,
  prose: Map<string, string>,
  path: Path = [],
): string[] {
  if (prose.has(JSON.stringify(path)) || original === translated || isLink(translated, path)) {
    return [];
  }
  if (!isObject(original) || !isObject(translated)) {
    return [`${show(path)}: is not prose, and is changed`];
  }
  return [...new Set([...Object.keys(original), ...Object.keys(translated)])].flatMap((key) =>
    findOtherChanges(original[key], translated[key], prose, [...path, Array.isArray(original) ? Number(key) : key]),
  );
}

/** The address of a further page may lead to the one in the reader's language. */
function isLink(translated: unknown, path: Path): boolean {
  return path.at(-2) === "externalDocs" && path.at(-1) === "url" && /^https:\/\//.test(String(translated));
}

/** Every text that a reader reads, by the JSON of its path. */
export function proseOf(document: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: Path, kind: "object" | "names"): void => {
    if (!isObject(value)) {
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (kind === "names") {
        visit(child, at, "object");
      } else if (typeof child === "string" && PROSE.has(key) && !isName(child, path)) {
        found.set(JSON.stringify(at), child);
      } else if (!(VALUES.has(key) || (key === "examples" && Array.isArray(child)))) {
        visit(child, at, NAMES.has(key) ? "names" : "object");
      }
    }
  };
  visit(document, [], "object");
  return found;
}

const PROSE = new Set(["title", "summary", "description", "meaning", "advice"]);
/** Keys under which any value may stand, and none of it is ours to translate. */
const VALUES = new Set(["value", "example", "default", "enum", "const"]);
/** Keys under which every key is a name: a property may be called "description". */
const NAMES = new Set([
  "properties",
  "schemas",
  "examples",
  "responses",
  "headers",
  "parameters",
  "securitySchemes",
  "variables",
  "paths",
]);

/** A schema's title that is the component's own name is the type's name in every language. */
function isName(text: string, path: Path): boolean {
  return text === path.at(-1) && path.at(-2) === "schemas";
}

/** Where each text of an action stands in its update, and where it goes in the document. */
function placesOf({ target, update }: Action, original: unknown): { leaf: Path; path: Path }[] {
  return (select(original, target) ?? []).flatMap((node) =>
    leavesOf(update).map((leaf) => ({ leaf, path: [...node, ...leaf] })),
  );
}

/** The paths in an update that end in a value. */
function leavesOf(update: unknown, path: Path = []): Path[] {
  if (!isObject(update) || Array.isArray(update)) {
    return [path];
  }
  return Object.entries(update).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}
