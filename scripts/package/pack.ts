/** Builds, packs and installs this package as a user gets it. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/root.ts";
import { withTemporaryFolder } from "../lib/temporary.ts";
import { npm } from "../lib/tools.ts";

interface Packed {
  tarball: string;
  /** Paths in the tarball, sorted. */
  files: string[];
}

export interface Project {
  folder: string;
  packed: Packed;
}

/** A project with nothing in it but the packed package, for as long as `use` runs. */
export async function withInstalledPackage<T>(use: (project: Project) => Promise<T>): Promise<T> {
  return withTemporaryFolder("packed", (folder) => {
    const packed = pack(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
    npm(folder, "install", packed.tarball);
    return use({ folder, packed });
  });
}

function pack(folder: string): Packed {
  for (const built of ["dist", "signing"]) {
    rmSync(join(root, built), { recursive: true, force: true });
  }
  npm(root, "run", "build");
  const [report] = JSON.parse(npm(root, "pack", "--json", "--pack-destination", folder)) as [
    { filename: string; files: { path: string }[] },
  ];
  return { tarball: join(folder, report.filename), files: report.files.map(({ path }) => path).sort() };
}
