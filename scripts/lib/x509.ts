/** X.509 in DER, as much of it as certificates for this machine's own servers need: https://www.rfc-editor.org/rfc/rfc5280 */
import { type KeyObject, randomBytes, sign } from "node:crypto";

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
  clientAuth: "2b06010505070302",
  subjectKeyIdentifier: "551d0e",
  authorityKeyIdentifier: "551d23",
};

interface Facts {
  /** As `nameOf` makes them. */
  subject: Buffer;
  issuer: Buffer;
  publicKey: KeyObject;
  /** The issuer's, on the curve P-256. */
  signingKey: KeyObject;
  extensions: Buffer[];
  /** From when and until when it is valid, in days from now. */
  days: readonly number[];
}

/** A certificate in PEM. */
export function issue({ subject, issuer, publicKey, signingKey, extensions, days }: Facts): string {
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
    der("sequence", ...days.map((count) => time(Date.now() + count * DAY))),
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

export function nameOf(commonName: string): Buffer {
  const pair = der("sequence", oid("commonName"), der("text", Buffer.from(commonName)));
  return der("sequence", der("set", pair));
}

export function extension(name: keyof typeof OIDS, value: Buffer): Buffer {
  const critical = name === "basicConstraints" || name === "keyUsage" ? [der("boolean", [0xff])] : [];
  return der("sequence", oid(name), ...critical, der("bytes", value));
}

/** The hosts that a certificate is for: names, and addresses of IPv4. */
export function alternativeNames(...hosts: string[]): Buffer {
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host) ? tagged(0x87, Buffer.from(host.split(".").map(Number))) : tagged(0x82, Buffer.from(host)),
  );
  return extension("subjectAltName", der("sequence", ...names));
}

export function oid(name: keyof typeof OIDS): Buffer {
  return der("oid", Buffer.from(OIDS[name], "hex"));
}

/** `YYMMDDHHMMSSZ` */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, "").slice(2, 14);
  return der("time", Buffer.from(`${digits}Z`));
}

export function der(type: keyof typeof TAGS, ...parts: (Buffer | number[])[]): Buffer {
  return tagged(TAGS[type], ...parts.map((part) => Buffer.from(part)));
}

export function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  // A length from 128 is given by its own bytes, of which there are two at most here.
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
