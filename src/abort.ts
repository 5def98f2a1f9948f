/** Listens to signals that many calls may share. */

interface Listening {
  callbacks: Set<() => void>;
  callAll(): void;
}

/** One listener per signal, shared by all its calls: Node warns above ten (https://nodejs.org/api/events.html#eventsdefaultmaxlisteners). */
const listening = new WeakMap<AbortSignal, Listening>();

/** Calls back when the signal aborts. @returns a function that ends the listening. */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (!signal) {
    return () => {};
  }
  const { callbacks, callAll } = listening.get(signal) ?? listenTo(signal);
  callbacks.add(callback);
  return () => {
    if (callbacks.delete(callback) && callbacks.size === 0) {
      listening.delete(signal);
      signal.removeEventListener("abort", callAll);
    }
  };
}

function listenTo(signal: AbortSignal): Listening {
  const callbacks = new Set<() => void>();
  const callAll = () => {
    for (const callback of [...callbacks]) {
      callback();
    }
  };
  signal.addEventListener("abort", callAll);
  listening.set(signal, { callbacks, callAll });
  return { callbacks, callAll };
}
