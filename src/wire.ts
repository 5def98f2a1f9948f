/** openapi-fetch under the client's own methods: it writes the URL and hands on the call. Ids, headers, bodies and answers are ours. */
import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import { operations, type Service } from "../generated/tables.js";
import { ask } from "./ask.js";
import { type Call, type Draft, isRead, newCall } from "./call.js";
import { serviceTimes } from "./memory.js";
import type { CheckedOptions } from "./options.js";
import { errorOf } from "./report.js";
import { readServiceTime } from "./service-time.js";

/** What a method of the client knows. */
type Asked = Omit<Draft, "endpoint" | "method" | "path" | "projectId">;

/** Makes a call and gives what it is made for, or throws its error. */
type Wire = <Response>(asked: Asked) => Promise<Response>;

export function createWire(options: CheckedOptions, projectId: string): Wire {
  const clients: { [S in Service]?: Client<AnyPaths> } = {};
  return async <Response>(asked: Asked) => {
    const { service, method, path: template } = operations[asked.operationId];
    // Ids are checked, so they need no encoding. What openapi-fetch has for it can write paths in any style, and takes longer.
    const path = template.replace("{project_id}", projectId).replace("{instance_id}", asked.instanceId ?? "");
    const endpoint = options.endpoints(service);
    clients[service] ??= createClient<AnyPaths>({ baseUrl: endpoint.origin, ...lightweight(options) });
    const init = {
      draft: { ...asked, endpoint, method, path, projectId },
      // openapi-fetch parses no answer, and bodies are written already.
      parseAs: "stream" as const,
    };
    const { data }: { data?: unknown } = await clients[service][method](path, init);
    return data as Response;
  };
}

/** What openapi-fetch has to know of the spec. Bodies and answers are typed by the methods. */
interface AnyPaths {
  [path: string]: Record<"get" | "post", { responses: { 200: { content: { "application/json": unknown } } } }>;
}

/** Hands on the call that it stands for, with the URL that openapi-fetch wrote for it. */
class LightRequest {
  readonly url: string;
  readonly draft: Draft;

  constructor(url: string, { draft }: { draft: Draft }) {
    this.url = url;
    this.draft = draft;
  }
}

/**
 * Takes the place of `fetch` and `Request` under our own methods, which need none of a real one's parsing, cloning and streams.
 * openapi-fetch types them as the platform's classes, of which it touches no more than is here.
 */
function lightweight(options: CheckedOptions): Pick<ClientOptions, "fetch" | "Request"> {
  const fetch = async ({ url, draft }: LightRequest) => {
    const body = await answerOf(newCall(draft, url), options);
    return { ok: true, status: 200, headers: { get: () => null }, body };
  };
  return { fetch, Request: LightRequest } as unknown as Pick<ClientOptions, "fetch" | "Request">;
}

/** A success is one only when it says so: 2xx, JSON, and in it what the call is made for. */
async function answerOf(call: Call, options: CheckedOptions): Promise<unknown> {
  const ending = await ask(call, options);
  const { outcome } = ending;
  if (outcome.kind !== "answer" || outcome.value === undefined) {
    throw errorOf(call, ending);
  }
  if (isRead(call)) {
    // Who looks for a lost backup needs to know when that was by the service's clock.
    const time = readServiceTime(outcome.headers.get("date"), outcome.arrivedAt);
    if (time) {
      serviceTimes.set(Object(outcome.value) as object, time);
    }
  }
  return outcome.value;
}
