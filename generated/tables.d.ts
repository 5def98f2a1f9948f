// Types of tables.js, made from spec/ by `npm run generate`. Do not edit.
export type Service = "dcs" | "dds";

export type OperationId = keyof typeof operations;

/** Each operation's service and path. */
export declare const operations: {
  readonly CopyInstanceV1: {
    readonly service: "dcs",
    readonly path: "/v1.0/{project_id}/instances/{instance_id}/backups"
  },
  readonly CopyInstance: {
    readonly service: "dcs",
    readonly path: "/v2/{project_id}/instances/{instance_id}/backups"
  },
  readonly CreateManualBackup: {
    readonly service: "dds",
    readonly path: "/v3/{project_id}/backups"
  }
};

/** Each server of the spec: a URL with `{region}` in it, the regions that it is known for, and how it is signed to. */
export declare const servers: readonly { service: Service; url: string; signing: "access" | "scoped"; regions: readonly string[] }[];

/** The codes of refusals that pass by themselves. */
export declare const busyCodes: ReadonlySet<string>;
