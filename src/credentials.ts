import { nodeProcess } from "./builtin.js";

/** A long-lived or temporary access key: each request is signed with it. */
export interface AccessKeyCredentials {
  /** The AK, which stands in each request. */
  accessKeyId: string;
  /** The SK. It is never sent: only what is signed with it leaves. */
  secretAccessKey: string;
  /** Belongs to a temporary access key and is sent as `X-Security-Token`. */
  securityToken?: string | undefined;
}

/** An IAM token of the project, sent as `X-Auth-Token`. It lives for 24 hours. */
export interface TokenCredentials {
  /** As IAM gives it in the header `X-Subject-Token`. */
  token: string;
}

/** With what requests are authenticated: give one of the two. */
export type Credentials = AccessKeyCredentials | TokenCredentials;

/** Asked for each request, so that what it returns may change over time. */
export type CredentialsProvider = () => Credentials | Promise<Credentials>;

/** What a header can carry without changing on the way. */
const HEADER_VALUE = /^[\x21-\x7e]+$/;

/** Throws a `TypeError` that names the member at fault and never shows its value. */
export function checkCredentials(value: unknown): Credentials {
  const { accessKeyId, secretAccessKey, securityToken, token } = Object(value) as Record<string, unknown>;
  const isKey = accessKeyId !== undefined || secretAccessKey !== undefined;
  if (isKey === (token !== undefined)) {
    throw new TypeError("credentials: give either { accessKeyId, secretAccessKey } or { token }");
  }
  if (!isKey) {
    return { token: checkSecret("token", token) };
  }
  return {
    accessKeyId: checkSecret("accessKeyId", accessKeyId),
    secretAccessKey: checkSecret("secretAccessKey", secretAccessKey),
    // Empty is what an unset variable often gives.
    securityToken:
      securityToken === undefined || securityToken === "" ? undefined : checkSecret("securityToken", securityToken),
  };
}

function checkSecret(name: string, value: unknown): string {
  if (typeof value === "string" && HEADER_VALUE.test(value)) {
    return value;
  }
  const fault =
    typeof value !== "string"
      ? "is not a string"
      : value
        ? "holds a space, line break or other character that no key has"
        : "is empty";
  throw new TypeError(`credentials.${name} ${fault}`);
}

const VENDOR_PREFIX = "HUAWEICLOUD_SDK_";
const SAMPLE_PREFIX = "CLOUD_SDK_";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The access key in the variables that the vendor's SDKs and samples read: `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and, for a
 * temporary key, `HUAWEICLOUD_SDK_SECURITY_TOKEN`; where the first two are unset, `CLOUD_SDK_AK` and `CLOUD_SDK_SK`.
 *
 * @throws TypeError that names the missing variable.
 */
export function credentialsFromEnv(env: Environment = nodeProcess()?.env ?? {}): AccessKeyCredentials {
  const has = (prefix: string) => env[`${prefix}AK`] || env[`${prefix}SK`];
  const prefix = [VENDOR_PREFIX, SAMPLE_PREFIX].find(has);
  if (!prefix) {
    throw new TypeError(`${VENDOR_PREFIX}AK: not set in the environment, and neither is ${SAMPLE_PREFIX}AK`);
  }
  return {
    accessKeyId: required(env, `${prefix}AK`),
    secretAccessKey: required(env, `${prefix}SK`),
    securityToken: env["HUAWEICLOUD_SDK_SECURITY_TOKEN"] || undefined,
  };
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (!value) {
    throw new TypeError(`${name}: not set in the environment`);
  }
  return value;
}
