# pip install huaweicloudsdkdcs
import os
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkdcs.v2 import DcsClient, ListBackupRecordsRequest
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

request = ListBackupRecordsRequest(instance_id=env["CLOUD_INSTANCE_ID"], limit=100)
try:
    answer = client.list_backup_records(request)
except ServiceResponseException as e:
    sys.exit(f"{e.status_code} {e.error_code}: {e.error_msg} (request id {e.request_id})")
if answer.total_num is None and answer.status_code != 204:  # 204 says that there are no backups
    sys.exit("The answer is no list of backups")
for record in answer.backup_record_response or []:
    print(record.backup_id, record.status)
