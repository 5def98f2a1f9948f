import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as sendRequest } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "../lib/listen.ts";
import { startStandIn } from "../stand-in/server.ts";

export interface Exchange {
  target: string;
  headers: IncomingHttpHeaders;
  body: string;
  status: number;
  requestId: string | undefined;
  answer: Record<string, unknown>;
}

export interface Recorder {
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
      const { exchange, headers } = await passOn(incoming, standIn.url);
      exchanges.push(exchange);
      outgoing.writeHead(exchange.status, headers).end(JSON.stringify(exchange.answer));
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

/** Below `/answer/{status}/{example}` it asks for that documented answer, which spares each client a header of its own. */
async function passOn(
  incoming: IncomingMessage,
  url: string,
): Promise<{ exchange: Exchange; headers: IncomingHttpHeaders }> {
  const [, code, example, rest] = /^\/answer\/(\d{3})\/(\w+)(\/.*)$/.exec(incoming.url ?? "") ?? [];
  const target = rest ?? incoming.url ?? "";
  const sent = await buffer(incoming);
  const { "transfer-encoding": _, ...headers } = incoming.headers;
  const prefer = code && { prefer: `code=${code}, example=${example}` };
  const forwarded = sendRequest(url, {
    method: incoming.method,
    path: target,
    headers: { ...headers, "content-length": sent.length, ...prefer },
  });
  forwarded.end(sent);
  const [response] = (await once(forwarded, "response")) as [IncomingMessage];
  const received = (await buffer(response)).toString();
  // The answer to a HEAD has no body.
  const answer = { ...(received && JSON.parse(received)), added_later: { by: "a newer service" } };
  const { "content-length": __, ...answerHeaders } = response.headers;
  const requestId = response.headers["x-request-id"]?.toString();
  const exchange = { target, headers, body: sent.toString(), status: response.statusCode ?? 0, requestId, answer };
  return { exchange, headers: answerHeaders };
}
