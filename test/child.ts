/** Calls in a process of their own, for what only a new process can be told: whom it trusts, its proxy, frozen built-ins. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { root } from "../scripts/lib/root.ts";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { folderForTest, INSTANCE_ID, PROJECT_ID } from "./support.ts";

/** What a call came to: the answer's `backup_id`, or what its error says. */
export interface Told {
  backup_id?: string;
  name?: string;
  message?: string;
  /** Of the deepest cause. */
  code?: string;
  backupMayExist?: boolean;
  retryable?: boolean;
  /** How often it was sent, so far as a given `fetch` sees. */
  sent?: number;
}

interface Surroundings {
  env?: Record<string, string>;
  /** Certificates that it trusts. */
  trusted?: string[];
  /** Run before the package is loaded. */
  first?: string;
}

/** @returns for each URL what a call comes to with the platform's `fetch`, and with a given one that calls it. */
export async function callInChild(
  urls: Record<string, string>,
  { env = {}, trusted = [], first = "" }: Surroundings = {},
): Promise<Record<string, { platform: Told; given: Told }>> {
  const folder = folderForTest();
  const entry = join(root, "src/index.ts");
  await build({ entryPoints: [entry], bundle: true, format: "esm", outfile: join(folder, "package.mjs") });
  writeFileSync(join(folder, "main.mjs"), program(urls, first));
  const authorities = join(folder, "trusted.pem");
  writeFileSync(authorities, trusted.join(""));
  const own = { NODE_NO_WARNINGS: "1", ...(trusted.length > 0 && { NODE_EXTRA_CA_CERTS: authorities }) };
  const options = { env: { ...process.env, ...own, ...env }, timeout: 50_000 };
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "main.mjs")], options);
  return JSON.parse(stdout);
}

const program = (urls: Record<string, string>, first: string): string => `
  const { createBackupClient } = await import("./package.mjs");
  ${first}
  const credentials = ${JSON.stringify(TEST_KEY)};
  const told = {};
  for (const [name, url] of Object.entries(${JSON.stringify(urls)})) {
    told[name] = {};
    for (const kind of ["platform", "given"]) {
      let sent = 0;
      const given = kind === "given" ? { fetch: (...args) => (sent++, fetch(...args)) } : {};
      const backups = createBackupClient({
        ...{ projectId: "${PROJECT_ID}", credentials, endpoints: { dcs: url }, ...given },
      });
      told[name][kind] = await backups.copyInstance("${INSTANCE_ID}").catch((error) => {
        let deepest = error;
        while (deepest.cause) deepest = deepest.cause;
        const { message, backupMayExist, retryable } = error;
        return { name: error.name, message, backupMayExist, retryable, code: deepest.code, sent };
      });
    }
  }
  console.log(JSON.stringify(told));
`;
