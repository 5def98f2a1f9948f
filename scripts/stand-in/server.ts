/**
 * A local stand-in of the calls, made from the generated bundle: it refuses what the spec refuses with that service's own error
 * body, checks signatures, answers any documented status on request, and misbehaves when told to. For trying and testing only.
 */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Document as BackendDocument, type Context, OpenAPIBackend } from "openapi-backend";
import type { Document } from "../lib/document.ts";
import { type Answer, Answers } from "./answers.ts";
import { findBodyFault, findSchemaFault } from "./faults.ts";
import { isMisbehaviour, type MisbehaviourName, misbehaviours } from "./misbehaviours.ts";
import type { Pages } from "./pages.ts";
import { type AccessKey, findSignatureFault } from "./verify-signature.ts";

/** The key of the vendor's own signing guide: published, and of no account. */
export const TEST_KEY: AccessKey = {
  accessKeyId: "QTWAOYTTINDUT2QVKYUC",
  secretAccessKey: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
};
export const TEST_TOKEN = "stand-in-token";

/** Takes what `next` takes, as JSON by POST; GET tells what is waiting, and DELETE forgets it. */
export const NEXT_PATH = "/stand-in/next";

/** What the next request gets instead of its own answer: a documented one, or a misbehaviour. */
export type Wish =
  | { code: number; example?: string | undefined; headers?: Record<string, string> | undefined }
  | { misbehave: MisbehaviourName };

export interface ReceivedRequest {
  method: string;
  /** Path and query as they stood in the request line. */
  target: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
}

export interface StandIn {
  /** `http://127.0.0.1:port`, for both services. */
  readonly url: string;
  /** The calls that have arrived, oldest first. */
  readonly received: readonly ReceivedRequest[];
  /** What the next calls get, one each; calls after these get their own answers again. */
  next(...wishes: Wish[]): void;
  close(): Promise<void>;
}

/** As large as the vendor's gateway takes. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/**
 * @param port 0 takes any free one. Rejects with `EADDRINUSE` when the port is taken.
 * @param pages answers the requests that are for a page, and tells of each whether it was.
 */
