/** What the signing file of each language has to make of requests: the published vectors, and more that our own signing makes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { authorization, type RequestToSign, type SigningDialect, type SigningKey } from "../../src/signing.ts";
import { root } from "../lib/root.ts";
import { compare, type Faults, readLastLine } from "./judge.ts";
import type { Ended } from "./shell.ts";

const folder = join(root, "test/fixtures/signing");

/** A request as it is sent, so that each language takes it apart by itself. */
interface Vector {
  name: string;
  accessKeyId: string;
  secretAccessKey: string;
  dialect: SigningDialect;
  method: string;
  target: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  authorization: string;
}

/** What is easily got wrong, and in none of the published vectors. `target` is how it is sent where that can't be told from the rest. */
const hard: Record<string, RequestToSign & { target?: string }> = {
  "a query with signs that need not be encoded": {
    method: "GET",
    path: "/v3/p/backups",
    query: [
      ["a", "b=c"],
      ["s", "1;t=2"],
      ["x", "why?"],
    ],
    target: "/v3/p/backups?a=b=c&s=1;t=2&x=why?",
    headers: { host: "h", "x-sdk-date": "20261122T030000Z" },
    body: "",
  },
  "a query that is sorted before it is encoded": {
    method: "GET",
    path: "/v3/p/backups",
    query: [
      ["z", "1"],
      ["é", "2"],
      ["multi", "b"],
      ["multi", "a"],
      ["multi", "A"],
      ["name", "升级前 (&=?!#%.*~'+/)"],
      ["empty", ""],
    ],
    headers: { host: "h", "x-sdk-date": "20261122T030000Z" },
    body: "",
  },
  "a path with what has to be encoded, and a slash at its end": {
    method: "GET",
    path: "/a b/c+d/~e*/备份/",
    headers: { host: "h", "x-sdk-date": "20261122T030000Z" },
    body: "",
  },
  "headers in any order, with blanks around": {
    method: "POST",
    path: "/v2/p/instances/i/backups",
    headers: {
      "X-Sdk-Date": "20261122T030000Z",
      "X-Security-Token": " t/o+k=e n\t",
      Host: "h:8026",
      "X-Project-Id": "p",
    },
    body: '{"remark":"升级前"}',
  },
};

/** What a program finds in `vectors.json`. */
interface Vectors {
  vectors: Vector[];
  /** It tells which dialect it would sign for these, unless it is told one. */
  urls: string[];
}

export async function makeVectors(): Promise<Vectors> {
  const published = readdirSync(folder).map((name): [string, Published] => [
    name,
    JSON.parse(readFileSync(join(folder, name), "utf8")),
  ]);
  const key = { accessKeyId: "AK", secretAccessKey: "S/K+=" };
  const made = Object.entries(hard).flatMap(([name, request]) =>
    (["access", "scoped"] as const).map(async (dialect) => {
      const value = await authorization(request, key, dialect);
      return toVector(name, { key, dialect, request, authorization: value });
    }),
  );
  return {
    vectors: [...published.map(([name, vector]) => toVector(name, vector)), ...(await Promise.all(made))],
    urls: Object.keys(dialects).map((host) => `https://${host}/v2/p/instances/i/backups`),
  };
}

const dialects = { "dcs.eu-de.otc.t-systems.com": "Credential", "dcs.cn-north-4.myhuaweicloud.com": "Access" };

interface Published {
  key: SigningKey;
  dialect: SigningDialect;
  request: RequestToSign & { target?: string };
  authorization: string;
}

function toVector(name: string, { key, dialect, request, authorization }: Published): Vector {
  const { method, path, query = [], headers, body } = request;
  const pairs = query.map((pair) => pair.map(encodeURIComponent).join("="));
  // A plus sign in a path stands for itself, and may travel as it is.
  const encoded = path.split("/").map(encodeURIComponent).join("/").replaceAll("%2B", "+");
  const target = request.target ?? (pairs.length > 0 ? `${encoded}?${pairs.join("&")}` : encoded);
  return { name, ...key, dialect, method, target, headers, body, authorization };
}

export function judgeVectors(ended: Ended, { vectors }: Vectors): Faults {
  const { authorizations, dialects: told } = readLastLine(ended);
  const made: unknown[] = Array.isArray(authorizations) ? authorizations : [];
  return {
    signed: [
      ...vectors.flatMap(({ name, authorization }, index) => compare(name, made[index], authorization)),
      ...compare("dialects", told, Object.values(dialects)),
    ],
  };
}
