import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What a process prints first: a server its URL. */
export async function firstLine({ stdout }: Pick<ChildProcess, "stdout">): Promise<string> {
  if (!stdout) {
    throw new Error("no output");
  }
  const [data] = (await once(stdout, "data")) as [Buffer];
  return data.toString().trim();
}
