/**
 * Proves the package as its users get it: `npm run test:package`. It is packed and installed into an empty project, and there its files,
 * sizes, exports and types are checked.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./lib/root.ts";
import { devVersion, installTools } from "./lib/tools.ts";
import { checkClone } from "./package/clone.ts";
import { checkCommand } from "./package/command.ts";
import { checkExports, type Manifest } from "./package/exports.ts";
import { type Project, withInstalledPackage } from "./package/pack.ts";
import { checkTypes, copyConsumers, writeSamples } from "./package/types.ts";

/** All files that are published. A new one is added here on purpose, so that none is shipped by accident. */
const FILES = [
  "LICENSE",
  "README.md",
  "dist/attempt.d.ts",
  "dist/cli/main.js",
  "dist/cli/outcome.schema.json",
  "dist/cli/run.js",
  "dist/cli/shared.js",
  "dist/client.d.ts",
  "dist/credentials.d.ts",
  "dist/errors.d.ts",
  "dist/follow/find.d.ts",
  "dist/follow/lost.d.ts",
  "dist/follow/mark.d.ts",
  "dist/follow/options.d.ts",
  "dist/follow/records.d.ts",
  "dist/follow/types.d.ts",
  "dist/follow/wait-error.d.ts",
  "dist/follow/wait.d.ts",
  "dist/index.d.ts",
  "dist/index.js",
  "dist/openapi-fetch.d.ts",
  "dist/openapi-fetch.js",
  "dist/options.d.ts",
  "dist/shared.js",
  "dist/signing.d.ts",
  "dist/validate.d.ts",
  "dist/validate.js",
  "generated/calls.d.ts",
  "generated/dcs.openapi-3.0.json",
  "generated/dds.openapi-3.0.json",
  "generated/openapi-3.0.json",
  "generated/openapi.json",
  "generated/openapi.yaml",
  "generated/openapi.zh-CN.json",
  "generated/tables.d.ts",
  "generated/types.d.ts",
  "package.json",
  "signing/go/signing.go",
  "signing/java/AccessKey.java",
  "signing/java/HttpClientSigning.java",
  "signing/java/OkHttpSigning.java",
  "signing/php/HuaweiCloudSigning.php",
  "signing/python/huaweicloud_signing.py",
  "signing/ruby/huaweicloud_signing.rb",
  "signing/rust/huaweicloud_signing.rs",
  "signing/typescript/huaweicloud-signing.ts",
];

/** Upper limits. kB and MB are powers of ten. */
const BUDGETS = {
  /** The whole client in a browser's bundle, minified and gzipped. */
  bundle: 21_750,
  /** What `npm install` puts into an empty project. */
  packages: 3,
  installed: 1_700_000,
};

const TOOLS = {
  "@arethetypeswrong/cli": "0.18.5",
  "@types/node": devVersion("@types/node"),
  publint: "0.3.25",
  "typescript-5.4": "npm:typescript@5.4.5",
  "typescript-5.9": `npm:typescript@${devVersion("typescript")}`,
  "typescript-6": "npm:typescript@6.0.3",
  "typescript-7": "npm:typescript@7.0.2",
};

const tools = installTools(TOOLS);
const failures: string[] = [];

await withInstalledPackage(async (project) => {
  const installed = join(project.folder, "node_modules/huaweicloud-backup");
  const manifest: Manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  await check("files", () => checkFiles(project, manifest));
  await check("install", () => checkInstalledSize(join(project.folder, "node_modules")));
  await check("browser bundle", () => checkBundle(project.folder));
  await check("import and require", () => checkExports(project.folder, manifest));
  await check("command", () => checkCommand(project.folder));
  await check("publint", () => run("publint/src/cli.js", "run", project.packed.tarball, "--strict"));
  await check("arethetypeswrong", () =>
    // It reads code and types, and takes a document for code that it can't read.
    run(
      "@arethetypeswrong/cli/dist/index.js",
      project.packed.tarball,
      "--profile",
      "esm-only",
      ...documentsIn(manifest),
    ),
  );
  await check("types", () => checkAllTypes(project.folder));
});

