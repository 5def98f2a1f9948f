# pip install huaweicloudsdkdcs
import os
import sys
import time

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkdcs.v2 import BackupInstanceBody, CopyInstanceRequest, DcsClient
from huaweicloudsdkdcs.v2.region.dcs_region import DcsRegion

env = os.environ
for name in ("CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_INSTANCE_ID"):
    if not env.get(name):
        sys.exit(f"{name} is not set")
builder = DcsClient.new_builder().with_credentials(
    BasicCredentials(env["CLOUD_SDK_AK"], env["CLOUD_SDK_SK"], env["CLOUD_PROJECT_ID"])
)
region = env.get("CLOUD_REGION", "cn-north-4")
# Where the SDK knows no host, or another than the service has.
hosts = {
    "eu-de": "https://dcs.eu-de.otc.t-systems.com",
    "eu-nl": "https://dcs.eu-nl.otc.t-systems.com",
    "eu-west-101": "https://dcs.eu-west-101.myhuaweicloud.eu",
}
endpoint = env.get("CLOUD_ENDPOINT", hosts.get(region))
if endpoint:
    builder.with_endpoints([endpoint])
else:
    builder.with_region(DcsRegion.value_of(region))
client = builder.build()

request = CopyInstanceRequest(
    instance_id=env["CLOUD_INSTANCE_ID"],
    body=BackupInstanceBody(
        backup_format="aof",
        # A new remark each time: it finds the backup again when the answer is lost.
        remark=f"before the upgrade {int(time.time() * 1000)}",
    ),
)
try:
    backup_id = client.copy_instance(request).backup_id
except ServiceResponseException as e:
    sys.exit(f"{e.status_code} {e.error_code}: {e.error_msg} (request id {e.request_id})")
if not backup_id:
    sys.exit("The answer names no backup: look for one before you try again")
print("started", backup_id)
