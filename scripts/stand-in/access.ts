/** Whether the stand-in lets a request in: its access key and its token are those of the test account. */
import { TEST_KEY, TEST_TOKEN } from "../lib/test-account.ts";
import type { ReceivedRequest } from "./request.ts";
import { findSignatureFault } from "./verify-signature.ts";

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
