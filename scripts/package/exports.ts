/** Proves that whatever the package exports can be imported and required. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Manifest {
  exports: Record<string, string | { types: string; default?: string }>;
}

/** Imports and requires everything with the Node that runs this script. In CI that is the oldest one that is supported. */
export function checkExports(folder: string, { exports }: Manifest): string {
  const names = (kind: RegExp) =>
    Object.entries(exports)
      .filter(([, entry]) => kind.test(typeof entry === "string" ? entry : (entry.default ?? "")))
      .map(([name]) => name.replace(".", "huaweicloud-backup"));
  const code = names(/\.js$/);
  const json = names(/\.json$/);
  const files = names(/\.yaml$/);
  writeFileSync(
    join(folder, "import.js"),
    `import { createRequire } from "node:module";
    import { readFileSync } from "node:fs";
    const require = createRequire(import.meta.url);
    const fail = (why) => { throw new Error(why); };
    for (const name of ${JSON.stringify(code)}) {
      const imported = Object.keys(await import(name)).sort().join();
      if (!imported || Object.keys(require(name)).filter((key) => key !== "__esModule").sort().join() !== imported) fail(name);
    }
    for (const name of ${JSON.stringify(json)}) {
      const { default: document } = await import(name, { with: { type: "json" } });
      const kind = (json) => json.openapi ?? json.$schema ?? json.name;
      if (!kind(document) || kind(require(name)) !== kind(document)) fail(name);
    }
    for (const name of ${JSON.stringify(files)}) {
      if (!readFileSync(new URL(import.meta.resolve(name)), "utf8").startsWith("openapi:")) fail(name);
    }
    await import("huaweicloud-backup/dist/shared.js").then(() => fail("dist is reachable"), () => {});`,
  );
  // Node writes warnings to stderr.
  const options = { cwd: folder, encoding: "utf8" } as const;
  const { status, stderr } = spawnSync(process.execPath, ["--trace-warnings", "import.js"], options);
  if (status !== 0 || stderr) {
    throw new Error(stderr);
  }
  return `${[...code, ...json, ...files].length} exports on Node ${process.version}`;
}
