"""Signs requests to DCS and DDS with an access key (SDK-HMAC-SHA256). It needs nothing but Python's standard library.

    key = AccessKey("AK", "SK")  # security_token=… for a temporary key
    backup.Client(url, httpx_args={"auth": key.httpx})  # openapi-python-client, or httpx.Client(auth=key.httpx)
    key.urllib3(api_client.rest_client.pool_manager)  # openapi-generator, or any PoolManager of urllib3

Two warnings:

1. Never let an HTTP client repeat a request that starts a backup, nor follow a redirect with it. The calls take no
   idempotency key: each repeat is one more backup, and where a cloud keeps the newest 24, that deletes the oldest.
   `urllib3` below sees to both; httpx does neither unless you ask it to.
2. A backup may exist after 5xx, 408 and 499, a broken connection, a timeout, and a success that can't be read.
   List the backups before you ask again. Any other 4xx without a `backup_id` started nothing.
"""

import hashlib
import hmac
import re
from datetime import datetime, timezone
from urllib.parse import parse_qsl, quote, unquote, urlsplit


class AccessKey:
    def __init__(self, access_key_id, secret_access_key, security_token=None, dialect=None):
        """dialect: "access" for Huawei Cloud, "scoped" for Open Telekom Cloud. Unless it is given, the host decides."""
        self.access_key_id, self.secret_access_key = access_key_id, secret_access_key
        self.security_token, self.dialect = security_token, dialect

    def httpx(self, request):
        """For the `auth` of httpx: signs its request, and writes a blank in the query as the signature does."""
        if request.url.query:
            request.url = request.url.copy_with(query=request.url.query.replace(b"+", b"%20"))
        request.headers.pop("X-Auth-Token", None)
        request.headers.update(self.headers(request.method, str(request.url), request.content))
        return request

    def urllib3(self, pool):
        """Makes a PoolManager of urllib3 sign all that it sends, and send each request once."""
        send = pool.urlopen

        def urlopen(method, url, redirect=False, body=None, headers=None, **options):
            path, mark, query = url.partition("?")
            url = path + mark + query.replace("+", "%20")
            body = body.encode() if isinstance(body, str) else body
            kept = {name: value for name, value in (headers or {}).items() if name.lower() != "x-auth-token"}
            headers = {**kept, **self.headers(method, url, body or b"")}
            return send(method, url, redirect=False, body=body, headers=headers, **{**options, "retries": False})

        pool.urlopen = urlopen

    def headers(self, method, url, body=b"", now=None):
        """The headers that sign a request with this URL and these bytes, for any other HTTP client."""
        parts = urlsplit(url)
        host = re.sub(":443$" if parts.scheme == "https" else ":80$", "", parts.netloc.lower())
        added = {"X-Sdk-Date": (now or datetime.now(timezone.utc)).strftime("%Y%m%dT%H%M%SZ")}
        project = re.search(r"/v[\d.]+/([^/]+)", parts.path)
        if project:
            added["X-Project-Id"] = unquote(project[1])
        if self.security_token:
            added["X-Security-Token"] = self.security_token
        dialect = self.dialect or ("scoped" if parts.hostname.endswith(".otc.t-systems.com") else "access")
        target = f"{parts.path or '/'}?{parts.query}"
        return {**added, "Authorization": self.authorization(method, target, {**added, "Host": host}, body, dialect)}

    def authorization(self, method, target, headers, body, dialect):
        """The header of that name for a request line's target, the headers to sign and the bytes of the body."""
        path, _, query = target.partition("?")
        path = "/".join(_encode(unquote(segment)) for segment in path.split("/"))
        # Sorted before it is encoded, as the vendor's SDKs do.
        pairs = sorted(parse_qsl(query, keep_blank_values=True))
        signed = sorted((name.lower(), value.strip()) for name, value in headers.items())
        names = ";".join(name for name, _ in signed)
        canonical = [
            method.upper(),
            path if path.endswith("/") else path + "/",  # The signed path ends in a slash; the sent one does not.
            "&".join(f"{_encode(name)}={_encode(value)}" for name, value in pairs),
            *(f"{name}:{value}" for name, value in signed),
            "",
            names,
            hashlib.sha256(body).hexdigest(),
        ]
        date = dict(signed)["x-sdk-date"]
        hashed = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
        key, scope, credential = self.secret_access_key.encode(), [], f"Access={self.access_key_id}"
        if dialect == "scoped":
            scope = [f"{date[:8]}///sdk_request"]  # Region and service stay empty.
            credential = f"Credential={self.access_key_id}/{scope[0]}"
            key = b"SDK" + key
            for part in scope[0].split("/"):
                key = hmac.digest(key, part.encode(), "sha256")
        text = "\n".join(["SDK-HMAC-SHA256", date, *scope, hashed])
        signature = hmac.digest(key, text.encode(), "sha256").hex()
        return f"SDK-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}"


def _encode(text):
    return quote(text, safe="")
