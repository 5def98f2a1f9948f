/**
 * On Node, undici tells when it takes up a request, when the head of it leaves, when it gives it up, and with what status it is answered:
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md. Where nobody tells, nothing of it is ever known.
 */
import { builtinModule } from "./builtin.js";

interface Message {
  request?: { origin?: unknown; path?: unknown };
  error?: unknown;
  response?: { statusCode?: number };
}

/**
 * `failed`: nothing more comes of it. `hidden`: it was answered with 407, of which Node's `fetch` only says that it failed:
 * https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
type Kind = "taken" | "left" | "failed" | "hidden";

/** What undici has told of the requests to one URL: of each kind of message, the number of the last one. */
interface Told extends Record<Kind, number> {
  watchers: number;
  failures: WeakSet<object>;
}

const toldOf = new Map<string, Told>();
let messages = 0;
let isListening = false;

/** What is told of one request until `end`. Two to one URL at once hear of each other's head: then both count as sent. */
export class RequestWatch {
  readonly url: string;
  readonly #told: Told;
  readonly #since = messages;

  constructor(url: string) {
    listen();
    this.url = url;
    this.#told = toldOf.get(url) ?? nothingYet();
    this.#told.watchers++;
    toldOf.set(url, this.#told);
  }

  saw(kind: Kind): boolean {
    return this.#told[kind] > this.#since;
  }

  /** Whether a request to this URL failed with this very error. */
  failedWith(failure: object): boolean {
    return this.#told.failures.has(failure);
  }

  /** What was told before stays known. */
  end(): void {
    if (--this.#told.watchers === 0) {
      toldOf.delete(this.url);
    }
  }
}

function nothingYet(): Told {
  return { watchers: 0, taken: 0, left: 0, failed: 0, failures: new WeakSet(), hidden: 0 };
}

function listen(): void {
  if (isListening) {
    return;
  }
  isListening = true;
  const channels = builtinModule<{
    subscribe?(name: string, listener: (message: Message) => void): void;
  }>("node:diagnostics_channel");
  const on = (name: string, kind: Kind, counts = (_: Message) => true) =>
    // What a listener throws would end the process.
    channels?.subscribe?.(name, (message) => {
      const told = toldOf.size > 0 && toldOf.get(`${message?.request?.origin}${message?.request?.path}`);
      if (told && counts(message)) {
        told[kind] = ++messages;
        if (Object(message.error) === message.error) {
          told.failures.add(message.error as object);
        }
      }
    });
  on("undici:request:create", "taken");
  on("undici:client:sendHeaders", "left");
  // Over HTTP/2, undici before 7.2 tells of the body alone.
  on("undici:request:bodySent", "left");
  on("undici:request:error", "failed");
  on("undici:request:headers", "hidden", ({ response }) => response?.statusCode === 407);
}
