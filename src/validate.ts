/**
 * Checks of request bodies against the spec, for those who want to know before they send. The client itself leaves this to the
 * service, which may have become more generous than the spec. Made beforehand, so that no `eval` is needed.
 */
import {
  CopyInstance,
  CopyInstanceV1,
  CreateManualBackup,
  type Fault,
  type Validator,
} from "../generated/validators.js";

/** One thing that is wrong with a body. */
export interface Problem {
  /** JSON pointer to what is wrong in the body, for example `/backup/name`; empty for the body itself. */
  pointer: string;
  /** What it must be, in English, for example `must NOT have fewer than 4 characters`. */
  message: string;
}

/**
 * What the spec finds wrong with a body of `copyInstance`; nothing when it is right.
 * @example
 * validateCopyInstance({ backup_format: "zip" }); // [{ pointer: "/backup_format", message: 'must be one of "aof", "rdb"' }]
 */
export function validateCopyInstance(body: unknown): Problem[] {
  return problemsOf(CopyInstance, body);
}

/** What the spec finds wrong with a body of `copyInstanceV1`; nothing when it is right. */
export function validateCopyInstanceV1(body: unknown): Problem[] {
  return problemsOf(CopyInstanceV1, body);
}

/** What the spec finds wrong with a body of `createManualBackup`; nothing when it is right. */
export function validateCreateManualBackup(body: unknown): Problem[] {
  return problemsOf(CreateManualBackup, body);
}

function problemsOf(validate: Validator, body: unknown): Problem[] {
  return validate(body) ? [] : (validate.errors ?? []).map(toProblem);
}

function toProblem({ keyword, instancePath, message, params }: Fault): Problem {
  const at = (name: unknown) => `${instancePath}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
  switch (keyword) {
    case "additionalProperties":
      return { pointer: at(params["additionalProperty"]), message: "is not a field of this body" };
    case "required":
      return { pointer: at(params["missingProperty"]), message: "is required" };
    case "enum":
      return {
        pointer: instancePath,
        message: `must be one of ${(params["allowedValues"] as unknown[]).map((value) => JSON.stringify(value)).join(", ")}`,
      };
    default:
      return { pointer: instancePath, message };
  }
}
