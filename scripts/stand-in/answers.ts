/** The stand-in's answers, all made of the spec's own examples and its table of error codes. */
import { randomBytes, randomInt } from "node:crypto";
import {
  type Call,
  callsOf,
  type Document,
  type ErrorCode,
  entriesFor,
  nameOf,
  type OperationResponse,
} from "../lib/document.ts";

export interface Answer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

export class Answers {
  readonly operationIds: readonly string[];
  readonly #document: Document;
  readonly #calls: ReadonlyMap<string, Call>;

  constructor(document: Document) {
    this.#document = document;
    this.#calls = new Map(callsOf(document).map((call) => [call.operation.operationId, call]));
    this.operationIds = [...this.#calls.keys()];
  }

  /** The tag of an operation, in lower case. */
  serviceOf(operationId: string): string {
    return this.#calls.get(operationId)?.service ?? "";
  }

  isStart(operationId: string): boolean {
    return this.#calls.get(operationId)?.method === "post";
  }

  /** The answer to a start. Each backup has an id of its own, of the example's form. */
  started(operationId: string, example?: string): Answer {
    const answer = this.documented(operationId, 200, example);
    const fields = Object.entries(Object(answer.body) as Record<string, string>);
    const body = Object.fromEntries(fields.map(([name, value]) => [name, /_id$/.test(name) ? freshId(value) : value]));
    return { ...answer, body };
  }

  /** A success with this body. */
  of(operationId: string, body: unknown): Answer {
    return { ...this.documented(operationId, 200), body };
  }

  /** The example of that name for a status, or the first. */
  documented(operationId: string, status: number, name?: string): Answer {
    const examples = this.examples(operationId, status);
    const [first = ""] = Object.keys(examples);
    if (name !== undefined && !(name in examples)) {
      const names = Object.keys(examples).join(", ");
      return this.refusal(operationId, "invalid-body", `No example "${name}" for ${status} here; there are: ${names}`);
    }
    const response = this.#response(operationId, status);
    const retryAfter = response?.headers?.["Retry-After"] ? { "retry-after": "1" } : {};
    const isKnown = name !== undefined || this.#isDocumented(operationId, status);
    const body = (isKnown ? undefined : this.#bodyOf(operationId, status)) ?? examples[name ?? first];
    // The gateway tells it in the body too.
    const { request_id: requestId = newRequestId() } = Object(body) as { request_id?: string };
    return { status, body, headers: { "x-request-id": requestId, ...retryAfter } };
  }

  /** The named examples of an operation's answers with a status. */
  examples(operationId: string, status: number): Record<string, unknown> {
    const examples = this.#response(operationId, status)?.content?.["application/json"].examples ?? {};
    const { components } = this.#document;
    return Object.fromEntries(
      Object.entries(examples).map(([name, reference]) => [name, components.examples[nameOf(reference)]?.value]),
    );
  }

  /** The names of all examples that operations have for a status. */
  exampleNames(status: number): string[] {
    return [...new Set(this.operationIds.flatMap((id) => Object.keys(this.examples(id, status))))];
  }

  /**
   * The refusal that the table of error codes has for a fault, in the body of whoever gives it.
   *
   * @param operationId undefined where the gateway finds no operation.
   * @param when a fault's key in the table.
   */
  refusal(operationId: string | undefined, when: string, message: string): Answer {
    const call = operationId === undefined ? undefined : this.#calls.get(operationId);
    const { owner, entry } = this.#findCode(call, when);
    const fromGateway = owner === "gateway";
    const [code] = entry.codes;
    const [status = 400] = entry.status;
    const requestId = newRequestId();
    const body = fill(this.#template(operationId, fromGateway), { code, message, requestId });
    return { status, body, headers: { "x-request-id": requestId, ...(fromGateway && { server: "api-gateway" }) } };
  }

  /** The service's own entry, else the gateway's; where neither has one for the fault, a broader one. */
  #findCode(call: Call | undefined, when: string): { owner: string; entry: ErrorCode } {
    for (const key of [when, when === "wrong-method" ? "unknown-path" : "invalid-body"]) {
      const found = this.#findEntry(call, (entry) => entry.when === key);
      if (found) {
        return found;
      }
    }
    throw new Error(`x-error-codes has no entry for "${when}"`);
  }

  #findEntry(call: Call | undefined, is: (entry: ErrorCode) => boolean) {
    for (const owner of [...(call ? [call.service] : []), "gateway"]) {
      const entries = this.#document["x-error-codes"][owner] ?? [];
      const entry = (call ? entriesFor(call, entries) : entries).find(is);
      if (entry) {
        return { owner, entry };
      }
    }
    return undefined;
  }

  /** The first example of a 400 is always the service's own, the one of a 504 the gateway's. */
  #template(operationId: string | undefined, fromGateway: boolean): unknown {
    const [anyOperation = ""] = this.operationIds;
    return Object.values(this.examples(operationId ?? anyOperation, fromGateway ? 504 : 400))[0];
  }

  #response(operationId: string, status: number): OperationResponse | undefined {
    const responses = this.#calls.get(operationId)?.operation.responses ?? {};
    return responses[status] ?? responses[status < 300 ? 200 : "default"];
  }

  #isDocumented(operationId: string, status: number): boolean {
    return status < 300 || Object.hasOwn(this.#calls.get(operationId)?.operation.responses ?? {}, status);
  }

  /** Of a status that only `default` stands for, the table of error codes may know a code. */
  #bodyOf(operationId: string, status: number): unknown {
    const found = this.#findEntry(this.#calls.get(operationId), (entry) => entry.status.includes(status));
    if (!found) {
      return undefined;
    }
    const { owner, entry } = found;
    const template = this.#template(operationId, owner === "gateway");
    return fill(template, { code: entry.codes[0], message: entry.meaning, requestId: newRequestId() });
  }
}

function fill(template: unknown, facts: { code: string | undefined; message: string; requestId: string }): unknown {
  if (typeof template !== "object" || template === null) {
    return template;
  }
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => {
      if (/^(error_)?code$/.test(key)) {
        return [key, facts.code];
      }
      if (/^(error_msg|message)$/.test(key)) {
        return [key, facts.message];
      }
      if (key === "request_id") {
        return [key, facts.requestId];
      }
      return [key, fill(value, facts)];
    }),
  );
}

/** The end keeps its letters: those of DDS tell what the id is of. */
function freshId(example: string): string {
  return example.slice(0, -4).replace(/[0-9a-f]/g, () => randomInt(16).toString(16)) + example.slice(-4);
}

function newRequestId(): string {
  return randomBytes(16).toString("hex");
}
