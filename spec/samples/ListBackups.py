# pip install huaweicloudsdkdds
import os
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkdds.v3 import DdsClient, ListBackupsRequest
from huaweicloudsdkdds.v3.region.dds_region import DdsRegion

env = os.environ
for name in ("CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_INSTANCE_ID"):
    if not env.get(name):
        sys.exit(f"{name} is not set")
builder = DdsClient.new_builder().with_credentials(
    BasicCredentials(env["CLOUD_SDK_AK"], env["CLOUD_SDK_SK"], env["CLOUD_PROJECT_ID"])
)
region = env.get("CLOUD_REGION", "cn-north-4")
endpoint = env.get("CLOUD_ENDPOINT")
if not endpoint and region in ("eu-de", "eu-nl"):
    # The SDK does not know the regions of Open Telekom Cloud.
    endpoint = f"https://dds.{region}.otc.t-systems.com"
if endpoint:
    builder.with_endpoints([endpoint])
else:
    builder.with_region(DdsRegion.value_of(region))
client = builder.build()

request = ListBackupsRequest(instance_id=env["CLOUD_INSTANCE_ID"], limit=100)
try:
    answer = client.list_backups(request)
except ServiceResponseException as e:
    sys.exit(f"{e.status_code} {e.error_code}: {e.error_msg} (request id {e.request_id})")
if answer.backups is None:
    sys.exit("The answer is no list of backups")
for backup in answer.backups:
    print(backup.id, backup.status)
