/**
 * On Node, undici tells when it takes up a request, when the head of it leaves, when it gives it up, and with what status it is answered:
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md. Where nobody tells, nothing of it is ever known.
 */
import { builtinModule } from "./builtin.js";

/** What undici has told of the requests to one URL since somebody began to watch them. */
interface Told {
  watchers: number;
  taken: number;
  left: number;
  failed: number;
  answered: number;
  status: number | undefined;
  failures: WeakSet<object> | undefined;
}

interface Message {
  request?: { origin?: unknown; path?: unknown };
  error?: unknown;
  response?: { statusCode?: number };
}

const toldOf = new Map<string, Told>();
let isListening = false;

/** What is known of one request. Two to one URL at once hear of each other's head: then both count as sent. */
export class RequestWatch {
  readonly url: string;
  readonly #told: Told;
  readonly #before: Readonly<Told>;

  constructor(url: string) {
    listen();
    this.url = url;
    this.#told = toldOf.get(url) ?? nothingYet();
    this.#told.watchers++;
    this.#before = { ...this.#told };
    toldOf.set(url, this.#told);
  }

  get taken(): boolean {
    return this.#told.taken > this.#before.taken;
  }

  get left(): boolean {
    return this.#told.left > this.#before.left;
  }

  /** Nothing more comes of it. */
  get failed(): boolean {
    return this.#told.failed > this.#before.failed;
  }

  /** Whether a request to this URL failed with this very error. */
  failedWith(failure: object): boolean {
    return this.#told.failures?.has(failure) ?? false;
  }

  get status(): number | undefined {
    return this.#told.answered > this.#before.answered ? this.#told.status : undefined;
  }

  /** What is told from now on is no longer counted where nobody else watches. What was told before stays known. */
  unwatch(): void {
    if (--this.#told.watchers === 0) {
      toldOf.delete(this.url);
    }
  }
}

function nothingYet(): Told {
  return { watchers: 0, taken: 0, left: 0, failed: 0, answered: 0, status: undefined, failures: undefined };
}

function listen(): void {
  if (isListening) {
    return;
  }
  isListening = true;
  const channels = builtinModule<{
    subscribe?(name: string, listener: (message: Message) => void): void;
  }>("node:diagnostics_channel");
  // What a listener throws would end the process.
  const on = (name: string, note: (told: Told, message: Message) => void) =>
    channels?.subscribe?.(name, (message) => {
      const told = toldOf.size > 0 && toldOf.get(`${message?.request?.origin}${message?.request?.path}`);
      if (told) {
        note(told, message);
      }
    });
  on("undici:request:create", (told) => {
    told.taken++;
  });
  const noteLeft = (told: Told) => {
    told.left++;
  };
  on("undici:client:sendHeaders", noteLeft);
  // Over HTTP/2, undici before 7.2 tells of the body alone.
  on("undici:request:bodySent", noteLeft);
  on("undici:request:error", (told, { error }) => {
    told.failed++;
    if (typeof error === "object" && error !== null) {
      told.failures ??= new WeakSet();
      told.failures.add(error);
    }
  });
  on("undici:request:headers", (told, { response }) => {
    told.answered++;
    told.status = response?.statusCode;
  });
}
