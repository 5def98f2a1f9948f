/** In bytes. Needs Node's --expose-gc. */
export async function heapInUse(): Promise<number> {
  // What has a finalizer is freed only by the collection after the one that finds it.
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    (globalThis as { gc?(): void }).gc?.();
  }
  return process.memoryUsage().heapUsed;
}
