/**
 * The mark that makes a remark or a name one of a kind. Neither service has an idempotency key, but both give a remark or a name back
 * unchanged, so a mark in it tells one's own backup from all others.
 */
import { limits } from "../../generated/tables.js";
import { sha256 } from "./sha256.js";

/** Crockford's base 32 in lower case: no `i`, `l`, `o` and `u`, which are easily misread. */
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** What stands before a mark: `#` in a remark, `-` in a name, where the service takes no `#`. */
type Sign = "#" | "-";

const MARK_LENGTH = 11;

/**
 * A remark that no other backup has, for `copyInstance` and `copyInstanceV1`. It ends in a mark, such as ` #7h2k9m4qff`, by which
 * `findBackup` is sure of the backup when the answer was lost.
 *
 * @param text what people shall read. It is cut so that all of it has at most 128 bytes in UTF-8: the API's documents say 128 characters,
 * the console's guide says bytes.
 * @param key makes the mark, so that the same key gives the same mark: the id of a pipeline's run, for example. Without it the mark is
 * random. Two different keys share a mark once in 2 to the power of 40.
 * @throws TypeError that begins with the argument's name.
 * @example
 * uniqueRemark("before the upgrade"); // "before the upgrade #7h2k9m4qff"
 */
export function uniqueRemark(text = "", key?: string): string {
  const mark = `#${makeMark(key)}`;
  const start = cutToBytes(checkText(text).trim(), limits.remark - MARK_LENGTH - 1).trimEnd();
  return start ? `${start} ${mark}` : mark;
}

/**
 * A name that no other backup has, for `createManualBackup`. It ends in a mark, such as `-7h2k9m4qff`, and is one that the service takes,
 * whatever the text is: what may not stand in a name becomes `-`, and what is too long is cut.
 *
 * @param key as with `uniqueRemark`. Names are unique in a whole project, so let the instance's id be part of the key.
 * @throws TypeError that begins with the argument's name.
 * @example
 * uniqueName("before the upgrade"); // "before-the-upgrade-7h2k9m4qff"
 */
export function uniqueName(text = "", key?: string): string {
  const plain = checkText(text)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^-+/, "");
  const start = /^[A-Za-z]/.test(plain) ? plain : `backup-${plain}`;
  return `${start.slice(0, limits.name - MARK_LENGTH).replace(/-+$/, "")}-${makeMark(key)}`;
}

/** The mark at the very end of a remark or name, with its sign. What a person wrote there is taken for one once in 1,024 times. */
export function markOf(text: string | undefined, sign: Sign): string | undefined {
  const end = text?.slice(-MARK_LENGTH) ?? "";
  const eight = end.slice(1, 9);
  return end.startsWith(sign) && new RegExp(`^[${DIGITS}]{8}$`).test(eight) && end.slice(9) === checkOf(eight)
    ? end
    : undefined;
}

function makeMark(key: string | undefined): string {
  const eight = toDigits(key === undefined ? crypto.getRandomValues(new Uint8Array(5)) : hashOfKey(key));
  return eight + checkOf(eight);
}

function hashOfKey(key: unknown): Uint8Array {
  if (typeof key !== "string" || key === "") {
    throw new TypeError("key: must be text that is not empty");
  }
  // As JSON, since UTF-8 alone would write all halves of broken surrogate pairs alike.
  return sha256(new TextEncoder().encode(JSON.stringify(key))).subarray(0, 5);
}

function checkOf(eight: string): string {
  return toDigits(sha256(new TextEncoder().encode(eight))).slice(0, 2);
}

/** Five bits a digit. */
function toDigits(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => DIGITS[Number.parseInt(five, 2)]).join("");
}

function checkText(text: unknown): string {
  if (typeof text !== "string") {
    throw new TypeError("text: must be a string");
  }
  return text;
}

/** Whole characters only. Half of a surrogate pair becomes the sign that stands for it in UTF-8, so that it comes back as it was sent. */
function cutToBytes(text: string, limit: number): string {
  const encoder = new TextEncoder();
  let cut = "";
  let bytes = 0;
  for (const character of text.replace(/\p{Surrogate}/gu, "\uFFFD")) {
    bytes += encoder.encode(character).length;
    if (bytes > limit) {
      break;
    }
    cut += character;
  }
  return cut;
}
