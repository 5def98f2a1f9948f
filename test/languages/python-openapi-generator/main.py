"""Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON."""

import json
import os

import backup
from huaweicloud_signing import AccessKey

BASE, TOKEN, KEY = os.environ["STAND_IN_URL"], os.environ.get("STAND_IN_TOKEN"), os.environ.get("ACCESS_KEY_ID")
PROJECT, INSTANCE, DDS_INSTANCE = (os.environ[name] for name in ("PROJECT_ID", "DCS_INSTANCE_ID", "DDS_INSTANCE_ID"))
REMARK = "before the upgrade"


def client(at=""):
    """A client of the stand-in, or of what it has at that path: a documented answer, say."""
    made = backup.ApiClient(backup.Configuration(host=BASE + at, api_key={"XAuthToken": TOKEN}))
    if KEY:
        key = AccessKey(KEY, os.environ["SECRET_ACCESS_KEY"], os.environ.get("SECURITY_TOKEN"), os.environ["DIALECT"])
        key.urllib3(made.rest_client.pool_manager)
    return made


def copy_instance(at="", through=None):
    body = backup.BackupInstanceBody(remark=REMARK, backup_format="aof")
    return backup.DCSApi(through or client(at)).copy_instance(PROJECT, INSTANCE, body)


def copy_instance_v1(at=""):
    return backup.DCSApi(client(at)).copy_instance_v1(PROJECT, INSTANCE, backup.BackupInstanceV1Body(remark=REMARK))


def create_manual_backup(at=""):
    option = backup.CreateManualBackupOption(instance_id=DDS_INSTANCE, name="mybackup1", description=REMARK)
    return backup.DDSApi(client(at)).create_manual_backup(PROJECT, backup.CreateManualBackupRequestBody(backup=option))


def find(copied, copied_v1, created):
    dcs, dds = backup.DCSApi(client()), backup.DDSApi(client())
    records = dcs.list_backup_records(PROJECT, INSTANCE, begin_time="20200101000000", limit=100).backup_record_response
    yield from (record for record in records if record.backup_id == copied.backup_id)
    records = dcs.list_backup_records_v1(PROJECT, INSTANCE, begin_time="20200101000000", limit=100).backup_record_response
    yield from (record for record in records if record.backup_id == copied_v1.backup_id)
    period = {"begin_time": "2020-01-01 00:00:00", "end_time": "2099-12-31 23:59:59"}
    backups = dds.list_backups(PROJECT, instance_id=DDS_INSTANCE, **period).backups
    yield from (record for record in backups if record.id == created.backup_id)
    yield dds.show_job_detail(PROJECT, created.job_id).job


def refused(call, at):
    try:
        result = call(at)
    except backup.ApiException as exception:
        failure, facts = exception.data, {"status": exception.status}
        if failure.error:
            facts |= {"code": failure.error.code, "message": failure.error.message, "title": failure.error.title}
        else:
            facts |= {"code": failure.error_code, "message": failure.error_msg, "request_id": failure.request_id}
        return {name: value for name, value in facts.items() if value is not None}
    raise AssertionError(f"not refused: {result}")


def lose(through):
    try:
        result = copy_instance(through=through)
    except Exception:
        return
    raise AssertionError(f"not lost: {result}")


created = copy_instance(), copy_instance_v1(), create_manual_backup()
started = [{"backup_id": answer.backup_id} for answer in created]
started[2]["job_id"] = created[2].job_id
found = [{"id": getattr(record, "backup_id", None) or record.id, "status": record.status} for record in find(*created)]
for_dcs, for_dcs_v1 = ([f"/answer/{answer}" for answer in answers.split()] for answers in (
    "400/DcsRemarkTooLong 504/GatewayTimeout 401/IamUnauthorized",
    "400/DcsV1RemarkTooLong 504/GatewayTimeout 401/IamUnauthorized",
))
errors = [refused(copy_instance, at) for at in for_dcs] + [refused(copy_instance_v1, at) for at in for_dcs_v1]
errors += [refused(create_manual_backup, "/answer/400/DdsInvalidName")]
losing = client("/lost")
for _ in range(int(os.environ.get("LOSSES", 0))):
    lose(losing)
print(json.dumps({"started": started, "found": found, "errors": errors}))
