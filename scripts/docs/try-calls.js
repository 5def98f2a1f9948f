// What `/try/` does with a request: it is sent by the client itself, and what it starts is followed to its end, or looked for when the
// answer is lost.
import {
  createBackupClient,
  findBackup,
  isBackupError,
  waitForCopyInstance,
  waitForCopyInstanceV1,
  waitForManualBackup,
} from "../../src/index.ts";
import { authorization, sdkDate } from "../../src/signing.ts";

/** In ms. What hangs must not keep the reader, and a stand-in may be asked often. */
const TIMEOUT = 5_000;
const INTERVAL = 300;
const SETTLE = 10_000;

const CALLS = {
  CopyInstance: (client, { ids, body }) => client.copyInstance(ids.instance_id, body),
  CopyInstanceV1: (client, { ids, body }) => client.copyInstanceV1(ids.instance_id, body),
  CreateManualBackup: (client, { body }) => client.createManualBackup(body),
  ListBackupRecords: (client, { ids, query }) => client.listBackupRecords(ids.instance_id, query),
  ListBackupRecordsV1: (client, { ids, query }) => client.listBackupRecordsV1(ids.instance_id, query),
  ListBackups: (client, { query }) => client.listBackups(query),
  ShowJobDetail: (client, { query: { id } }) => client.showJobDetail(id),
};

const WAITS = {
  CopyInstance: (client, ids, answer, options) => waitForCopyInstance(client, ids.instance_id, answer, options),
  CopyInstanceV1: (client, ids, answer, options) => waitForCopyInstanceV1(client, ids.instance_id, answer, options),
  CreateManualBackup: (client, _, answer, options) => waitForManualBackup(client, answer, options),
};

/**
 * @param request `{ operationId, target, ids, query, text, credentials, prefer }`; `text` is the body, undefined for a read.
 * @param show `answer(response, text)` for what came back, `step(word, text?)` for what follows from it.
 */
export async function run(request, show, signal) {
  const body = parse(request.text);
  if (request.text !== undefined && body === undefined) {
    await sendAsItIs(request, show);
    return;
  }
  const { operationId, ids } = request;
  try {
    // The first client alone orders something and shows the answer.
    const sender = clientOf(request, async (url, init) => {
      const headers = { ...init.headers, ...(request.prefer && { prefer: request.prefer }) };
      const response = await fetch(url, { ...init, headers });
      const text = await response.clone().text();
      show.answer(response, text);
      return response;
    });
    const answer = await CALLS[operationId](sender, { ids, query: request.query, body });
    if (operationId in WAITS) {
      show.step("started");
      await follow(clientOf(request), request, answer, show, signal);
    }
  } catch (error) {
    const mayExist = isBackupError(error) && error.backupMayExist;
    show.step(mayExist ? "mayExist" : operationId in WAITS ? "nothingStarted" : "readFailed", error.message);
    if (mayExist) {
      await find(clientOf(request), request, error, show, signal);
    }
  }
}

function clientOf({ ids, credentials }, given) {
  const { origin } = location;
  return createBackupClient({
    ...{ projectId: ids.project_id, credentials, endpoints: { dcs: origin, dds: origin } },
    ...{ maxRetries: 0, timeout: TIMEOUT, fetch: given },
  });
}

async function follow(client, { operationId, ids }, answer, show, signal) {
  const onProgress = ({ state, percent, record, error }) =>
    show.step(
      error ? "lookFailed" : state,
      error?.message ?? [record?.status, percent === undefined ? "" : `${percent} %`].filter(Boolean).join(", "),
    );
  try {
    const record = await WAITS[operationId](client, ids, answer, { interval: INTERVAL, onProgress, signal });
    show.step("finished", record.status);
  } catch (error) {
    if (!signal.aborted) {
      show.step("notFinished", error.message);
    }
  }
}

async function find(client, request, error, show, signal) {
  show.step("looking");
  try {
    const it = await findBackup(client, error, { interval: INTERVAL, settle: SETTLE, signal });
    if (it.found === "one") {
      show.step(it.sure ? "foundSure" : "foundUnsure", it.answer.backup_id);
      await follow(client, request, it.answer, show, signal);
    } else {
      show.step(it.found, it.found === "none" ? `${Math.round(it.lookedFor / 1000)} s` : String(it.records.length));
    }
  } catch (failure) {
    if (!signal.aborted) {
      show.step("mayExist", failure.message);
    }
  }
}

/** What is no JSON object the client does not send; here it may be tried. */
async function sendAsItIs(request, show) {
  let isSent = false;
  try {
    const { target, headers, text } = await signed(request);
    const written = new Request(target, { method: "POST", headers, body: text, redirect: "error" });
    isSent = true;
    const response = await fetch(written);
    show.answer(response, await response.text());
  } catch (error) {
    show.step(isSent ? "mayExist" : "nothingStarted", error.message);
  }
}

/** The request with the headers that its credentials give it. */
export async function signed(request) {
  const { target, ids, query, text, credentials, prefer } = request;
  const shown = {
    ...(text !== undefined && { "Content-Type": "application/json" }),
    ...(prefer && { Prefer: prefer }),
  };
  if ("token" in credentials) {
    return { ...request, headers: { ...shown, "X-Auth-Token": credentials.token } };
  }
  const date = sdkDate(Date.now());
  const toSign = {
    method: text === undefined ? "GET" : "POST",
    path: decodeURIComponent(target.split("?")[0]),
    query: Object.entries(query),
    headers: { host: location.host, "x-project-id": ids.project_id, "x-sdk-date": date },
    body: text ?? "",
  };
  const value = await authorization(toSign, credentials, "access");
  return {
    ...request,
    headers: { ...shown, "X-Project-Id": ids.project_id, "X-Sdk-Date": date, Authorization: value },
  };
}

function parse(text) {
  try {
    const value = JSON.parse(text);
    return Object.prototype.toString.call(value) === "[object Object]" ? value : undefined;
  } catch {
    return undefined;
  }
}
