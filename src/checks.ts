/** Checks of what callers give. Each throws a `TypeError` that begins with the name of what is wrong. */
import { cut } from "./text.js";

/**
 * Takes an object without unknown names: a misspelt one would be passed over in silence, and what it was meant to say with it.
 *
 * @param otherwise what to say of anything that is no object.
 */
export function checkObject(given: object, known: readonly string[], otherwise: string, prefix = ""): void {
  if (Object(given) !== given) {
    throw new TypeError(otherwise);
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`${prefix}${unknown}: is not known here; known are ${known.join(", ")}`);
  }
}

/** `setTimeout` takes a longer one for none at all. */
export const MAX_DURATION = 2 ** 31 - 1;

/** What is left of a time, as a timer takes it: Node warns of one that is over. */
export const timerTime = (milliseconds: number): number => Math.max(0, Math.min(milliseconds, MAX_DURATION));

export function checkDuration(name: string, value: unknown, least: number): number {
  if (typeof value === "number" && value >= least && value <= MAX_DURATION) {
    return value;
  }
  throw new TypeError(`${name}: must be a number of milliseconds from ${least} to ${MAX_DURATION}`);
}

/** An id in a URL: nothing that a URL parser, a proxy or the signature could read in a second way. */
export const ID = "(?!\\.{1,2}(?:/|$))[\\w.~-]+";

const WHOLE_ID = new RegExp(`^${ID}$`);

/** An id that could reshape the URL is refused; whether it is one of the service's is the service's to say. */
export function checkId(name: string, value: unknown): string {
  if (typeof value === "string" && WHOLE_ID.test(value)) {
    return value;
  }
  const given = typeof value === "string" ? JSON.stringify(cut(value, 64)) : value === null ? "null" : typeof value;
  throw new TypeError(
    `${name}: must be an ID of letters, digits, ".", "_", "~" and "-", as the console shows it; this is ${given}`,
  );
}
