/** What `--help` and `--version` say. */

/** package.json's. The build writes it in its place, since a bundle that someone makes of the command leaves package.json behind. */
declare const VERSION: string;

export function version(): string {
  return VERSION;
}

export function helpOf(command: string | undefined): string {
  const topic = command !== undefined && Object.hasOwn(HELP, command) ? command : "";
  return `${HELP[topic]}\n`;
}

const ENVIRONMENT = `Environment, where no flag says otherwise:
  HUAWEICLOUD_SDK_AK, _SK, _SECURITY_TOKEN   the access key (or CLOUD_SDK_AK, CLOUD_SDK_SK)
  HUAWEICLOUD_BACKUP_TOKEN                   a token instead
  HUAWEICLOUD_SDK_PROJECT_ID                 --project-id
  HUAWEICLOUD_BACKUP_REGION                  --region
  HUAWEICLOUD_BACKUP_ENDPOINT_DCS, _DDS      --endpoint`;

const COMMON = `  --region NAME           picks the hosts, for example cn-north-4 or eu-de
  --project-id ID         the project that owns the instance
  --endpoint dcs=URL      a host instead of the region's; dds=URL too
  --output json|id|text   what stdout gets: one JSON document (default), the id, or a line for people
  --quiet                 nothing on stderr, but what find needs after an unknown start`;

const WAITING = `  --timeout 60m           how long to wait; the backup goes on afterwards
  --interval 10s          how long between two looks`;

const HELP: Record<string, string> = {
  "": `One line in a pipeline, with a run's id as the key; exit 0 means that there is a finished backup:

  huaweicloud-backup create dcs <instance-id> --key "$RUN_ID"

Commands:
  create dcs|dds <instance-id>                    start a backup and wait until it is finished
  wait dcs <instance-id> <backup-id>              wait for a backup that was started
  wait dds <backup-id>
  find [FILE | -]                                 look for a backup whose start had no answer
  list dcs <instance-id> | dds [<instance-id>]    list backups

Each has --help of its own. --version tells the version.

Exit codes:
  0 completed   1 refused   2 usage   3 failed or gone   4 later: nothing was started, ask again
  5 unknown: look before you ask again   124 timeout   130, 143, 129 interrupted   70 a fault of the command

${ENVIRONMENT}`,
  create: `huaweicloud-backup create dcs <instance-id> [--remark TEXT] [--format aof|rdb] [--api v1.0]
huaweicloud-backup create dds <instance-id> [--name NAME] [--description TEXT]

Starts a backup and waits until it is finished.

  --key KEY               a second run with the same key adopts the first one's backup
  --key-age 24h           how old such a backup may be
  --exact                 send remark or name as given, without a mark; nothing is sure after a lost answer
  --no-wait               end after the start
  --busy-timeout 0s       how long to ask again while the instance is busy
${WAITING}
${COMMON}
  --dry-run               check the line and show the request; send nothing, and need no credentials

${ENVIRONMENT}

Exit: 0 completed (or started, with --no-wait), 1 refused, 2 usage, 3 failed or gone, 4 later: nothing was started,
  5 unknown: a backup may have been started, 124 timeout: it may still run, 130/143/129 interrupted

Example: huaweicloud-backup create dds a89dab5e39394eccbdb77b19d57b0180in02 --name before-upgrade --key "$CI_PIPELINE_ID"`,
  wait: `huaweicloud-backup wait dcs <instance-id> <backup-id> [--api v1.0]
huaweicloud-backup wait dds <backup-id> [--job JOB-ID]

Waits until a backup that was started is finished. It starts nothing.

${WAITING}
  --job JOB-ID            tells the percent and, after a failure, the reason
${COMMON}

${ENVIRONMENT}

Exit: 0 completed, 1 refused, 2 usage, 3 failed or gone, 5 unlisted for a minute, 124 timeout, 130/143/129 interrupted

Example: huaweicloud-backup wait dcs 5560df16-cebf-4473-95c4-d1b573c16e79 548ceeff-2cbb-47ab-9a1c-7b085a8c08d7`,
  find: `huaweicloud-backup find [FILE | -]

Looks for a backup whose start had no answer, with the JSON of create (exit 5, or after a signal). It starts nothing.

${COMMON}

${ENVIRONMENT}

Exit: 0 found for sure, 2 usage, 5 not found, or not for sure, 130/143/129 interrupted

Example: huaweicloud-backup find out.json, where out.json is what create printed`,
  list: `huaweicloud-backup list dcs <instance-id> [--api v1.0]
huaweicloud-backup list dds [<instance-id>]

Lists backups, all pages of them.

${COMMON}

${ENVIRONMENT}

Exit: 0 listed, 1 refused, 2 usage, 4 later, 130/143/129 interrupted

Example: huaweicloud-backup list dcs 5560df16-cebf-4473-95c4-d1b573c16e79 --output id`,
};
