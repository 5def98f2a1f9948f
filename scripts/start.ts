/** `npm start`: starts the stand-in, makes the three backups against it and tells about it. `--once` ends then, `--port N` picks the port. */
import { parseArgs } from "node:util";
import { type BackupClient, type Credentials, createBackupClient, isBackupError } from "../src/index.ts";
import { createPages } from "./stand-in/pages.ts";
import { type ReceivedRequest, startStandIn, TEST_KEY, TEST_TOKEN } from "./stand-in/server.ts";

const DEFAULT_PORT = 8026;
/** How long a backup runs, in ms. */
const DURATION = 2_000;

const { values } = parseArgs({ options: { once: { type: "boolean", default: false }, port: { type: "string" } } });
const port = Number(values.port ?? (values.once ? 0 : DEFAULT_PORT));
if (!Number.isInteger(port) || port < 0 || port > 65535)
  fail(`--port: must be a whole number from 0 to 65535, not ${values.port}`);

const standIn = await startStandIn({ port, pages: createPages(TEST_TOKEN), settings: { duration: DURATION } }).catch(
  (error: NodeJS.ErrnoException) =>
    fail(
      error.code === "EADDRINUSE"
        ? `Port ${port} is in use. Give another: npm start -- --port ${port + 1}`
        : String(error),
    ),
);
console.log(`Stand-in of DCS and DDS: ${standIn.url}\n`);
await makeBackups();
if (values.once) await standIn.close();
else
  console.log(
    `The stand-in stays up at ${standIn.url}. Its access key is ${TEST_KEY.accessKeyId} / ${TEST_KEY.secretAccessKey}, its token ${TEST_TOKEN}. Ctrl+C ends it.

  ${standIn.url}/docs/ and ${standIn.url}/docs/zh-CN/ are the docs, once "npm run docs" has built them,
  ${standIn.url}/try/ is a page that sends the three calls.`,
  );

async function makeBackups(): Promise<void> {
  const projectId = "0549b4a43100d4f32f51c01c2fe4acdb";
  const instanceId = "5560df16-cebf-4473-95c4-d1b573c16e79";
  const create = (credentials: Credentials) =>
    createBackupClient({ projectId, credentials, endpoints: { dcs: standIn.url, dds: standIn.url } });
  const signed = create(TEST_KEY);
  const withToken = create({ token: TEST_TOKEN });

  await tell("copyInstance, signed with an access key", signed, (backups) =>
    backups.copyInstance(instanceId, { backup_format: "aof", remark: "before the upgrade" }),
  );
  await tell("copyInstanceV1, signed with an access key", signed, (backups) =>
    backups.copyInstanceV1("3d05ca07-4c92-4f1c-9d4c-3c0ab1e7c0f6", { remark: "before the upgrade" }),
  );
  await tell("createManualBackup, with a token", withToken, (backups) =>
    backups.createManualBackup({
      backup: {
        instance_id: "a89dab5e39394eccbdb77b19d57b0180in02",
        name: "mybackup1",
        description: "before the upgrade",
      },
    }),
  );
  await tell("createManualBackup with a name that is too short", signed, (backups) =>
    backups.createManualBackup({ backup: { instance_id: "a89dab5e39394eccbdb77b19d57b0180in02", name: "my" } }),
  );
}

async function tell(
  title: string,
  client: BackupClient,
  call: (client: BackupClient) => Promise<object>,
): Promise<void> {
  const outcome = await call(client).catch((error: unknown) => error);
  const request = standIn.received.at(-1);
  console.log(`${title}\n  sent      ${request ? describe(request) : "nothing"}`);
  if (!(outcome instanceof Error)) console.log(`  answered  ${JSON.stringify(outcome)}\n`);
  else if (isBackupError(outcome)) console.log(`  threw     ${outcome.name}: ${outcome.message}\n`);
  else throw outcome;
}

/** The request as it arrived, its secrets cut. */
function describe({ method, target, headers, body }: ReceivedRequest): string {
  const shown = Object.entries(headers)
    .filter(([name]) => /^(x-|authorization|content-type)/.test(name))
    .map(
      ([name, value]) => `${name}: ${name === "x-auth-token" ? "***" : value.replace(/Signature=.*/, "Signature=***")}`,
    );
  return [`${method} ${target}`, ...shown, body].join("\n            ");
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
