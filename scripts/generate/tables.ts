/** What the client knows of the spec at run time, as a module. */
import { callsOf, type Document, type ErrorCode, serversOf } from "../lib/document.ts";

export function banner(what: string): string {
  return `// ${what}, made from spec/ by \`npm run generate\`. Do not edit.\n`;
}

/** What the spec says, as far as the client goes by it. */
function factsOf(document: Document) {
  const { schemas } = document.components;
  const property = (schema: string, name: string) => schemas[schema]?.properties?.[name] ?? {};
  const calls = callsOf(document);
  const services = [...new Set(calls.map(({ service }) => service))];
  const pages = calls.flatMap(({ operation }) =>
    (operation.parameters ?? []).flatMap(({ name, schema }) => (name === "limit" ? (schema?.maximum ?? []) : [])),
  );
  return {
    services,
    operations: Object.fromEntries(
      calls.map(({ operation, service, method, path }) => [
        operation.operationId,
        { service, method: method.toUpperCase(), path },
      ]),
    ),
    servers: services.flatMap((service) =>
      serversOf(document, service).map(({ url, variables, "x-signing": signing = "access" }) => ({
        service,
        url,
        signing,
        regions: variables?.region?.enum ?? [],
      })),
    ),
    backupStates: {
      dcs: property("BackupRecord", "status")["x-states"] ?? {},
      dds: property("DdsBackup", "status")["x-states"] ?? {},
    },
    backupFormats: property("BackupInstanceBody", "backup_format").enum ?? [],
    limits: {
      remark: property("BackupInstanceBody", "remark").maxLength,
      name: property("CreateManualBackupOption", "name").maxLength,
      page: Math.min(...pages),
    },
  };
}

/** The error codes by which the client does something of its own. */
function codesOf(document: Document): Record<string, string[]> {
  const entries = Object.values(document["x-error-codes"]).flat();
  const codesWhere = (is: (entry: ErrorCode) => boolean) => entries.filter(is).flatMap(({ codes }) => codes);
  return {
    // Passing refusals of one instance. 429 passes too, but is told by its status.
    busyCodes: codesWhere(
      ({ retry, status, calls }) => retry === "later" && !status.includes(429) && calls !== "reads",
    ),
    absentBackupCodes: codesWhere(({ absent }) => absent === true),
    nameTakenCodes: codesWhere(({ when }) => when === "name-taken"),
  };
}

export function makeTables(document: Document): string {
  return [
    banner("What the client knows of the spec at run time"),
    ...Object.entries(factsOf(document)).map(
      ([name, value]) => `export const ${name} = ${JSON.stringify(value, null, 2)};\n\n`,
    ),
    // A set is made by a call, which a bundler keeps unless it is told that nobody misses it.
    ...Object.entries(codesOf(document)).map(
      ([name, list]) => `export const ${name} = /* @__PURE__ */ new Set(${JSON.stringify(list, null, 2)});\n`,
    ),
  ].join("");
}

export function makeTableTypes(document: Document): string {
  const { services, operations, servers, backupStates, backupFormats } = factsOf(document);
  const regions = [...new Set(servers.flatMap((server) => server.regions))].sort();
  const starts = Object.entries(operations).filter(([, { method }]) => method === "POST");
  const states = new Set(Object.values(backupStates).flatMap((states) => Object.values(states)));
  return [
    banner("Types of tables.js"),
    `export type Service = ${unionOf(services)};\n\n`,
    "export declare const services: readonly Service[];\n\n",
    `export type OperationId = keyof typeof operations;\n\n`,
    "/** The calls that start a backup. */\n",
    `export type StartId = ${unionOf(starts.map(([operationId]) => operationId))};\n\n`,
    "/** The regions whose hosts are known. */\n",
    `export type Region = ${unionOf(regions)};\n\n`,
    "/** What a state of a backup means, on either service. */\n",
    `export type State = ${unionOf([...states])};\n\n`,
    "/** Each operation's service, method and path. */\n",
    `export declare const operations: ${JSON.stringify(operations, null, 2).replace(/"(\w+)":/g, "readonly $1:")};\n\n`,
    "/** Each server of the spec: a URL with `{region}` in it, the regions that it is known for, and how it is signed to. */\n",
    'export declare const servers: readonly { service: Service; url: string; signing: "access" | "scoped"; regions: readonly string[] }[];\n\n',
    "/** What each known state of a backup means, as the services write them. */\n",
    "export declare const backupStates: Readonly<Record<Service, Readonly<Record<string, State>>>>;\n\n",
    `export declare const backupFormats: readonly (${unionOf(backupFormats)})[];\n\n`,
    "/** The most characters of a remark and of a name, and the most backups that every list gives at once. */\n",
    "export declare const limits: { readonly remark: number; readonly name: number; readonly page: number };\n\n",
    "/** The codes of refusals to start a backup that pass by themselves. */\n",
    "export declare const busyCodes: ReadonlySet<string>;\n\n",
    "/** The codes with which a list says that the one backup it was asked for is not there, or not yet. */\n",
    "export declare const absentBackupCodes: ReadonlySet<string>;\n\n",
    "/** The codes with which DDS refuses a name that a backup has already. */\n",
    "export declare const nameTakenCodes: ReadonlySet<string>;\n",
  ].join("");
}

function unionOf(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}
