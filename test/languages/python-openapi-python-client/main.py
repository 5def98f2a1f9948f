"""Makes the three calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON."""

import json
import os

from backup import AuthenticatedClient
from backup.api.dcs import copy_instance, copy_instance_v1
from backup.api.dds import create_manual_backup
from backup.models import (
    BackupInstanceBody,
    BackupInstanceBodyBackupFormat,
    BackupInstanceV1Body,
    CreateManualBackupOption,
    CreateManualBackupRequestBody,
)
from backup.types import UNSET

BASE, TOKEN = os.environ["STAND_IN_URL"], os.environ["STAND_IN_TOKEN"]
PROJECT, INSTANCE = os.environ["PROJECT_ID"], os.environ["DCS_INSTANCE_ID"]
REMARK = "before the upgrade"
COPY = BackupInstanceBody(remark=REMARK, backup_format=BackupInstanceBodyBackupFormat.AOF)
COPY_V1 = BackupInstanceV1Body(remark=REMARK)
CREATE = CreateManualBackupRequestBody(
    CreateManualBackupOption(instance_id=os.environ["DDS_INSTANCE_ID"], name="mybackup1", description=REMARK)
)


def client(answer=""):
    """A client of the stand-in, or of its documented answer `status/example`."""
    base_url = f"{BASE}/answer/{answer}" if answer else BASE
    return AuthenticatedClient(base_url, token=TOKEN, auth_header_name="X-Auth-Token", prefix="")


def refused(response):
    failure, facts = response.parsed, {"status": int(response.status_code)}
    if failure.error:
        facts |= {"code": failure.error.code, "message": failure.error.message, "title": failure.error.title}
    else:
        facts |= {"code": failure.error_code, "message": failure.error_msg, "request_id": failure.request_id}
    return {name: value for name, value in facts.items() if value is not UNSET}


copied = copy_instance.sync(PROJECT, INSTANCE, client=client(), body=COPY)
copied_v1 = copy_instance_v1.sync(PROJECT, INSTANCE, client=client(), body=COPY_V1)
created = create_manual_backup.sync(PROJECT, client=client(), body=CREATE)

errors = [
    refused(copy_instance.sync_detailed(PROJECT, INSTANCE, client=client(answer), body=COPY))
    for answer in ("400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized")
]
errors += [
    refused(copy_instance_v1.sync_detailed(PROJECT, INSTANCE, client=client(answer), body=COPY_V1))
    for answer in ("400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized")
]
errors += [refused(create_manual_backup.sync_detailed(PROJECT, client=client("400/DdsInvalidName"), body=CREATE))]
started = [
    {"backup_id": copied.backup_id},
    {"backup_id": copied_v1.backup_id},
    {"backup_id": created.backup_id, "job_id": created.job_id},
]
print(json.dumps({"started": started, "errors": errors}))
