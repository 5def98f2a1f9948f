// Types of tables.js, made from spec/ by `npm run generate`. Do not edit.
export type Service = "dcs" | "dds";

export type OperationId = keyof typeof operations;

/** The regions whose hosts are known. */
export type Region = "ae-ad-1" | "af-north-1" | "af-south-1" | "ap-southeast-1" | "ap-southeast-2" | "ap-southeast-3" | "ap-southeast-4" | "ap-southeast-5" | "cn-east-2" | "cn-east-3" | "cn-east-4" | "cn-east-5" | "cn-north-1" | "cn-north-11" | "cn-north-12" | "cn-north-2" | "cn-north-4" | "cn-north-9" | "cn-south-1" | "cn-south-2" | "cn-south-4" | "cn-southwest-2" | "cn-southwest-3" | "eu-de" | "eu-nl" | "eu-west-0" | "eu-west-101" | "la-north-2" | "la-south-2" | "me-east-1" | "my-kualalumpur-1" | "na-mexico-1" | "ru-moscow-1" | "ru-northwest-2" | "sa-brazil-1" | "tr-west-1";

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
