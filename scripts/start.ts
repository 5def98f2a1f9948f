/**
 * `npm start`: starts the stand-in, makes backups against it, follows them to their end and tells about it. `--once` ends then, `--port N`
 * picks the port, `--tls` serves https with HTTP/1.1 and HTTP/2.
 */
import { parseArgs } from "node:util";
import { TEST_KEY, TEST_TOKEN } from "./lib/test-account.ts";
import { trustedCertificate } from "./stand-in/trust.ts";

const DEFAULT_PORT = 8026;
/** How long a backup runs, in ms. */
const DURATION = 2_000;

const flag = { type: "boolean", default: false } as const;
const values = readOptions();
const port = Number(values.port ?? (values.once ? 0 : DEFAULT_PORT));
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  fail(`--port: must be a whole number from 0 to 65535, not ${values.port}`);
}

const tls = values.tls ? await trustedCertificate() : undefined;
// All this is loaded only here: a wrong option, and the first of the two processes of --tls, have no use for it.
const { createPages } = await import("./stand-in/pages.ts");
const { startStandIn } = await import("./stand-in/server.ts");
const { showBackups } = await import("./stand-in/show.ts");
const standIn = await startStandIn({
  port,
  tls,
  pages: createPages({ http2: tls !== undefined }),
  settings: { duration: DURATION },
}).catch((error: NodeJS.ErrnoException) =>
  fail(
    error.code === "EADDRINUSE"
      ? `Port ${port} is in use. Give another: npm start -- --port ${port + 1}`
      : String(error),
  ),
);
console.log(`Stand-in of DCS and DDS: ${standIn.url}\n`);
if (tls) {
  console.log(`To trust its certificate, start Node with NODE_EXTRA_CA_CERTS=${tls.path}\n`);
}
await showBackups(standIn);
if (values.once) {
  await standIn.close();
} else {
  // Once more, since it has gone out of sight.
  const trust = tls ? ` NODE_EXTRA_CA_CERTS=${tls.path} lets Node trust it.` : "";
  console.log(
    `The stand-in stays up at ${standIn.url}. Its access key is ${TEST_KEY.accessKeyId} / ${TEST_KEY.secretAccessKey}, its token ${TEST_TOKEN}.${trust} Ctrl+C ends it.

  ${standIn.url}/docs/ and ${standIn.url}/docs/zh-CN/ are the docs, once "npm run docs" has built them,
  ${standIn.url}/try/ is a page that sends the calls, follows what they start, and lets them go wrong.`,
  );
}

function readOptions() {
  try {
    return parseArgs({ options: { once: flag, tls: flag, port: { type: "string" } } }).values;
  } catch (error) {
    return fail(`${(error as Error).message}. The form is: npm start -- [--once] [--tls] [--port N]`);
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
