/**
 * What the package keeps for itself about its own clients, answers and attempts. Following a backup needs it, but it is no field of
 * theirs: an answer stays what the wire gave, an attempt stays plain JSON. What is kept goes when they go.
 */
import type { Service } from "../generated/tables.js";
import { longestBetween, type Moment, shortestBetween } from "./clock.js";
import { parseDate } from "./status.js";

/** What the service's clock showed in the `Date` of an answer, in ms since 1970, and when that answer arrived here. */
export interface ServiceTime {
  date: number;
  receivedAt: Moment;
}

/** @param header the answer's `Date`. */
export function readServiceTime(header: string | null, receivedAt: Moment): ServiceTime | undefined {
  const date = parseDate(header ?? "");
  return date === undefined ? undefined : { date, receivedAt };
}

const starts = new WeakMap<object, Moment>();
const lists = new WeakMap<object, ServiceTime>();
const clients = new WeakMap<object, ClientFacts>();

/** @param attempt the `attempt` of an error. @param sentAt when the last request of that start left. */
export function rememberStart(attempt: object, sentAt: Moment): void {
  starts.set(attempt, sentAt);
}

export function sentAtOf(attempt: object): Moment | undefined {
  return starts.get(attempt);
}

/** @param answer the parsed answer of a list, as the caller gets it. */
export function rememberList(answer: object, time: ServiceTime): void {
  lists.set(answer, time);
}

export function serviceTimeOf(answer: object): ServiceTime | undefined {
  return lists.get(answer);
}

export interface ClientFacts {
  /** The services that this client reaches on this machine itself, where nobody minds being asked very often. */
  loopback: readonly Service[];
}

export function rememberClient(client: object, facts: ClientFacts): void {
  clients.set(client, facts);
}

export function isLoopbackClient(client: object, service: Service): boolean {
  return clients.get(client)?.loopback.includes(service) ?? false;
}

/**
 * When a request left, for those who only have the `attempt`: by the service's clock where one of its answers showed it, before or after,
 * else by ours. It is never later than the truth, except by as much as the clock is wrong.
 *
 * @param signedAt what the client's `now` gave for the request. The gateway refuses a signature whose time is more than 15 minutes off.
 */
export function timeSent(
  sentAt: Moment,
  signedAt: number,
  seen?: ServiceTime,
): { sentAt: string; clock: "service" | "local" } {
  if (!seen) {
    return { sentAt: new Date(signedAt).toISOString(), clock: "local" };
  }
  const { date, receivedAt } = seen;
  const isAfter = receivedAt.ticks >= sentAt.ticks;
  const time = isAfter ? date - longestBetween(sentAt, receivedAt) : date + shortestBetween(receivedAt, sentAt);
  return { sentAt: new Date(time).toISOString(), clock: "service" };
}
