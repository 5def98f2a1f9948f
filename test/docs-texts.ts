/** The texts of the document, for the tests that look for them on the pages, on paper and elsewhere. */

import { PAGES } from "../scripts/docs/build.ts";
import type { Language } from "../scripts/docs/words.ts";
import { readDocument } from "../scripts/lib/document.ts";

/** Every paragraph that a reader may want to read, in Markdown. */
export function textsOf(language: Language): string[] {
  const { paths, components, tags, info } = readDocument(PAGES[language].source);
  return textsIn({ paths, components, tags, info });
}

function textsIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) {
    return [];
  }
  return Object.entries(node).flatMap(([key, value]) => {
    if ((key === "description" || key === "summary") && typeof value === "string") {
      return value.split(/\n\n+/);
    }
    return key === "example" || key === "value" ? [] : textsIn(value);
  });
}

/** Without the marks of Markdown that change a line or make a link. */
export function withoutMarks(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/^ *(#+|[-*]|\d\.) |^ *```\w*$|^\|?(---\|?)+$/gm, "");
}

/** Without blanks, and the marks that change a word. */
export const bare = (text: string): string => text.replace(/[`*|\s]/g, "");
