/** The samples of `spec/samples/`, as each language's page shows them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../lib/root.ts";
import type { Language } from "./words.ts";

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

/** A comment in any of the languages, alone in its line or behind code, and Python's first line of a class. */
const COMMENT = /^(?!#!)((?:.*[ \t])?(?:\/\/|#) )(\S.*)()$|^([ \t]*""")(.+)(""")$/gm;

/** The line by which a sample takes in what others share. A reader gets all in one piece. */
const INCLUDE = /^\. "\$\(dirname "\$0"\)\/(.+)"$/m;

const chinese: Record<string, string> = parse(readFileSync(join(root, "spec/locales/samples.zh-CN.yaml"), "utf8"));

export function readSamples(operationId: string, language: Language): CodeSample[] {
  return SAMPLES.map(({ end, lang, label }) => {
    const source = read(operationId + end).replace(INCLUDE, (_, name: string) => read(name).trimEnd());
    return { lang, label, source: language === "zh-CN" ? translate(source) : source };
  });
}

function read(name: string): string {
  return readFileSync(join(root, "spec/samples", name), "utf8");
}

export function commentsOf(source: string): string[] {
  return [...source.matchAll(COMMENT)].map(([, , comment, , , doc]) => comment ?? doc ?? "");
}

function translate(source: string): string {
  return source.replace(COMMENT, (...[, before, comment, , start, doc, end]: string[]) => {
    const words = comment ?? doc ?? "";
    const translated = chinese[words];
    if (translated === undefined) {
      throw new Error(`spec/locales/samples.zh-CN.yaml lacks the comment "${words}"`);
    }
    return comment === undefined ? `${start}${translated}${end}` : before + translated;
  });
}
