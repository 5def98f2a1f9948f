/** The types of the bundled spec, and what several scripts read out of it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/** The parts of the bundled spec that scripts read. */
export interface Document {
  openapi: string;
  info: { title: string; version: string; description: string };
  paths: Record<string, PathItem>;
  servers: Server[];
  security: Record<string, string[]>[];
  tags: { name: string; description?: string; externalDocs?: Link }[];
  components: {
    schemas: Record<string, Schema>;
    headers: Record<string, Header>;
    responses?: Record<string, OperationResponse>;
    examples: Record<string, Example>;
    securitySchemes: Record<string, { description: string }>;
  };
  "x-error-codes": Record<string, ErrorCode[]>;
  [key: string]: unknown;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  maxLength?: number;
  maximum?: number;
  enum?: string[];
  /** What each known state of a backup means. */
  "x-states"?: Record<string, string>;
  [keyword: string]: unknown;
}

const METHODS = ["post", "get"] as const;
export type Method = (typeof METHODS)[number];

type PathItem = Partial<Record<Method, Operation>>;

interface Reference {
  $ref: string;
}

interface Link {
  url: string;
  description: string;
}

export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  externalDocs?: Link;
  tags: string[];
  deprecated?: boolean;
  parameters: (Partial<Parameter> & Partial<Reference>)[];
  requestBody?: { description: string; content: Content };
  responses: Record<string, OperationResponse>;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description: string;
  schema: Schema;
}

export interface OperationResponse {
  description: string;
  headers?: Record<string, Reference>;
  /** A 204 has none. */
  content?: Content;
}

export interface Content {
  "application/json": { schema: Reference & Schema; examples: Record<string, Reference> };
}

export interface Header {
  description: string;
  schema: Schema;
}

export interface Example {
  summary: string;
  description?: string;
  value: unknown;
}

export interface Server {
  url: string;
  description: string;
  variables?: { region?: { enum: string[] } };
  "x-signing"?: "scoped";
}

/** An entry of `x-error-codes`; CONTRIBUTING tells what each key means. */
export interface ErrorCode {
  codes: string[];
  status: number[];
  meaning: string;
  retry: "never" | "later" | "unknown";
  advice: string;
  when?: string;
  calls?: "starts" | "reads";
  reads?: "lists" | "jobs";
  absent?: true;
}

/** A bundle of `generated/`. */
export function readDocument(name = "openapi.json"): Document {
  return JSON.parse(readFileSync(join(root, "generated", name), "utf8"));
}

/** One operation and where it stands in the document. */
export interface Call {
  path: string;
  item: PathItem;
  method: Method;
  operation: Operation;
  /** The operation's tag, in lower case. */
  service: string;
}

/** Every operation of the document, in its order. */
export function callsOf(document: Pick<Document, "paths">): Call[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, item, method, operation, service: serviceOf(operation) }] : [];
    }),
  );
}

function serviceOf(operation: Operation): string {
  return (operation.tags[0] ?? "").toLowerCase();
}

/** What a `$ref` stands for; anything else is itself. */
export function resolve<T>(document: Document, node: Partial<T> & { $ref?: string }): T {
  if (node.$ref === undefined) {
    return node as T;
  }
  const keys = node.$ref.slice(2).split("/");
  return keys.reduce((value: unknown, key) => (value as Record<string, unknown>)[key], document) as T;
}

/** The last part of a reference: the name of a schema or an example. */
export function nameOf({ $ref = "" }: { $ref?: string | undefined }): string {
  return $ref.split("/").at(-1) ?? "";
}

/** The servers of a service, whose hosts begin with its name. */
export function serversOf({ servers }: Pick<Document, "servers">, service: string): Server[] {
  return servers.filter(({ url }) => url.startsWith(`https://${service}.`));
}

/** Those entries of a list of error codes that a call can be answered with, with its own codes alone. */
export function entriesFor({ path, method }: Pick<Call, "path" | "method">, entries: ErrorCode[] = []): ErrorCode[] {
  const kind = method === "post" ? "starts" : "reads";
  const ofRead = kind === "reads" ? kindOfRead(path) : undefined;
  return entries
    .filter(({ calls = kind, reads = ofRead }) => calls === kind && (kind === "starts" || reads === ofRead))
    .map((entry) => ({ ...entry, codes: codesOn(path, entry.codes) }))
    .filter(({ codes }) => codes.length > 0);
}

/** Which of the error codes for reads a read is answered with. */
function kindOfRead(path: string): ErrorCode["reads"] {
  const kinds: Partial<Record<string, ErrorCode["reads"]>> = { backups: "lists", jobs: "jobs" };
  const kind = kinds[path.split("/").at(-1) ?? ""];
  if (!kind) {
    throw new Error(`GET ${path}: tell kindOfRead in scripts/lib/document.ts which error codes it is answered with`);
  }
  return kind;
}

/** Those of an entry's codes that a path answers with: DCS v1.0 writes all digits, and only it does. */
function codesOn(path: string, codes: string[]): string[] {
  const isV1 = path.startsWith("/v1");
  return codes.filter((code) => /^APIGW?\./.test(code) || /^\d+$/.test(code) === isV1);
}
