/** The spec's calls, as openapi-backend finds and checks them: each is refused as its service refuses it, or answered from the memory. */
import { type Document as BackendDocument, type Context, OpenAPIBackend } from "openapi-backend";
import type { Document } from "../lib/document.ts";
import { findAuthFault, hasToken, isSigned } from "./access.ts";
import type { Answer, Answers } from "./answers.ts";
import { fateIn } from "./fate.ts";
import { findBodyFault, findSchemaFault } from "./faults.ts";
import { createReads, type Read } from "./lists.ts";
import type { Memory } from "./memory.ts";
import type { Order } from "./orders.ts";
import { MAX_BODY_BYTES, type ReceivedRequest } from "./request.ts";
import { createStart, type StartOrder } from "./starts.ts";

export interface Api {
  /** The operation that a request is meant for, whatever is wrong with it. */
  callOf(request: ReceivedRequest): { operationId: string; isStart: boolean } | undefined;
  answer(request: ReceivedRequest, order?: Order): Promise<Answer>;
}

export async function createApi(document: Document, answers: Answers, memory: Memory): Promise<Api> {
  const reads: Partial<Record<string, Read>> = createReads(answers, memory);
  const start = createStart(answers, memory);
  const judge = (context: Context, request: ReceivedRequest, order: StartOrder) => {
    const { operationId = "", requestBody } = context.operation;
    const fault = (requestBody && findBodyFault(request)) ?? findSchemaFault(context);
    if (fault) {
      return answers.refusal(operationId, fault.when, fault.message);
    }
    return reads[operationId]?.(context, request) ?? start(context, request, order);
  };
  const backend = await findBackend(document, answers.operationIds);
  const own: Own = {
    judge,
    now: () => memory.now(),
    refuse: (...args) => answers.refusal(...args),
  };

  const callOf: Api["callOf"] = ({ method, target, headers }) => {
    const [path = ""] = target.split("?");
    try {
      const operation = backend.router.matchOperation({ method, path, headers });
      const { operationId = "" } = operation ?? {};
      return operation && { operationId, isStart: answers.isStart(operationId) };
    } catch {
      return undefined; // A path that is no valid percent-encoding.
    }
  };

  const respond = async (request: ReceivedRequest, order: Order = {}): Promise<Answer> => {
    if (Buffer.byteLength(request.body) > MAX_BODY_BYTES) {
      return answers.refusal(undefined, "too-large", "The request body is larger than 12 MB");
    }
    const { code, example, headers } = order;
    const call = callOf(request);
    const fate = call?.isStart ? fateIn(order) : undefined;
    const isSuccess = fate !== undefined && code !== undefined && code < 300;
    if (call && code !== undefined && !isSuccess) {
      if (fate) {
        await ownAnswer(request, { fate });
      }
      return withHeaders(answers.documented(call.operationId, code, example), headers);
    }
    return withHeaders(await ownAnswer(request, { fate, example: isSuccess ? example : undefined }), headers);
  };

  const ownAnswer = (request: ReceivedRequest, order: StartOrder): Promise<Answer> => {
    const [path = "", query = ""] = request.target.split(/\?(.*)/s);
    const { method, headers, body } = request;
    return backend.handleRequest({ method, path, query, headers, body }, own, request, order);
  };

  return {
    callOf,
    answer: (request, order) =>
      respond(request, order).catch((error) =>
        answers.refusal(undefined, error instanceof URIError ? "unknown-path" : "internal", `${error}`),
      ),
  };
}

/** What the shared backend asks of the stand-in that a request came to. */
interface Own {
  judge(context: Context, request: ReceivedRequest, order: StartOrder): Answer;
  now(): number;
  refuse: Answers["refusal"];
}

/** The validators take longer to compile than all else in a stand-in takes to start, so the stand-ins of a process share them. */
const backends = new WeakMap<Document, Promise<OpenAPIBackend>>();

function findBackend(document: Document, operationIds: readonly string[]): Promise<OpenAPIBackend> {
  const backend = backends.get(document) ?? createBackend(document, operationIds);
  backends.set(document, backend);
  return backend;
}

async function createBackend(document: Document, operationIds: readonly string[]): Promise<OpenAPIBackend> {
  const judge = (context: Context, own: Own, request: ReceivedRequest, order: StartOrder) =>
    own.judge(context, request, order);
  const backend = new OpenAPIBackend({
    // The library types a document more narrowly than ours is read, and checks it itself.
    definition: structuredClone(document) as unknown as BackendDocument,
    quick: true,
    ignoreTrailingSlashes: false,
    securityHandlers: {
      XAuthToken: (_, __, request: ReceivedRequest) => hasToken(request),
      AkSkSignature: (_, own: Own, request: ReceivedRequest) => isSigned(request, own.now()),
    },
    handlers: {
      ...Object.fromEntries(operationIds.map((id) => [id, judge])),
      validationFail: judge,
      unauthorizedHandler: ({ operation }: Context, own: Own, request: ReceivedRequest) =>
        own.refuse(
          operation.operationId,
          "unauthenticated",
          `Incorrect IAM authentication information: ${findAuthFault(request, own.now())}`,
        ),
      notFound: (_, own: Own) => own.refuse(undefined, "unknown-path", "The API does not exist or is not published"),
      methodNotAllowed: ({ request }: Context, own: Own) => refuseMethod(backend, request, own),
    },
  });
  await backend.init();
  return backend;
}

function refuseMethod(backend: OpenAPIBackend, request: Context["request"], own: Own): Answer {
  const known = (["post", "get"] as const).flatMap(
    (method) => backend.router.matchOperation({ ...request, method }) ?? [],
  );
  const allow = known.map(({ method }) => method.toUpperCase()).join(", ");
  const message = `${request.method.toUpperCase()} is not allowed here; allowed: ${allow}`;
  const { headers, ...answer } = own.refuse(known[0]?.operationId, "wrong-method", message);
  return { ...answer, headers: { ...headers, allow } };
}

function withHeaders(answer: Answer, headers: Record<string, string> | undefined): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
