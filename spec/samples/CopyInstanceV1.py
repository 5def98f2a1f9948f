# The vendor's SDK has no call for v1.0, so this signs by itself. It needs nothing but Python 3.8.
import hashlib
import hmac
import json
import os
import sys
import urllib.error
import urllib.request
from datetime import datetime, timezone
from urllib.parse import urlsplit

env = os.environ
for name in ("CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_INSTANCE_ID"):
    if not env.get(name):
        sys.exit(f"{name} is not set")
project = env["CLOUD_PROJECT_ID"]
region = env.get("CLOUD_REGION", "cn-north-4")
# The first two regions are those of Open Telekom Cloud.
domains = {"eu-de": "otc.t-systems.com", "eu-nl": "otc.t-systems.com", "eu-west-101": "myhuaweicloud.eu"}
endpoint = env.get("CLOUD_ENDPOINT", f"https://dcs.{region}.{domains.get(region, 'myhuaweicloud.com')}")
path = f"/v1.0/{project}/instances/{env['CLOUD_INSTANCE_ID']}/backups"
date = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
# A new remark each time: it finds the backup again when the answer is lost.
body = json.dumps({"remark": f"before the upgrade {date}"}).encode()

signed = {"host": urlsplit(endpoint).netloc, "x-project-id": project, "x-sdk-date": date}
names = ";".join(signed)
lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
# The signed path ends in a slash; the one that is sent does not.
canonical_request = "\n".join(["POST", path + "/", "", lines, names, hashlib.sha256(body).hexdigest()])
string_to_sign = "\n".join(["SDK-HMAC-SHA256", date, hashlib.sha256(canonical_request.encode()).hexdigest()])
signature = hmac.new(env["CLOUD_SDK_SK"].encode(), string_to_sign.encode(), hashlib.sha256).hexdigest()

request = urllib.request.Request(
    endpoint + path,
    data=body,
    method="POST",
    headers={
        "Content-Type": "application/json",
        "X-Project-Id": project,
        "X-Sdk-Date": date,
        "Authorization": f"SDK-HMAC-SHA256 Access={env['CLOUD_SDK_AK']}, SignedHeaders={names}, Signature={signature}",
    },
)


class Stay(urllib.request.HTTPRedirectHandler):
    """No redirect is followed: it would turn the call into a GET, and the signature is for one host."""

    def redirect_request(self, *_):
        return None


try:
    with urllib.request.build_opener(Stay).open(request, timeout=60) as answer:
        print("started", json.load(answer)["backup_id"])
except urllib.error.HTTPError as e:
    sys.exit(f"{e.code} {e.read().decode()}")
