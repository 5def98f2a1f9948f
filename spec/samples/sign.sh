# The host of the region.
region=${CLOUD_REGION:-cn-north-4}
case $region in
eu-de | eu-nl) domain=otc.t-systems.com ;; # Open Telekom Cloud
eu-west-101) domain=myhuaweicloud.eu ;;
*) domain=myhuaweicloud.com ;;
esac
endpoint=${CLOUD_ENDPOINT:-https://$service.$region.$domain}
endpoint=${endpoint%/}

# The signature. The signed path ends in a slash; the one that is sent does not.
sha256() { openssl dgst -sha256 -r | cut -d' ' -f1; }
# While openssl runs, other users of this machine can see its key in the list of processes.
hmac() { openssl dgst -sha256 -mac HMAC -macopt "$1" -r | cut -d' ' -f1; }
# Five wrong signatures lock the access key, so openssl must give two known answers before anything is sent.
known=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
known=$known,b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad
if [ "$(printf '' | sha256),$(printf '' | hmac hexkey:00)" != $known ]; then
  echo "Nothing was sent: this needs an openssl that knows 'dgst -r' and 'dgst -mac HMAC -macopt'." >&2
  exit 1
fi
host=${endpoint#*://}
date=$(date -u +%Y%m%dT%H%M%SZ)
names="host;x-project-id;x-sdk-date"
canonical_request="$method
$path/
$query
host:$host
x-project-id:$CLOUD_PROJECT_ID
x-sdk-date:$date

$names
$(printf %s "$body" | sha256)"
case $host in
*.otc.t-systems.com) # the scoped dialect
  scope=${date%T*}///sdk_request
  credential=Credential=$CLOUD_SDK_AK/$scope
  key=key:SDK$CLOUD_SDK_SK
  for part in "${date%T*}" "" "" sdk_request; do key=hexkey:$(printf %s "$part" | hmac "$key"); done ;;
*) # the access dialect
  scope=
  credential=Access=$CLOUD_SDK_AK
  key=key:$CLOUD_SDK_SK ;;
esac
signature=$(printf %s "SDK-HMAC-SHA256
$date
${scope:+$scope
}$(printf %s "$canonical_request" | sha256)" | hmac "$key")
: "${signature:?Nothing was sent: openssl made no signature.}"
