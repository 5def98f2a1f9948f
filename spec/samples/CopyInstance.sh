#!/bin/sh
# Needs curl and openssl. Set CLOUD_SDK_AK, CLOUD_SDK_SK, CLOUD_PROJECT_ID, CLOUD_INSTANCE_ID and CLOUD_REGION.
set -eu
endpoint=${CLOUD_ENDPOINT:-https://dcs.${CLOUD_REGION:-cn-north-4}.myhuaweicloud.com}
path=/v2/$CLOUD_PROJECT_ID/instances/$CLOUD_INSTANCE_ID/backups
body='{"backup_format":"aof","remark":"before the upgrade"}'

# The signature. The signed path ends in a slash; the one that is sent does not.
sha256() { openssl dgst -sha256 -r | cut -d' ' -f1; }
host=${endpoint#*://}
date=$(date -u +%Y%m%dT%H%M%SZ)
canonical_request="POST
$path/

host:$host
x-project-id:$CLOUD_PROJECT_ID
x-sdk-date:$date

host;x-project-id;x-sdk-date
$(printf %s "$body" | sha256)"
string_to_sign="SDK-HMAC-SHA256
$date
$(printf %s "$canonical_request" | sha256)"
# While openssl runs, other users of this machine can see its key in the list of processes.
signature=$(printf %s "$string_to_sign" | openssl dgst -sha256 -hmac "$CLOUD_SDK_SK" -r | cut -d' ' -f1)

# No --retry and no --location: a backup must not be sent twice, and the signature is for one host.
curl --silent --show-error --fail-with-body --max-time 60 "$endpoint$path" \
  --header "Content-Type: application/json" \
  --header "X-Project-Id: $CLOUD_PROJECT_ID" \
  --header "X-Sdk-Date: $date" \
  --header "Authorization: SDK-HMAC-SHA256 Access=$CLOUD_SDK_AK, SignedHeaders=host;x-project-id;x-sdk-date, Signature=$signature" \
  --data-raw "$body"
