/**
 * A module of Node's own, where the platform has it. The edge runtime of Next.js has the function, which throws when it is called:
 * https://nextjs.org/docs/app/api-reference/edge
 */
export function builtinModule<Module>(id: string): Module | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(id: string): Module | undefined } };
  try {
    return process?.getBuiltinModule?.(id);
  } catch {
    return undefined;
  }
}
