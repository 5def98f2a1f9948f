/** `npm run test:languages` tells of each row whether it was run, and each row has what it needs. */
import { spawnSync } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { rows } from "../scripts/languages/rows.ts";
import { root } from "../scripts/lib/root.ts";
import { makeTemporaryFolder, removeFolder } from "../scripts/lib/temporary.ts";
import { TSX } from "../scripts/lib/tsx.ts";

/** A machine with Node and a shell, and no toolchain. On Windows, where not everybody may make a symbolic link, it has no shell either. */
const bare = makeTemporaryFolder("bare");
if (process.platform !== "win32") {
  symlinkSync(process.execPath, join(bare, "node"));
  symlinkSync("/bin/bash", join(bare, "bash"));
}
afterAll(() => removeFolder(bare));

function runMatrix(names: string[], environment: Record<string, string>): { status: number | null; output: string } {
  const script = [...TSX, join(root, "scripts/languages.ts"), ...names];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, {
    encoding: "utf8",
    env: { PATH: bare, XDG_CACHE_HOME: bare, ...environment },
  });
  return { status, output: stdout + stderr };
}

test("a row whose toolchain is missing is told as not run, and fails in CI alone", () => {
  const atHome = runMatrix(["go-ogen"], {});
  expect(atHome.output).toMatch(/The machine has no go, unshare, ip\./);
  expect(atHome.output).toMatch(
    /\| ogen .*\| not run +\| not run +\| – +\| not run +\| not run +\| not run +\| not run +\|/,
  );
  expect(atHome.status).toBe(0);
  expect(runMatrix(["go-ogen"], { CI: "true" }).status).toBe(1);
});

test("a row that does not exist is an error that names those that do", () => {
  const { status, output } = runMatrix(["cobol"], {});
  expect(status).toBe(1);
  expect(output).toMatch(/No such row: cobol\. There are: java-openapi-generator, /);
});

test("every row that calls has its program, and no two rows share a name", () => {
  const names = rows.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, folder = name, call, install } of rows) {
    if (call || install) {
      expect(existsSync(join(root, "test/languages", folder)), folder).toBe(true);
    }
  }
});
