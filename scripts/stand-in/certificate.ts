/** A certificate for this machine's own addresses, and the authority that it is from, made anew each time. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { alternativeNames, der, extension, issue, nameOf, oid, tagged } from "../lib/x509.ts";

/** All in PEM. */
export interface Certificate {
  /** What a client must trust. */
  authority: string;
  certificate: string;
  key: string;
}

export function makeCertificate(): Certificate {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = nameOf("Stand-in authority");
  const keyId = randomBytes(20);
  const common = { issuer, signingKey: authority.privateKey, days: [-1, 30] };
  return {
    authority: issue({
      ...common,
      subject: issuer,
      publicKey: authority.publicKey,
      extensions: [
        extension("basicConstraints", der("sequence", der("boolean", [0xff]))),
        // keyCertSign and cRLSign.
        extension("keyUsage", der("bits", [1, 0b0000_0110])),
        extension("subjectKeyIdentifier", der("bytes", keyId)),
      ],
    }),
    certificate: issue({
      ...common,
      subject: nameOf("Stand-in"),
      publicKey: own.publicKey,
      extensions: [
        extension("basicConstraints", der("sequence")),
        // digitalSignature.
        extension("keyUsage", der("bits", [7, 0b1000_0000])),
        extension("extendedKeyUsage", der("sequence", oid("serverAuth"))),
        extension("authorityKeyIdentifier", der("sequence", tagged(0x80, keyId))),
        alternativeNames("localhost", "127.0.0.1"),
      ],
    }),
    key: own.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
