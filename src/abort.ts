/** Of each signal that calls listen to: what to do when it aborts. One listener serves all, since Node warns of more than ten. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** @returns what ends the listening. */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (!signal) return () => {};
  const callbacks = waiting.get(signal) ?? listenTo(signal);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size > 0 || waiting.get(signal) !== callbacks) return;
    waiting.delete(signal);
    signal.removeEventListener("abort", callAll);
  };
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  waiting.set(signal, callbacks);
  signal.addEventListener("abort", callAll);
  return callbacks;
}

function callAll(this: AbortSignal): void {
  for (const callback of [...(waiting.get(this) ?? [])]) callback();
}
