/**
 * What the package keeps for itself about its own clients, answers and attempts. Following a backup needs it, but it is no field of
 * theirs: an answer stays what the wire gave, an attempt stays plain JSON. What is kept goes when they go.
 */
import type { Service } from "../generated/tables.js";
import type { Moment } from "./clock.js";
import type { CheckedOptions } from "./options.js";
import type { ServiceTime } from "./service-time.js";

const starts = new WeakMap<object, Moment>();
const serviceTimes = new WeakMap<object, ServiceTime>();
const clients = new WeakMap<object, CheckedOptions>();

/** @param attempt the `attempt` of an error. @param leftAt when the last request of that start left. */
export function rememberStart(attempt: object, leftAt: Moment): void {
  starts.set(attempt, leftAt);
}

export function leftAtOf(attempt: object): Moment | undefined {
  return starts.get(attempt);
}

/** @param answer the parsed answer of a read, as the caller gets it. */
export function rememberServiceTime(answer: object, time: ServiceTime): void {
  serviceTimes.set(answer, time);
}

export function serviceTimeOf(answer: object): ServiceTime | undefined {
  return serviceTimes.get(answer);
}

export function rememberClient(client: object, options: CheckedOptions): void {
  clients.set(client, options);
}

/** Of each of its calls, in ms. */
export function timeoutOf(client: object): number | undefined {
  return clients.get(client)?.timeout;
}

/** Whether it reaches the service on this machine itself, where nobody minds being asked very often. */
export function isLoopbackClient(client: object, service: Service): boolean {
  return clients.get(client)?.endpoints(service).isLoopback ?? false;
}
