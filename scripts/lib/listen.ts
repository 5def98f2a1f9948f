import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";

/**
 * Lets a server listen, on this machine alone. 0 takes any free port.
 *
 * @returns its URL. @throws `EADDRINUSE` when the port is taken.
 */
export async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("The server has no port");
  }
  return `http://127.0.0.1:${address.port}`;
}

/** A URL of this machine at which nothing listens. */
export async function closedUrl(): Promise<string> {
  const server = createServer();
  try {
    // No system hands out a port of this range by itself, neither to a server nor for a connection: nobody else gets this one meanwhile.
    const url = await listen(server, randomInt(16_384, 32_768));
    await new Promise((resolve) => server.close(resolve));
    return url;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
      return closedUrl();
    }
    throw error;
  }
}
