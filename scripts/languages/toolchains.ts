/** Brings what the rows need, once, into a cache folder outside the checkout. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { CACHE } from "../lib/tools.ts";
import { OPENAPI_GENERATOR } from "./recipes.ts";
import type { Row } from "./rows.ts";
import { type Environment, isMissing, run } from "./shell.ts";

/** Downloads and build outputs, so that only the first run is slow. */
const cache = join(CACHE, "languages");
/** Every install that has begun, by its folder, because rows share tools. */
const installs = new Map<string, Promise<void>>();
let openapiGeneratorInstalled: Promise<void> | undefined;

/** Where whoever runs this may: what rows take from Debian. */
export async function installDebian(rows: Row[]): Promise<void> {
  const packages = ["iproute2", ...new Set(rows.flatMap(({ debian = [] }) => debian))];
  if (process.getuid?.() !== 0 || isMissing("apt-get")) {
    return;
  }
  const names = packages.join(" ");
  await run(
    `dpkg -s ${names} >/dev/null 2>&1 || (apt-get update -qq && apt-get install -y -qq --no-install-recommends ${names})`,
    ".",
    { ...(process.env as Environment), DEBIAN_FRONTEND: "noninteractive" },
  );
}

/** Brings a row's tools, and tells its commands where they are. */
export async function installFor(row: Row, work: string): Promise<Environment> {
  if (needsOpenapiGenerator(row)) {
    await installOpenapiGenerator();
  }
  if (!row.install) {
    return baseEnvironment();
  }
  const { name, command } = row.install;
  const folder = join(cache, name, `${row.folder ?? row.name}-${hashOf(command, work)}`);
  const environment = environmentWith(folder);
  if (!installs.has(folder)) {
    installs.set(folder, installInto(folder, command, work, environment));
  }
  await installs.get(folder);
  return environment;
}

export function needsOpenapiGenerator({ generate }: Row): boolean {
  return generate?.startsWith("openapi-generator-cli ") ?? false;
}

/** Maven's download folder takes only one writer at a time. The other tools lock theirs. */
export function usesMaven({ compile }: Row): boolean {
  return compile?.startsWith("mvn ") ?? false;
}

/** Brings the jar, and makes a command of the name that packages of openapi-generator give it. */
export function installOpenapiGenerator(): Promise<void> {
  openapiGeneratorInstalled ??= (async () => {
    const folder = join(cache, "openapi-generator");
    const jar = join(folder, `openapi-generator-cli-${OPENAPI_GENERATOR}.jar`);
    mkdirSync(join(cache, "bin"), { recursive: true });
    mkdirSync(folder, { recursive: true });
    if (!existsSync(jar)) {
      const artifact = `org.openapitools:openapi-generator-cli:${OPENAPI_GENERATOR}`;
      await run(
        `mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy -Dartifact=${artifact} -DoutputDirectory="${folder}"`,
        folder,
        baseEnvironment(),
      );
    }
    const script = `#!/bin/sh\nexec java -jar "${jar}" "$@"\n`;
    writeFileSync(join(cache, "bin/openapi-generator-cli"), script, { mode: 0o755 });
  })();
  return openapiGeneratorInstalled;
}

/** Names a folder of tools: other commands and other requirements get another name. */
function hashOf(command: string, work: string): string {
  const hash = createHash("sha256").update(command);
  const requirements = ["requirements.txt", "package.json", "go.mod"]
    .map((name) => join(work, name))
    .filter(existsSync);
  for (const path of requirements) {
    hash.update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 12);
}

async function installInto(folder: string, command: string, work: string, environment: Environment): Promise<void> {
  if (existsSync(join(folder, "complete"))) {
    return;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run(command, work, environment);
  writeFileSync(join(folder, "complete"), "");
}

function environmentWith(tools: string): Environment {
  const base = baseEnvironment();
  return {
    ...base,
    TOOLS: tools,
    PATH: [join(tools, "bin"), join(tools, "node_modules/.bin"), base["PATH"]].join(delimiter),
  };
}

/** Makes every tool keep what it downloads and builds under `cache`. Where it downloads from is left to the machine's settings. */
function baseEnvironment(): Environment {
  const { PATH = "" } = process.env;
  return {
    ...(process.env as Environment),
    PATH: [join(cache, "bin"), PATH].join(delimiter),
    MAVEN_OPTS: `-Dmaven.repo.local=${join(cache, "maven")}`,
    GOMODCACHE: join(cache, "go/mod"),
    GOCACHE: join(cache, "go/build"),
    GOTOOLCHAIN: "local",
    CARGO_TARGET_DIR: join(cache, "cargo"),
    PIP_CACHE_DIR: join(cache, "pip"),
    PYTHONDONTWRITEBYTECODE: "",
    npm_config_cache: join(cache, "npm"),
    SCARF_ANALYTICS: "false",
  };
}
