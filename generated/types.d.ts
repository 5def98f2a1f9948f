// Types of the three calls, made from spec/ by `npm run generate`. Do not edit.
export interface paths {
    "/v1.0/{project_id}/instances/{instance_id}/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Back up a DCS instance through the old API
         * @deprecated
         * @description Use `CopyInstance` instead: the vendor lists v1.0 among the interfaces that go out of service, and it can't choose the file format.
         *
         *     Starts a backup of one DCS instance and answers before it is made.
         *
         *     **Which instances.** Master/standby and cluster instances in state `RUNNING`; never single-node ones. The document of December 2018 excludes
         *     clusters, every one since April 2019 includes them, and the text of error 111400086 was never brought up to date. Only the user guides say
         *     that instances with read/write splitting can be backed up.
         *
         *     **What it needs.** The permission `dcs:instance:backupData`, and a JSON body, if only `{}`.
         *
         *     **What happens next.** The backup is made on the standby node within some 5 to 30 minutes, while the instance keeps serving; what is written
         *     meanwhile is not in it. No state of an instance stands for a backup, so it presumably stays `RUNNING`; a second request in that time is
         *     refused with 111400096. Follow the backup with `GET /v1.0/{project_id}/instances/{instance_id}/backups`: its `status` is `waiting`,
         *     `backuping`, then `succeed` or `failed`, and later `expired` or `deleted`. A failed one gives its reason as `error_code`, `dcs.08.0001` to
         *     `dcs.08.0008`.
         *
         *     **Limits.** Open Telekom Cloud keeps the newest 24 backups of an instance, automatic ones included, deletes the oldest when another is made,
         *     and deletes all of them together with the instance. On Huawei Cloud the documents do not agree about the 24 and were not found to tell
         *     the rest.
         *
         *     **Not idempotent.** Each accepted request makes a backup. Look at the list before asking again after a 5xx or a lost answer.
         */
        post: operations["CopyInstanceV1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/{project_id}/instances/{instance_id}/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Back up a DCS instance
         * @description Starts a backup of one DCS instance and answers before it is made.
         *
         *     **Which instances.** Master/standby and cluster instances in state `RUNNING`; never single-node ones. Only the user guides say that
         *     instances with read/write splitting can be backed up. The file format can be chosen for Redis 4.0 and newer.
         *
         *     **What it needs.** The permission `dcs:instance:backupData`, and a JSON body, if only `{}`.
         *
         *     **What happens next.** The backup is made on the standby node within some 5 to 30 minutes, while the instance keeps serving; what is written
         *     meanwhile is not in it. No state of an instance stands for a backup, so it presumably stays `RUNNING`; a second request in that time is
         *     refused with DCS.4096. Follow the backup with `GET /v2/{project_id}/instances/{instance_id}/backups`: its `status` is `waiting`,
         *     `backuping`, then `succeed` or `failed`, and later `expired` or `deleted`. A failed one gives its reason as `error_code`, `dcs.08.0001` to
         *     `dcs.08.0008`. On Open Telekom Cloud an instance without backups is answered with 204.
         *
         *     **Limits.** Open Telekom Cloud keeps the newest 24 backups of an instance, automatic ones included, deletes the oldest when another is made,
         *     and deletes all of them together with the instance. On Huawei Cloud the documents do not agree about the 24 and were not found to tell
         *     the rest.
         *
         *     **Not idempotent.** Each accepted request makes a backup. Look at the list before asking again after a 5xx or a lost answer.
         */
        post: operations["CopyInstance"];
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
        get?: never;
        put?: never;
        /**
         * Back up a DDS instance
         * @description Starts a manual backup of one DDS instance and answers before it is made.
         *
         *     **Which instances.** Instances of the community and the enhanced edition on Huawei Cloud, of the community edition on Open Telekom Cloud, in
         *     status `normal`. An instance carries out one operation at a time.
         *
         *     **What it needs.** The permission `dds:instance:createManualBackup`, and on Huawei Cloud an account that is not in arrears.
         *
         *     **What happens next.** While the backup is made, the instance lists `BACKUP` among its `actions`, and a further operation on it is refused as
         *     busy, with 403 or with 400: the code tells, not the status. Follow the job with `GET /v3/{project_id}/jobs?id={job_id}`: its `status` is `Running`, then
         *     `Completed` or `Failed` with a `fail_reason`. Where the answer has no `job_id`, `GET /v3/{project_id}/backups?backup_id={backup_id}` shows
         *     the backup's own `status`: `BUILDING`, then `COMPLETED` or `FAILED`; one that is being deleted is called `DISABLED` or `DELETING`.
         *
         *     **Limits.** On Open Telekom Cloud manual backups are kept until they are deleted, even when the instance is gone, and the name must be new
         *     in the project; Huawei Cloud's pages say neither. No limit to their number is documented.
         *
         *     **Not idempotent.** Each accepted request makes a backup. Look for the name in the list before asking again after a 5xx or a lost answer. A
         *     new name for each backup makes that easy, and where names are unique it makes a repeated request fail with DBS.201201 instead of making
         *     another backup.
         */
        post: operations["CreateManualBackup"];
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
         * DcsV1Failure
         * @description Any body that arrives with a status other than 2xx from DCS v1.0, be it of the service, of the gateway before it, or of IAM.
         */
        DcsV1Failure: components["schemas"]["DcsV1Error"] | components["schemas"]["GatewayError"] | components["schemas"]["IamError"];
        /**
         * CopyInstanceV1Response
         * @description The backup was accepted and is being made.
         */
        CopyInstanceV1Response: {
            /**
             * @description ID of the new backup, a UUID in every known answer. The backup list and the restore call go by it.
             * @example 548ceeff-2cbb-47ab-9a1c-7b085a8c08d7
             */
            backup_id: string;
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
         * DcsFailure
         * @description Any body that arrives with a status other than 2xx from DCS v2, be it of the service, of the gateway before it, or of IAM.
         */
        DcsFailure: components["schemas"]["DcsError"] | components["schemas"]["GatewayError"] | components["schemas"]["IamError"];
        /**
         * CopyInstanceResponse
         * @description The backup was accepted and is being made.
         */
        CopyInstanceResponse: {
            /**
             * @description ID of the new backup, a UUID in every known answer. The backup list and the restore call go by it.
             * @example 548ceeff-2cbb-47ab-9a1c-7b085a8c08d7
             */
            backup_id: string;
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
         * CreateManualBackupResponse
         * @description The backup was accepted and is being made by a background job.
         */
        CreateManualBackupResponse: {
            /**
             * @description ID of the new backup, 32 hexadecimal digits, `br` and two more digits in every known answer.
             * @example bf9ee62a7f7044c583c6765c916c36edbr02
             */
            backup_id: string;
            /**
             * @description ID of the job that makes the backup, a UUID in every known answer. On Open Telekom Cloud the job can be looked up from some seconds after the answer until a month later. Older deployments leave it out.
             * @example a03b1b8a-b756-467c-8a49-38720c3d23ec
             */
            job_id?: string;
        };
    };
    responses: never;
    parameters: {
        /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
        ProjectId: string;
        /** @description ID of the DCS instance to back up. The console shows it on the instance's page. */
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
export type BackupInstanceV1Body = components['schemas']['BackupInstanceV1Body'];
export type DcsV1ErrorDetail = components['schemas']['DcsV1ErrorDetail'];
export type DcsV1Error = components['schemas']['DcsV1Error'];
export type GatewayError = components['schemas']['GatewayError'];
export type IamErrorDetail = components['schemas']['IamErrorDetail'];
export type IamError = components['schemas']['IamError'];
export type DcsV1Failure = components['schemas']['DcsV1Failure'];
export type CopyInstanceV1Response = components['schemas']['CopyInstanceV1Response'];
export type BackupInstanceBody = components['schemas']['BackupInstanceBody'];
export type DcsError = components['schemas']['DcsError'];
export type DcsFailure = components['schemas']['DcsFailure'];
export type CopyInstanceResponse = components['schemas']['CopyInstanceResponse'];
export type CreateManualBackupOption = components['schemas']['CreateManualBackupOption'];
export type CreateManualBackupRequestBody = components['schemas']['CreateManualBackupRequestBody'];
export type DdsError = components['schemas']['DdsError'];
export type DdsFailure = components['schemas']['DdsFailure'];
export type CreateManualBackupResponse = components['schemas']['CreateManualBackupResponse'];
export type ParameterProjectId = components['parameters']['ProjectId'];
export type ParameterInstanceId = components['parameters']['InstanceId'];
export type HeaderRequestId = components['headers']['RequestId'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type $defs = Record<string, never>;
export interface operations {
    CopyInstanceV1: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
                project_id: components["parameters"]["ProjectId"];
                /** @description ID of the DCS instance to back up. The console shows it on the instance's page. */
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
            /** @description A backup may have been started: the service is not available, and the answer does not tell since when. */
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
            /** @description Any other answer. With a 4xx status other than 408, such as 405 or 413, nothing was started; with 408, 5xx or any further status a backup may have been. */
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
    CopyInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ID of the project that owns the instance, in the region whose host is called. The token or the access key must have access to it. */
                project_id: components["parameters"]["ProjectId"];
                /** @description ID of the DCS instance to back up. The console shows it on the instance's page. */
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
            /** @description A backup may have been started: the service is not available, and the answer does not tell since when. */
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
            /** @description Any other answer. With a 4xx status other than 408, such as 405 or 413, nothing was started; with 408, 5xx or any further status a backup may have been. */
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
            /** @description The backup was started; follow it by the ID of its job or its own. */
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
            /** @description A backup may have been started: the service is not available, and the answer does not tell since when. */
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
            /** @description Any other answer. With a 4xx status other than 408, such as 405 or 413, nothing was started; with 408, 5xx or any further status a backup may have been. */
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
