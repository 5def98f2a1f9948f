"""Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON."""

import json
import os

from backup import AuthenticatedClient, Client
from backup.api.dcs import copy_instance, copy_instance_v1, list_backup_records, list_backup_records_v1
from backup.api.dds import create_manual_backup, list_backups, show_job_detail
from backup.models import (
    BackupInstanceBody,
    BackupInstanceBodyBackupFormat,
    BackupInstanceV1Body,
    CreateManualBackupOption,
    CreateManualBackupRequestBody,
)
from backup.types import UNSET
from huaweicloud_signing import AccessKey

BASE, TOKEN, KEY = os.environ["STAND_IN_URL"], os.environ.get("STAND_IN_TOKEN"), os.environ.get("ACCESS_KEY_ID")
PROJECT, INSTANCE, DDS_INSTANCE = (os.environ[name] for name in ("PROJECT_ID", "DCS_INSTANCE_ID", "DDS_INSTANCE_ID"))
REMARK = "before the upgrade"
COPY = BackupInstanceBody(remark=REMARK, backup_format=BackupInstanceBodyBackupFormat.AOF)
COPY_V1 = BackupInstanceV1Body(remark=REMARK)
CREATE = CreateManualBackupRequestBody(
    CreateManualBackupOption(instance_id=DDS_INSTANCE, name="mybackup1", description=REMARK)
)


def client(at=""):
    """A client of the stand-in, or of what it has at that path: a documented answer, say."""
    if KEY:
        key = AccessKey(KEY, os.environ["SECRET_ACCESS_KEY"], os.environ.get("SECURITY_TOKEN"), os.environ["DIALECT"])
        return Client(BASE + at, httpx_args={"auth": key.httpx})
    return AuthenticatedClient(BASE + at, token=TOKEN, auth_header_name="X-Auth-Token", prefix="")


def find(copied, copied_v1, created):
    period = {"begin_time": "20200101000000", "limit": 100}
    records = list_backup_records.sync(PROJECT, INSTANCE, client=client(), **period).backup_record_response
    yield from (record for record in records if record.backup_id == copied.backup_id)
    records = list_backup_records_v1.sync(PROJECT, INSTANCE, client=client(), **period).backup_record_response
    yield from (record for record in records if record.backup_id == copied_v1.backup_id)
    period = {"begin_time": "2020-01-01 00:00:00", "end_time": "2099-12-31 23:59:59"}
    backups = list_backups.sync(PROJECT, instance_id=DDS_INSTANCE, client=client(), **period).backups
    yield from (record for record in backups if record.id == created.backup_id)
    yield show_job_detail.sync(PROJECT, id=created.job_id, client=client()).job


def refused(response):
    failure, facts = response.parsed, {"status": int(response.status_code)}
    if failure.error:
        facts |= {"code": failure.error.code, "message": failure.error.message, "title": failure.error.title}
    else:
        facts |= {"code": failure.error_code, "message": failure.error_msg, "request_id": failure.request_id}
    return {name: value for name, value in facts.items() if value is not UNSET}


def lose(through):
    try:
        response = copy_instance.sync_detailed(PROJECT, INSTANCE, client=through, body=COPY)
    except Exception:
        return
    assert response.status_code >= 300, f"not lost: {response}"


copied = copy_instance.sync(PROJECT, INSTANCE, client=client(), body=COPY)
copied_v1 = copy_instance_v1.sync(PROJECT, INSTANCE, client=client(), body=COPY_V1)
created = create_manual_backup.sync(PROJECT, client=client(), body=CREATE)
found = [
    {"id": getattr(record, "backup_id", None) or record.id, "status": record.status}
    for record in find(copied, copied_v1, created)
]
errors = [
    refused(copy_instance.sync_detailed(PROJECT, INSTANCE, client=client(f"/answer/{answer}"), body=COPY))
    for answer in ("400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized")
]
errors += [
    refused(copy_instance_v1.sync_detailed(PROJECT, INSTANCE, client=client(f"/answer/{answer}"), body=COPY_V1))
    for answer in ("400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized")
]
errors += [refused(create_manual_backup.sync_detailed(PROJECT, client=client("/answer/400/DdsInvalidName"), body=CREATE))]
losing = client("/lost")
for _ in range(int(os.environ.get("LOSSES", 0))):
    lose(losing)
started = [
    {"backup_id": copied.backup_id},
    {"backup_id": copied_v1.backup_id},
    {"backup_id": created.backup_id, "job_id": created.job_id},
]
print(json.dumps({"started": started, "found": found, "errors": errors}))
