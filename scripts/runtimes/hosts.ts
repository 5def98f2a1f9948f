/** The runtimes, and how a program is run on each. */
import { execFile, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { launchBrowser } from "../lib/browser.ts";
import { installNodes } from "../lib/nodes.ts";
import { installTools } from "../lib/tools.ts";
import type { Config } from "./conformance.ts";
import type { About, Outcome } from "./run.ts";

const TOOLS = {
  "@cloudflare/workerd-linux-64": "1.20261117.1",
  "@deno/linux-x64-glibc": "2.9.6",
  "@oven/bun-linux-x64": "1.4.5",
};

/** In a project that holds the package: the program as a module of its own, and with all it needs in one file. */
export interface Program {
  folder: string;
  module: string;
  bundle: string;
}

/** What the conformance program gives; undefined where the runtime does not speak the protocol. */
type Outcomes = Outcome[] | undefined;

export interface Host {
  name: string;
  /** After what it sends a POST again by itself, and can't be kept from it. */
  resends?: readonly About[];
  /** Requests share its connections even where the client wants one for each. */
  shares?: boolean;
  /** @param authority the file with the certificate to trust, where the stand-in serves https. */
  run(program: Program, config: Config, authority: string | undefined): Promise<Outcomes>;
}

export function hosts(): Host[] {
  const tools = installTools(TOOLS);
  const binary = (path: string) => join(tools, "node_modules", path);
  const bun = binary("@oven/bun-linux-x64/bin/bun");
  const deno = binary("@deno/linux-x64-glibc/deno");
  const workerd = binary("@cloudflare/workerd-linux-64/bin/workerd");
  const worker = `workerd ${TOOLS["@cloudflare/workerd-linux-64"]}`;
  return [
    ...installNodes().map(({ version, binary }) => ({
      name: `Node ${version}`,
      run: commandLine(binary, [], NODE_TRUST),
    })),
    { name: `Bun ${TOOLS["@oven/bun-linux-x64"]}`, run: commandLine(bun, [], NODE_TRUST) },
    {
      name: `Deno ${TOOLS["@deno/linux-x64-glibc"]}`,
      run: commandLine(
        deno,
        ["run", "--no-prompt", "--allow-net", "--allow-read", "--node-modules-dir=manual"],
        "DENO_CERT",
      ),
    },
    { name: worker, shares: true, run: inWorker(workerd, NEW_WORKER) },
    { name: `${worker}, nodejs_compat`, shares: true, run: inWorker(workerd, NEW_WORKER, ["nodejs_compat"]) },
    { name: `${worker}, as of ${OLD_WORKER}`, shares: true, run: inWorker(workerd, OLD_WORKER) },
    { name: "Chromium", resends: ["kept", "refused stream", "unprocessed"], shares: true, run: onPage },
  ];
}

const NEW_WORKER = "2026-11-01";
/** Workers of that date throw where a request has the option `cache`. */
const OLD_WORKER = "2024-09-01";

const NODE_TRUST = "NODE_EXTRA_CA_CERTS";

/** A runtime that is given a file and prints. */
function commandLine(binary: string, options: string[], trust: string): Host["run"] {
  return async ({ folder, module }, config, authority) => {
    const main = join(folder, "main.mjs");
    const source = `import { conform } from ${JSON.stringify(pathToFileURL(module))};
      console.log(JSON.stringify((await conform(${JSON.stringify(config)})) ?? null));`;
    writeFileSync(main, source);
    const env = { ...process.env, ...(authority && { [trust]: authority }) };
    return new Promise((resolve, reject) => {
      execFile(binary, [...options, main], { cwd: folder, env, timeout: 60_000 }, (error, stdout, stderr) => {
        if (error) {
          reject(new Error(`${error.message}\n${stderr}`));
        } else {
          resolve(JSON.parse(stdout) ?? undefined);
        }
      });
    });
  };
}

/** A Worker that answers a request with what the program found. */
function inWorker(workerd: string, date: string, flags: string[] = []): Host["run"] {
  return async ({ folder, bundle }, config, authority) => {
    const main = join(folder, "worker.js");
    writeFileSync(
      main,
      `import { conform } from "conformance";
      let knowsCache = true;
      try { new Request("https://host.invalid", { cache: "no-store" }); } catch { knowsCache = false; }
      if (knowsCache !== ${date !== OLD_WORKER}) throw new Error("Workers of ${date}: knowsCache is " + knowsCache);
      export default { fetch: async () => Response.json((await conform(${JSON.stringify(config)})) ?? null) };`,
    );
    const certificates = authority === undefined ? [] : [readFileSync(authority, "utf8")];
    const capnp = join(folder, "worker.capnp");
    writeFileSync(
      capnp,
      `using Workerd = import "/workerd/workerd.capnp";
      const config :Workerd.Config = (
        services = [
          (name = "main", worker = (
            modules = [
              (name = "worker", esModule = embed ${JSON.stringify(basename(main))}),
              (name = "conformance", esModule = embed ${JSON.stringify(basename(bundle))}),
            ],
            compatibilityDate = ${JSON.stringify(date)},
            compatibilityFlags = ${JSON.stringify(flags)},
          )),
          (name = "internet", network = (
            allow = ["private", "public"],
            tlsOptions = (trustedCertificates = ${JSON.stringify(certificates)}),
          )),
        ],
        sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
      );`,
    );
    const server = spawn(workerd, ["serve", "--control-fd=3", capnp], { stdio: ["ignore", "inherit", "pipe", "pipe"] });
    const errors = text(server.stderr as NodeJS.ReadableStream);
    try {
      const port = await new Promise<number>((resolve, reject) => {
        server.stdio[3]?.once("data", (line: Buffer) => resolve(JSON.parse(line.toString()).port));
        server.once("error", reject).once("exit", async () => reject(new Error(await errors)));
      });
      const response = await fetch(`http://127.0.0.1:${port}`).catch((error: unknown) => String(error));
      if (typeof response === "string" || !response.ok) {
        // Where TLS finds no common protocol, workerd gives up the Worker's whole request.
        return config.protocol === "https/h2" ? undefined : fail(response);
      }
      return ((await response.json()) as Outcome[] | null) ?? undefined;
    } finally {
      server.kill();
    }
  };
}

async function fail(response: Response | string): Promise<never> {
  throw new Error(typeof response === "string" ? response : await response.text());
}

/** A page that seems to come from the stand-in, so that the browser lets it ask there. */
async function onPage({ bundle }: Program, config: Config): Promise<Outcomes> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    await page.route(`${config.url}/page`, (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Conformance</title>" }),
    );
    await page.route(`${config.url}/conformance.js`, (route) =>
      route.fulfill({ contentType: "text/javascript", path: bundle }),
    );
    // A page may not ask another port of this machine.
    const own = { ...config, orderUrl: `${config.url}/orders` };
    await page.route(own.orderUrl, async (route) => {
      await fetch(config.orderUrl, { method: "POST", body: route.request().postData() });
      await route.fulfill();
    });
    await page.goto(`${config.url}/page`);
    return await page.evaluate(`import("/conformance.js").then(({ conform }) => conform(${JSON.stringify(own)}))`);
  } finally {
    await browser.close();
  }
}
