/** What each program is given, and what it must send and be answered, in order. */

import { DCS_INSTANCE_ID, DDS_INSTANCE_ID, PROJECT_ID } from "../lib/test-account.ts";

/** As environment variables. */
export const inputs = { PROJECT_ID, DCS_INSTANCE_ID, DDS_INSTANCE_ID };

export const copyInstance = {
  method: "POST",
  target: `/v2/${inputs.PROJECT_ID}/instances/${inputs.DCS_INSTANCE_ID}/backups`,
  body: { remark: "before the upgrade", backup_format: "aof" },
};
export const copyInstanceV1 = {
  method: "POST",
  target: `/v1.0/${inputs.PROJECT_ID}/instances/${inputs.DCS_INSTANCE_ID}/backups`,
  body: { remark: "before the upgrade" },
};
export const createManualBackup = {
  method: "POST",
  target: `/v3/${inputs.PROJECT_ID}/backups`,
  body: { backup: { instance_id: inputs.DDS_INSTANCE_ID, name: "mybackup1", description: "before the upgrade" } },
};

/**
 * What follows the three starts. A blank in a query travels as `%20`: the signature knows no `+`. Parameters may come in any order, and
 * `showJobDetail` asks for the job that the answer to `createManualBackup` names.
 */
export const reads = [
  { path: copyInstance.target, query: { begin_time: "20200101000000", limit: "100" } },
  { path: copyInstanceV1.target, query: { beginTime: "20200101000000", limit: "100" } },
  {
    path: createManualBackup.target,
    query: {
      instance_id: inputs.DDS_INSTANCE_ID,
      begin_time: "2020-01-01 00:00:00",
      end_time: "2099-12-31 23:59:59",
    },
  },
  { path: `/v3/${inputs.PROJECT_ID}/jobs`, query: { id: "job_id" } },
];

/** What the program of a generated client has to do, and what a program on the vendor's SDK has to. */
export const plans = {
  client: {
    started: [copyInstance, copyInstanceV1, createManualBackup],
    refused: [
      { target: copyInstance.target, status: 400, code: "DCS.4098" },
      { target: copyInstance.target, status: 504, code: "APIGW.0201" },
      { target: copyInstance.target, status: 401, code: 401 },
      { target: copyInstanceV1.target, status: 400, code: "111400098" },
      { target: copyInstanceV1.target, status: 504, code: "APIGW.0201" },
      { target: copyInstanceV1.target, status: 401, code: 401 },
      { target: createManualBackup.target, status: 400, code: "DBS.280277" },
    ],
  },
  sdk: {
    started: [copyInstance, createManualBackup],
    refused: [
      { target: copyInstance.target, status: 400, code: "DCS.4098" },
      { target: createManualBackup.target, status: 400, code: "DBS.280277" },
      { target: copyInstance.target, status: 401, code: "APIGW.0301" },
    ],
  },
};

/**
 * What makes HTTP clients send a request again by themselves: an answer that asks for it, one that points elsewhere, and a kept connection
 * that ends without an answer. A client that signs makes as many calls of one kind to `/lost`, each of which fails and is sent once.
 */
export const losses = ["again", "moved", "reset"] as const;
export type Loss = (typeof losses)[number];
