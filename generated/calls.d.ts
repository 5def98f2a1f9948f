// The client's methods, made from spec/ by `npm run generate`. Do not edit.
import type { BackupInstanceBody, BackupInstanceV1Body, CopyInstanceResponse, CopyInstanceV1Response, CreateManualBackupRequestBody, CreateManualBackupResponse, ListBackupRecordsResponse, ListBackupsResponse, ShowJobDetailResponse, operations } from "./types.js";

/** One method for each call of the spec. */
export interface Calls<CallOptions> {
  /**
   * Back up a DCS instance: `POST /v2/{project_id}/instances/{instance_id}/backups`
   *
   * Starts a backup of one DCS instance and answers before it is made.
   *
   * **Which instances.** Master/standby and cluster instances in state `RUNNING`; never single-node ones. Guides and overviews say that
   * instances with read/write splitting can be backed up too; no API page does. The file format can be chosen for Redis 4.0 and newer.
   *
   * **What it needs.** The permission `dcs:instance:backupData`, and a JSON body, if only `{}`.
   *
   * **What happens next.** The backup is made on the standby node within some 5 to 30 minutes, while the instance keeps serving; what is
   * written meanwhile is not in it. No state of an instance stands for a backup, so it presumably stays `RUNNING`; a second request in that
   * time is refused with DCS.4096. `ListBackupRecords` tells how the backup goes on, and why it failed.
   *
   * **Limits.** Open Telekom Cloud keeps the newest 24 backups of an instance, automatic ones included, deletes the oldest when another is
   * made, and deletes all of them together with the instance. On Huawei Cloud one page of 2021
   * says that there is no limit, and none says more.
   *
   * **Not idempotent.** Each accepted request makes a backup. Look at the list, with `ListBackupRecords`, before asking again after a 5xx or a
   * lost answer. The list gives the `remark` back as it was sent, so give each backup
   * a `remark` of its own, by which you know yours.
   *
   * @throws BackupError when the call fails; `backupMayExist` tells whether a backup may have been started all the same.
   * @throws TypeError that begins with the argument's name, when it was given something wrong. Nothing was sent then.
   */
  copyInstance(instanceId: string, body?: BackupInstanceBody, options?: CallOptions): Promise<CopyInstanceResponse>;

  /**
   * List the backups of a DCS instance: `GET /v2/{project_id}/instances/{instance_id}/backups`
   *
   * Lists the backups of one DCS instance, manual and automatic ones. No call tells about a single backup: to follow one, look for its
   * `backup_id` in this list.
   *
   * **What it needs.** The permission `dcs:instance:getDataBackupLog`.
   *
   * **How a backup goes on.** `status` is `waiting`, then `backuping`, then `succeed` or `failed`; later it may become `expired` or `deleted`.
   * Treat any other state as not final, since a newer service may have more. A failed backup gives its reason in
   * `error_code`. Every ten seconds is often enough to look.
   *
   * **Not in the list.** How soon after its start a backup is listed is not documented; clients that looked after one to ten seconds found
   * theirs. Whether a deleted backup stays in the list as `deleted` or leaves it differs between the sources. So a backup that is missing is
   * either not listed yet or gone. An instance without backups is answered with 204 and no body, or with an empty list.
   *
   * **Pages.** `total_num` is the number of backups on all pages. Ask until that many have come or a page brings nothing new, and count each
   * `backup_id` once: backups come and go while pages are read. The order is not documented; all known answers begin with the newest.
   *
   * **Safe to repeat.** It starts nothing and changes nothing.
   *
   * @throws BackupError when the call fails. It starts nothing, so it may be made again.
   * @throws TypeError that begins with the argument's name, when it was given something wrong. Nothing was sent then.
   */
  listBackupRecords(instanceId: string, query?: NonNullable<operations["ListBackupRecords"]["parameters"]["query"]>, options?: CallOptions): Promise<ListBackupRecordsResponse>;

