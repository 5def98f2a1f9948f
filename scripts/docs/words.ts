/** What the pages say beside the spec's own prose, in each language. */
import { english } from "./words/en.ts";
import { chinese } from "./words/zh-CN.ts";

export type Language = "en" | "zh-CN";

export interface Words {
  /** The language's own name for itself, which the other language's page links to. */
  language: string;
  /** Around the reference: the names are those that the template uses. */
  page: Record<"skip" | "nav" | "try" | "copy" | "copied" | "close" | "clear" | "onePage" | "sections", string>;
  /** Tells the version of the document from that of the package. */
  versions(document: string, packaged: string): string;
  /** Leads from a call to what it needs. */
  before(errorCodes: string): string;
  /** In the tables of error codes, and above the sections on signing in. */
  tables: {
    schemes: Record<"AkSkSignature" | "XAuthToken", string>;
    title: string;
    intro: string;
    introOfReads: string;
    service(name: string): string;
    gateway: string;
    columns: readonly string[];
    retry: Record<"never" | "later" | "unknown", string>;
    /** Between the items of a list. */
    comma: string;
    /** Between two sentences. */
    space: string;
  };
  /** On the plain page. */
  plain: {
    contents: string;
    /** After the title of a call. */
    deprecated: string;
    hosts: string;
    hostColumns: readonly string[];
    parameters: string;
    parameterColumns: readonly string[];
    places: Record<string, string>;
    required: string;
    body: string;
    fieldColumns: readonly string[];
    answers: string;
    answerColumns: readonly string[];
    answerBody(status: string): string;
    noBody: string;
    example: string;
    colon: string;
    samples: string;
    parts: string;
    types: Record<string, string>;
    listOf(type: string): string;
    or: string;
    default: string;
    values: string;
    pattern: string;
    length(least: string, most: string): string;
    atMostLong(most: string): string;
    atLeastLong(least: string): string;
    range(least: string, most: string): string;
    atMost(most: string): string;
    atLeast(least: string): string;
  };
  /** On the page at `/try/`: the names are those that the page uses. */
  try: Record<string, string | Record<string, string>>;
  /** What Redoc says: by Redoc's key for the text where it has one, else by the text as it stands in Redoc's source. */
  redoc: { keys: Record<string, string>; texts: Record<string, string> };
}

export const WORDS: Record<Language, Words> = { en: english, "zh-CN": chinese };

export const LANGUAGES: readonly Language[] = ["en", "zh-CN"];

/** The language that a page links to. */
export function otherThan(language: Language): Language {
  return language === "en" ? "zh-CN" : "en";
}
