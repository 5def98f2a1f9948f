/**
 * A local stand-in of the three calls, made from the generated bundle: it refuses what the spec refuses with that service's own error
 * body, checks signatures, and answers any documented status on request. For trying and testing only.
 */
import { randomBytes, randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Document as BackendDocument, type Context, OpenAPIBackend } from "openapi-backend";
import { type Document, type ErrorCode, type Operation, serviceOf } from "./document.ts";
import { type AccessKey, findSignatureFault } from "./verify-signature.ts";

/** The key of the vendor's own signing guide: published, and of no account. */
export const TEST_KEY: AccessKey = {
  accessKeyId: "QTWAOYTTINDUT2QVKYUC",
  secretAccessKey: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
};
export const TEST_TOKEN = "stand-in-token";

export interface StandIn {
  /** `http://127.0.0.1:port`, for both services. */
  readonly url: string;
  /** What has arrived, oldest first. */
  readonly received: ReceivedRequest[];
  close(): Promise<void>;
}

export interface ReceivedRequest {
  method: string;
  /** Path and query as they stood in the request line. */
  target: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
}

interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** @param port 0 takes any free one. Rejects with `EADDRINUSE` when the port is taken. */
export async function startStandIn({ port = 0 }: { port?: number } = {}): Promise<StandIn> {
  const answer = await createApi(readDocument());
  const received: ReceivedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming);
    if (request) received.push(request);
    send(outgoing, await answer(request ?? "too-large"));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, received, close: () => close(server) };
}

function readDocument(): Document {
  return JSON.parse(readFileSync(new URL("../generated/openapi.json", import.meta.url), "utf8"));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Undefined when the body is larger than the gateway takes; what is too much is read and dropped. */
async function readRequest(incoming: IncomingMessage): Promise<ReceivedRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) return undefined;
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return { method: incoming.method ?? "", target: incoming.url ?? "", headers, body: Buffer.concat(chunks).toString() };
}

