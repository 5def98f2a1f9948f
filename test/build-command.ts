/** Before all tests: builds the command as it is shipped, once for all files that run it as a process. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { root } from "../scripts/lib/root.ts";
import { makeTemporaryFolder, removeFolder } from "../scripts/lib/temporary.ts";
import { bundleCommand, bundleLibrary } from "../scripts/package/bundle.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the command's file, which Node runs. */
    command: string;
  }
}

export default async function buildCommand(project: TestProject): Promise<() => void> {
  const folder = makeTemporaryFolder("command");
  await bundleLibrary(join(folder, "dist"), "bundle");
  await bundleCommand(join(folder, "dist/cli"));
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  project.provide("command", join(folder, "dist/cli/main.js"));
  return () => removeFolder(folder);
}
