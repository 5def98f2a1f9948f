/** Certificates that are made for one test, so that no key stands in the repository and none ever expires there. */
import { generateKeyPairSync } from "node:crypto";
import { alternativeNames, der, extension, issue, nameOf, oid } from "../scripts/lib/x509.ts";

export interface Certificate {
  key: string;
  cert: string;
}

/** A certificate that signs itself: for 127.0.0.1, valid now and for a server unless told otherwise. */
export function makeCertificate({ host = "127.0.0.1", days = [-1, 1], isForClients = false } = {}): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = nameOf(host);
  const usage = isForClients ? [extension("extendedKeyUsage", der("sequence", oid("clientAuth")))] : [];
  const extensions = [alternativeNames(host), ...usage];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: issue({ subject: name, issuer: name, publicKey, signingKey: privateKey, extensions, days }),
  };
}
