/** Before all tests: builds the command as it is shipped, once for all files that run it as a process. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";
import { root } from "../scripts/lib/root.ts";
import { makeTemporaryFolder, removeFolder } from "../scripts/lib/temporary.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the command's file, which Node runs. */
    command: string;
  }
}

export default async function buildCommand(project: TestProject): Promise<() => void> {
  const folder = makeTemporaryFolder("command");
  const how = { bundle: true, splitting: true, format: "esm", target: "es2022", logLevel: "error" } as const;
  const library = ["index", "validate"].map((name) => join(root, `src/${name}.ts`));
  await build({ ...how, entryPoints: library, outdir: join(folder, "dist") });
  await build({
    ...how,
    entryPoints: ["main", "run"].map((name) => join(root, `src/cli/${name}.ts`)),
    ...{ platform: "node", external: ["../index.js", "../validate.js"] },
    outdir: join(folder, "dist/cli"),
  });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  project.provide("command", join(folder, "dist/cli/main.js"));
  return () => removeFolder(folder);
}