export async function startStandIn({ port = 0, pages }: { port?: number; pages?: Pages } = {}): Promise<StandIn> {
  const document = readDocument();
  const answers = new Answers(document);
  const api = await createApi(document, answers);
  const received: ReceivedRequest[] = [];
  const wishes: Wish[] = [];
  const server = createServer(async (incoming, outgoing) => {
    if (pages?.(incoming, outgoing)) return;
    const request = await readRequest(incoming).catch(() => undefined);
    if (!request) return;
    if (request.target === NEXT_PATH) return order(outgoing, request, wishes, answers);
    received.push(request);
    const wish = (api.isCall(request) ? wishes.shift() : undefined) ?? readPreference(request.headers["prefer"]);
    if (wish && "misbehave" in wish) misbehaviours[wish.misbehave](outgoing, request);
    else send(outgoing, await api.answer(request, wish));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    next: (...more) => void wishes.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function readDocument(): Document {
  return JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"));
}

/** A body that is too long is read to its end, so that the answer can be, and cut just above the limit. */
async function readRequest(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return { method: incoming.method ?? "", target: incoming.url ?? "", headers, body: Buffer.concat(chunks).toString() };
}

/** `Prefer: code=429` or `Prefer: code=400, example=DcsBackupRunning` or `Prefer: misbehave=reset`. */
function readPreference(prefer = ""): Wish | undefined {
  const { code, example, misbehave } = Object.fromEntries(
    [...prefer.matchAll(/([\w-]+)="?([\w-]+)/g)].map(([, name, value]) => [name, value]),
  );
  if (isMisbehaviour(misbehave)) return { misbehave };
  return /^[2-5]\d\d$/.test(code ?? "") ? { code: Number(code), example } : undefined;
}

function order(outgoing: ServerResponse, { method, body }: ReceivedRequest, wishes: Wish[], answers: Answers): void {
  if (method === "DELETE") wishes.length = 0;
  const fault = method === "POST" ? addWishes(body, wishes, answers) : undefined;
  send(outgoing, { status: fault ? 400 : 200, body: fault ? { error: fault } : { waiting: wishes }, headers: {} });
}

function addWishes(body: string, wishes: Wish[], answers: Answers): string | undefined {
  let list: unknown[];
  try {
    list = [JSON.parse(body)].flat();
  } catch {
    return "The body must be JSON";
  }
  for (const wish of list) {
    const { code, misbehave, example } = Object(wish);
    if (!isMisbehaviour(misbehave) && !(Number.isInteger(code) && code >= 200 && code < 600)) {
      return `Give {"code": 200 to 599, "example"?, "headers"?} or {"misbehave": one of ${Object.keys(misbehaviours).join(", ")}}`;
    }
    const names = answers.exampleNames(code);
    if (example !== undefined && !names.includes(example)) {
      return `There is no example ${JSON.stringify(example)} for ${code}; there are: ${names.join(", ")}`;
    }
  }
  wishes.push(...(list as Wish[]));
  return undefined;
}

function send(outgoing: ServerResponse, { status, body, headers }: Answer): void {
  if (body === undefined) return void outgoing.writeHead(status, headers).end();
  const text = JSON.stringify(body);
  const own = { "content-type": "application/json;charset=UTF-8", "content-length": Buffer.byteLength(text) };
  outgoing.writeHead(status, { ...own, ...headers }).end(text);
}

interface Api {
  /** Of one of the operations, whatever is wrong with it. */
  isCall(request: ReceivedRequest): boolean;
  answer(request: ReceivedRequest, wish?: Exclude<Wish, { misbehave: unknown }>): Promise<Answer>;
}

async function createApi(document: Document, answers: Answers): Promise<Api> {
  const judge = (context: Context, request: ReceivedRequest) => {
    const { operationId } = context.operation;
    const fault = (context.operation.requestBody && findBodyFault(request)) ?? findSchemaFault(context);
    return fault ? answers.refusal(operationId, fault.when, fault.message) : answers.success(operationId ?? "");
  };
  const backend = new OpenAPIBackend({
    definition: structuredClone(document) as unknown as BackendDocument,
    quick: true,
    ignoreTrailingSlashes: false,
    ajvOpts: { strict: false, allErrors: true },
    securityHandlers: {
      XAuthToken: (_, request: ReceivedRequest) => request.headers["x-auth-token"] === TEST_TOKEN,
      AkSkSignature: (_, request: ReceivedRequest) => findSignatureFault(request, TEST_KEY, Date.now()) === undefined,
    },
    handlers: {
      ...Object.fromEntries(answers.operationIds.map((id) => [id, judge])),
      validationFail: judge,
      unauthorizedHandler: ({ operation }: Context, request: ReceivedRequest) =>
        answers.refusal(
          operation.operationId,
          "unauthenticated",
          `Incorrect IAM authentication information: ${findAuthFault(request)}`,
        ),
      notFound: () => answers.refusal(undefined, "unknown-path", "The API does not exist or is not published"),
      methodNotAllowed: ({ request }: Context) => {
        const known = (["post", "get"] as const).flatMap(
          (method) => backend.router.matchOperation({ ...request, method }) ?? [],
        );
        const allow = known.map(({ method }) => method.toUpperCase()).join(", ");
        const { headers, ...answer } = answers.refusal(
          known[0]?.operationId,
          "wrong-method",
          `${request.method.toUpperCase()} is not allowed here; allowed: ${allow}`,
        );
        return { ...answer, headers: { ...headers, allow } };
      },
    },
  });
  await backend.init();
  const match = ({ method, target, headers }: ReceivedRequest) => {
    const [path = ""] = target.split("?");
    try {
      return backend.router.matchOperation({ method, path, headers });
    } catch {
      return undefined; // A path that is no valid percent-encoding.
    }
  };
  const respond: Api["answer"] = async (request, wish) => {
    if (Buffer.byteLength(request.body) > MAX_BODY_BYTES) {
      return answers.refusal(undefined, "too-large", "The request body is larger than 12 MB");
    }
    const operation = wish && match(request);
    if (operation) {
      const answer = answers.documented(operation.operationId ?? "", wish.code, wish.example);
      return { ...answer, headers: { ...answer.headers, ...wish.headers } };
    }
    const [path = "", query = ""] = request.target.split("?");
    const { method, headers, body } = request;
    return backend.handleRequest({ method, path, query, headers, body }, request);
  };
  return {
    isCall: (request) => match(request) !== undefined,
    answer: (request, wish) =>
      respond(request, wish).catch((error) =>
        answers.refusal(undefined, error instanceof URIError ? "unknown-path" : "internal", `${error}`),
      ),
  };
}

function findAuthFault(request: ReceivedRequest): string | undefined {
  if (request.headers["x-auth-token"] !== undefined) return "the token is not valid";
  return findSignatureFault(request, TEST_KEY, Date.now());
}
