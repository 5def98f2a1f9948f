import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/** What package.json says. */
export const manifest: {
  version: string;
  engines: { node: string };
  devDependencies: Record<string, string>;
} = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
