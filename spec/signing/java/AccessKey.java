package huaweicloud.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.*;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to DCS and DDS with an access key (SDK-HMAC-SHA256), from Java 11 on, with the class library alone.
 * OkHttpSigning plugs it into clients on OkHttp, Kotlin's too, HttpClientSigning into those on java.net.http.
 *
 * <p>Two warnings:
 *
 * <p>1. Never let an HTTP client repeat a request that starts a backup, nor follow a redirect with it. The calls take
 * no idempotency key: each repeat is one more backup, and where a cloud keeps the newest 24, that deletes the oldest.
 * OkHttpSigning sees to both; java.net.http does neither unless you ask it to.
 *
 * <p>2. A backup may exist after 5xx, 408 and 499, a broken connection, a timeout, and a success that can't be read.
 * List the backups before you ask again. Any other 4xx without a `backup_id` started nothing.
 */
public final class AccessKey {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern PROJECT = Pattern.compile("/v[\\d.]+/([^/]+)");
    private final String accessKeyId, secretAccessKey, securityToken, dialect;

    public AccessKey(String accessKeyId, String secretAccessKey) {
        this(accessKeyId, secretAccessKey, null, null);
    }

    /**
     * @param securityToken comes with a temporary key; else null
     * @param dialect "access" for Huawei Cloud, "scoped" for Open Telekom Cloud; for null, the host decides
     */
    public AccessKey(String accessKeyId, String secretAccessKey, String securityToken, String dialect) {
        this.accessKeyId = accessKeyId;
        this.secretAccessKey = secretAccessKey;
        this.securityToken = securityToken;
        this.dialect = dialect;
    }

    /** The headers that sign a request. A blank in the URL's query is sent as %20, never as +. */
    public Map<String, String> headers(String method, URI url, byte[] body) {
        var headers = new TreeMap<>(Map.of("X-Sdk-Date", DATE.format(Instant.now())));
        var project = PROJECT.matcher(url.getPath());
        if (project.find()) headers.put("X-Project-Id", project.group(1));
        if (securityToken != null) headers.put("X-Security-Token", securityToken);
        var signed = new TreeMap<>(headers);
        boolean ownPort = url.getPort() < 0 || url.getPort() == (url.getScheme().equals("https") ? 443 : 80);
        signed.put("Host", ownPort ? url.getHost() : url.getHost() + ":" + url.getPort());
        var chosen = dialect != null ? dialect : url.getHost().endsWith(".otc.t-systems.com") ? "scoped" : "access";
        var target = url.getRawPath() + "?" + Objects.requireNonNullElse(url.getRawQuery(), "");
        headers.put("Authorization", authorization(method, target, signed, body, chosen));
        return headers;
    }

    /** The header of that name, for the target in a request line, the headers to sign, and the body. */
    public String authorization(
            String method, String target, Map<String, String> headers, byte[] body, String dialect) {
        var parts = target.split("\\?", 2);
        var path = Arrays.stream(parts[0].split("/")).map(part -> encode(decode(part.replace("+", "%2B"))));
        // Sorted before it is encoded, as the vendor's SDKs do.
        var query = Arrays.stream(parts.length < 2 ? new String[0] : parts[1].split("&"))
                .filter(pair -> !pair.isEmpty()).map(pair -> pair.split("=", 2))
                .map(pair -> List.of(decode(pair[0]), pair.length < 2 ? "" : decode(pair[1])))
                .sorted(Comparator.comparing((List<String> pair) -> pair.get(0)).thenComparing(pair -> pair.get(1)))
                .map(pair -> encode(pair.get(0)) + "=" + encode(pair.get(1)));
        var signed = new TreeMap<String, String>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.trim()));
        var lines = signed.entrySet().stream().map(header -> header.getKey() + ":" + header.getValue() + "\n");
        var names = String.join(";", signed.keySet());
        // The signed path ends in a slash; the sent one does not.
        var canonical = String.join("\n", method, path.collect(joining("/")) + "/", query.collect(joining("&")),
                lines.collect(joining()), names, hash(body));
        var date = signed.get("x-sdk-date");
        var text = "SDK-HMAC-SHA256\n" + date + "\n";
        var credential = "Access=" + accessKeyId;
        var key = bytes(secretAccessKey);
        if (dialect.equals("scoped")) {
            var scope = date.substring(0, 8) + "///sdk_request"; // Region and service stay empty.
            text += scope + "\n";
            credential = "Credential=" + accessKeyId + "/" + scope;
            key = bytes("SDK" + secretAccessKey);
            for (var part : scope.split("/")) key = hmac(key, part);
        }
        var signature = hex(hmac(key, text + hash(bytes(canonical))));
        return "SDK-HMAC-SHA256 " + credential + ", SignedHeaders=" + names + ", Signature=" + signature;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    /** All but A-Z a-z 0-9 - _ . ~ as %XX. */
    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String hex(byte[] bytes) {
        return String.format("%0" + 2 * bytes.length + "x", new BigInteger(1, bytes));
    }

    private static String hash(byte[] bytes) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }
}
