/** What the caller of the command gave wrong: the message begins with the flag, argument or variable. Nothing was started. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The option names of the library, as the command spells them. */
const NAMES: Record<string, string> = {
  region: "--region or HUAWEICLOUD_BACKUP_REGION",
  projectId: "--project-id or HUAWEICLOUD_SDK_PROJECT_ID",
  instanceId: "<instance-id>",
  answer: "<backup-id>",
  "endpoints.dcs": "--endpoint dcs=… or HUAWEICLOUD_BACKUP_ENDPOINT_DCS",
  "endpoints.dds": "--endpoint dds=… or HUAWEICLOUD_BACKUP_ENDPOINT_DDS",
  "credentials.token": "HUAWEICLOUD_BACKUP_TOKEN",
  "credentials.accessKeyId": "HUAWEICLOUD_SDK_AK or CLOUD_SDK_AK",
  "credentials.secretAccessKey": "HUAWEICLOUD_SDK_SK or CLOUD_SDK_SK",
  "credentials.securityToken": "HUAWEICLOUD_SDK_SECURITY_TOKEN",
  timeout: "--timeout",
  interval: "--interval",
  lost: "FILE",
  query: "an id",
};

/** What was thrown, as the usage error that it is. A `TypeError` of the library begins with one of its names; any other is a fault of the program. */
export function asUsage(error: unknown): UsageError | undefined {
  if (error instanceof UsageError) {
    return error;
  }
  const [, name = "", rest = ""] = (error instanceof TypeError && /^([\w.]+):? ([\s\S]*)$/.exec(error.message)) || [];
  if (!Object.hasOwn(NAMES, name)) {
    return undefined;
  }
  return new UsageError(`${NAMES[name]}: ${inWordsOfFlags(rest)}`, { cause: error });
}

/** The library speaks of its options, of milliseconds and of its functions. */
function inWordsOfFlags(text: string): string {
  return text
    .replace(/a number of milliseconds from (\d+) to \d+/, "a duration from $1ms to 24d")
    .replace("endpoints: { dcs, dds }", "--endpoint dcs=URL or --endpoint dds=URL")
    .replace(/endpoints\.(dcs|dds)/, "--endpoint $1=URL")
    .replace(" of uniqueRemark", "");
}

/** The known word that a misspelt one is most like, if no more than a third of it must be changed. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((one) => ({ one, distance: editDistance(word, one) }))
    .filter(({ one, distance }) => distance <= one.length / 3)
    .sort((a, b) => a.distance - b.distance);
  return best?.one;
}

/** How many letters must be changed, added, taken away or swapped with the next. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [];
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = [];
    rows.push(row);
    for (let j = 0; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const ways = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same];
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        ways.push(at(i - 2, j - 2) + 1);
      }
      row.push(i === 0 || j === 0 ? i + j : Math.min(...ways));
    }
  }
  return at(a.length, b.length);
}
