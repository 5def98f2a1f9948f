/**
 * A certificate for this machine's own addresses, and the authority that it is from, made anew each time: X.509 in DER, as much of it as
 * these two need (https://www.rfc-editor.org/rfc/rfc5280).
 */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** All in PEM. */
export interface Certificate {
  /** What a client must trust. */
  authority: string;
  certificate: string;
  key: string;
}

const DAY = 86_400_000;

const TAGS = { boolean: 1, integer: 2, bits: 3, bytes: 4, oid: 6, text: 12, sequence: 0x30, set: 0x31, time: 0x17 };

/** Object identifiers, DER-encoded. */
const OIDS = {
  ecdsaWithSha256: "2a8648ce3d040302",
  commonName: "550403",
  subjectAltName: "551d11",
  basicConstraints: "551d13",
  keyUsage: "551d0f",
  extendedKeyUsage: "551d25",
  serverAuth: "2b06010505070301",
  subjectKeyIdentifier: "551d0e",
  authorityKeyIdentifier: "551d23",
};

export function makeCertificate(): Certificate {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = nameOf("Stand-in authority");
  const keyId = randomBytes(20);
  return {
    authority: issue({
      subject: issuer,
      issuer,
      publicKey: authority.publicKey,
      signingKey: authority.privateKey,
      extensions: [
        extension("basicConstraints", der("sequence", der("boolean", [0xff]))),
        // keyCertSign and cRLSign.
        extension("keyUsage", der("bits", [1, 0b0000_0110])),
        extension("subjectKeyIdentifier", der("bytes", keyId)),
      ],
    }),
    certificate: issue({
      subject: nameOf("Stand-in"),
      issuer,
      publicKey: own.publicKey,
      signingKey: authority.privateKey,
      extensions: [
        extension("basicConstraints", der("sequence")),
        // digitalSignature.
        extension("keyUsage", der("bits", [7, 0b1000_0000])),
        extension("extendedKeyUsage", der("sequence", oid("serverAuth"))),
        extension("authorityKeyIdentifier", der("sequence", tagged(0x80, keyId))),
        extension("subjectAltName", der("sequence", dnsName("localhost"), ipAddress([127, 0, 0, 1]))),
      ],
    }),
    key: own.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

interface Facts {
  subject: Buffer;
  issuer: Buffer;
  publicKey: KeyObject;
  signingKey: KeyObject;
  extensions: Buffer[];
}

function issue({ subject, issuer, publicKey, signingKey, extensions }: Facts): string {
  const algorithm = der("sequence", oid("ecdsaWithSha256"));
  const serial = randomBytes(16);
  // Positive, and without a zero byte in front.
  serial[0] = 1;
  const unsigned = der(
    "sequence",
    // Version 3, under its own tag.
    tagged(0xa0, der("integer", [2])),
    der("integer", serial),
    algorithm,
    issuer,
    der("sequence", time(Date.now() - DAY), time(Date.now() + 30 * DAY)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, der("sequence", ...extensions)),
  );
  const signature = der("bits", [0], sign("sha256", unsigned, signingKey));
  const lines =
    der("sequence", unsigned, algorithm, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function nameOf(commonName: string): Buffer {
  const pair = der("sequence", oid("commonName"), der("text", Buffer.from(commonName)));
  return der("sequence", der("set", pair));
}

function extension(name: keyof typeof OIDS, value: Buffer): Buffer {
  const critical = name === "basicConstraints" || name === "keyUsage" ? [der("boolean", [0xff])] : [];
  return der("sequence", oid(name), ...critical, der("bytes", value));
}

const dnsName = (name: string): Buffer => tagged(0x82, Buffer.from(name));
const ipAddress = (bytes: number[]): Buffer => tagged(0x87, Buffer.from(bytes));

function oid(name: keyof typeof OIDS): Buffer {
  return der("oid", Buffer.from(OIDS[name], "hex"));
}

/** `YYMMDDHHMMSSZ` */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, "").slice(2, 14);
  return der("time", Buffer.from(`${digits}Z`));
}

function der(type: keyof typeof TAGS, ...parts: (Buffer | number[])[]): Buffer {
  return tagged(TAGS[type], ...parts.map((part) => Buffer.from(part)));
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  // A length from 128 is given by its own bytes, of which there are two at most here.
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
