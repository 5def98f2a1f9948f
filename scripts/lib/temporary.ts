import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives `use` a new folder among the machine's temporary ones, and removes it afterwards. */
export async function withTemporaryFolder<T>(name: string, use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = makeTemporaryFolder(name);
  try {
    return await use(folder);
  } finally {
    removeFolder(folder);
  }
}

/** Makes a folder that its user removes, for a user that can't do all its work within one function. */
export function makeTemporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `huaweicloud-backup-${name}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
