/** Runs the installed package's command as its users do: through npx, and by each Node that the package is proved on. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { installNodes } from "../lib/nodes.ts";
import { DCS_INSTANCE_ID, PROJECT_ID, TEST_KEY } from "../lib/test-account.ts";
import { startStandIn } from "../stand-in/server.ts";

const run = promisify(execFile);

/** @returns what was run, in words. @throws with the command's words where it does not do what it should. */
export async function checkCommand(project: string): Promise<string> {
  const standIn = await startStandIn();
  const env = {
    PATH: process.env["PATH"],
    HUAWEICLOUD_SDK_AK: TEST_KEY.accessKeyId,
    HUAWEICLOUD_SDK_SK: TEST_KEY.secretAccessKey,
    HUAWEICLOUD_SDK_PROJECT_ID: PROJECT_ID,
    HUAWEICLOUD_BACKUP_ENDPOINT_DCS: standIn.url,
  };
  const create = ["create", "dcs", DCS_INSTANCE_ID, "--interval", "20ms", "--quiet"];
  const main = join(project, "node_modules/huaweicloud-backup/dist/cli/main.js");
  const programs = [
    { name: "npx", file: "npx", args: ["--no", "--", "huaweicloud-backup"] },
    ...installNodes().map(({ version, binary }) => ({ name: `Node ${version}`, file: binary, args: [main] })),
  ];
  try {
    for (const { name, file, args } of programs) {
      const options = { cwd: project, env };
      const { stdout: version } = await run(file, [...args, "--version"], options);
      const { stdout } = await run(file, [...args, ...create], options);
      if (!/^\d+\.\d+\.\d+\n$/.test(version) || JSON.parse(stdout).outcome !== "completed") {
        throw new Error(`${name}: ${version}${stdout}`);
      }
    }
  } finally {
    await standIn.close();
  }
  return `tells its version and makes a finished backup with ${programs.map(({ name }) => name).join(", ")}`;
}