  /**
   * Back up a DCS instance through the old API: `POST /v1.0/{project_id}/instances/{instance_id}/backups`
   *
   * Use `CopyInstance` instead: the vendor lists v1.0 among the interfaces that go out of service, and it can't choose the file format.
   *
   * Starts a backup of one DCS instance and answers before it is made.
   *
   * **Which instances.** Master/standby and cluster instances in state `RUNNING`; never single-node ones. The document of December 2018
   * excludes clusters, every one since April 2019 includes them, and the text of error 111400086 was never brought up to date. Guides and
   * overviews say that instances with read/write splitting can be backed up too; no API page does.
   *
   * **What it needs.** The permission `dcs:instance:backupData`, and a JSON body, if only `{}`.
   *
   * **What happens next.** The backup is made on the standby node within some 5 to 30 minutes, while the instance keeps serving; what is
   * written meanwhile is not in it. No state of an instance stands for a backup, so it presumably stays `RUNNING`; a second request in that
   * time is refused with 111400096. `ListBackupRecordsV1` tells how the backup goes on, and why it failed.
   *
   * **Limits.** Open Telekom Cloud keeps the newest 24 backups of an instance, automatic ones included, deletes the oldest when another is
   * made, and deletes all of them together with the instance. On Huawei Cloud one page of 2021
   * says that there is no limit, and none says more.
   *
   * **Not idempotent.** Each accepted request makes a backup. Look at the list, with `ListBackupRecordsV1`, before asking again after a 5xx or
   * a lost answer. The list gives the `remark` back as it was sent, so give each backup
   * a `remark` of its own, by which you know yours.
   *
   * @throws BackupError when the call fails; `backupMayExist` tells whether a backup may have been started all the same.
   * @throws TypeError that begins with the argument's name, when it was given something wrong. Nothing was sent then.
   * @deprecated Use `copyInstance`.
   */
  copyInstanceV1(instanceId: string, body?: BackupInstanceV1Body, options?: CallOptions): Promise<CopyInstanceV1Response>;

  /**
   * List the backups of a DCS instance through the old API: `GET /v1.0/{project_id}/instances/{instance_id}/backups`
   *
   * Use `ListBackupRecords` instead: the vendor lists v1.0 among the interfaces that go out of service.
   *
   * Lists the backups of one DCS instance, manual and automatic ones. No call tells about a single backup: to follow one, look for its
   * `backup_id` in this list.
   *
   * **What it needs.** The permission `dcs:instance:getDataBackupLog`.
   *
   * **How a backup goes on.** As with `ListBackupRecords`: `status` is `waiting`, then `backuping`, then `succeed` or `failed`; later it may
   * become `expired` or `deleted`. `backup_format` is written `AOF` here in the one known answer that has it.
   *
   * **Not in the list.** A backup that is missing is either not listed yet or gone. Which answer an instance without backups gets is not
   * documented: be ready for an empty list and for 204 without a body. Whether backups that were started through v2 are listed here is not
   * documented either; the IDs have the same form.
   *
   * **Pages.** They are counted by records too, but `start` begins with 1. `total_num` is the number of backups on all pages. Ask until that
   * many have come or a page brings nothing new, and count each `backup_id` once.
   *
   * **Safe to repeat.** It starts nothing and changes nothing.
   *
   * @throws BackupError when the call fails. It starts nothing, so it may be made again.
   * @throws TypeError that begins with the argument's name, when it was given something wrong. Nothing was sent then.
   * @deprecated Use `listBackupRecords`.
   */
  listBackupRecordsV1(instanceId: string, query?: NonNullable<operations["ListBackupRecordsV1"]["parameters"]["query"]>, options?: CallOptions): Promise<ListBackupRecordsResponse>;

