/** Records what goes over the wire between a row's program and a stand-in. */
import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as sendRequest,
} from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "../lib/listen.ts";
import { TEST_KEY } from "../lib/test-account.ts";
import { startStandIn } from "../stand-in/server.ts";
import { findSignatureFault } from "../stand-in/verify-signature.ts";
import { type Loss, losses } from "./plans.ts";

export interface Exchange {
  method: string;
  target: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** 0 where the connection ended without an answer. */
  status: number;
  requestId: string | undefined;
  answer: Record<string, unknown>;
  /** What is wrong with the signature over what arrived. */
  signatureFault: string | undefined;
  /** The way in which it was lost, if it was to be. */
  lost: Loss | undefined;
}

interface Recorder {
  url: string;
  /** Oldest first. */
  exchanges: Exchange[];
  close(): Promise<void>;
}

/** A stand-in that remembers what it was asked and what it answered. Every answer gains a field, as the spec says that answers may. */
export async function startRecorder(): Promise<Recorder> {
  const standIn = await startStandIn();
  const exchanges: Exchange[] = [];
  const server = createServer(async (incoming, outgoing) => {
    try {
      const received = await receive(incoming);
      if (received.target.startsWith("/lost/")) {
        const lost = losses[exchanges.filter((exchange) => exchange.lost).length] ?? "reset";
        exchanges.push({ ...received, lost });
        lose(outgoing, lost, received.target);
        return;
      }
      const { exchange, headers } = await passOn(received, standIn.url);
      exchanges.push(exchange);
      outgoing.writeHead(exchange.status, headers).end(exchange.status === 204 ? "" : JSON.stringify(exchange.answer));
    } catch (error) {
      console.error(error);
      outgoing.destroy();
    }
  });
  const url = await listen(server);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await standIn.close();
  };
  return { url, exchanges, close };
}

async function receive(incoming: IncomingMessage): Promise<Exchange> {
  const { method = "", url: target = "", headers } = incoming;
  const body = (await buffer(incoming)).toString();
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
  const signatureFault = findSignatureFault({ method, target, headers: named, body }, TEST_KEY, Date.now());
  return {
    method,
    target,
    headers,
    body,
    signatureFault,
    status: 0,
    requestId: undefined,
    answer: {},
    lost: undefined,
  };
}

/** Below `/lost` nothing is answered, or what makes some HTTP clients ask again. */
function lose(outgoing: ServerResponse, loss: Loss, target: string): void {
  if (loss === "again") {
    outgoing.writeHead(503, { "content-type": "application/json", "retry-after": "0" }).end("{}");
  } else if (loss === "moved") {
    outgoing.writeHead(307, { location: target }).end();
  } else {
    outgoing.destroy();
  }
}

/** Below `/answer/{status}/{example}` it asks for that documented answer, which spares each client a header of its own. */
async function passOn(received: Exchange, url: string): Promise<{ exchange: Exchange; headers: IncomingHttpHeaders }> {
  const [, code, example, rest] = /^\/answer\/(\d{3})\/(\w+)(\/.*)$/.exec(received.target) ?? [];
  const target = rest ?? received.target;
  const { "transfer-encoding": _, ...headers } = received.headers;
  const prefer = code && { prefer: `code=${code}, example=${example}` };
  const length = received.method === "GET" ? {} : { "content-length": Buffer.byteLength(received.body) };
  const forwarded = sendRequest(url, {
    method: received.method,
    path: target,
    headers: { ...headers, ...length, ...prefer },
  });
  forwarded.end(received.body);
  const [response] = (await once(forwarded, "response")) as [IncomingMessage];
  const text = (await buffer(response)).toString();
  // HEAD has no body.
  const answer = { ...(text && JSON.parse(text)), added_later: { by: "a newer service" } };
  const { "content-length": __, ...answerHeaders } = response.headers;
  const requestId = response.headers["x-request-id"]?.toString();
  const exchange = { ...received, target, status: response.statusCode ?? 0, requestId, answer };
  return { exchange, headers: answerHeaders };
}
