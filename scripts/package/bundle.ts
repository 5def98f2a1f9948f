/** How the package's code is bundled: as it is shipped, and as the tests run it. */
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { manifest } from "../lib/manifest.ts";
import { root } from "../lib/root.ts";

const COMMON = {
  bundle: true,
  // What two entries share becomes a file of its own, so that both mean the same classes.
  splitting: true,
  chunkNames: "shared",
  format: "esm",
  target: "es2022",
  logLevel: "warning",
} satisfies BuildOptions;

/** @param packages whether dependencies stay imports, as a package has them, or go along. */
export async function bundleLibrary(outdir: string, packages: "external" | "bundle" = "external"): Promise<void> {
  const entryPoints = ["index", "openapi-fetch", "validate"].map((name) => join(root, `src/${name}.ts`));
  await build({ ...COMMON, entryPoints, outdir, packages });
}

/** The command imports the library that stands beside it. */
export async function bundleCommand(outdir: string): Promise<void> {
  const entryPoints = ["main.ts", "run.ts", "outcome.schema.json"].map((name) => join(root, "src/cli", name));
  const external = ["../index.js", "../validate.js"];
  const define = { VERSION: JSON.stringify(manifest.version) };
  await build({ ...COMMON, entryPoints, outdir, external, define, platform: "node", loader: { ".json": "copy" } });
}
