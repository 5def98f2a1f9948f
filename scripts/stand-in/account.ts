/** Who may call the stand-in: one access key and one token, both published and of no account. */
import type { ReceivedRequest } from "./request.ts";
import { type AccessKey, findSignatureFault } from "./verify-signature.ts";

/** The key of the vendor's own signing guide. */
export const TEST_KEY: AccessKey = {
  accessKeyId: "QTWAOYTTINDUT2QVKYUC",
  secretAccessKey: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
};
export const TEST_TOKEN = "stand-in-token";

export function hasToken({ headers }: ReceivedRequest): boolean {
  return headers["x-auth-token"] === TEST_TOKEN;
}

export function isSigned(request: ReceivedRequest, now: number): boolean {
  return findSignatureFault(request, TEST_KEY, now) === undefined;
}

export function findAuthFault(request: ReceivedRequest, now: number): string | undefined {
  return request.headers["x-auth-token"] === undefined
    ? findSignatureFault(request, TEST_KEY, now)
    : "the token is not valid";
}
