/** Where the stand-in listens: over http, or over https with HTTP/1.1, HTTP/2 or both. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer, type ServerHttp2Stream } from "node:http2";
import { createServer as createTlsServer } from "node:https";
import type { Server, Socket } from "node:net";
import { listen } from "../lib/listen.ts";
import type { Certificate } from "./certificate.ts";

export interface Tls extends Certificate {
  /** What it speaks over TLS. @default both */
  protocol?: "http/1.1" | "h2";
}

/** The connection that a request came on. */
export interface Line {
  /** How many there were before it. */
  number: number;
  /** Breaks it with a reset. */
  reset(): void;
  /** Breaks it without one. */
  close(): void;
  /** The request's own part of it, where it is one of HTTP/2. */
  stream: ServerHttp2Stream | undefined;
}

export type Handler = (incoming: IncomingMessage, outgoing: ServerResponse, line: Line) => void;

interface Listener {
  url: string;
  close(): Promise<void>;
}

export async function startListener(handler: Handler, port: number, tls: Tls | undefined): Promise<Listener> {
  // By their ports: over TLS a request knows no other name of the socket beneath.
  const sockets = new Map<number | undefined, { socket: Socket; number: number }>();
  let count = 0;
  const server = createFor(tls, (incoming, outgoing) => {
    const { socket, number } = sockets.get(incoming.socket.remotePort) ?? { socket: incoming.socket, number: -1 };
    const { stream } = outgoing as { stream?: ServerHttp2Stream };
    handler(incoming, outgoing, {
      number,
      reset: () => socket.resetAndDestroy(),
      close: () => socket.destroy(),
      stream,
    });
  });
  server.on("connection", (socket: Socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, { socket, number: count++ });
    socket.on("close", () => sockets.delete(remotePort));
  });
  const url = await listen(server, port);
  return {
    url: tls ? url.replace("http:", "https:") : url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const { socket } of sockets.values()) {
          socket.destroy();
        }
      }),
  };
}

function createFor(
  tls: Tls | undefined,
  handler: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): Server {
  if (!tls) {
    return createServer(handler);
  }
  const { certificate: cert, key, protocol } = tls;
  if (protocol === "http/1.1") {
    return createTlsServer({ cert, key }, handler);
  }
  // Node gives requests of HTTP/2 the same methods: https://nodejs.org/api/http2.html#compatibility-api
  const alike = handler as unknown as Parameters<typeof createSecureServer>[1];
  return createSecureServer({ cert, key, allowHTTP1: protocol === undefined }, alike).on("sessionError", () => {});
}
