/** The README's code runs as it stands, against the stand-in, and its lists are complete. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { readmeTable } from "../scripts/languages/rows.ts";
import { readPlace } from "../scripts/lib/readme.ts";
import { root } from "../scripts/lib/root.ts";
import { TEST_KEY } from "../scripts/lib/test-account.ts";
import { TSX } from "../scripts/lib/tsx.ts";
import { misbehaviours } from "../scripts/stand-in/misbehaviours.ts";
import { NEXT_PATH } from "../scripts/stand-in/orders.ts";
import { folderForTest, standInForTest } from "./support.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);

/** What each block prints, in their order. */
const outputs = [
  /^succeed [0-9a-f-]{36}\n$/,
  /^$/, // declares a function
  /^[0-9a-f]{32}br02 [0-9a-f-]{36}\n$/,
  /^\/backup\/name must NOT have fewer than 4 characters\n\/backup\/name must match pattern .*\n$/,
];

test("no line of a shell has a comment, which zsh at a terminal hands to the program as further words", () => {
  const lines = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = ""]) => code).join("");
  expect(lines.match(/(^|\s)#.*/gm)).toBeNull();
});

test("every block has its output here", () => {
  expect(blocks).toHaveLength(outputs.length);
});

test.each(outputs.map((output, index) => ({ number: index + 1, code: blocks[index] ?? "", output })))(
  "runs block $number, which prints what it should",
  async ({ code, output }) => {
    const standIn = await standInForTest();
    const folder = folderForTest();
    const source = (name: string) => pathToFileURL(join(root, "src", name)).href;
    const file = join(folder, "block.mts");
    writeFileSync(
      file,
      code
        .replaceAll('"huaweicloud-backup"', JSON.stringify(source("index.ts")))
        .replaceAll('"huaweicloud-backup/validate"', JSON.stringify(source("validate.ts"))),
    );
    // The blocks name real hosts: what is meant for them goes to the stand-in, with its Host as signed.
    const preload = join(folder, "preload.mts");
    writeFileSync(
      preload,
      `import { request } from "node:http";
     globalThis.fetch = (url, { method, headers, body }) => new Promise((resolve, reject) => {
       const { host, pathname, search } = new URL(url);
       request(${JSON.stringify(standIn.url)} + pathname + search, { method, headers: { ...headers, host } }, async (answer) => {
         resolve(new Response(Buffer.concat(await answer.toArray()), { status: answer.statusCode }));
       }).on("error", reject).end(body);
     });`,
    );
    const env = {
      ...process.env,
      HUAWEICLOUD_SDK_AK: TEST_KEY.accessKeyId,
      HUAWEICLOUD_SDK_SK: TEST_KEY.secretAccessKey,
    };
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [...TSX, "--import", pathToFileURL(preload).href, file],
      { env },
    );
    expect(stderr).toBe("");
    expect(stdout).toMatch(output);
  },
);

test("names misbehaviours that the stand-in knows", () => {
  const [, sentence = ""] = /`misbehave` is for([\s\S]*?)\[more\]/.exec(readme) ?? [];
  const names = [...sentence.matchAll(/`([\w-]+)`/g)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) {
    expect(Object.keys(misbehaviours)).toContain(name);
  }
});

test("shows orders that the stand-in takes", async () => {
  const standIn = await standInForTest();
  const rehearsal = readme.slice(readme.indexOf("## Rehearse"), readme.indexOf("## Runtimes"));
  const orders = [...rehearsal.matchAll(/`(\{"(?:duration|ends|state|\w+After|code|misbehave)":.*?\})`/g)];
  expect(orders.length).toBeGreaterThan(7);
  for (const [, order = ""] of orders) {
    const { status } = await fetch(standIn.url + NEXT_PATH, { method: "POST", body: order });
    expect([order, status]).toEqual([order, 200]);
  }
});

test("names every option of the client", () => {
  const options = readFileSync(join(root, "src/options.ts"), "utf8");
  const [, members = ""] = /interface BackupClientOptions \{([\s\S]*?)\n\}/.exec(options) ?? [];
  const table = readme.slice(readme.indexOf("## Options"), readme.indexOf("## Errors"));
  const names = [...members.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) {
    expect(table).toContain(`\`${name}\``);
  }
});

test("lets Jest transform this package alone, wherever npm and pnpm install it", () => {
  const [, pattern = "none"] = /`transformIgnorePatterns: \["(.*)"\]`/.exec(readme) ?? [];
  const isIgnored = (path: string) => new RegExp(pattern).test(`/project/node_modules/${path}/dist/index.js`);
  expect(isIgnored("huaweicloud-backup")).toBe(false);
  expect(isIgnored(".pnpm/huaweicloud-backup@0.1.0/node_modules/huaweicloud-backup")).toBe(false);
  expect(isIgnored("openapi-fetch")).toBe(true);
  expect(isIgnored("huaweicloud-backup/node_modules/openapi-fetch")).toBe(true);
});

test("shows the matrix's commands for other languages", () => {
  expect(readPlace("languages"), "run `npm run test:languages -- --write`").toBe(readmeTable());
});
