/** What has come goes before a time that is over. */
import { builtinModule } from "./builtin.js";

/** Taken now: fake timers, which a user's test puts in its place later, may stand still. */
const setImmediate = builtinModule<{ setImmediate?(callback: () => void): unknown }>("node:timers")?.setImmediate;

/**
 * Calls back when what has come is read. Where something held up the event loop, as a machine that slept does, Node runs a timer before it
 * reads an answer that came in time: https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
 */
export const afterReads = setImmediate ?? ((callback: () => void) => callback());
