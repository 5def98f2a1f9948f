/** The client's methods as types, with the spec's own prose for those who read it where they write a call. */
import { type Call, callsOf, type Document, nameOf } from "../lib/document.ts";
import { banner } from "./tables.ts";

export function makeCalls(document: Document): string {
  const methods = callsOf(document).map((call) => methodOf(call, document));
  const names = [...new Set(methods.flatMap(({ types }) => types))].sort();
  return [
    banner("The client's methods"),
    `import type { ${names.join(", ")}, operations } from "./types.js";\n\n`,
    "/** One method for each call of the spec. */\n",
    "export interface Calls<CallOptions> {\n",
    methods.map(({ text }) => text).join("\n"),
    "}\n",
  ].join("");
}

function methodOf(call: Call, document: Document): { text: string; types: string[] } {
  const { operationId, requestBody, responses } = call.operation;
  const answer = nameOf(responses["200"]?.content?.["application/json"].schema ?? {});
  const body = nameOf(requestBody?.content["application/json"].schema ?? {});
  const parameters = [
    ...(call.path.includes("{instance_id}") ? ["instanceId: string"] : []),
    // Where nothing in it is required, the client sends {} by itself.
    ...(body ? [`body${document.components.schemas[body]?.required ? "" : "?"}: ${body}`] : queryOf(call)),
    "options?: CallOptions",
  ];
  const name = methodNameOf(operationId);
  return {
    types: [answer, body].filter(Boolean),
    text: `${commentOf(call)}  ${name}(${parameters.join(", ")}): Promise<${answer}>;\n`,
  };
}

/** A query that is nothing but one value that must be given is that value. A call without a query takes none. */
function queryOf({ operation }: Call): string[] {
  const { operationId, parameters = [] } = operation;
  const query = parameters.filter((parameter) => parameter.in === "query");
  const [only] = query;
  if (!only) {
    return [];
  }
  const isNeeded = query.some(({ required }) => required);
  return query.length === 1 && isNeeded
    ? [`${only.name}: string`]
    : [`query${isNeeded ? "" : "?"}: NonNullable<operations["${operationId}"]["parameters"]["query"]>`];
}

export function methodNameOf(operationId: string): string {
  return operationId[0]?.toLowerCase() + operationId.slice(1);
}

function commentOf({ operation, method, path }: Call): string {
  const { operationId, summary = "", description = "", deprecated } = operation;
  const throws =
    method === "post"
      ? "BackupError when the call fails; `backupMayExist` tells whether a backup may have been started all the same."
      : "BackupError when the call fails. It starts nothing, so it may be made again.";
  const lines = [
    `${summary}: \`${method.toUpperCase()} ${path}\``,
    "",
    ...description.trim().split("\n"),
    "",
    `@throws ${throws}`,
    "@throws TypeError that begins with the argument's name, when it was given something wrong. Nothing was sent then.",
    ...(deprecated ? [`@deprecated Use \`${methodNameOf(operationId.replace(/V1$/, ""))}\`.`] : []),
  ];
  return `  /**\n${lines.map((line) => `   * ${line.replaceAll("*/", "* /")}`.trimEnd()).join("\n")}\n   */\n`;
}
