// Types of tables.js, made from spec/ by `npm run generate`. Do not edit.
export type Service = "dcs" | "dds";

export declare const services: readonly Service[];

export type OperationId = keyof typeof operations;

/** The calls that start a backup. */
export type StartId = "CopyInstance" | "CopyInstanceV1" | "CreateManualBackup";

/** The regions whose hosts are known. */
export type Region = "ae-ad-1" | "af-north-1" | "af-south-1" | "ap-southeast-1" | "ap-southeast-2" | "ap-southeast-3" | "ap-southeast-4" | "ap-southeast-5" | "cn-east-2" | "cn-east-3" | "cn-east-4" | "cn-east-5" | "cn-north-1" | "cn-north-11" | "cn-north-12" | "cn-north-2" | "cn-north-4" | "cn-north-9" | "cn-south-1" | "cn-south-2" | "cn-south-4" | "cn-southwest-2" | "cn-southwest-3" | "eu-de" | "eu-nl" | "eu-west-0" | "eu-west-101" | "la-north-2" | "la-south-2" | "me-east-1" | "my-kualalumpur-1" | "na-mexico-1" | "ru-moscow-1" | "ru-northwest-2" | "sa-brazil-1" | "tr-west-1";

/** What a state of a backup means, on either service. */
export type State = "waiting" | "running" | "completed" | "failed" | "gone";

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

/** What each known state of a backup means, as the services write them. */
export declare const backupStates: Readonly<Record<Service, Readonly<Record<string, State>>>>;

export declare const backupFormats: readonly ("aof" | "rdb")[];

/** The most characters of a remark and of a name, and the most backups that every list gives at once. */
export declare const limits: { readonly remark: number; readonly name: number; readonly page: number };

/** The codes of refusals to start a backup that pass by themselves. */
export declare const busyCodes: ReadonlySet<string>;

/** The codes with which a list says that the one backup it was asked for is not there, or not yet. */
export declare const absentBackupCodes: ReadonlySet<string>;

/** The codes with which DDS refuses a name that a backup has already. */
export declare const nameTakenCodes: ReadonlySet<string>;
