/**
 * Compares the spec and the types with the last release, or with the commit that is given: `npm run test:compatible -- v0.1.0`. What would
 * break a user fails, unless a changeset says so: `major`, or `minor` while the version begins with 0.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifest } from "./lib/manifest.ts";
import { runRedocly } from "./lib/redocly.ts";
import { root } from "./lib/root.ts";
import { withTemporaryFolder } from "./lib/temporary.ts";

const base = process.argv[2] ?? lastRelease();
if (base === undefined) {
  console.log("There is no release yet to compare with.");
} else {
  await withTemporaryFolder("compatible", (work) => {
    const breaks = [compareSpecs(base, work), compareTypes(base, work)].filter((text) => text !== undefined);
    if (breaks.length === 0) {
      console.log(`Nothing breaks since ${base}.`);
    } else if (isAnnounced() || isRaised(base)) {
      console.log(`This breaks users of ${base}, and a changeset or the version says so.\n\n${breaks.join("\n\n")}`);
    } else {
      console.error(
        `This breaks users of ${base}. If it must, say so in a changeset: npm run changeset\n\n${breaks.join("\n\n")}`,
      );
      process.exitCode = 1;
    }
  });
}

/** A commit that has a release's tag itself is compared with the release before it. */
function lastRelease(): string | undefined {
  const own = git("tag", "--points-at", "HEAD").split("\n").filter(Boolean);
  const others = own.map((tag) => `--exclude=${tag}`);
  const { status, stdout } = spawnSync("git", ["describe", "--tags", "--abbrev=0", "--match=v*", ...others], {
    cwd: root,
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}

function compareSpecs(base: string, work: string): string | undefined {
  const before = join(work, "before.json");
  const config = join(work, "redocly.yaml");
  writeFileSync(before, git("show", `${base}:generated/openapi.json`));
  // Without this preset every change counts as a patch.
  writeFileSync(config, "extends: [diff-recommended]\n");
  const after = join(root, "generated/openapi.json");
  const { status, stdout, stderr } = runRedocly(["diff", before, after, "--config", config]);
  // It prints what it finds to stdout. When it can't do its work, it says so on stderr alone.
  if (status !== 0 && !stdout) {
    throw new Error(stderr);
  }
  return status === 0 ? undefined : stdout;
}

/** What compiled against the old package must compile against the new one. */
function compareTypes(base: string, work: string): string | undefined {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  for (const name of ["old", "new"]) {
    mkdirSync(join(work, name));
  }
  execFileSync("tar", ["-x", "-C", join(work, "old")], {
    input: execFileSync("git", ["archive", base], { cwd: root, maxBuffer: 2 ** 28 }),
  });
  for (const name of ["src", "generated", "tsconfig.json", "package.json"]) {
    symlinkSync(join(root, name), join(work, "new", name));
  }
  for (const name of ["old", "new"]) {
    symlinkSync(join(root, "node_modules"), join(work, name, "node_modules"));
    execFileSync(process.execPath, [tsc, "-p", join(work, name), "--preserveSymlinks"], {
      cwd: join(work, name),
      stdio: "inherit",
    });
  }
  writeFileSync(
    join(work, "compare.ts"),
    `import type * as OldRoot from "./old/dist/index.js";
    import type * as NewRoot from "./new/dist/index.js";
    import type * as OldFetch from "./old/dist/openapi-fetch.js";
    import type * as NewFetch from "./new/dist/openapi-fetch.js";
    import type * as OldValidate from "./old/dist/validate.js";
    import type * as NewValidate from "./new/dist/validate.js";
    import type { operations as Old } from "./old/generated/types.js";
    import type { operations as New } from "./new/generated/types.js";
    type Body<O> = O extends { requestBody?: { content: { "application/json": infer B } } } ? B : never;
    type Answer<O> = O extends { responses: { 200: { content: { "application/json": infer A } } } } ? A : never;
    declare const newRoot: typeof NewRoot;
    export const oldRoot: typeof OldRoot = newRoot;
    declare const newFetch: typeof NewFetch;
    export const oldFetch: typeof OldFetch = newFetch;
    declare const newValidate: typeof NewValidate;
    export const oldValidate: typeof OldValidate = newValidate;
    declare const oldBodies: { [K in keyof Old]: Body<Old[K]> };
    export const newBodies: { [K in keyof Old]: Body<New[K]> } = oldBodies;
    declare const newAnswers: { [K in keyof New]: Answer<New[K]> };
    export const oldAnswers: { [K in keyof Old]: Answer<Old[K]> } = newAnswers;`,
  );
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck"];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, "compare.ts"], {
    cwd: work,
    encoding: "utf8",
  });
  return status === 0 ? undefined : stdout;
}

function isAnnounced(): boolean {
  const words = manifest.version.startsWith("0.") ? /: *(major|minor)$/m : /: *major$/m;
  const folder = join(root, ".changeset");
  return readdirSync(folder).some(
    (name) => name.endsWith(".md") && words.test(readFileSync(join(folder, name), "utf8")),
  );
}

/** Whether the version says that something breaks. The commit of a release has no changesets any more, since they became its version. */
function isRaised(base: string): boolean {
  const released: typeof manifest = JSON.parse(git("show", `${base}:package.json`));
  const [before = [], now = []] = [released, manifest].map(({ version }) => version.split("."));
  return before[0] !== now[0] || (now[0] === "0" && before[1] !== now[1]);
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
}
