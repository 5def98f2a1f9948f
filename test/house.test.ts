/** What CONTRIBUTING says of every file, of every call, and of the oldest Node. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { methodNameOf } from "../scripts/generate/calls.ts";
import { callsOf, nameOf, readDocument } from "../scripts/lib/document.ts";
import { manifest } from "../scripts/lib/manifest.ts";
import { root } from "../scripts/lib/root.ts";
import { subjectOf } from "../src/attempt.ts";
import { checkLost } from "../src/follow/lost.ts";

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

const textOf = (path: string): string => readFileSync(path, "utf8");

test.each([
  ["src", 220],
  ["scripts", 250],
])("no file of %s/ has more than %i lines", (folder, most) => {
  const long = filesIn(folder).filter((path) => textOf(path).split("\n").length - 1 > most);
  expect(long).toEqual([]);
});

test("no script imports from the tests", () => {
  const bad = filesIn("scripts").filter((path) => path.endsWith(".ts") && /from "[./]*\/test\//.test(textOf(path)));
  expect(bad).toEqual([]);
});

test("the oldest Node that the package takes is the one that it is tested on and typed for, and that is told", () => {
  const [major = "", minor = ""] = textOf(join(root, ".node-version")).split(".");
  expect(manifest.engines.node).toBe(`>=${major}.${minor}`);
  expect(manifest.devDependencies["@types/node"]?.split(".")[0]).toBe(major);
  for (const file of ["README.md", "CONTRIBUTING.md"]) {
    expect(/Node (\S+) or newer/.exec(textOf(join(root, file)))?.[1], file).toBe(`${major}.${minor}`);
  }
});

const document = readDocument();
const calls = callsOf(document).map((call) => ({ id: call.operation.operationId, ...call }));

test.each(calls)("$id is named wherever no compiler asks for it", ({ operation, method, id }) => {
  const { requestBody, responses } = operation;
  const body = nameOf(requestBody?.content["application/json"].schema ?? {});
  const answer = nameOf(responses["200"]?.content?.["application/json"].schema ?? {});
  const places: [file: string, text: string | false][] = [
    ["README.md", `| \`${methodNameOf(id)}(`],
    ["scripts/docs/try-calls.js", `  ${id}: (client, {`],
    ["src/index.ts", `  ${answer},`],
    ["src/index.ts", body !== "" && `  ${body},`],
    ["src/validate.ts", body !== "" && `export function validate${id}(`],
    ["src/cli/outcome.schema.json", method === "post" && `"${id}"`],
  ];
  const missing = places.filter(([file, text]) => text && !textOf(join(root, file)).includes(text));
  expect(missing.map(([file, text]) => `${file} lacks ${text}`)).toEqual([]);
});

test.each(calls.filter(({ method }) => method === "post"))("$id can be looked for when its answer is lost", (call) => {
  const { path, operation } = call;
  const instanceId = path.includes("{instance_id}") ? "i" : undefined;
  for (const example of Object.values(operation.requestBody?.content["application/json"].examples ?? {})) {
    const subject = subjectOf(document.components.examples[nameOf(example)]?.value, instanceId);
    expect(checkLost({ operationId: call.id, ...subject, sentAt: "2026-11-22T03:00:02Z" })).toHaveProperty("attempt");
  }
});
