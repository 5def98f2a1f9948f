// Types of the calls, made from spec/ by `npm run generate`. Do not edit.
export interface paths {
    "/v2/{project_id}/instances/{instance_id}/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the backups of a DCS instance
         * @description Lists the backups of one DCS instance, manual and automatic ones. No call tells about a single backup: to follow one, look for its
         *     `backup_id` in this list.
         *
         *     **What it needs.** The permission `dcs:instance:getDataBackupLog`.
         *
         *     **How a backup goes on.** `status` is `waiting`, then `backuping`, then `succeed` or `failed`; later it may become `expired` or `deleted`.
         *     Treat any other state as not final, since a newer service may have more. A failed backup gives its reason in
         *     `error_code`. Every ten seconds is often enough to look.
         *
         *     **Not in the list.** How soon after its start a backup is listed is not documented; clients that looked after one to ten seconds found
         *     theirs. Whether a deleted backup stays in the list as `deleted` or leaves it differs between the sources. So a backup that is missing is
         *     either not listed yet or gone. An instance without backups is answered with 204 and no body, or with an empty list.
         *
         *     **Pages.** `total_num` is the number of backups on all pages. Ask until that many have come or a page brings nothing new, and count each
         *     `backup_id` once: backups come and go while pages are read. The order is not documented; all known answers begin with the newest.
         *
         *     **Safe to repeat.** It starts nothing and changes nothing.
         */
        get: operations["ListBackupRecords"];
        put?: never;
        /**
         * Back up a DCS instance
         * @description Starts a backup of one DCS instance and answers before it is made.
         *
         *     **Which instances.** Master/standby and cluster instances in state `RUNNING`; never single-node ones. Guides and overviews say that
         *     instances with read/write splitting can be backed up too; no API page does. The file format can be chosen for Redis 4.0 and newer.
         *
         *     **What it needs.** The permission `dcs:instance:backupData`, and a JSON body, if only `{}`.
         *
         *     **What happens next.** The backup is made on the standby node within some 5 to 30 minutes, while the instance keeps serving; what is
         *     written meanwhile is not in it. No state of an instance stands for a backup, so it presumably stays `RUNNING`; a second request in that
         *     time is refused with DCS.4096. `ListBackupRecords` tells how the backup goes on, and why it failed.
         *
         *     **Limits.** Open Telekom Cloud keeps the newest 24 backups of an instance, automatic ones included, deletes the oldest when another is
         *     made, and deletes all of them together with the instance. On Huawei Cloud one page of 2021
         *     says that there is no limit, and none says more.
         *
         *     **Not idempotent.** Each accepted request makes a backup. Look at the list, with `ListBackupRecords`, before asking again after a 5xx or a
         *     lost answer. The list gives the `remark` back as it was sent, so give each backup
         *     a `remark` of its own, by which you know yours.
         */
        post: operations["CopyInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/{project_id}/instances/{instance_id}/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the backups of a DCS instance through the old API
         * @deprecated
         * @description Use `ListBackupRecords` instead: the vendor lists v1.0 among the interfaces that go out of service.
         *
         *     Lists the backups of one DCS instance, manual and automatic ones. No call tells about a single backup: to follow one, look for its
         *     `backup_id` in this list.
         *
         *     **What it needs.** The permission `dcs:instance:getDataBackupLog`.
         *
         *     **How a backup goes on.** As with `ListBackupRecords`: `status` is `waiting`, then `backuping`, then `succeed` or `failed`; later it may
         *     become `expired` or `deleted`. `backup_format` is written `AOF` here in the one known answer that has it.
         *
         *     **Not in the list.** A backup that is missing is either not listed yet or gone. Which answer an instance without backups gets is not
         *     documented: be ready for an empty list and for 204 without a body. Whether backups that were started through v2 are listed here is not
         *     documented either; the IDs have the same form.
         *
         *     **Pages.** They are counted by records too, but `start` begins with 1. `total_num` is the number of backups on all pages. Ask until that
         *     many have come or a page brings nothing new, and count each `backup_id` once.
         *
         *     **Safe to repeat.** It starts nothing and changes nothing.
         */
        get: operations["ListBackupRecordsV1"];
        put?: never;
        /**
         * Back up a DCS instance through the old API
         * @deprecated
         * @description Use `CopyInstance` instead: the vendor lists v1.0 among the interfaces that go out of service, and it can't choose the file format.
         *
         *     Starts a backup of one DCS instance and answers before it is made.
         *
         *     **Which instances.** Master/standby and cluster instances in state `RUNNING`; never single-node ones. The document of December 2018
         *     excludes clusters, every one since April 2019 includes them, and the text of error 111400086 was never brought up to date. Guides and
         *     overviews say that instances with read/write splitting can be backed up too; no API page does.
         *
         *     **What it needs.** The permission `dcs:instance:backupData`, and a JSON body, if only `{}`.
         *
         *     **What happens next.** The backup is made on the standby node within some 5 to 30 minutes, while the instance keeps serving; what is
         *     written meanwhile is not in it. No state of an instance stands for a backup, so it presumably stays `RUNNING`; a second request in that
         *     time is refused with 111400096. `ListBackupRecordsV1` tells how the backup goes on, and why it failed.
         *
         *     **Limits.** Open Telekom Cloud keeps the newest 24 backups of an instance, automatic ones included, deletes the oldest when another is
         *     made, and deletes all of them together with the instance. On Huawei Cloud one page of 2021
         *     says that there is no limit, and none says more.
         *
         *     **Not idempotent.** Each accepted request makes a backup. Look at the list, with `ListBackupRecordsV1`, before asking again after a 5xx or
         *     a lost answer. The list gives the `remark` back as it was sent, so give each backup
         *     a `remark` of its own, by which you know yours.
         */
        post: operations["CopyInstanceV1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/{project_id}/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the backups of DDS instances
         * @description Lists the backups of a project, of one instance, or one backup by its ID. Without parameters these are all full backups of the project,
         *     automatic and manual, the newest first.
         *
         *     **What it needs.** The permission `dds:backup:list`, which the identity policies of Huawei Cloud call `dds:backup:listAll`. They ask for
         *     `dds:instance:listAll` as well, and where enterprise projects are in use for `dds:instance:list`.
         *
         *     **How a backup goes on.** `status` is `BUILDING`, then `COMPLETED` or `FAILED`; a backup that is being deleted is called `DISABLED` or
         *     `DELETING`. Treat any other state as not final. Neither progress nor the reason of a failure stands here:
         *     `ShowJobDetail` has both. Every ten seconds is often enough to look.
         *
         *     **Not there.** Asked for a backup that does not exist, the service answers 400 with DBS.201214 or another code that says so, or 200 with
         *     an empty list; both come, so be ready for both. How soon after its start a backup is listed is not documented.
         *
         *     **Pages.** `total_count` is the number of backups on all pages. Ask until that many have come or a page brings nothing new, and count each
         *     `id` once: backups come and go while pages are read.
         *
         *     **Safe to repeat.** It starts nothing and changes nothing.
         */
        get: operations["ListBackups"];
        put?: never;
        /**
         * Back up a DDS instance
         * @description Starts a manual backup of one DDS instance and answers before it is made.
         *
         *     **Which instances.** Clusters, replica sets and single nodes, of the community and the enhanced edition on Huawei Cloud, of the community
         *     edition on Open Telekom Cloud, in status `normal`; the hidden nodes of a cluster or replica set must be normal as well. An instance
         *     carries out one operation at a time.
         *
         *     **What it needs.** The permission `dds:instance:createManualBackup`, which the identity policies of Huawei Cloud call `dds:backup:create`,
         *     and on Huawei Cloud an account that is not in arrears.
         *
         *     **What happens next.** While the backup is made, the instance lists `BACKUP` among its `actions`, and a further operation on it is refused
         *     as busy, with 403 or with 400: the code tells, not the status. `ListBackups` tells how the backup goes on; `ShowJobDetail` has the
         *     progress, and the reason of a failure.
         *
         *     **Limits.** Manual backups are kept until they are deleted, even when the instance is gone. On Open Telekom Cloud the name must be new in
         *     the project; Huawei Cloud's pages do not say whether it must. No limit to their number is documented.
         *
         *     **Not idempotent.** Each accepted request makes a backup. Look for the name with `ListBackups` before asking again after a 5xx or a lost
         *     answer. A new name for each backup makes that easy, and where names are unique it makes a repeated request fail with DBS.201201 instead of
         *     making another backup.
         */
        post: operations["CreateManualBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/{project_id}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how far the job of a DDS backup is
         * @description Shows the job that makes a backup: its progress while it runs, and the reason of a failure, which the list of backups lacks. Whether the
         *     backup exists is told by the list alone.
         *
         *     **What it needs.** The `job_id` from the answer of `CreateManualBackup`, which older deployments leave out, and the permission
         *     `dds:task:list`, which the identity policies of Huawei Cloud call `dds:task:getDetail`. The list of permissions of Open Telekom Cloud has
         *     no entry for jobs.
         *
         *     **How a job goes on.** `status` is `Running`, then `Completed` or `Failed`. Treat any other state as not final.
         *     `ended` is filled in while the job runs: it is no sign of the end.
         *
         *     **Not there.** A job can be looked up from a few seconds after its start until a month later. Before and after that the answer is DBS.200543, which
         *     is in no table of the vendor's and does not tell which of the two it is. Tasks of the community edition alone are found here.
         *
         *     **Safe to repeat.** It starts nothing and changes nothing.
         */
        get: operations["ShowJobDetail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * DcsError
         * @description How DCS v2 refuses.
         */
        DcsError: {
            /**
             * @description `DCS.` and four digits, or the code of another service that DCS passes on, such as `CBC.99003651`. One vendor page limits it to 9 characters, which real codes exceed.
             * @example DCS.4096
             */
            error_code: string;
            /**
             * @description What went wrong, in English; up to 1024 characters according to one vendor page. The text may change; the code does not.
             * @example The instance is being backed up.
             */
            error_msg: string;
            /**
             * @description Reserved for further text, up to 1024 characters according to one vendor page. Not used so far and sent as null.
             * @example null
             */
            error_ext_msg?: string | null;
        };
        /**
         * GatewayError
         * @description How the API gateway answers when the request does not reach the service, or the service does not answer in time.
         */
        GatewayError: {
            /**
             * @description `APIGW.` or `APIG.` and four digits; the two prefixes mean the same. `x-error-codes.gateway` lists the known ones.
             * @example APIGW.0308
             */
            error_code: string;
            /**
             * @description What went wrong, in English. When a signature is refused, the text repeats the canonical request with every signed header; cut it before it is logged.
             * @example The throttling threshold has been reached: policy ip over ratelimit,limit:5,time:1 minute
             */
            error_msg: string;
            /**
             * @description ID of this request, the same as in the header `X-Request-Id`.
             * @example 5a63903e8ba6c8d1f2b7a5e94c01d37e
             */
            request_id?: string;
        };
        /**
         * IamErrorDetail
         * @description Code and text of a refusal by IAM.
         * @example {
         *       "code": 401,
         *       "message": "Unauthorized.",
         *       "title": "Unauthorized"
         *     }
         */
        IamErrorDetail: {
            /**
             * Format: int32
             * @description The HTTP status again, as a number and not as a string.
             * @example 401
             */
            code: number;
            /**
             * @description What went wrong, in English.
             * @example Unauthorized.
             */
            message: string;
            /**
             * @description Name of the HTTP status.
             * @example Unauthorized
             */
            title?: string;
        };
        /**
         * IamError
         * @description How Identity and Access Management refuses on its own host. Whether it is ever passed through by these services is not known.
         */
        IamError: {
            error: components["schemas"]["IamErrorDetail"];
        };
        /**
         * DcsFailure
         * @description Any body that arrives with a status other than 2xx from DCS v2, be it of the service, of the gateway before it, or of IAM.
         */
        DcsFailure: components["schemas"]["DcsError"] | components["schemas"]["GatewayError"] | components["schemas"]["IamError"];
        /**
         * BackupRecord
         * @description One backup of a DCS instance. Nothing but the ID is promised. A field that is missing or null has no value yet, or this version of the service does not have it.
         */
        BackupRecord: {
            /**
             * @description ID of the backup, as the call that started it answered, a UUID in every known answer.
             * @example 548ceeff-2cbb-47ab-9a1c-7b085a8c08d7
             */
            backup_id: string;
            /**
             * @description Name that the service gave the backup: `backup_` and the time of `created_at` as `yyyyMMddHHmmss`, in a local time rather than in UTC. It can't be chosen.
             * @example backup_20261122110002
             */
            backup_name?: string;
            /**
             * @description ID of the instance that was backed up.
             * @example 3d05ca07-4c92-4f1c-9d4c-3c0ab1e7c0f6
             */
            instance_id?: string;
            /**
             * @description State of the backup: `waiting`, `backuping`, `succeed`, `failed`, `expired` (the time to keep the file is over) or `deleted` (somebody deleted it). The set is not closed.
             * @example backuping
             * @example succeed
             */
            status?: string;
            /**
             * @description How far the backup is, in percent, as text. Only `100.00` was ever seen; what it is before the end, and whether it moves in steps, is not documented.
             * @example 100.00
             */
            progress?: string | null;
            /**
             * @description `manual` for a backup that a call or a person started, `auto` for one that a schedule did.
             * @example manual
             */
            backup_type?: string;
            /**
             * @description File format: `aof` or `rdb`; the one known answer of v1.0 that has it writes `AOF`, so compare without regard to case. Older deployments leave it out.
             * @example aof
             */
            backup_format?: string | null;
            /**
             * Format: int64
             * @description Size of the file in bytes. What it holds before the backup has succeeded is not documented.
             * @example 880232
             */
            size?: number | null;
            /**
             * @description When the backup was ordered, in UTC by the clock of the service, as RFC 3339 with milliseconds.
             * @example 2026-11-22T03:00:02.166Z
             */
            created_at?: string;
            /**
             * @description When the work on the backup began, in the same form as `created_at` and some seconds after it.
             * @example 2026-11-22T03:00:07.492Z
             */
            execution_at?: string | null;
            /**
             * @description When the record last changed, in the same form as `created_at`. The vendor's pages call it the time of completion, but it is not the end of the backup: it moves again when the backup expires or is deleted. Only `status` tells whether the backup has ended.
             * @example 2026-11-22T03:01:16.540Z
             */
            updated_at?: string | null;
            /**
             * @description Hours in which the schedule may make an automatic backup, such as `16:00-17:00`; null, or in some of the vendor's examples an empty object, for a manual one.
             * @example 16:00-17:00
             */
            period?: string | Record<string, never> | null;
            /**
             * @description Why the backup failed; null, or in some of the vendor's examples an empty object, otherwise. `dcs.08.0001`: the backup tool could not be started; `dcs.08.0002`: it took too long; `dcs.08.0003`: a bucket could not be deleted; `dcs.08.0004`: the access key of the storage could not be obtained; `dcs.08.0005`: a bucket could not be made; `dcs.08.0006`: the size could not be found out; `dcs.08.0007`: the replication of a restore failed; `dcs.08.0008`: an automatic backup was passed over, because the instance was busy.
             * @example dcs.08.0002
             * @example null
             */
            error_code?: string | Record<string, never> | null;
            /**
             * @description The remark that the caller sent, as it was sent; null for an automatic backup. Nothing makes it unique.
             * @example before the upgrade
             */
            remark?: string | null;
            /**
             * @description `TRUE` or `FALSE`, as text: whether a restore can be carried out. It says nothing about the file: an expired backup still has `TRUE`.
             * @example TRUE
             */
            is_support_restore?: string;
        };
        /**
         * ListBackupRecordsResponse
         * @description One page of the backups of a DCS instance. v1.0 and v2 answer in the same form.
         */
        ListBackupRecordsResponse: {
            /**
             * Format: int32
             * @description Number of backups on all pages. The vendor's pages call it the number of returned records, but a client that pages until it is reached works.
             * @example 2
             */
            total_num?: number;
            /**
             * @description The backups on this page. All known answers begin with the newest; no document promises that.
             * @example [
             *       {
             *         "backup_id": "548ceeff-2cbb-47ab-9a1c-7b085a8c08d7",
             *         "status": "backuping"
             *       }
             *     ]
             */
            backup_record_response?: components["schemas"]["BackupRecord"][];
        };
        /**
         * BackupInstanceBody
         * @description What to note about the backup and how to write it. All fields may be left out, but the body may not, so send `{}` at least.
         */
        BackupInstanceBody: {
            /**
             * @description Free text kept with the backup. The error table allows 128 characters, the console's guide 128 bytes; which one is enforced is not known, so text outside ASCII is safe up to 128 bytes of UTF-8 only.
             * @example before the upgrade
             */
            remark?: string;
            /**
             * @description File format of the backup: an append-only file or a snapshot. It can be chosen for Redis 4.0 and newer; a Redis 3.0 instance is always backed up as `aof`. The default is that of Huawei Cloud's newest page; Open Telekom Cloud's page names none.
             * @default rdb
             * @example aof
             * @enum {string}
             */
            backup_format?: "aof" | "rdb";
        };
        /**
         * CopyInstanceResponse
         * @description The backup was accepted and is being made.
         */
        CopyInstanceResponse: {
            /**
             * @description ID of the new backup, a UUID in every known answer. `ListBackupRecords` and the restore call go by it.
             * @example 548ceeff-2cbb-47ab-9a1c-7b085a8c08d7
             */
            backup_id: string;
        };
        /**
         * DcsV1ErrorDetail
         * @description Code and text of a refusal by DCS v1.0.
         * @example {
         *       "code": "111400096",
         *       "message": "The instance is being backed up.",
         *       "ext_message": null
         *     }
         */
        DcsV1ErrorDetail: {
            /**
             * @description Nine digits in a string that start with 111 and the HTTP status. `x-error-codes.dcs` lists those that matter to a backup.
             * @example 111400096
             */
            code: string;
            /**
             * @description What went wrong, in English. The text may change; the code does not.
             * @example The instance is being backed up.
             */
            message: string;
            /**
             * @description Further text. No document names the field; answers carry it with null.
             * @example null
             */
            ext_message?: string | null;
        };
        /**
         * DcsV1Error
         * @description How DCS v1.0 refuses, with everything inside one object.
         */
        DcsV1Error: {
            error: components["schemas"]["DcsV1ErrorDetail"];
        };
        /**
         * DcsV1Failure
         * @description Any body that arrives with a status other than 2xx from DCS v1.0, be it of the service, of the gateway before it, or of IAM.
         */
        DcsV1Failure: components["schemas"]["DcsV1Error"] | components["schemas"]["GatewayError"] | components["schemas"]["IamError"];
        /**
         * BackupInstanceV1Body
         * @description What to note about the backup. All fields may be left out, but the body may not, so send `{}` at least.
         */
        BackupInstanceV1Body: {
            /**
             * @description Free text kept with the backup. The error table allows 128 characters, the console's guide 128 bytes; which one is enforced is not known, so text outside ASCII is safe up to 128 bytes of UTF-8 only.
             * @example before the upgrade
             */
            remark?: string;
        };
        /**
         * CopyInstanceV1Response
         * @description The backup was accepted and is being made.
         */
        CopyInstanceV1Response: {
            /**
             * @description ID of the new backup, a UUID in every known answer. `ListBackupRecordsV1` and the restore call go by it.
             * @example 548ceeff-2cbb-47ab-9a1c-7b085a8c08d7
             */
            backup_id: string;
        };
        /**
         * DdsError
         * @description How DDS refuses.
         */
        DdsError: {
            /**
             * @description `DBS.` and six digits, in a few cases eight. `x-error-codes.dds` lists those that matter to a backup.
             * @example DBS.280277
             */
            error_code: string;
            /**
             * @description What went wrong, in English or Chinese. The text may change; the code does not.
             * @example Invalid backup name.
             */
            error_msg: string;
        };
        /**
         * DdsFailure
         * @description Any body that arrives with a status other than 2xx from DDS, be it of the service, of the gateway before it, or of IAM.
         */
        DdsFailure: components["schemas"]["DdsError"] | components["schemas"]["GatewayError"] | components["schemas"]["IamError"];
        /**
         * DdsDatastore
         * @description Which database the instance runs.
         * @example {
         *       "type": "DDS-Community",
         *       "version": "4.0"
         *     }
         */
        DdsDatastore: {
            /**
             * @description `DDS-Community`, or on Huawei Cloud `DDS-Enhanced`.
             * @example DDS-Community
             */
            type?: string;
            /**
             * @description Version of the database, such as `4.0`.
             * @example 4.0
             */
            version?: string;
            /**
             * @description Storage engine of the database. No page names the field; two clients read it.
             * @example wiredTiger
             */
            storage_engine?: string;
        };
        /**
         * DdsBackup
         * @description One backup of a DDS instance. Nothing but the ID is promised. A field that is missing or null has no value yet, or this version of the service does not have it.
         */
        DdsBackup: {
            /**
             * @description ID of the backup, the `backup_id` in the answer of `CreateManualBackup`: 32 hexadecimal digits, `br` and two more digits in every known answer.
             * @example bf9ee62a7f7044c583c6765c916c36edbr02
             */
            id: string;
            /**
             * @description Name of the backup, as it was sent, or as the service chose it for an automatic one.
             * @example mybackup1
             */
            name?: string;
            /**
             * @description ID of the instance that was backed up.
             * @example a89dab5e39394eccbdb77b19d57b0180in02
             */
            instance_id?: string;
            /**
             * @description Name of the instance that was backed up.
             * @example orders
             */
            instance_name?: string;
            datastore?: components["schemas"]["DdsDatastore"];
            /**
             * @description `Auto` or `Manual`, on Huawei Cloud also `Incremental`. Some documents write it in small letters and know `fragment` too, so compare without regard to case.
             * @example Manual
             */
            type?: string;
            /**
             * @description When the backup began, in UTC as `yyyy-mm-dd hh:mm:ss`. No zone stands in the text, so JavaScript's `Date` takes it for local time: put a `T` for the blank and a `Z` at the end first. Whether it is the time of the order or of the beginning of the work is not documented.
             * @example 2026-11-22 03:00:14
             */
            begin_time?: string;
            /**
             * @description When the backup ended, in the same form and also in UTC. What it holds while the backup is being made is not documented, so it is no sign of the end: `status` is.
             * @example 2026-11-22 03:02:36
             */
            end_time?: string | null;
            /**
             * @description State of the backup: `BUILDING`, `COMPLETED`, `FAILED`, and `DISABLED` or `DELETING` while it is being deleted. The set is not closed.
             * @example BUILDING
             * @example COMPLETED
             */
            status?: string;
            /**
             * Format: int64
             * @description Size in KB, unlike that of DCS. What it holds while the backup is being made is not documented.
             * @example 1182
             */
            size?: number | null;
            /**
             * @description The description that the caller sent.
             * @example The first manual backup
             */
            description?: string | null;
            /**
             * @description State of the instance. Known on Huawei Cloud alone, since the end of 2025.
             * @example normal
             */
            instance_status?: string;
            /**
             * @description Kind of the instance: `Sharding`, `ReplicaSet` or `Single`. Known on Huawei Cloud alone, since the end of 2025.
             * @example ReplicaSet
             */
            instance_mode?: string;
            /**
             * @description Whether a backup is being restored to the instance, or about to be; its backups can't be deleted then. Known on Huawei Cloud alone, since the end of 2025.
             * @example false
             */
            is_instance_restoring?: boolean;
            /**
             * @description How the backup was made: `Snapshot`, `Physical`, `Logical` or `Incremental`. Known on Huawei Cloud alone, since the end of 2025.
             * @example Physical
             */
            backup_method?: string;
            /**
             * @description Whether the backup is encrypted with a key of the key management service. Known on Huawei Cloud alone, since the end of 2025.
             * @example false
             */
            kms_enable?: boolean;
            /**
             * @description Whether the backup may be deleted. Manual ones may; automatic ones may not while a schedule exists. Known on Huawei Cloud alone, since the end of 2025.
             * @example true
             */
            deletable?: boolean;
        };
        /**
         * ListBackupsResponse
         * @description One page of the backups of DDS instances.
         */
        ListBackupsResponse: {
            /**
             * @description The backups on this page, the newest first unless another order was asked for.
             * @example [
             *       {
             *         "id": "bf9ee62a7f7044c583c6765c916c36edbr02",
             *         "status": "BUILDING"
             *       }
             *     ]
             */
            backups?: components["schemas"]["DdsBackup"][];
            /**
             * Format: int32
             * @description Number of backups on all pages.
             * @example 1
             */
            total_count?: number;
        };
        /**
         * CreateManualBackupOption
         * @description Which DDS instance to back up, and what to call the backup.
         * @example {
         *       "instance_id": "a89dab5e39394eccbdb77b19d57b0180in02",
         *       "name": "mybackup1",
         *       "description": "The first manual backup"
         *     }
         */
        CreateManualBackupOption: {
            /**
             * @description ID of the DDS instance. Every known one is 32 hexadecimal digits, `in` and two more digits; that shape is not enforced here.
             * @example a89dab5e39394eccbdb77b19d57b0180in02
             */
            instance_id: string;
            /**
             * @description Name of the backup: a letter first, then letters, digits, hyphens and underscores, 4 to 64 characters in all. Case matters. On Open Telekom Cloud no two backups of a project may share a name, and a taken one is refused with DBS.201201. Huawei Cloud's pages do not say whether names must be unique, though its error table has that code.
             * @example mybackup1
             */
            name: string;
            /**
             * @description Free text kept with the backup, up to 256 characters, without line breaks and without any of the seven characters `> ! < " & ' =`.
             * @example The first manual backup
             */
            description?: string;
        };
        /**
         * CreateManualBackupRequestBody
         * @description Envelope around the one backup to make.
         */
        CreateManualBackupRequestBody: {
            backup: components["schemas"]["CreateManualBackupOption"];
        };
        /**
         * CreateManualBackupResponse
         * @description The backup was accepted and is being made by a background job.
         */
        CreateManualBackupResponse: {
            /**
             * @description ID of the new backup, 32 hexadecimal digits, `br` and two more digits in every known answer. `ListBackups` goes by it.
             * @example bf9ee62a7f7044c583c6765c916c36edbr02
             */
            backup_id: string;
            /**
             * @description ID of the job that makes the backup, a UUID in every known answer. `ShowJobDetail` takes it from some seconds after the answer until a month later. Older deployments leave it out.
             * @example a03b1b8a-b756-467c-8a49-38720c3d23ec
             */
            job_id?: string;
        };
        /**
         * JobInstance
         * @description The instance that the job works on.
         * @example {
         *       "id": "a89dab5e39394eccbdb77b19d57b0180in02",
         *       "name": "orders"
         *     }
         */
        JobInstance: {
            /**
             * @description ID of the instance.
             * @example a89dab5e39394eccbdb77b19d57b0180in02
             */
            id?: string;
            /**
             * @description Name of the instance.
             * @example orders
             */
            name?: string;
        };
        /**
         * JobDetail
         * @description A job of DDS. It does not name the backup that it makes; only the answer that started it names both.
         * @example {
         *       "id": "a03b1b8a-b756-467c-8a49-38720c3d23ec",
         *       "name": "Create_Backup",
         *       "status": "Running",
         *       "created": "2026-11-22T03:00:12+0000",
         *       "progress": "9%"
         *     }
         */
        JobDetail: {
            /**
             * @description ID of the job, a UUID in every known answer.
             * @example a03b1b8a-b756-467c-8a49-38720c3d23ec
             */
            id: string;
            /**
             * @description Kind of the job, such as `Create_MongoDB` for a new instance. The name of a job that makes a backup is not documented; the one in the examples here is made up.
             * @example Create_Backup
             */
            name?: string;
            /**
             * @description State of the job: `Running`, `Completed` or `Failed`. The set is not closed.
             * @example Running
             */
            status?: string;
            /**
             * @description When the job was made, as `yyyy-mm-ddThh:mm:ss` and an offset from UTC, which is `+0000` in every known answer. The offset has no colon, so this is not RFC 3339; JavaScript's `Date` reads it rightly.
             * @example 2026-11-22T03:00:12+0000
             */
            created?: string;
            /**
             * @description When the job ended, in the same form as `created`. While the job runs there is a time in it already: only `status` tells the end.
             * @example 2026-11-22T03:02:38+0000
             */
            ended?: string | null;
            /**
             * @description How far the job is, such as `60%`, while it runs; empty otherwise.
             * @example 9%
             */
            progress?: string | null;
            instance?: components["schemas"]["JobInstance"];
            /**
             * @description Why the job failed, in words; null unless it did. The texts and their language are not documented.
             * @example null
             */
            fail_reason?: string | null;
        };
        /**
         * ShowJobDetailResponse
         * @description Envelope around the one job.
         */
        ShowJobDetailResponse: {
            job: components["schemas"]["JobDetail"];
        };
    };
    responses: never;
    parameters: {
        /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
        ProjectId: string;
        /** @description ID of the DCS instance. The console shows it on the instance's page. */
        InstanceId: string;
    };
    requestBodies: never;
    headers: {
        /** @description ID of this request, which the vendor's support asks for. Answers of the gateway repeat it in the body as `request_id`. */
        RequestId: string;
        /** @description How long to wait before asking again, as a number of seconds or as an HTTP date. The header may be missing. After a 503 it is no promise that the first request started nothing. */
        RetryAfter: string;
    };
    pathItems: never;
}
export type DcsError = components['schemas']['DcsError'];
export type GatewayError = components['schemas']['GatewayError'];
export type IamErrorDetail = components['schemas']['IamErrorDetail'];
export type IamError = components['schemas']['IamError'];
export type DcsFailure = components['schemas']['DcsFailure'];
export type BackupRecord = components['schemas']['BackupRecord'];
export type ListBackupRecordsResponse = components['schemas']['ListBackupRecordsResponse'];
export type BackupInstanceBody = components['schemas']['BackupInstanceBody'];
export type CopyInstanceResponse = components['schemas']['CopyInstanceResponse'];
export type DcsV1ErrorDetail = components['schemas']['DcsV1ErrorDetail'];
export type DcsV1Error = components['schemas']['DcsV1Error'];
export type DcsV1Failure = components['schemas']['DcsV1Failure'];
export type BackupInstanceV1Body = components['schemas']['BackupInstanceV1Body'];
export type CopyInstanceV1Response = components['schemas']['CopyInstanceV1Response'];
export type DdsError = components['schemas']['DdsError'];
export type DdsFailure = components['schemas']['DdsFailure'];
export type DdsDatastore = components['schemas']['DdsDatastore'];
export type DdsBackup = components['schemas']['DdsBackup'];
export type ListBackupsResponse = components['schemas']['ListBackupsResponse'];
export type CreateManualBackupOption = components['schemas']['CreateManualBackupOption'];
export type CreateManualBackupRequestBody = components['schemas']['CreateManualBackupRequestBody'];
export type CreateManualBackupResponse = components['schemas']['CreateManualBackupResponse'];
export type JobInstance = components['schemas']['JobInstance'];
export type JobDetail = components['schemas']['JobDetail'];
export type ShowJobDetailResponse = components['schemas']['ShowJobDetailResponse'];
export type ParameterProjectId = components['parameters']['ProjectId'];
export type ParameterInstanceId = components['parameters']['InstanceId'];
export type HeaderRequestId = components['headers']['RequestId'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type $defs = Record<string, never>;
export interface operations {
    ListBackupRecords: {
        parameters: {
            query?: {
                /** @description Start of the period to list, in UTC as `yyyyMMddHHmmss`. Which of a backup's times must lie in the period, and whether the period includes its start, is not documented. */
                begin_time?: string;
                /** @description End of the period to list, in UTC as `yyyyMMddHHmmss`, later than `begin_time`, else the answer is DCS.4025. */
                end_time?: string;
                /** @description How many backups to pass over. With 3 the list begins with the fourth. */
                offset?: number;
                /** @description How many backups a page has at most. Range and default are those of Huawei Cloud's newest page; the others name none, so send it always. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
                project_id: components["parameters"]["ProjectId"];
                /** @description ID of the DCS instance. The console shows it on the instance's page. */
                instance_id: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backups of the instance, or one page of them. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBackupRecordsResponse"];
                };
            };
            /** @description The instance has no backups; there is no body. Documented for Open Telekom Cloud and for the EU site of Huawei Cloud. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid: an ID, a time or a number has the wrong form, or the period ends before it begins. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description The token or the signature was refused. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description The account lacks the permission. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description There is no such instance, or no such address. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description The service failed. A read starts nothing, so it may be repeated. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description The service is not available. A read starts nothing, so it may be repeated. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description The service did not answer the gateway within 30 seconds. A read starts nothing, so it may be repeated. */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description Any other answer, such as 405, 408 or 502. A read starts nothing, whatever its status. */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
        };
    };
    CopyInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
                project_id: components["parameters"]["ProjectId"];
                /** @description ID of the DCS instance. The console shows it on the instance's page. */
                instance_id: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        /** @description What to note about the backup and how to write it; `{}` when there is nothing to say. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackupInstanceBody"];
            };
        };
        responses: {
            /** @description The backup was started; follow it by its ID. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopyInstanceResponse"];
                };
            };
            /** @description Nothing was started: the request is not valid, or the instance can't be backed up now; the code tells which. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description Nothing was started: the token or the signature was refused. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description Nothing was started: the account lacks the permission. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description Nothing was started: there is no such instance, or no such address. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description Nothing was started: too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description A backup may have been started: the service failed on the way. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description A backup may have been started: the service is not available, and the answer does not tell whether it had taken the request before. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description A backup may have been started: the service did not answer the gateway within 30 seconds. */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
            /** @description Any other answer. With a 4xx status other than 408 and 499, such as 405 or 413, nothing was started; with 408, 499, 5xx or any further status a backup may have been. */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsFailure"];
                };
            };
        };
    };
    ListBackupRecordsV1: {
        parameters: {
            query?: {
                /** @description Number of the first backup to list, where the first of all has number 1. */
                start?: number;
                /** @description How many backups a page has at most. No page names an upper limit. */
                limit?: number;
                /** @description Start of the period to list, as `yyyyMMddHHmmss`. No time zone is named; v2 has the same form and names UTC. The name is in camelCase, unlike that of v2. */
                beginTime?: string;
                /** @description End of the period to list, as `yyyyMMddHHmmss`, later than `beginTime`. No time zone is named. */
                endTime?: string;
            };
            header?: never;
            path: {
                /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
                project_id: components["parameters"]["ProjectId"];
                /** @description ID of the DCS instance. The console shows it on the instance's page. */
                instance_id: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backups of the instance, or one page of them. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBackupRecordsResponse"];
                };
            };
            /** @description The request is not valid: an ID, a time or a number has the wrong form, or the period ends before it begins. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description The token or the signature was refused. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description The account lacks the permission. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description There is no such instance, or no such address. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description The service failed. A read starts nothing, so it may be repeated. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description The service is not available. A read starts nothing, so it may be repeated. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description The service did not answer the gateway within 30 seconds. A read starts nothing, so it may be repeated. */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description Any other answer, such as 405, 408 or 502. A read starts nothing, whatever its status. */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
        };
    };
    CopyInstanceV1: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
                project_id: components["parameters"]["ProjectId"];
                /** @description ID of the DCS instance. The console shows it on the instance's page. */
                instance_id: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        /** @description What to note about the backup; `{}` when there is nothing. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackupInstanceV1Body"];
            };
        };
        responses: {
            /** @description The backup was started; follow it by its ID. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopyInstanceV1Response"];
                };
            };
            /** @description Nothing was started: the request is not valid, or the instance can't be backed up now; the code tells which. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description Nothing was started: the token or the signature was refused. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description Nothing was started: the account lacks the permission. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description Nothing was started: there is no such instance, or no such address. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description Nothing was started: too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description A backup may have been started: the service failed on the way. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description A backup may have been started: the service is not available, and the answer does not tell whether it had taken the request before. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description A backup may have been started: the service did not answer the gateway within 30 seconds. */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
            /** @description Any other answer. With a 4xx status other than 408 and 499, such as 405 or 413, nothing was started; with 408, 499, 5xx or any further status a backup may have been. */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DcsV1Failure"];
                };
            };
        };
    };
    ListBackups: {
        parameters: {
            query?: {
                /** @description ID of the instance whose backups to list. Incremental backups are listed only where it is given. */
                instance_id?: string;
                /** @description ID of the one backup to list. A full backup is found without `instance_id`, an incremental one only with it. */
                backup_id?: string;
                /** @description Kind of backups to list. Without it these are full backups, automatic and manual. `Incremental` is known on Huawei Cloud alone and needs `instance_id`. */
                backup_type?: "Auto" | "Manual" | "Incremental";
                /** @description How many backups to pass over, counted from the newest. */
                offset?: number;
                /** @description How many backups a page has at most. */
                limit?: number;
                /** @description Start of the period, in UTC as `yyyy-mm-dd hh:mm:ss`: backups that began in the period are listed. Must be given together with `end_time`. The blank is sent, and signed, as `%20`; as `+` it breaks the signature. */
                begin_time?: string;
                /** @description End of the period, in UTC as `yyyy-mm-dd hh:mm:ss`: backups that began in the period are listed. It must be later than `begin_time`, and given together with it. */
                end_time?: string;
                /** @description Kind of instances whose backups to list: cluster, replica set or single node. */
                mode?: "Sharding" | "ReplicaSet" | "Single";
                /** @description What to sort by; must be given together with `order_rule`. Without both, the list is sorted by the time at which the backups began, the newest first. Known on Huawei Cloud alone, since the end of 2025. */
                order_field?: "name" | "instanceName" | "type" | "datastoreType" | "beginTime" | "status";
                /** @description Which way to sort; must be given together with `order_field`. Known on Huawei Cloud alone, since the end of 2025. */
                order_rule?: "asc" | "desc";
                /** @description State of the backups to list. Known on Huawei Cloud alone, since the end of 2025. */
                backup_status?: "COMPLETED" | "BUILDING" | "FAILED";
                /** @description Part of the name of the backups to list; others whose names resemble it come too, so compare the names. Known on Huawei Cloud alone, since the end of 2025. */
                backup_name?: string;
                /** @description Part of the description of the backups to list. Known on Huawei Cloud alone, since the end of 2025. */
                backup_description?: string;
                /** @description Part of the name of the instance whose backups to list. Known on Huawei Cloud alone, since the end of 2025. */
                instance_name?: string;
            };
            header?: never;
            path: {
                /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backups that were asked for, or one page of them; an empty list when there are none. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBackupsResponse"];
                };
            };
            /** @description The request is not valid, or what it asks for is not there: the code tells which. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The token or the signature was refused. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The account lacks the permission, or there is no such instance (DBS.201028). A missing instance may also be answered with 400 or 404. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description There is no such address, or no such instance (DBS.200002). A missing instance may also be answered with 400 or 403, a missing backup with 400. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The service failed. A read starts nothing, so it may be repeated. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The service is not available. A read starts nothing, so it may be repeated. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The service did not answer the gateway within 30 seconds. A read starts nothing, so it may be repeated. */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description Any other answer, such as 405, 408 or 502. A read starts nothing, whatever its status. */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
        };
    };
    CreateManualBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /** @description Which instance to back up, and what to call the backup. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateManualBackupRequestBody"];
            };
        };
        responses: {
            /** @description The backup was started; follow it by its ID. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateManualBackupResponse"];
                };
            };
            /** @description The backup was started, as with 200; which of the two comes is not documented for every cloud. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateManualBackupResponse"];
                };
            };
            /** @description Nothing was started: the request is not valid, or the instance can't be backed up now; the code tells which. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description Nothing was started: the token or the signature was refused. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description Nothing was started: the instance is busy with another operation, the account is in arrears, or it lacks the permission; the code tells which. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description Nothing was started: there is no such instance, or no such address. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description Nothing was started: too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description A backup may have been started: the service failed on the way. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description A backup may have been started: the service is not available, and the answer does not tell whether it had taken the request before. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description A backup may have been started: the service did not answer the gateway within 30 seconds. */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description Any other answer. With a 4xx status other than 408 and 499, such as 405 or 413, nothing was started; with 408, 499, 5xx or any further status a backup may have been. */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
        };
    };
    ShowJobDetail: {
        parameters: {
            query: {
                /** @description ID of the job, the `job_id` in the answer of `CreateManualBackup`. The job does not name the backup that it makes. */
                id: string;
            };
            header?: never;
            path: {
                /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job and how far it is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShowJobDetailResponse"];
                };
            };
            /** @description The request is not valid, or there is no such job now: the code tells which. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The token or the signature was refused. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The account lacks the permission. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description There is no such address. A missing job is answered with 400. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The service failed. A read starts nothing, so it may be repeated. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The service is not available. A read starts nothing, so it may be repeated. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description The service did not answer the gateway within 30 seconds. A read starts nothing, so it may be repeated. */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
            /** @description Any other answer, such as 405, 408 or 502. A read starts nothing, whatever its status. */
            default: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DdsFailure"];
                };
            };
        };
    };
}
