/** What becomes of a backup, and how the stand-in's lists behave. All of it can be ordered, for one backup or for all that follow. */

const ENDINGS = ["finished", "failed", "deleted", "expired"] as const;
export type Ending = (typeof ENDINGS)[number];

/** Times are in ms. */
export interface Fate {
  /** From the answer until the service really makes the backup; nothing is there before. */
  startsAfter: number;
  /** How long it runs. With 0 it has ended at once. */
  duration: number;
  /** What it ends as. */
  ends: Ending;
  /** Shown while it runs, in place of the state that the services have for that. */
  state?: string | undefined;
  /** From its start until the lists know it. */
  listedAfter: number;
  /** From its start until DDS knows its job. */
  jobAfter: number;
  /** From its start until no list has it any more. */
  vanishesAfter?: number | undefined;
}

export interface Settings extends Fate {
  /** How many backups of a DCS instance are kept; one more takes the place of the oldest. */
  keep: number;
  /** The status with which DCS answers a list that has nothing. Both are documented. */
  empty: 200 | 204;
  /** The status with which DDS answers for one backup that is not there: 400 with a code, or 200 with an empty list. Both come. */
  absent: 200 | 400;
}

export const DEFAULTS: Settings = {
  startsAfter: 0,
  duration: 0,
  ends: "finished",
  listedAfter: 0,
  jobAfter: 0,
  keep: 24,
  empty: 200,
  absent: 400,
};

type Check = [takes: string, isRight: (value: unknown) => boolean];
const milliseconds: Check = ["a number of milliseconds", (value) => typeof value === "number" && value >= 0];
const oneOf = (...values: unknown[]): Check => [values.map(String).join(" or "), (value) => values.includes(value)];

const FATE_CHECKS: Record<keyof Fate, Check> = {
  startsAfter: milliseconds,
  duration: milliseconds,
  ends: oneOf(...ENDINGS),
  state: ["a text", (value) => typeof value === "string" && value !== ""],
  listedAfter: milliseconds,
  jobAfter: milliseconds,
  vanishesAfter: milliseconds,
};
const SETTINGS_CHECKS: Record<keyof Settings, Check> = {
  ...FATE_CHECKS,
  keep: ["a whole number from 1", (value) => Number.isInteger(value) && Number(value) >= 1],
  empty: oneOf(200, 204),
  absent: oneOf(200, 400),
};

export const FATE_NAMES = Object.keys(FATE_CHECKS) as (keyof Fate)[];

/** Those facts of an order that are about a backup's fate; undefined where there is none. */
export function fateIn(order: object): Partial<Fate> | undefined {
  const facts = Object.entries(order).filter(([name]) => name in FATE_CHECKS);
  return facts.length > 0 ? Object.fromEntries(facts) : undefined;
}

/** What is wrong with a part of a fate, in words. @param others what may be given beside it. */
export function findFateFault(fate: object, others: string[] = []): string | undefined {
  return findFault(FATE_CHECKS, fate, others);
}

export function findSettingsFault(settings: object): string | undefined {
  return findFault(SETTINGS_CHECKS, settings);
}

function findFault(checks: Record<string, Check>, values: object, others: string[] = []): string | undefined {
  for (const [name, value] of Object.entries(values)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) {
      return `There is no "${name}"; there are: ${[...others, ...Object.keys(checks)].join(", ")}`;
    }
    const [takes, isRight] = check;
    if (!isRight(value)) {
      return `"${name}" takes ${takes}, not ${JSON.stringify(value)}`;
    }
  }
  return undefined;
}