await check("clone", checkClone);

if (failures.length > 0) {
  console.error(`\n${failures.join("\n\n")}`);
  process.exitCode = 1;
}

async function check(name: string, run: () => string | Promise<string>): Promise<void> {
  try {
    console.log(`ok      ${name}: ${await run()}`);
  } catch (error) {
    console.log(`FAILED  ${name}`);
    failures.push(`${name}: ${(error as Error).message}`);
  }
}

function checkFiles({ packed }: Project, { exports }: Manifest): string {
  const unexpected = packed.files.filter((file) => !FILES.includes(file));
  const missing = FILES.filter((file) => !packed.files.includes(file));
  if (unexpected.length > 0) {
    throw new Error(`packed, but not in the list of ${import.meta.filename}: ${unexpected}`);
  }
  if (missing.length > 0) {
    throw new Error(`in the list of ${import.meta.filename}, but not packed: ${missing}`);
  }
  const targets = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? entry : Object.values(entry)));
  const dangling = targets.filter((target) => !packed.files.includes(target.replace("./", "")));
  if (dangling.length > 0) {
    throw new Error(`exported, but not packed: ${dangling}`);
  }
  return `${packed.files.length}, as listed; every export is among them`;
}

function checkInstalledSize(modules: string): string {
  const files = (readdirSync(modules, { recursive: true }) as string[]).filter((file) => !file.startsWith("."));
  const sizes = files.map((file) => statSync(join(modules, file))).filter((stat) => stat.isFile());
  const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
  const packages = files.filter((file) => /^(@[^/]+\/)?[^@/][^/]*\/package\.json$/.test(file));
  const text = `${packages.length} packages, ${bytes} bytes, budget ${BUDGETS.packages} and ${BUDGETS.installed}`;
  if (packages.length > BUDGETS.packages || bytes > BUDGETS.installed) {
    throw new Error(text);
  }
  return text;
}

async function checkBundle(folder: string): Promise<string> {
  const contents = 'export * from "huaweicloud-backup";';
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    write: false,
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const zipped = gzipSync(code, { level: 9 }).length;
  const text = `${zipped} bytes gzipped, ${code.length} before, budget ${BUDGETS.bundle}`;
  if (zipped > BUDGETS.bundle) {
    throw new Error(text);
  }
  return text;
}

function documentsIn({ exports }: Manifest): string[] {
  const names = Object.entries(exports).filter(([, entry]) => typeof entry === "string");
  return ["--exclude-entrypoints", ...names.map(([name]) => name)];
}

function run(tool: string, ...args: string[]): string {
  try {
    execFileSync(process.execPath, [join(tools, "node_modules", tool), ...args], { encoding: "utf8", stdio: "pipe" });
    return "clean";
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${stdout}${stderr}`);
  }
}

async function checkAllTypes(folder: string): Promise<string> {
  const ours = (name: string) => join(root, "scripts/package", name);
  const samples = join(root, "spec/samples");
  const sampleFiles = readdirSync(samples).filter((name) => name.endsWith(".ts"));
  const consumers = {
    plain: copyConsumers(folder, [ours("consumer.ts")]),
    web: [
      ...copyConsumers(folder, [ours("consumer-web.ts")]),
      ...writeSamples(folder, "README.md", readFileSync(join(root, "README.md"), "utf8")),
    ],
    node: copyConsumers(
      folder,
      sampleFiles.map((name) => join(samples, name)),
    ),
    commonJs: copyConsumers(folder, [ours("consumer-commonjs.ts")]),
  };
  const count = await checkTypes(folder, tools, consumers);
  return `${count} compilations of up to ${Object.values(consumers).flat().length} files, four compilers, skipLibCheck off`;
}
