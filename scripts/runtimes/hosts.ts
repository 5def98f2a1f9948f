/** The runtimes, and how a program is run on each. */
import { execFile, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { launchBrowser } from "../lib/browser.ts";
import { installNodes } from "../lib/nodes.ts";
import { installTools } from "../lib/tools.ts";
import type { Config, Outcome } from "./conformance.ts";

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

export interface Host {
  name: string;
  /** It sends a POST again by itself when a kept connection breaks, and can't be kept from it. */
  resends?: boolean;
  run(program: Program, config: Config): Promise<Outcome[]>;
}

export function hosts(): Host[] {
  const tools = installTools(TOOLS);
  const binary = (path: string) => join(tools, "node_modules", path);
  const versionOf = (name: keyof typeof TOOLS) => TOOLS[name].replace(/.*@/, "");
  const bun = binary("@oven/bun-linux-x64/bin/bun");
  const deno = binary("@deno/linux-x64-glibc/deno");
  const workerd = binary("@cloudflare/workerd-linux-64/bin/workerd");
  const worker = `workerd ${versionOf("@cloudflare/workerd-linux-64")}`;
  return [
    ...installNodes().map((node) => ({ name: `Node ${node.version}`, run: commandLine(node.binary, []) })),
    { name: `Bun ${versionOf("@oven/bun-linux-x64")}`, run: commandLine(bun, []) },
    {
      name: `Deno ${versionOf("@deno/linux-x64-glibc")}`,
      run: commandLine(deno, ["run", "--no-prompt", "--allow-net", "--allow-read", "--node-modules-dir=manual"]),
    },
    { name: worker, run: inWorker(workerd, []) },
    { name: `${worker}, nodejs_compat`, run: inWorker(workerd, ["nodejs_compat"]) },
    { name: "Chromium", resends: true, run: onPage },
  ];
}

/** A runtime that is given a file and prints. */
function commandLine(binary: string, options: string[]): Host["run"] {
  return async ({ folder, module }, config) => {
    const main = join(folder, "main.mjs");
    const source = `import { conform } from ${JSON.stringify(pathToFileURL(module))};
      console.log(JSON.stringify(await conform(${JSON.stringify(config)})));`;
    writeFileSync(main, source);
    return new Promise((resolve, reject) => {
      execFile(binary, [...options, main], { cwd: folder, timeout: 60_000 }, (error, stdout, stderr) => {
        if (error) {
          reject(new Error(`${error.message}\n${stderr}`));
        } else {
          resolve(JSON.parse(stdout));
        }
      });
    });
  };
}

/** A Worker that answers a request with what the program found. */
function inWorker(workerd: string, flags: string[]): Host["run"] {
  return async ({ folder, bundle }, config) => {
    const main = join(folder, "worker.js");
    writeFileSync(
      main,
      `import { conform } from "conformance";
      export default { fetch: async () => Response.json(await conform(${JSON.stringify(config)})) };`,
    );
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
            compatibilityDate = "2026-11-01",
            compatibilityFlags = ${JSON.stringify(flags)},
          )),
          (name = "internet", network = (allow = ["private", "public"])),
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
      const response = await fetch(`http://127.0.0.1:${port}`);
      if (!response.ok) {
        throw new Error(await response.text());
      }
      return (await response.json()) as Outcome[];
    } finally {
      server.kill();
    }
  };
}

/** A page that seems to come from the stand-in, so that the browser lets it ask there. */
async function onPage({ bundle }: Program, config: Config): Promise<Outcome[]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.route(`${config.url}/page`, (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Conformance</title>" }),
    );
    await page.route(`${config.url}/conformance.js`, (route) =>
      route.fulfill({ contentType: "text/javascript", path: bundle }),
    );
    await page.goto(`${config.url}/page`);
    return await page.evaluate(`import("/conformance.js").then(({ conform }) => conform(${JSON.stringify(config)}))`);
  } finally {
    await browser.close();
  }
}
