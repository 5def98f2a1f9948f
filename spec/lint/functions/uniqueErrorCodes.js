/**
 * Spectral function for `x-error-codes`: for each kind of call no pair of code and status is told twice, and within one service no `when` is
 * claimed twice.
 * @param {Record<string, Array<{ codes: string[], status: number[], when?: string, calls?: string }>>} services
 */
export default function uniqueErrorCodes(services) {
  const problems = [];
  const told = new Set();
  for (const [service, entries] of Object.entries(services)) {
    const claimed = new Set();
    for (const [index, { codes = [], status = [], when, calls }] of entries.entries()) {
      const path = ["x-error-codes", service, index];
      for (const kind of calls === undefined ? ["starts", "reads"] : [calls]) {
        for (const pair of codes.flatMap((code) => status.map((s) => `${code} with ${s}`))) {
          if (told.has(`${kind} ${pair}`)) {
            problems.push({ message: `${pair} stands in two entries for ${kind}`, path: [...path, "codes"] });
          }
          told.add(`${kind} ${pair}`);
        }
      }
      if (when === undefined) {
        continue;
      }
      if (claimed.has(when)) {
        problems.push({ message: `${when} stands in two entries of ${service}`, path: [...path, "when"] });
      }
      claimed.add(when);
    }
  }
  return problems;
}
