/**
 * A module of Node's own, where the platform has it. The edge runtime of Next.js has the function, which throws when it is called:
 * https://nextjs.org/docs/app/api-reference/edge
 */
export function builtinModule<Module>(id: string): Module | undefined {
  try {
    return nodeProcess()?.getBuiltinModule?.<Module>(id);
  } catch {
    return undefined;
  }
}

interface NodeProcess {
  env?: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?<Module>(id: string): Module | undefined;
}

/** Node's, or what stands in its place on other platforms. */
export function nodeProcess(): NodeProcess | undefined {
  return (globalThis as { process?: NodeProcess }).process;
}