  /**
   * Back up a DDS instance: `POST /v3/{project_id}/backups`
   *
   * Starts a manual backup of one DDS instance and answers before it is made.
   *
   * **Which instances.** Clusters, replica sets and single nodes, of the community and the enhanced edition on Huawei Cloud, of the community
   * edition on Open Telekom Cloud, in status `normal`; the hidden nodes of a cluster or replica set must be normal as well. An instance
   * carries out one operation at a time.
   *
   * **What it needs.** The permission `dds:instance:createManualBackup`, which the identity policies of Huawei Cloud call `dds:backup:create`,
   * and on Huawei Cloud an account that is not in arrears.
   *
   * **What happens next.** While the backup is made, the instance lists `BACKUP` among its `actions`, and a further operation on it is refused
   * as busy, with 403 or with 400: the code tells, not the status. `ListBackups` tells how the backup goes on; `ShowJobDetail` has the
   * progress, and the reason of a failure.
   *
   * **Limits.** Manual backups are kept until they are deleted, even when the instance is gone. On Open Telekom Cloud the name must be new in
   * the project; Huawei Cloud's pages do not say whether it must. No limit to their number is documented.
   *
   * **Not idempotent.** Each accepted request makes a backup. Look for the name with `ListBackups` before asking again after a 5xx or a lost
   * answer. A new name for each backup makes that easy, and where names are unique it makes a repeated request fail with DBS.201201 instead of
   * making another backup.
   *
   * @throws BackupError when the call fails; `backupMayExist` tells whether a backup may have been started all the same.
   * @throws TypeError that begins with the argument's name, when it was given something wrong. Nothing was sent then.
   */
  createManualBackup(body: CreateManualBackupRequestBody, options?: CallOptions): Promise<CreateManualBackupResponse>;

  /**
   * List the backups of DDS instances: `GET /v3/{project_id}/backups`
   *
   * Lists the backups of a project, of one instance, or one backup by its ID. Without parameters these are all full backups of the project,
   * automatic and manual, the newest first.
   *
   * **What it needs.** The permission `dds:backup:list`, which the identity policies of Huawei Cloud call `dds:backup:listAll`. They ask for
   * `dds:instance:listAll` as well, and where enterprise projects are in use for `dds:instance:list`.
   *
   * **How a backup goes on.** `status` is `BUILDING`, then `COMPLETED` or `FAILED`; a backup that is being deleted is called `DISABLED` or
   * `DELETING`. Treat any other state as not final. Neither progress nor the reason of a failure stands here:
   * `ShowJobDetail` has both. Every ten seconds is often enough to look.
   *
   * **Not there.** Asked for a backup that does not exist, the service answers 400 with DBS.201214 or another code that says so, or 200 with
   * an empty list; both come, so be ready for both. How soon after its start a backup is listed is not documented.
   *
   * **Pages.** `total_count` is the number of backups on all pages. Ask until that many have come or a page brings nothing new, and count each
   * `id` once: backups come and go while pages are read.
   *
   * **Safe to repeat.** It starts nothing and changes nothing.
   *
   * @throws BackupError when the call fails. It starts nothing, so it may be made again.
   * @throws TypeError that begins with the argument's name, when it was given something wrong. Nothing was sent then.
   */
  listBackups(query?: NonNullable<operations["ListBackups"]["parameters"]["query"]>, options?: CallOptions): Promise<ListBackupsResponse>;

  /**
   * Show how far the job of a DDS backup is: `GET /v3/{project_id}/jobs`
   *
   * Shows the job that makes a backup: its progress while it runs, and the reason of a failure, which the list of backups lacks. Whether the
   * backup exists is told by the list alone.
   *
   * **What it needs.** The `job_id` from the answer of `CreateManualBackup`, which older deployments leave out, and the permission
   * `dds:task:list`, which the identity policies of Huawei Cloud call `dds:task:getDetail`. The list of permissions of Open Telekom Cloud has
   * no entry for jobs.
   *
   * **How a job goes on.** `status` is `Running`, then `Completed` or `Failed`. Treat any other state as not final.
   * `ended` is filled in while the job runs: it is no sign of the end.
   *
   * **Not there.** A job can be looked up from a few seconds after its start until a month later. Before and after that the answer is DBS.200543, which
   * is in no table of the vendor's and does not tell which of the two it is. Tasks of the community edition alone are found here.
   *
   * **Safe to repeat.** It starts nothing and changes nothing.
   *
   * @throws BackupError when the call fails. It starts nothing, so it may be made again.
   * @throws TypeError that begins with the argument's name, when it was given something wrong. Nothing was sent then.
   */
  showJobDetail(id: string, options?: CallOptions): Promise<ShowJobDetailResponse>;
}
