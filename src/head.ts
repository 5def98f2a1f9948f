/**
 * On Node, undici tells when it takes up a request, when the head of it leaves, and with what status it is answered:
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md. Where nobody tells, nothing of it is ever known.
 */
export interface Head {
  readonly url: string;
  taken: boolean;
  left: boolean;
  status: number | undefined;
}

interface Message {
  request?: { origin?: unknown; path?: unknown };
  response?: { statusCode?: number };
}

const heads = new Set<Head>();
let isListening = false;

/** Two requests to one URL at once hear of each other's head: then both count as sent. */
export function watchHead(url: string): Head {
  if (!isListening) {
    isListening = true;
    listen();
  }
  const head = { url, taken: false, left: false, status: undefined };
  heads.add(head);
  return head;
}

export function unwatchHead(head: Head): void {
  heads.delete(head);
}

function listen(): void {
  const { process } = globalThis as { process?: { getBuiltinModule?(id: string): object | undefined } };
  const channels = process?.getBuiltinModule?.("node:diagnostics_channel") as
    | { subscribe?(name: string, listener: (message: Message) => void): void }
    | undefined;
  // What a listener throws would end the process.
  const on = (name: string, note: (head: Head, message: Message) => void) =>
    channels?.subscribe?.(name, (message) => {
      const url = `${message?.request?.origin}${message?.request?.path}`;
      for (const head of heads) {
        if (head.url === url) {
          note(head, message);
        }
      }
    });
  on("undici:request:create", (head) => {
    head.taken = true;
  });
  on("undici:client:sendHeaders", (head) => {
    head.left = true;
  });
  on("undici:request:headers", (head, { response }) => {
    head.status = response?.statusCode;
  });
}
