/**
 * Answers every POST with the same success, as cheaply as Node can: straight from the socket, without an HTTP server. Prints its URL. Given a
 * path, it speaks TLS, and writes there what its clients must trust.
 */
import { writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { listen } from "../lib/listen.ts";
import { makeCertificate } from "../stand-in/certificate.ts";

const body = '{"backup_id":"548ceeff-2c43-4a9f-a5ab-4a4ab3a3a0f3"}';
const answer = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const [, , authorityPath] = process.argv;

if (authorityPath === undefined) {
  console.log(await listen(createServer(serve)));
} else {
  const { authority, certificate, key } = makeCertificate();
  writeFileSync(authorityPath, authority);
  const url = await listen(createTlsServer({ cert: certificate, key }, serve));
  console.log(url.replace("http:", "https:"));
}

function serve(socket: Socket): void {
  let buffer = "";
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", (data) => {
    buffer += data.toString("latin1");
    for (;;) {
      const head = buffer.indexOf("\r\n\r\n");
      if (head < 0) {
        return;
      }
      const length = Number(/content-length: (\d+)/i.exec(buffer.slice(0, head))?.[1] ?? 0);
      if (buffer.length < head + 4 + length) {
        return;
      }
      buffer = buffer.slice(head + 4 + length);
      socket.write(answer);
    }
  });
}
