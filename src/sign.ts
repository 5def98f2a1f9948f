/** The headers of one request, with its credentials or its signature. */
import type { Call } from "./call.js";
import { type Credentials, checkCredentials } from "./credentials.js";
import { type CheckedOptions, safeNow } from "./options.js";
import { authorization, sdkDate } from "./signing.js";

/** What a credentials function threw. `report.ts` tells it. */
export class CredentialsFailure {
  readonly cause: unknown;

  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** Signs last, over the bytes that leave. */
export async function signedHeaders(call: Call, options: CheckedOptions): Promise<Record<string, string>> {
  const { method, path, query, body = "", endpoint } = call;
  const credentials = await getCredentials(call, options);
  call.secrets.add(...Object.values(credentials));
  const headers: Record<string, string> = { "x-project-id": call.projectId };
  if ("token" in credentials) {
    call.signedAt = safeNow(options);
    return { ...call.headers, ...headers, "x-auth-token": credentials.token };
  }
  call.signedAt = options.now();
  headers["x-sdk-date"] = sdkDate(call.signedAt);
  if (credentials.securityToken !== undefined) {
    headers["x-security-token"] = credentials.securityToken;
  }
  const toSign = { method, path, query, headers: { ...headers, host: endpoint.host }, body };
  const value = await authorization(toSign, credentials, endpoint.signing);
  call.secrets.add(value.slice(value.lastIndexOf("=") + 1));
  return { ...call.headers, ...headers, authorization: value };
}

async function getCredentials(call: Call, { credentials: given }: CheckedOptions): Promise<Credentials> {
  if (typeof given !== "function") {
    return given;
  }
  let credentials: unknown;
  try {
    credentials = await given();
  } catch (error) {
    // A vault's own error may quote what it gave before.
    call.secrets.add(...(lastGiven.get(given) ?? []));
    throw new CredentialsFailure(error);
  }
  const checked = checkCredentials(credentials);
  lastGiven.set(given, Object.values(checked));
  return checked;
}

/** The secrets that each credentials function gave last. */
const lastGiven = new WeakMap<object, (string | undefined)[]>();
