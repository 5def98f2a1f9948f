<?php

// Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
require '/usr/share/php/GuzzleHttp/autoload.php';
require 'signing/HuaweiCloudSigning.php';
spl_autoload_register(function ($class) {
    require 'client/lib/' . str_replace('\\', '/', substr($class, strlen('Backup\\'))) . '.php';
});

use Backup\Api\{DCSApi, DDSApi};
use Backup\Model\{BackupInstanceBody, BackupInstanceV1Body, CreateManualBackupOption, CreateManualBackupRequestBody};

[$project, $instance, $ddsInstance] = array_map('getenv', ['PROJECT_ID', 'DCS_INSTANCE_ID', 'DDS_INSTANCE_ID']);
$remark = 'before the upgrade';
$copy = new BackupInstanceBody(['remark' => $remark, 'backup_format' => 'aof']);
$copyV1 = new BackupInstanceV1Body(['remark' => $remark]);
$create = new CreateManualBackupRequestBody(['backup' => new CreateManualBackupOption(
    ['instance_id' => $ddsInstance, 'name' => 'mybackup1', 'description' => $remark]
)]);

/** A client of the stand-in, or of what it has at that path: a documented answer, say. */
function client(string $api, string $at = '')
{
    $configuration = (new Backup\Configuration())->setHost(getenv('STAND_IN_URL') . $at);
    $stack = GuzzleHttp\HandlerStack::create();
    if ($key = getenv('ACCESS_KEY_ID')) {
        $token = getenv('SECURITY_TOKEN') ?: null;
        $stack->unshift(new HuaweiCloudSigning($key, getenv('SECRET_ACCESS_KEY'), $token, getenv('DIALECT')));
    } else {
        $configuration->setApiKey('X-Auth-Token', getenv('STAND_IN_TOKEN'));
    }
    return new $api(new GuzzleHttp\Client(['handler' => $stack]), $configuration);
}

function refused(callable $call): array
{
    try {
        $result = $call();
    } catch (Backup\ApiException $exception) {
        $failure = $exception->getResponseObject();
        $error = $failure->getError();
        $facts = $error
            ? ['code' => $error->getCode(), 'message' => $error->getMessage(), 'title' => $error->getTitle()]
            : ['code' => $failure->getErrorCode(), 'message' => $failure->getErrorMsg(), 'request_id' => $failure->getRequestId()];
        return array_filter(['status' => $exception->getCode()] + $facts, fn ($fact) => $fact !== null);
    }
    throw new Exception("not refused: $result");
}

function find(array $records, string $id): array
{
    foreach ($records as $record) {
        if (($record['backup_id'] ?? $record['id']) === $id) {
            return ['id' => $id, 'status' => $record->getStatus()];
        }
    }
    return [];
}

$copied = client(DCSApi::class)->copyInstance($project, $instance, $copy);
$copiedV1 = client(DCSApi::class)->copyInstanceV1($project, $instance, $copyV1);
$created = client(DDSApi::class)->createManualBackup($project, $create);
$told = ['started' => [
    ['backup_id' => $copied->getBackupId()],
    ['backup_id' => $copiedV1->getBackupId()],
    ['backup_id' => $created->getBackupId(), 'job_id' => $created->getJobId()],
]];
if (!getenv('STARTS_ALONE')) {
    $records = client(DCSApi::class)->listBackupRecords($project, $instance, begin_time: '20200101000000', limit: 100);
    $recordsV1 = client(DCSApi::class)->listBackupRecordsV1($project, $instance, begin_time: '20200101000000', limit: 100);
    $backups = client(DDSApi::class)->listBackups(
        $project, instance_id: $ddsInstance, begin_time: '2020-01-01 00:00:00', end_time: '2099-12-31 23:59:59'
    );
    $job = client(DDSApi::class)->showJobDetail($project, $created->getJobId())->getJob();
    $told['found'] = [
        find($records->getBackupRecordResponse(), $copied->getBackupId()),
        find($recordsV1->getBackupRecordResponse(), $copiedV1->getBackupId()),
        find($backups->getBackups(), $created->getBackupId()),
        ['id' => $job->getId(), 'status' => $job->getStatus()],
    ];
    foreach (['400/DcsRemarkTooLong', '504/GatewayTimeout', '401/IamUnauthorized'] as $answer) {
        $told['errors'][] = refused(fn () => client(DCSApi::class, "/answer/$answer")->copyInstance($project, $instance, $copy));
    }
    foreach (['400/DcsV1RemarkTooLong', '504/GatewayTimeout', '401/IamUnauthorized'] as $answer) {
        $told['errors'][] = refused(fn () => client(DCSApi::class, "/answer/$answer")->copyInstanceV1($project, $instance, $copyV1));
    }
    $told['errors'][] = refused(fn () => client(DDSApi::class, '/answer/400/DdsInvalidName')->createManualBackup($project, $create));
    $losing = client(DCSApi::class, '/lost');
    for ($lost = 0; $lost < (int) getenv('LOSSES'); $lost++) {
        try {
            $losing->copyInstance($project, $instance, $copy);
        } catch (Backup\ApiException) {
            continue;
        }
        throw new Exception('not lost');
    }
}
echo json_encode($told), "\n";
