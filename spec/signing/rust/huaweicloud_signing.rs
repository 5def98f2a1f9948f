//! Signs requests to DCS and DDS with an access key (SDK-HMAC-SHA256). Beside reqwest and reqwest-middleware it needs
//! the crates hmac-sha256, async-trait and http.
//!
//! ```ignore
//! let client = reqwest::Client::builder().redirect(Policy::none()).retry(reqwest::retry::never()).build()?;
//! let key = AccessKey { id, secret, ..AccessKey::default() };
//! configuration.client = reqwest_middleware::ClientBuilder::new(client).with(key).build(); // openapi-generator
//! ```
//!
//! Two warnings:
//!
//! 1. Never let an HTTP client repeat a request that starts a backup, nor follow a redirect with it. The calls take no
//!    idempotency key: each repeat is one more backup, and where a cloud keeps the newest 24, that deletes the oldest.
//!    reqwest may do both unless it is told not to, as above.
//! 2. A backup may exist after 5xx, 408 and 499, a broken connection, a timeout, and a success that can't be read.
//!    List the backups before you ask again. Any other 4xx without a `backup_id` started nothing.

use hmac_sha256::{Hash, HMAC};
use reqwest::header::{HeaderValue, InvalidHeaderValue};
use reqwest::{Request, Response};
use reqwest_middleware::{Error, Middleware, Next, Result};
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(Clone, Default)]
pub struct AccessKey {
    pub id: String,
    pub secret: String,
    /// Comes with a temporary key.
    pub security_token: Option<String>,
    /// `access` for Huawei Cloud, `scoped` for Open Telekom Cloud. Unless it is given, the host decides.
    pub dialect: Option<String>,
}

#[async_trait::async_trait]
impl Middleware for AccessKey {
    async fn handle(&self, mut request: Request, state: &mut http::Extensions, next: Next<'_>) -> Result<Response> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(Error::middleware)?;
        self.sign(&mut request, now.as_secs()).map_err(Error::middleware)?;
        next.run(request, state).await
    }
}

impl AccessKey {
    /// Signs a request whose body is a text or bytes, if it has one. `seconds` are those since 1970.
    pub fn sign(&self, request: &mut Request, seconds: u64) -> std::result::Result<(), InvalidHeaderValue> {
        let query = request.url().query().map(|query| query.replace('+', "%20"));
        request.url_mut().set_query(query.as_deref());
        let url = request.url().clone();
        let mut headers = vec![("x-sdk-date", sdk_date(seconds))];
        let is_digit = |first: char| first.is_ascii_digit();
        let is_version = |part: &&str| part.strip_prefix('v').is_some_and(|number| number.starts_with(is_digit));
        if let Some(project) = url.path().split('/').skip_while(|part| !is_version(part)).nth(1) {
            headers.push(("x-project-id", project.to_string()));
        }
        headers.extend(self.security_token.iter().map(|token| ("x-security-token", token.clone())));
        for (name, value) in &headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value)?);
        }
        let host = url.host_str().unwrap_or_default();
        headers.push(("host", url.port().map_or(host.to_string(), |port| format!("{host}:{port}"))));
        let by_host = if host.ends_with(".otc.t-systems.com") { "scoped" } else { "access" };
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
        let dialect = self.dialect.as_deref().unwrap_or(by_host);
        let value = self.authorization(request.method().as_str(), &target, &headers, body, dialect);
        request.headers_mut().remove("x-auth-token");
        request.headers_mut().insert("authorization", HeaderValue::from_str(&value)?);
        Ok(())
    }

    /// The header of that name, for the target in a request line, the headers to sign, and the body.
    pub fn authorization(
        &self, method: &str, target: &str, headers: &[(&str, String)], body: &[u8], dialect: &str,
    ) -> String {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path: Vec<_> = path.trim_end_matches('/').split('/').map(|part| encode(&decode(part))).collect();
        let mut pairs: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(&name.replace('+', "%20")), decode(&value.replace('+', "%20")))
        }).collect();
        pairs.sort(); // Before they are encoded, as the vendor's SDKs do.
        let query: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let mut signed: Vec<_> = headers.iter().map(|(name, value)| (name.to_lowercase(), value.trim())).collect();
        signed.sort();
        let names = signed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
        let lines: String = signed.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        // The signed path ends in a slash; the sent one does not.
        let (path, query, hashed) = (path.join("/"), query.join("&"), hex(&Hash::hash(body)));
        let canonical = format!("{method}\n{path}/\n{query}\n{lines}\n{names}\n{hashed}");
        let date = signed.iter().find(|(name, _)| name == "x-sdk-date").map_or("", |(_, value)| value);
        let (mut key, mut scope) = (self.secret.clone().into_bytes(), String::new());
        let mut credential = format!("Access={}", self.id);
        if dialect == "scoped" {
            scope = format!("{}///sdk_request", date.get(..8).unwrap_or_default()); // Region and service stay empty.
            credential = format!("Credential={}/{scope}", self.id);
            key = format!("SDK{}", self.secret).into_bytes();
            for part in scope.split('/') {
                key = HMAC::mac(part, &key).to_vec();
            }
            scope.push('\n');
        }
        let text = format!("SDK-HMAC-SHA256\n{date}\n{scope}{}", hex(&Hash::hash(canonical.as_bytes())));
        format!("SDK-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={}", hex(&HMAC::mac(text, &key)))
    }
}

/// `YYYYMMDDTHHMMSSZ` in UTC.
pub fn sdk_date(seconds: u64) -> String {
    let (mut days, time, mut year, mut month) = (seconds / 86_400, seconds % 86_400, 1970, 0);
    let leap = |year: u64| u64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    while days >= 365 + leap(year) {
        days -= 365 + leap(year);
        year += 1;
    }
    let lengths = [31, 28 + leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    format!("{year}{:02}{:02}T{:02}{:02}{:02}Z", month + 1, days + 1, time / 3600, time / 60 % 60, time % 60)
}

fn decode(text: &str) -> Vec<u8> {
    let (mut decoded, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, tail @ ..] = rest {
        let two = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let hex = two.and_then(|two| u8::from_str_radix(two, 16).ok());
        let escaped = hex.filter(|_| *first == b'%');
        decoded.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    decoded
}

/// All but A-Z a-z 0-9 - _ . ~ as %XX.
fn encode(bytes: &[u8]) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let one = |&byte: &u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    bytes.iter().map(one).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
