/** What the stand-in finds wrong with a request. */
import type { Context } from "openapi-backend";
import type { ReceivedRequest } from "./request.ts";

export interface Fault {
  /** Its key in the table of error codes. */
  when: string;
  message: string;
}

/** What is wrong with a body before its schema is looked at. */
export function findBodyFault({ headers, body }: Pick<ReceivedRequest, "headers" | "body">): Fault | undefined {
  if (body === "") {
    return { when: "empty-body", message: "The request body is empty" };
  }
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) {
    return { when: "malformed-body", message: "Content-Type must be application/json" };
  }
  try {
    JSON.parse(body);
  } catch (error) {
    return { when: "malformed-body", message: `The request body is not JSON: ${(error as Error).message}` };
  }
  return undefined;
}

/** What the spec finds wrong with a body or a query. */
export function findSchemaFault({ validation, operation }: Context): Fault | undefined {
  const [fault] = validation?.errors ?? [];
  if (!fault) {
    return undefined;
  }
  const pointer = fault.instancePath.replace(/^\/requestBody/, "");
  const details = Object.entries(fault.params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const isTime = operation.tags?.includes("DDS") && /^\/query\/(begin|end)_time$/.test(pointer);
  const when = isTime ? "invalid-period" : pointer;
  return { when, message: `${pointer || "The request body"} ${fault.message} (${details.join(", ")})` };
}
