/** What an error's body tells, uncleaned: whoever shows it takes out secrets and markup first. */
export interface ErrorBody {
  /** A number from IAM, text from all others. */
  code?: string | number | undefined;
  message?: string | undefined;
  requestId?: string | undefined;
}

/** Reads any error body: the five documented shapes, other JSON, and text that is no JSON at all, which then is the message. */
export function readErrorBody({ body, text }: { body: unknown; text: string }): ErrorBody {
  if (body === undefined) {
    return { message: text };
  }
  const outer = asRecord(body);
  const inner = outer["error"] && typeof outer["error"] === "object" ? asRecord(outer["error"]) : outer;
  const given = inner["error_code"] ?? inner["code"];
  const code = typeof given === "number" ? given : scalar(given)?.replace(/\s/g, "") || undefined;
  const message = scalar(inner["error_msg"] ?? inner["message"] ?? outer["error"]);
  const whole = code === undefined ? toJson(body) : undefined;
  return { code, message: message || whole, requestId: scalar(outer["request_id"]) };
}

function asRecord(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>;
}

function scalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** JSON that is nested too deeply to be written is left out: no error of these services is. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}
