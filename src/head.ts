/**
 * On Node, undici tells when it takes up a request and when the head of it has left:
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md. Where nobody tells, both stay false.
 */
export interface Head {
  taken: boolean;
  left: boolean;
}

interface Channels {
  subscribe(name: string, listener: (message: unknown) => void): void;
}

let heads: Map<string, Set<Head>> | undefined;

/** Two requests to one URL at once hear of each other's head: then both count as sent. @returns also a function that ends the watch. */
export function watchHead(url: string): { head: Head; unwatch: () => void } {
  heads ??= subscribe();
  const head: Head = { taken: false, left: false };
  const same = heads.get(url) ?? new Set();
  heads.set(url, same.add(head));
  const unwatch = () => {
    same.delete(head);
    if (same.size === 0) {
      heads?.delete(url);
    }
  };
  return { head, unwatch };
}

function subscribe(): Map<string, Set<Head>> {
  const all = new Map<string, Set<Head>>();
  const note = (mark: keyof Head) => (message: unknown) => {
    const { origin, path } = (message as { request: { origin: unknown; path: string } }).request;
    for (const head of all.get(`${origin}${path}`) ?? []) {
      head[mark] = true;
    }
  };
  const { process } = globalThis as { process?: { getBuiltinModule?(id: string): Channels | undefined } };
  const channels = process?.getBuiltinModule?.("node:diagnostics_channel");
  channels?.subscribe?.("undici:request:create", note("taken"));
  channels?.subscribe?.("undici:client:sendHeaders", note("left"));
  return all;
}
