/** What the stand-in is told to do: orders for the next calls, one each, and settings for all that follow. Over HTTP or by the program. */
import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Answer, Answers } from "./answers.ts";
import { DEFAULTS, FATE_NAMES, type Fate, fateIn, findFateFault, findSettingsFault, type Settings } from "./fate.ts";
import { isMisbehaviour, type MisbehaviourName, misbehaviours } from "./misbehaviours.ts";
import type { ReceivedRequest } from "./request.ts";

/** Takes orders as JSON by POST, one or a list; GET tells which are waiting, and DELETE forgets them. */
export const NEXT_PATH = "/stand-in/next";
/** Takes settings as JSON by POST; GET tells them, and DELETE brings the first ones back. */
export const SETTINGS_PATH = "/stand-in/settings";

/**
 * What the next call gets instead of its own answer, and what becomes of the backup that it starts. With a fate alone, the answer is the
 * call's own. With an answer or a misbehaviour alone nothing is started; with a fate besides, a backup is, whatever the caller is told.
 */
export interface Order extends Partial<Fate> {
  /** A status, with the spec's example of that name, or its first. */
  code?: number;
  example?: string | undefined;
  /** Besides the answer's own. */
  headers?: Record<string, string> | undefined;
  misbehave?: MisbehaviourName;
  /** The operation that it is for. Without one it is for whatever call comes next; a fate is for a start in any case. */
  call?: string;
}

/** What an order may have besides a fate. */
const BESIDES = ["code", "example", "headers", "misbehave", "call"];

/** The operation that a request calls. */
interface Call {
  operationId: string;
  isStart: boolean;
}

export class Orders {
  readonly waiting: Order[] = [];
  readonly settings: Settings;
  readonly #first: Settings;
  readonly #answers: Answers;

  constructor(answers: Answers, settings: Partial<Settings>) {
    this.#answers = answers;
    this.#first = { ...DEFAULTS, ...settings };
    this.settings = { ...this.#first };
  }

  /** The first order that is for this call; it is used up by that. */
  take({ operationId, isStart }: Call): Order | undefined {
    const index = this.waiting.findIndex(
      (order) => (order.call ?? operationId) === operationId && (isStart || !fateIn(order)),
    );
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0];
  }

  /** Answers a request for one of the two paths. */
  answer({ method, target, body }: ReceivedRequest): Answer | undefined {
    if (target !== NEXT_PATH && target !== SETTINGS_PATH) {
      return undefined;
    }
    const isNext = target === NEXT_PATH;
    if (method === "DELETE") {
      this.#reset(isNext);
    }
    const fault = method === "POST" ? this.#add(isNext, body) : undefined;
    const now = isNext ? { waiting: this.waiting } : this.settings;
    return { status: fault ? 400 : 200, body: fault ? { error: fault } : now, headers: {} };
  }

  #reset(isNext: boolean): void {
    if (isNext) {
      this.waiting.length = 0;
    } else {
      for (const name of Object.keys(this.settings)) {
        delete (this.settings as Partial<Settings>)[name as keyof Settings];
      }
      Object.assign(this.settings, this.#first);
    }
  }

  /** @returns what is wrong with what was sent. Nothing of it is taken then. */
  #add(isNext: boolean, body: string): string | undefined {
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return "The body must be JSON";
    }
    if (!isNext) {
      const fault = isRecord(value) ? findSettingsFault(value) : "Settings are an object";
      if (!fault) {
        Object.assign(this.settings, value);
      }
      return fault;
    }
    const orders = [value].flat();
    const fault = orders.map((order) => this.#findFault(order)).find(Boolean);
    if (!fault) {
      this.waiting.push(...(orders as Order[]));
    }
    return fault;
  }

  #findFault(value: unknown): string | undefined {
    const { code, example, headers, misbehave, call, ...rest } = Object(value);
    const fate = fateIn(rest);
    if (misbehave !== undefined && !isMisbehaviour(misbehave)) {
      const names = Object.keys(misbehaviours).join(", ");
      return `There is no misbehaviour ${JSON.stringify(misbehave)}; there are: ${names}`;
    }
    if (code !== undefined && !isStatus(code)) {
      return `"code" takes a whole number from 200 to 599, not ${JSON.stringify(code)}`;
    }
    if (misbehave === undefined && code === undefined && !fate) {
      const needed = `a "code" from 200 to 599, a "misbehave", or what becomes of the next backup`;
      return findFateFault(rest, BESIDES) ?? `Give ${needed}: ${FATE_NAMES.join(", ")}`;
    }
    if (misbehave !== undefined && (code ?? example ?? headers) !== undefined) {
      return 'A "misbehave" is all that the caller gets: no "code", "example" or "headers" can go with it';
    }
    if (example !== undefined && code === undefined) {
      return '"example" needs the "code" that it is for';
    }
    const names = this.#answers.exampleNames(code);
    if (example !== undefined && !names.includes(example)) {
      return `There is no example ${JSON.stringify(example)} for ${code}; there are: ${names.join(", ")}`;
    }
    const { operationIds } = this.#answers;
    if (call !== undefined && !operationIds.includes(call)) {
      return `There is no call ${JSON.stringify(call)}; there are: ${operationIds.join(", ")}`;
    }
    if (fate && call !== undefined && !this.#answers.isStart(call)) {
      return `${call} starts nothing, so nothing can become of it`;
    }
    return findHeadersFault(headers) ?? findFateFault(rest, BESIDES);
  }
}

function findHeadersFault(headers: unknown = {}): string | undefined {
  try {
    for (const [name, value] of Object.entries(headers as Record<string, string>)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return typeof headers === "object" ? undefined : '"headers" takes an object';
  } catch (error) {
    return `"headers" takes names and values of HTTP: ${(error as Error).message}`;
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStatus(code: unknown): code is number {
  return Number.isInteger(code) && Number(code) >= 200 && Number(code) < 600;
}

/** `Prefer: code=429`, `Prefer: code=400, example=DcsBackupRunning`, `Prefer: misbehave=reset` or `Prefer: code=504, startsAfter=0`. */
export function readPreference(prefer = ""): Order {
  const pairs = [...prefer.matchAll(/([\w-]+)="?([\w.-]+)/g)].map(([, name = "", value = ""]) => [name, value]);
  const { code: status, example, misbehave, ...rest } = Object.fromEntries(pairs) as Record<string, string>;
  const numbers = Object.entries(rest).map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]);
  const fate = fateIn(Object.fromEntries(numbers));
  const order: Order = fate && !findFateFault(fate) ? fate : {};
  if (isMisbehaviour(misbehave)) {
    return { ...order, misbehave };
  }
  const code = Number(status);
  return isStatus(code) ? { ...order, code, example } : order;
}
