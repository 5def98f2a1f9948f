/** How far a request had come when `fetch` failed. */

/**
 * `unconnected`: no connection was made, so nothing was sent, and asking again may work. `unsent`: nothing was sent, and asking again
 * meets the same. `unknown`: the request may have arrived.
 */
export type Stage = "unconnected" | "unsent" | "unknown";

/** Every runtime tells it in its own way: Node by the system call, Bun by a code, Deno in the message; browsers not at all. */
export function stageOf(error: unknown): Stage {
  try {
    if (neverConnected(error)) {
      return "unconnected";
    }
    return neverSent(error) ? "unsent" : "unknown";
  } catch {
    return "unknown"; // An error that throws when it is read tells nothing.
  }
}

interface SystemError {
  syscall?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/** So many causes behind one another are looked into: a chain may be a circle. */
const MAX_DEPTH = 4;

function neverConnected(error: unknown, depth = 0): boolean {
  const { syscall, code, message, cause, errors } = Object(error) as SystemError;
  return (
    /^(connect|getaddrinfo)$/.test(String(syscall)) ||
    /^(UND_ERR_CONNECT_TIMEOUT|ECONNREFUSED|ConnectionRefused|FailedToOpenSocket)$/.test(String(code)) ||
    /client error \(Connect\)/.test(String(message)) ||
    (Array.isArray(errors) && errors.length > 0 && errors.every((one) => neverConnected(one, MAX_DEPTH))) ||
    (depth < MAX_DEPTH && cause !== undefined && neverConnected(cause, depth + 1))
  );
}

/** The host's certificate was refused, or the port is one that `fetch` never dials. */
function neverSent(error: unknown): boolean {
  const { code, cause } = Object(error) as SystemError;
  const inner = Object(cause) as SystemError;
  return /CERT|LEAF_SIGNATURE/.test(`${code} ${inner.code}`) || inner.message === "bad port";
}
