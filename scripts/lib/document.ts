import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/** The parts of the bundled spec that scripts read. */
export interface Document {
  openapi: string;
  info: { description: string };
  paths: Record<string, PathItem>;
  servers?: Server[];
  security: Record<string, string[]>[];
  tags: { name: string }[];
  components: {
    schemas: Record<string, Schema>;
    responses?: Record<string, OperationResponse>;
    examples: Record<string, { value: unknown }>;
    securitySchemes: Record<string, { description: string }>;
  };
  "x-error-codes": Record<string, ErrorCode[]>;
  [key: string]: unknown;
}

export interface Schema {
  $ref?: string;
  type?: string;
  title?: string;
  description?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  [keyword: string]: unknown;
}

export interface PathItem {
  servers?: Server[];
  post: Operation;
}

export interface Operation {
  operationId: string;
  description: string;
  tags: string[];
  requestBody: { content: { "application/json": { schema: { $ref: string } } } };
  responses: Record<string, OperationResponse>;
}

export interface OperationResponse {
  headers?: Record<string, object>;
  content: { "application/json": { examples: Record<string, { $ref: string }> } };
}

export interface Server {
  url: string;
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
}

/** A bundle of `generated/`. */
export function readDocument(name = "openapi.json"): Document {
  return JSON.parse(readFileSync(join(root, "generated", name), "utf8"));
}

/** The service that a path belongs to: its operation's tag, in lower case. */
export function serviceOf(path: PathItem): string {
  return (path.post.tags[0] ?? "").toLowerCase();
}

/** Those of an entry's codes that a path answers with: DCS v1.0 writes all digits, and only it does. */
export function codesOn(path: string, codes: string[]): string[] {
  const isV1 = path.startsWith("/v1");
  return codes.filter((code) => /^\d+$/.test(code) === isV1);
}
