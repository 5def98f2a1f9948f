/** Checks single values of the command line. */
import { type Service, services } from "../../generated/tables.js";
import { UsageError } from "./usage.js";

export function needed(name: string, value: string | undefined): string {
  if (!value) {
    throw new UsageError(
      `${name}: ${value === undefined ? "missing" : "is empty, perhaps from a variable that is not set"}`,
    );
  }
  return value;
}

export function oneOf<Value extends string>(
  name: string,
  given: string | undefined,
  known: readonly Value[],
): Value | undefined {
  const found = known.find((value) => value === given);
  if (given !== undefined && found === undefined) {
    throw new UsageError(`--${name}: must be ${known.join(" or ")}, not ${JSON.stringify(given)}`);
  }
  return found;
}

/** As shells, pipelines and templates write one. It stays as it is where nothing puts its value in. */
export const VARIABLE = /\$[\w{(]|\{\{|^%\w+%$/;

export function readKey(key: string | undefined, exact: boolean | undefined): string | undefined {
  if (key === undefined) {
    return undefined;
  }
  const given = needed("--key", key);
  if (exact) {
    throw new UsageError("--key: needs a mark in the remark or name, so it can't go with --exact");
  }
  // It would be the key of each run.
  if (VARIABLE.test(given)) {
    throw new UsageError(`--key: still has a variable in it, whose value should be there: ${JSON.stringify(given)}`);
  }
  return given;
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `1h30m`. A bare number could be seconds or minutes. */
export function readDuration(name: string, given: string): number {
  const parts = [...given.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== given) {
    throw new UsageError(
      `--${name}: must be a duration with a unit, such as 90s, 30m or 1h, not ${JSON.stringify(given)}`,
    );
  }
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
}

export function readEndpoints(given: readonly string[] = [], env: NodeJS.ProcessEnv): { dcs?: string; dds?: string } {
  const endpoints: { dcs?: string; dds?: string } = {};
  for (const service of services) {
    const url = env[`HUAWEICLOUD_BACKUP_ENDPOINT_${service.toUpperCase()}`];
    if (url) {
      endpoints[service] = url;
    }
  }
  for (const text of given) {
    const [, service, url] = /^(dcs|dds)=(.+)$/.exec(text) ?? [];
    if (!url) {
      throw new UsageError(`--endpoint: must be dcs=URL or dds=URL, not ${JSON.stringify(text)}`);
    }
    endpoints[service as Service] = url;
  }
  return endpoints;
}
