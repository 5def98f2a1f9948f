// Types of tables.js, made from spec/ by `npm run generate`. Do not edit.
export type Service = "dcs" | "dds";

export type OperationId = keyof typeof operations;

/** Each operation's service, method and path. */
export declare const operations: {
  readonly CopyInstance: {
    readonly service: "dcs",
    readonly method: "POST",
    readonly path: "/v2/{project_id}/instances/{instance_id}/backups"
  },
  readonly ListBackupRecords: {
    readonly service: "dcs",
    readonly method: "GET",
    readonly path: "/v2/{project_id}/instances/{instance_id}/backups"
  },
  readonly CopyInstanceV1: {
    readonly service: "dcs",
    readonly method: "POST",
    readonly path: "/v1.0/{project_id}/instances/{instance_id}/backups"
  },
  readonly ListBackupRecordsV1: {
    readonly service: "dcs",
    readonly method: "GET",
    readonly path: "/v1.0/{project_id}/instances/{instance_id}/backups"
  },
  readonly CreateManualBackup: {
    readonly service: "dds",
    readonly method: "POST",
    readonly path: "/v3/{project_id}/backups"
  },
  readonly ListBackups: {
    readonly service: "dds",
    readonly method: "GET",
    readonly path: "/v3/{project_id}/backups"
  },
  readonly ShowJobDetail: {
    readonly service: "dds",
    readonly method: "GET",
    readonly path: "/v3/{project_id}/jobs"
  }
};

/** Each server of the spec: a URL with `{region}` in it, the regions that it is known for, and how it is signed to. */
export declare const servers: readonly { service: Service; url: string; signing: "access" | "scoped"; regions: readonly string[] }[];

/** The codes of refusals to start a backup that pass by themselves. */
export declare const busyCodes: ReadonlySet<string>;

/** The codes with which a list says that the one backup it was asked for is not there, or not yet. */
export declare const absentBackupCodes: ReadonlySet<string>;

/** The codes that say that there is no such job, or not yet. */
export declare const absentJobCodes: ReadonlySet<string>;
