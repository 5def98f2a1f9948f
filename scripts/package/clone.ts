/** Proves that a clone gives a package that can be imported, in each way in which one is installed from there. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../lib/root.ts";
import { withTemporaryFolder } from "../lib/temporary.ts";
import { npmWithScripts } from "../lib/tools.ts";

/** @returns what was done. @throws in the words of npm or of Node when a way fails. */
export function checkClone(): Promise<string> {
  return withTemporaryFolder("clone", (work) => {
    const clone = makeClone(join(work, "clone"));
    npmWithScripts(clone, "ci");
    npmWithScripts(clone, "pack", "--pack-destination", work);
    const [tarball = ""] = readdirSync(work).filter((name) => name.endsWith(".tgz"));
    importFrom(join(work, "from-tarball"), join(work, tarball));
    // What `npm ci` has built must not be what the next two find.
    rmSync(join(clone, "dist"), { recursive: true });
    importFrom(join(work, "from-folder"), clone);
    rmSync(join(clone, "dist"), { recursive: true });
    importFrom(join(work, "from-git"), `git+file://${clone}`);
    return "npm pack after npm ci, npm install of the folder, npm install of the git repository";
  });
}

/** A repository of one commit: the files of this checkout, with what is not committed yet. */
function makeClone(folder: string): string {
  const git = (cwd: string, ...args: string[]) => execFileSync("git", args, { cwd, encoding: "utf8" });
  for (const file of git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")) {
    if (file !== "") {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(root, file), join(folder, file));
    }
  }
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  const author = ["-c", "user.name=clone", "-c", "user.email=clone@example.com"];
  git(folder, ...author, "commit", "--quiet", "--message", "Clone");
  return folder;
}

/** Installs into an empty project as a user would, with the package's own scripts, and imports it there. */
function importFrom(project: string, source: string): void {
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  npmWithScripts(project, "install", source);
  writeFileSync(
    join(project, "import.js"),
    'import { createBackupClient } from "huaweicloud-backup";createBackupClient;',
  );
  execFileSync(process.execPath, ["import.js"], { cwd: project, stdio: "pipe" });
}