function send(outgoing: ServerResponse, { status, body, headers }: Reply): void {
  const text = JSON.stringify(body);
  outgoing.writeHead(status, {
    "content-type": "application/json;charset=UTF-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  outgoing.end(text);
}

async function createApi(document: Document): Promise<(request: ReceivedRequest | "too-large") => Promise<Reply>> {
  const refusals = new Refusals(document);
  const operationIds = Object.values(document.paths).map(({ post }) => post.operationId);
  const judge = (context: Context, request: ReceivedRequest): Reply | undefined => {
    const fault = findBodyFault(context, request);
    return fault && refusals.refuse(context.operation.operationId, fault.when, fault.message);
  };
  const api = new OpenAPIBackend({
    definition: structuredClone(document) as unknown as BackendDocument,
    quick: true,
    ignoreTrailingSlashes: false,
    ajvOpts: { strict: false, allErrors: true },
    securityHandlers: {
      XAuthToken: (_, request: ReceivedRequest) => request.headers["x-auth-token"] === TEST_TOKEN,
      AkSkSignature: (_, request: ReceivedRequest) => findSignatureFault(request, TEST_KEY, Date.now()) === undefined,
    },
    handlers: {
      ...Object.fromEntries(
        operationIds.map((id) => [
          id,
          (context: Context, request: ReceivedRequest) => judge(context, request) ?? succeed(document, id),
        ]),
      ),
      validationFail: judge,
      unauthorizedHandler: (context: Context, request: ReceivedRequest) =>
        refusals.refuse(
          context.operation.operationId,
          "unauthenticated",
          `Incorrect IAM authentication information: ${findAuthFault(request)}`,
        ),
      notFound: () =>
        refusals.refuse(
          undefined,
          "unknown-path",
          "The API does not exist or has not been published in the environment",
        ),
      methodNotAllowed: (context: Context) => {
        const known = api.router.matchOperation({ ...context.request, method: "post" });
        const { headers, ...reply } = refusals.refuse(
          known?.operationId,
          "wrong-method",
          `${context.request.method.toUpperCase()} is not allowed here, POST is`,
        );
        return { ...reply, headers: { ...headers, allow: "POST" } };
      },
    },
  });
  await api.init();
  return async (request) => {
    if (request === "too-large")
      return refusals.refuse(undefined, "too-large", "The request body is larger than 12 MB");
    const [path = "", query = ""] = request.target.split("?");
    const wish = /\bcode=(\d{3})(?:.*\bexample="?(\w+))?/.exec(request.headers["prefer"] ?? "");
    const operation = wish && api.router.matchOperation({ method: request.method, path, headers: request.headers });
    if (operation) return documented(document, operation.operationId ?? "", Number(wish[1]), wish[2]);
    return api.handleRequest(
      { method: request.method, path, query, headers: request.headers, body: request.body },
      request,
    );
  };
}

function findAuthFault(request: ReceivedRequest): string {
  if (request.headers["x-auth-token"] !== undefined) return "the token is not valid";
  return findSignatureFault(request, TEST_KEY, Date.now()) ?? "";
}

/** The key in the spec's table of error codes for what is wrong with a body, and the words for it. */
function findBodyFault(
  { validation }: Context,
  { headers, body }: ReceivedRequest,
): { when: string; message: string } | undefined {
  if (body === "") return { when: "empty-body", message: "Request body is empty" };
  if (!/^application\/json\b/i.test(headers["content-type"] ?? ""))
    return { when: "malformed-body", message: "Content-Type must be application/json" };
  try {
    JSON.parse(body);
  } catch (error) {
    return { when: "malformed-body", message: `Request body is not JSON: ${(error as Error).message}` };
  }
  const [fault] = validation?.errors ?? [];
  if (!fault) return undefined;
  const pointer = fault.instancePath.replace(/^\/requestBody/, "");
  const detail = Object.entries(fault.params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return { when: pointer, message: `${pointer || "Request body"} ${fault.message} (${detail.join(", ")})` };
}

/** Answers with the codes of the spec's own table, in the shape of the spec's own examples. */
class Refusals {
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  refuse(operationId: string | undefined, when: string, message: string): Reply {
    const service = operationId === undefined ? "gateway" : serviceOf(pathOf(this.#document, operationId));
    const [owner, entry] = this.#find(service, when);
    const isV1 = operationId !== undefined && /^\/v1/.test(pathKeyOf(this.#document, operationId));
    const code = entry.codes.find((code) => owner === "gateway" || /^\d+$/.test(code) === isV1) ?? entry.codes[0] ?? "";
    const status = entry.status.includes(413) ? 413 : (entry.status[0] ?? 400);
    const requestId = newRequestId();
    const body = fill(this.#template(owner === "gateway" ? undefined : operationId), { code, message, requestId });
    return {
      status,
      body,
      headers: { "x-request-id": requestId, ...(owner === "gateway" && { server: "api-gateway" }) },
    };
  }

  /** The service's own entry, else the gateway's, each for the nearest key that has one. */
  #find(service: string, when: string): [owner: string, entry: ErrorCode] {
    const fallbacks: Record<string, string[]> = { "wrong-method": ["unknown-path"], "": ["invalid-body"] };
    for (const key of [when, ...(fallbacks[when] ?? ["invalid-body"])]) {
      for (const owner of [service, "gateway"]) {
        const entry = this.#document["x-error-codes"][owner]?.find((entry) => entry.when === key);
        if (entry) return [owner, entry];
      }
    }
    throw new Error(`The spec's error codes have no entry for "${when}"`);
  }

  /** An example of the service's error body, or of the gateway's. */
  #template(operationId: string | undefined): unknown {
    const { post } =
      operationId === undefined ? Object.values(this.#document.paths)[0]! : pathOf(this.#document, operationId);
    const [name] = Object.keys(examplesOf(this.#document, post, operationId === undefined ? 504 : 400));
    return examplesOf(this.#document, post, operationId === undefined ? 504 : 400)[name ?? ""];
  }
}

function fill(template: unknown, facts: { code: string; message: string; requestId: string }): unknown {
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => {
      if (/^(error_)?code$/.test(key)) return [key, facts.code];
      if (/^(error_msg|message)$/.test(key)) return [key, facts.message];
      if (key === "request_id") return [key, facts.requestId];
      return [key, fill(value, facts)];
    }),
  );
}

function succeed(document: Document, operationId: string): Reply {
  const { body, ...reply } = documented(document, operationId, 200);
  // A fresh id of the example's form: each backup has its own.
  const fresh = (id: string) => id.slice(0, -4).replace(/[0-9a-f]/g, () => randomInt(16).toString(16)) + id.slice(-4);
  const entries = Object.entries(body as Record<string, string>).map(([name, id]) => [name, fresh(id)]);
  return { ...reply, body: Object.fromEntries(entries) };
}

/** A documented answer of an operation: the example that is named, else the first. */
function documented(document: Document, operationId: string, status: number, name?: string): Reply {
  const examples = examplesOf(document, pathOf(document, operationId).post, status);
  const names = Object.keys(examples);
  const body = examples[name ?? names[0] ?? ""];
  const requestId = newRequestId();
  if (body === undefined) {
    return { status: 400, body: { error: `No example "${name}" for ${status} here; there are: ${names.join(", ")}` } };
  }
  return {
    status,
    body,
    headers: { "x-request-id": requestId, ...([429, 503].includes(status) && { "retry-after": "1" }) },
  };
}

function examplesOf(document: Document, operation: Operation, status: number): Record<string, unknown> {
  const response = operation.responses[status] ?? operation.responses["default"];
  const components = document["components"] as { examples: Record<string, { value: unknown }> };
  const names = Object.entries(response?.content["application/json"].examples ?? {});
  return Object.fromEntries(
    names.map(([name, { $ref }]) => [name, components.examples[$ref.split("/").at(-1) ?? ""]?.value]),
  );
}

function pathOf(document: Document, operationId: string): Document["paths"][string] {
  return document.paths[pathKeyOf(document, operationId)]!;
}

function pathKeyOf(document: Document, operationId: string): string {
  return Object.entries(document.paths).find(([, { post }]) => post.operationId === operationId)![0];
}

const newRequestId = (): string => randomBytes(16).toString("hex");
