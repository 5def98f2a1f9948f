/** Reads a list page by page. */
import { limits } from "../../generated/tables.js";
import { toJson } from "../text.js";
import type { Reading } from "./records.js";

/** One page of a list, whichever service it is from. */
export interface Page<Item> {
  /** As the client gave it. */
  answer: object;
  readings: Reading<Item>[];
  /** How many records there are on all pages, as the service says; no field is promised. */
  total: unknown;
}

/** A list that never ends is none of these services'. */
const MAX_PAGES = 100;

/**
 * Asks for page after page. A record that moves to the next page while that is asked for is given once.
 *
 * @param ask gets how many records to skip.
 */
export async function* pagesOf<Item>(
  ask: (offset: number) => Promise<Page<Item>>,
  signal: AbortSignal,
): AsyncGenerator<Page<Item>, void> {
  const ids = new Set<string>();
  for (let pages = 0, offset = 0; pages < MAX_PAGES; pages++) {
    signal.throwIfAborted();
    const { answer, readings, total } = await ask(offset);
    const fresh = readings.filter((reading) => !ids.has(keyOf(reading)) && ids.add(keyOf(reading)));
    yield { answer, readings: fresh, total };
    if (fresh.length === 0 || isAll(ids.size, total, readings.length)) {
      return;
    }
    // Not by the page's size: a service may give fewer at once than it was asked for.
    offset += readings.length;
  }
}

/** What has no id is known by all that it has. */
function keyOf({ id, item }: Reading<unknown>): string {
  return id || toJson(item);
}

/**
 * The documents call the total "the number of returned records". Where it counts those of one full page, a next page may follow all the same;
 * where it is less than this page has, it counts nothing.
 */
function isAll(seen: number, total: unknown, length: number): boolean {
  return typeof total === "number" && seen >= total && total >= length && !(length >= limits.page && total === length);
}
