/**
 * Tools that only some scripts need, and that would make `npm ci` slow for everybody: other compilers, other runtimes, the clients to compare with.
 * Each set is installed once, pinned, into a cache folder outside the checkout.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { manifest } from "./manifest.ts";

/** What scripts bring is kept here, for all checkouts. */
export const CACHE = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "huaweicloud-backup");

/**
 * @param packages name to exact version, or to `npm:package@version` under another name.
 * @returns the folder whose `node_modules` holds them.
 */
export function installTools(packages: Readonly<Record<string, string>>): string {
  const key = JSON.stringify([packages, process.platform, process.arch]);
  const folder = join(CACHE, createHash("sha256").update(key).digest("hex").slice(0, 16));
  if (existsSync(folder)) {
    return folder;
  }
  mkdirSync(CACHE, { recursive: true });
  const work = mkdtempSync(join(CACHE, "installing-"));
  try {
    writeFileSync(join(work, "package.json"), JSON.stringify({ private: true, dependencies: packages }));
    npm(work, "install");
    renameSync(work, folder);
  } catch (error) {
    // Another script may have installed the same meanwhile.
    if (!existsSync(folder)) {
      throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

/** The version that the checkout itself develops with. */
export function devVersion(name: string): string {
  const version = manifest.devDependencies[name];
  if (version === undefined) {
    throw new Error(`package.json has no ${name}`);
  }
  return version;
}

/** Runs npm in a folder, without any package's own scripts. @returns what it printed. */
export function npm(folder: string, ...args: string[]): string {
  return npmWithScripts(folder, ...args, "--ignore-scripts");
}

/** Runs npm in a folder as a user does, whose npm runs the scripts of packages. */
export function npmWithScripts(folder: string, ...args: string[]): string {
  return execFileSync("npm", [...args, "--no-audit", "--no-fund", "--prefer-offline"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, npm_config_loglevel: "error" },
  });
}
