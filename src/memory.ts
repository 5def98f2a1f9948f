/**
 * What the package keeps for itself about its own clients, answers and attempts. Following a backup needs it, but it is no field of
 * theirs: an answer stays what the wire gave, an attempt stays plain JSON. What is kept goes when they go.
 */
import type { Moment } from "./clock.js";
import type { CheckedOptions } from "./options.js";
import type { ServiceTime } from "./service-time.js";

/** The checked options that a client was made with. */
export const clientOptions = new WeakMap<object, CheckedOptions>();

/** What the service's clock showed. The keys are the parsed answers of reads, as the caller gets them. */
export const serviceTimes = new WeakMap<object, ServiceTime>();

/** When the last request of a start left. The keys are the `attempt`s of errors. */
export const departures = new WeakMap<object, Moment>();
