/** A certificate for this run of `npm start`, and the trust in it. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTemporaryFolder, removeFolder } from "../lib/temporary.ts";
import { type Certificate, makeCertificate } from "./certificate.ts";

const VARIABLE = "STAND_IN_CERTIFICATE";

/** A certificate that this process trusts, and the file with its authority. */
interface TrustedCertificate extends Certificate {
  path: string;
}

/**
 * Node reads whom it trusts only as it starts, so a program that wants such a certificate starts itself once more, and ends as that ends.
 */
export async function trustedCertificate(): Promise<TrustedCertificate> {
  const given = process.env[VARIABLE];
  if (given !== undefined) {
    return JSON.parse(given);
  }
  const folder = makeTemporaryFolder("stand-in");
  const path = join(folder, "authority.pem");
  const certificate = makeCertificate();
  writeFileSync(path, certificate.authority);
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: path, [VARIABLE]: JSON.stringify({ ...certificate, path }) };
  const again = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], { stdio: "inherit", env });
  // A terminal sends these to both.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => again.kill(signal));
  }
  const code = await new Promise<number>((resolve) => again.on("exit", (code) => resolve(code ?? 1)));
  removeFolder(folder);
  process.exit(code);
}
