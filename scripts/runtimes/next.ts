/**
 * Next.js puts a `fetch` of its own in the place of the platform's, and its version 14 answers a POST from its cache. Here a route of a real
 * app makes three backups, and each must arrive. So must those of a route in the edge runtime, which refuses what is Node's own.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { closedUrl } from "../lib/listen.ts";
import { DCS_INSTANCE_ID, PROJECT_ID, TEST_KEY } from "../lib/test-account.ts";
import { installTools } from "../lib/tools.ts";
import { startStandIn } from "../stand-in/server.ts";

interface NextVersion {
  version: string;
  react: string;
  options: string[];
}

/** The last of those that cache, and the newest. Turbopack, which 16 has besides, does not follow links out of the app's folder. */
export const NEXT_VERSIONS: readonly NextVersion[] = [
  { version: "14.2.35", react: "18.3.1", options: [] },
  { version: "16.4.6", react: "19.2.0", options: ["--webpack"] },
];

const RUNTIMES = ["nodejs", "edge"];
/** How many backups are started in each runtime. */
const CALLS = 3;
/** How often, each 200 ms, the app is asked until it answers. */
const MAX_TRIES = 300;

/** @param folder a project that holds the package. @returns what is wrong. */
export async function proveOnNext(folder: string, { version, react, options }: NextVersion): Promise<string[]> {
  const app = join(folder, `next-${version}`);
  const tools = installTools({ next: version, react, "react-dom": react });
  mkdirSync(join(app, "app"), { recursive: true });
  symlinkSync(join(tools, "node_modules"), join(app, "node_modules"));
  writeFileSync(join(app, "package.json"), JSON.stringify({ private: true }));
  writeFileSync(join(app, "app/layout.js"), "export default function Layout({ children }) { return children; }\n");
  const standIn = await startStandIn();
  for (const runtime of RUNTIMES) {
    mkdirSync(join(app, "app", runtime));
    writeFileSync(join(app, "app", runtime, "route.js"), routeFor(standIn.url, runtime));
  }
  const url = await closedUrl();
  const next = spawn(
    process.execPath,
    [join(tools, "node_modules/next/dist/bin/next"), "dev", ...options, "-H", "127.0.0.1", "-p", new URL(url).port],
    {
      cwd: app,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    },
  );
  // Its children have its output too, so that this is the end of them all.
  const ended = once(next, "close");
  next.stdout.resume();
  try {
    const ids = new Set<unknown>();
    const calls = RUNTIMES.flatMap((runtime) => Array.from({ length: CALLS }, () => runtime));
    for (const runtime of calls) {
      ids.add(await ask(`${url}/${runtime}`));
    }
    const arrived = standIn.received.length;
    const isRight = arrived === calls.length && ids.size === calls.length;
    return isRight ? [] : [`${calls.length} calls, ${ids.size} answers, ${arrived} requests`];
  } catch (error) {
    return [`${error}`];
  } finally {
    process.kill(-(next.pid ?? 0), "SIGKILL");
    await ended;
    await standIn.close();
  }
}

function routeFor(url: string, runtime: string): string {
  const options = { projectId: PROJECT_ID, credentials: TEST_KEY, endpoints: { dcs: url } };
  return `import { createBackupClient } from "huaweicloud-backup";
export const dynamic = "force-dynamic";
export const runtime = "${runtime}";
export async function GET() {
  const backups = createBackupClient(${JSON.stringify(options)});
  return Response.json(await backups.copyInstance(${JSON.stringify(DCS_INSTANCE_ID)}));
}
`;
}

/** The app listens some seconds after its start. What it answered once is not asked again. */
async function ask(url: string): Promise<unknown> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const response = await fetch(url).catch(() => undefined);
    if (response) {
      const text = await response.text();
      if (!response.ok) {
        throw new Error(`The route answered ${response.status}: ${text.slice(0, 200)}`);
      }
      return (JSON.parse(text) as { backup_id?: unknown }).backup_id;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("The app did not answer");
}
