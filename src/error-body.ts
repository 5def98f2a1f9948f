import { own } from "./answer.js";
import { toJson } from "./text.js";

/** What an error's body tells, uncleaned: whoever shows it takes out secrets and markup first. */
interface ErrorBody {
  /** A number from IAM, text from all others. */
  code?: string | number | undefined;
  message?: string | undefined;
  /** The message is all of the body, since the body names neither a code nor a message. */
  isWhole?: boolean;
  requestId?: string | undefined;
}

/** Reads any error body: the five documented shapes, other JSON, and text that is no JSON at all, which then is the message. */
export function readErrorBody({ body, text }: { body: unknown; text: string }): ErrorBody {
  if (body === undefined) {
    return { message: text, isWhole: true };
  }
  const nested = own(body, "error");
  const given = codeIn(nested) ?? codeIn(body);
  const code = typeof given === "number" ? given : scalar(given)?.replace(/\s/g, "") || undefined;
  const message = scalar(messageIn(nested) ?? messageIn(body) ?? nested) || undefined;
  const isWhole = code === undefined && message === undefined;
  return { code, message: isWhole ? toJson(body) : message, isWhole, requestId: scalar(own(body, "request_id")) };
}

const codeIn = (part: unknown) => own(part, "error_code") ?? own(part, "code");
const messageIn = (part: unknown) => own(part, "error_msg") ?? own(part, "message");

function scalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
