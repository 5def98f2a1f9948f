/** What a user's bundler makes of the package: whoever only starts backups does not carry what follows them. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, inject, test } from "vitest";
import { manifest } from "../scripts/lib/manifest.ts";
import { folderForTest } from "./support.ts";

/** The files of src/ from which something is in a bundle of these exports, as a user's bundler makes it. */
async function filesBehind(exports: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: {
      contents: `export { ${exports} } from "./src/index.ts";`,
      resolveDir: fileURLToPath(new URL("..", import.meta.url)),
    },
    ...{ bundle: true, treeShaking: true, format: "esm", write: false, metafile: true },
    packages: "external",
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
}

test("a bundle of the client has nothing of src/follow/", async () => {
  const files = await filesBehind("createBackupClient, isBackupError, credentialsFromEnv");
  expect(files).toContain("src/client.ts");
  expect(files.filter((file) => file.startsWith("src/follow/"))).toEqual([]);
});

test("a bundle of the waits has nothing of the client", async () => {
  const files = await filesBehind("waitForCopyInstance, findBackup");
  expect(files).toContain("src/follow/loop.ts");
  expect(files).not.toContain("src/client.ts");
  expect(files).not.toContain("src/exchange.ts");
});

test("a bundle of the marks has nothing else but their limits", async () => {
  expect((await filesBehind("uniqueRemark, uniqueName")).sort()).toEqual([
    "generated/tables.js",
    "src/follow/mark.ts",
    "src/follow/sha256.ts",
  ]);
});

// Single executables of Node are made of such a file, and so are many functions and containers.
test("the command works as one file of CommonJS that stands alone", async () => {
  const outfile = join(folderForTest(), "command.cjs");
  const { warnings } = await build({
    entryPoints: [inject("command")],
    ...{ bundle: true, minify: true, format: "cjs", platform: "node", outfile, logLevel: "silent" },
  });
  expect(warnings).toEqual([]);
  const run = (...args: string[]) => spawnSync(process.execPath, [outfile, ...args], { encoding: "utf8" });
  expect(run("--version")).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  const request = ["create", "dcs", "i", "--region", "eu-de", "--project-id", "p", "--dry-run"];
  expect(run(...request)).toMatchObject({ status: 0, stderr: "" });
});
