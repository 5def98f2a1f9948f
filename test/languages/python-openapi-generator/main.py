"""Makes the three calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON."""

import json
import os

import backup

BASE, TOKEN = os.environ["STAND_IN_URL"], os.environ["STAND_IN_TOKEN"]
PROJECT, INSTANCE = os.environ["PROJECT_ID"], os.environ["DCS_INSTANCE_ID"]
REMARK = "before the upgrade"


def client(answer=""):
    """A client of the stand-in, or of its documented answer `status/example`."""
    host = f"{BASE}/answer/{answer}" if answer else BASE
    return backup.ApiClient(backup.Configuration(host=host, api_key={"XAuthToken": TOKEN}))


def copy_instance(answer=""):
    body = backup.BackupInstanceBody(remark=REMARK, backup_format="aof")
    return backup.DCSApi(client(answer)).copy_instance(PROJECT, INSTANCE, body)


def copy_instance_v1(answer=""):
    return backup.DCSApi(client(answer)).copy_instance_v1(PROJECT, INSTANCE, backup.BackupInstanceV1Body(remark=REMARK))


def create_manual_backup(answer=""):
    option = backup.CreateManualBackupOption(
        instance_id=os.environ["DDS_INSTANCE_ID"], name="mybackup1", description=REMARK
    )
    return backup.DDSApi(client(answer)).create_manual_backup(PROJECT, backup.CreateManualBackupRequestBody(backup=option))


def refused(call, answer):
    try:
        result = call(answer)
    except backup.ApiException as exception:
        failure, facts = exception.data, {"status": exception.status}
        if failure.error:
            facts |= {"code": failure.error.code, "message": failure.error.message, "title": failure.error.title}
        else:
            facts |= {"code": failure.error_code, "message": failure.error_msg, "request_id": failure.request_id}
        return {name: value for name, value in facts.items() if value is not None}
    raise AssertionError(f"not refused: {result}")


created = copy_instance(), copy_instance_v1(), create_manual_backup()
errors = [refused(copy_instance, answer) for answer in ("400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized")]
errors += [
    refused(copy_instance_v1, answer) for answer in ("400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized")
]
errors += [refused(create_manual_backup, "400/DdsInvalidName")]
started = [{"backup_id": answer.backup_id} for answer in created]
started[2]["job_id"] = created[2].job_id
print(json.dumps({"started": started, "errors": errors}))
