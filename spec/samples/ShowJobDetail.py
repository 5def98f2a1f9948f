# pip install huaweicloudsdkdds
import os
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkdds.v3 import DdsClient, ShowJobDetailRequest
from huaweicloudsdkdds.v3.region.dds_region import DdsRegion

env = os.environ
for name in ("CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_JOB_ID"):
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

request = ShowJobDetailRequest(id=env["CLOUD_JOB_ID"])  # the job_id that CreateManualBackup answers
try:
    answer = client.show_job_detail(request)
except ServiceResponseException as e:
    sys.exit(f"{e.status_code} {e.error_code}: {e.error_msg} (request id {e.request_id})")
if answer.job is None:
    sys.exit("The answer is no job")
print(answer.job.status, answer.job.progress or answer.job.fail_reason or "")
