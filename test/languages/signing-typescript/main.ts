// Signs the vectors, and prints the headers that it made as one line of JSON.
import { readFileSync } from "node:fs";
import { type AccessKey, authorize, signingFetch } from "./signing/huaweicloud-signing.ts";

interface Vector extends AccessKey {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: string;
}

const given: { vectors: Vector[]; urls: string[] } = JSON.parse(readFileSync("vectors.json", "utf8"));
const authorizations = await Promise.all(
  given.vectors.map((of) => authorize(of, of.method, of.target, of.headers, new TextEncoder().encode(of.body))),
);
const dialects: (string | undefined)[] = [];
const sign = signingFetch({ accessKeyId: "AK", secretAccessKey: "SK" }, async (_, init) => {
  dialects.push(/ (\w+)=/.exec(new Headers(init?.headers).get("authorization") ?? "")?.[1]);
  return new Response();
});
for (const url of given.urls) {
  await sign(url, { method: "POST" });
}
console.log(JSON.stringify({ authorizations, dialects }));
