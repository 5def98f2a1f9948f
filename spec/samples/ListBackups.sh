#!/bin/sh
# Needs curl 7.76 or newer, and OpenSSL 1.1 or newer.
# Set CLOUD_SDK_AK, CLOUD_SDK_SK, CLOUD_PROJECT_ID, CLOUD_INSTANCE_ID and CLOUD_REGION.
set -eu
: "${CLOUD_SDK_AK:?}" "${CLOUD_SDK_SK:?}" "${CLOUD_PROJECT_ID:?}" "${CLOUD_INSTANCE_ID:?}"
service=dds
method=GET
path=/v3/$CLOUD_PROJECT_ID/backups
# Signed as it is sent: the names in order, and the values percent-encoded.
query="instance_id=$CLOUD_INSTANCE_ID&limit=100"
body=
. "$(dirname "$0")/sign.sh"

# No --location: the signature is for one host. The last line tells the status.
answer=$(curl --silent --show-error --fail-with-body --max-time 60 --write-out '\n%{http_code}' "$endpoint$path?$query" \
  --header "X-Project-Id: $CLOUD_PROJECT_ID" \
  --header "X-Sdk-Date: $date" \
  --header "Authorization: SDK-HMAC-SHA256 $credential, SignedHeaders=$names, Signature=$signature") || code=$?
printf '%s\n' "$answer"
# A redirect, a login page or half an answer is no success. JSON may have blanks and line breaks.
case ${code:-0}$(printf %s "$answer" | tr -d ' \t\r\n') in 0*'"backups"'*'}200') ;; *) exit "${code:-1}" ;; esac
