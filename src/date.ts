/** The forms of a date in what a service answers. */

/** The three forms of a date in HTTP, the last two obsolete: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
const DATE = /^(\w{3,9}, \d\d?[ -]\w{3}[ -]\d\d(\d\d)? [\d:]{8} (GMT|UTC)|\w{3} \w{3} [ \d]?\d [\d:]{8} \d{4})$/;

/** RFC 3339, and `20261125T021900Z` as in `X-Sdk-Date`. */
const TIMESTAMP = /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d):?(\d\d)Z?$/;

/** `Date.parse` makes a date of almost anything, so the form is looked at first. */
export function parseDate(text: string): number | undefined {
  if (!DATE.test(text) && !TIMESTAMP.test(text)) {
    return undefined;
  }
  // A date that ends in the year names no zone, but means UTC as the others do.
  const time = Date.parse(text.replace(TIMESTAMP, "$1-$2-$3T$4:$5:$6Z").replace(/ \d{4}$/, "$& GMT"));
  return Number.isNaN(time) ? undefined : time;
}
