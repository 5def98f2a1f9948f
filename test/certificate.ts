/** Certificates that are made for one test, so that no key stands in the repository and none ever expires there. */
import { generateKeyPairSync, sign } from "node:crypto";

export interface Certificate {
  key: string;
  cert: string;
}

/** A certificate that signs itself: for 127.0.0.1, valid now and for a server unless told otherwise. */
export function makeCertificate({ host = "127.0.0.1", days = [-1, 1], isForClients = false } = {}): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from(host)))));
  const validity = sequence(...days.map((day) => tagged(0x17, Buffer.from(utcTime(Date.now() + day * 86_400_000)))));
  const facts = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))), // version 3
    tagged(0x02, Buffer.of(1)), // serial number
    ...[ECDSA_WITH_SHA256, name, validity, name],
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(alternativeName(host), ...(isForClients ? [FOR_CLIENTS] : []))),
  );
  const signature = tagged(0x03, Buffer.concat([Buffer.of(0), sign("sha256", facts, privateKey)]));
  const der = sequence(facts, ECDSA_WITH_SHA256, signature);
  return {
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}

/** DER: https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

const COMMON_NAME = Buffer.from("0603550403", "hex");
const ECDSA_WITH_SHA256 = sequence(Buffer.from("06082a8648ce3d040302", "hex"));
/** Extended key usage: client authentication alone. */
const FOR_CLIENTS = sequence(
  Buffer.from("0603551d25", "hex"),
  tagged(0x04, sequence(Buffer.from("06082b06010505070302", "hex"))),
);

function alternativeName(host: string): Buffer {
  const isAddress = /^[\d.]+$/.test(host);
  const general = isAddress ? tagged(0x87, Buffer.from(host.split(".").map(Number))) : tagged(0x82, Buffer.from(host));
  return sequence(Buffer.from("0603551d11", "hex"), tagged(0x04, sequence(general)));
}

/** `261125021900Z` */
function utcTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().replace(/\D/g, "").slice(2, 14)}Z`;
}
