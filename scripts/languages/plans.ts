/** What each program is given, and what it must send and be answered, in order. */

import { DCS_INSTANCE_ID, DDS_INSTANCE_ID, PROJECT_ID } from "../lib/test-account.ts";

/** The programs read these as environment variables. */
export const inputs = { PROJECT_ID, DCS_INSTANCE_ID, DDS_INSTANCE_ID };

export const copyInstance = {
  target: `/v2/${inputs.PROJECT_ID}/instances/${inputs.DCS_INSTANCE_ID}/backups`,
  body: { remark: "before the upgrade", backup_format: "aof" },
};
export const copyInstanceV1 = {
  target: `/v1.0/${inputs.PROJECT_ID}/instances/${inputs.DCS_INSTANCE_ID}/backups`,
  body: { remark: "before the upgrade" },
};
export const createManualBackup = {
  target: `/v3/${inputs.PROJECT_ID}/backups`,
  body: { backup: { instance_id: inputs.DDS_INSTANCE_ID, name: "mybackup1", description: "before the upgrade" } },
};

/** A program on a generated client sends a token. A program on the vendor's SDK signs. */
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
