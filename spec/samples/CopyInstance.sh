#!/bin/sh
# Needs curl 7.76 or newer, and OpenSSL 1.1 or newer.
# Set CLOUD_SDK_AK, CLOUD_SDK_SK, CLOUD_PROJECT_ID, CLOUD_INSTANCE_ID and CLOUD_REGION.
set -eu
: "${CLOUD_SDK_AK:?}" "${CLOUD_SDK_SK:?}" "${CLOUD_PROJECT_ID:?}" "${CLOUD_INSTANCE_ID:?}"
service=dcs
method=POST
path=/v2/$CLOUD_PROJECT_ID/instances/$CLOUD_INSTANCE_ID/backups
query=
# A new remark each time: it finds the backup again when the answer is lost.
remark="before the upgrade $(date -u +%Y%m%d-%H%M%S)"
body='{"backup_format":"aof","remark":"'$remark'"}'
. "$(dirname "$0")/sign.sh"

# No --retry and no --location: a backup must not be sent twice, and the signature is for one host.
answer=$(curl --silent --show-error --fail-with-body --max-time 60 "$endpoint$path" \
  --header "Content-Type: application/json" \
  --header "X-Project-Id: $CLOUD_PROJECT_ID" \
  --header "X-Sdk-Date: $date" \
  --header "Authorization: SDK-HMAC-SHA256 $credential, SignedHeaders=$names, Signature=$signature" \
  --data-raw "$body") || code=$?
printf '%s\n' "$answer"
# A redirect, a login page or half an answer is no success either. JSON may have blanks and line breaks.
case ${code:-0}$(printf %s "$answer" | tr -d ' \t\r\n') in 0*'"backup_id":"'?*'"'*'}') ;; *) exit "${code:-1}" ;; esac
