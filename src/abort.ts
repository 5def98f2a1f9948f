interface Listening {
  callbacks: Set<() => void>;
  callAll(): void;
}

/** Of each signal that calls listen to: what to do when it aborts. One listener serves all, since Node warns of more than ten. */
const listening = new WeakMap<AbortSignal, Listening>();

/** @returns what ends the listening. */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (!signal) return () => {};
  const { callbacks, callAll } = listening.get(signal) ?? listenTo(signal);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size > 0 || listening.get(signal)?.callbacks !== callbacks) return;
    listening.delete(signal);
    signal.removeEventListener("abort", callAll);
  };
}

function listenTo(signal: AbortSignal): Listening {
  const callbacks = new Set<() => void>();
  const callAll = () => {
    for (const callback of [...callbacks]) callback();
  };
  signal.addEventListener("abort", callAll);
  listening.set(signal, { callbacks, callAll });
  return { callbacks, callAll };
}
