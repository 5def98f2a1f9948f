"""Two backups and three refusals through the vendor's own SDK, signed with an access key; prints what it decoded as one line of JSON."""

import json
import os

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkdcs.v2 import BackupInstanceBody, CopyInstanceRequest, DcsClient
from huaweicloudsdkdds.v3 import (
    CreateManualBackupOption,
    CreateManualBackupRequest,
    CreateManualBackupRequestBody,
    DdsClient,
)

BASE, KEY, SECRET = os.environ["STAND_IN_URL"], os.environ["ACCESS_KEY_ID"], os.environ["SECRET_ACCESS_KEY"]
REMARK = "before the upgrade"


def client(service, secret=SECRET):
    credentials = BasicCredentials(KEY, secret, os.environ["PROJECT_ID"])
    return service.new_builder().with_credentials(credentials).with_endpoint(BASE).build()


def copy_instance(remark=REMARK, secret=SECRET):
    body = BackupInstanceBody(remark=remark, backup_format="aof")
    return client(DcsClient, secret).copy_instance(CopyInstanceRequest(os.environ["DCS_INSTANCE_ID"], body))


def create_manual_backup(name="mybackup1"):
    option = CreateManualBackupOption(os.environ["DDS_INSTANCE_ID"], name, REMARK)
    request = CreateManualBackupRequest(CreateManualBackupRequestBody(option))
    return client(DdsClient).create_manual_backup(request)


def refused(call):
    try:
        result = call()
    except ClientRequestException as error:
        facts = {"status": error.status_code, "code": error.error_code, "message": error.error_msg}
        return facts | {"request_id": error.request_id}
    raise AssertionError(f"not refused: {result}")


copied, created = copy_instance(), create_manual_backup()
errors = [
    refused(lambda: copy_instance(remark="r" * 129)),
    refused(lambda: create_manual_backup(name="my")),
    refused(lambda: copy_instance(secret="not-the-secret")),
]
started = [{"backup_id": copied.backup_id}, {"backup_id": created.backup_id, "job_id": created.job_id}]
print(json.dumps({"started": started, "errors": errors}))
