# pip install huaweicloudsdkdds
import os
import sys
import time

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkdds.v3 import (
    CreateManualBackupOption,
    CreateManualBackupRequest,
    CreateManualBackupRequestBody,
    DdsClient,
)
from huaweicloudsdkdds.v3.region.dds_region import DdsRegion

env = os.environ
for name in ("CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_INSTANCE_ID"):
    if not env.get(name):
        sys.exit(f"{name} is not set")
builder = DdsClient.new_builder().with_credentials(
    BasicCredentials(env["CLOUD_SDK_AK"], env["CLOUD_SDK_SK"], env["CLOUD_PROJECT_ID"])
)
region = env.get("CLOUD_REGION", "cn-north-4")
# The regions of Open Telekom Cloud, which the SDK does not know.
hosts = {
    "eu-de": "https://dds.eu-de.otc.t-systems.com",
    "eu-nl": "https://dds.eu-nl.otc.t-systems.com",
}
endpoint = env.get("CLOUD_ENDPOINT", hosts.get(region))
if endpoint:
    builder.with_endpoints([endpoint])
else:
    builder.with_region(DdsRegion.value_of(region))
client = builder.build()

backup = CreateManualBackupOption(
    instance_id=env["CLOUD_INSTANCE_ID"],
    # A new name each time: it finds the backup again when the answer is lost.
    name=f"before-upgrade-{int(time.time() * 1000)}",
    description="before the upgrade",
)
request = CreateManualBackupRequest(body=CreateManualBackupRequestBody(backup=backup))
try:
    backup_id = client.create_manual_backup(request).backup_id
except ServiceResponseException as e:
    sys.exit(f"{e.status_code} {e.error_code}: {e.error_msg} (request id {e.request_id})")
if not backup_id:
    sys.exit("The answer names no backup: look for one before you try again")
print("started", backup_id)
