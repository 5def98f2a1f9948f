/** The same POST, made in several ways. Each is given the server and returns the call. */
import { createHash, createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { DCS_INSTANCE_ID, PROJECT_ID, TEST_KEY } from "../lib/test-account.ts";

const BODY = { backup_format: "aof", remark: "before the upgrade" } as const;
const PATH = `/v2/${PROJECT_ID}/instances/${DCS_INSTANCE_ID}/backups`;
const TEMPLATE = "/v2/{project_id}/instances/{instance_id}/backups";

export type Call = () => Promise<{ backup_id?: string | undefined }>;

export const contenders = {
  /** The unit: no signature, no time limit. */
  fetch: async (url: string): Promise<Call> => {
    return async () => {
      const headers = { "content-type": "application/json" };
      return (await fetch(url + PATH, { method: "POST", headers, body: JSON.stringify(BODY) })).json();
    };
  },

  /** What one would write by hand for the same promises: signed, limited in time, no redirect followed. */
  "signed fetch": async (url: string): Promise<Call> => {
    const { host } = new URL(url);
    return async () => {
      const body = JSON.stringify(BODY);
      const response = await fetch(url + PATH, {
        method: "POST",
        headers: { "content-type": "application/json", ...signedHeaders(host, body) },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(60_000),
      });
      if (!response.ok) {
        throw new Error(`${response.status}: ${await response.text()}`);
      }
      return response.json();
    };
  },

  /** Without signature and time limit. */
  "openapi-fetch": async (baseUrl: string): Promise<Call> => {
    const { default: createClient } = await import("openapi-fetch");
    const client = createClient<import("huaweicloud-backup/types").paths>({ baseUrl });
    const params = { path: { project_id: PROJECT_ID, instance_id: DCS_INSTANCE_ID } };
    return async () => (await client.POST(TEMPLATE, { params, body: BODY })).data ?? {};
  },

  /** Signed and limited in time, over `node:http`. */
  axios: async (url: string): Promise<Call> => {
    const { default: axios } = await load<{ default: Axios }>("axios");
    const { host } = new URL(url);
    return async () => {
      const body = JSON.stringify(BODY);
      const headers = { "content-type": "application/json", ...signedHeaders(host, body) };
      return (await axios.post(url + PATH, body, { headers, timeout: 60_000, maxRedirects: 0 })).data;
    };
  },

  /** The vendor's SDK as its generated DCS client calls it: signed, over axios and `node:http`, without a time limit. */
  "vendor's SDK": async (url: string): Promise<Call> => {
    const require = createRequire(import.meta.url);
    const { BasicCredentials, ClientBuilder } = {
      ...require("@huaweicloud/huaweicloud-sdk-core"),
      ...require("@huaweicloud/huaweicloud-sdk-core/ClientBuilder"),
    } as Sdk;
    const credential = new BasicCredentials()
      .withAk(TEST_KEY.accessKeyId)
      .withSk(TEST_KEY.secretAccessKey)
      .withProjectId(PROJECT_ID);
    const client = new ClientBuilder((client) => client).withCredential(credential).withEndpoint(url).build();
    return () =>
      client.sendRequest({
        method: "POST",
        url: TEMPLATE,
        contentType: "application/json",
        queryParams: {},
        pathParams: { instance_id: DCS_INSTANCE_ID },
        headers: {},
        data: { ...BODY },
      });
  },

  /** With connections that are kept, as those of the others are. */
  "huaweicloud-backup": (url: string): Promise<Call> => ours(url, true),

  "a connection each": (url: string): Promise<Call> => ours(url, false),
};

async function ours(url: string, keepAlive: boolean): Promise<Call> {
  const { createBackupClient } = await import("huaweicloud-backup");
  const account = { projectId: PROJECT_ID, credentials: TEST_KEY };
  const backups = createBackupClient({ ...account, endpoints: { dcs: url }, keepAlive });
  return () => backups.copyInstance(DCS_INSTANCE_ID, BODY);
}

export type Contender = keyof typeof contenders;

function signedHeaders(host: string, body: string): Record<string, string> {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const names = "host;x-project-id;x-sdk-date";
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const canonical = `POST\n${PATH}/\n\nhost:${host}\nx-project-id:${PROJECT_ID}\nx-sdk-date:${date}\n\n${names}\n${hash(body)}`;
  const signature = createHmac("sha256", TEST_KEY.secretAccessKey)
    .update(`SDK-HMAC-SHA256\n${date}\n${hash(canonical)}`)
    .digest("hex");
  return {
    "x-project-id": PROJECT_ID,
    "x-sdk-date": date,
    authorization: `SDK-HMAC-SHA256 Access=${TEST_KEY.accessKeyId}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** Imports what is not installed here. The name is a variable, so that the compiler does not look for it. */
function load<T>(name: string): Promise<T> {
  return import(name) as Promise<T>;
}

interface Axios {
  post(url: string, body: string, options: object): Promise<{ data: { backup_id: string } }>;
}

interface Sdk {
  BasicCredentials: new () => Credentials;
  ClientBuilder: new (
    init: (client: SdkClient) => SdkClient,
  ) => { withCredential(credential: Credentials): { withEndpoint(url: string): { build(): SdkClient } } };
}

interface Credentials {
  withAk(key: string): Credentials;
  withSk(key: string): Credentials;
  withProjectId(id: string): Credentials;
}

interface SdkClient {
  sendRequest(options: object): Promise<{ backup_id?: string }>;
}
