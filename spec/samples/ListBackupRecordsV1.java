// The vendor's SDK has no call for v1.0, so this signs by itself. It needs nothing but Java 17.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class ListBackupRecordsV1 {
    public static void main(String[] args) throws Exception {
        Map<String, String> env = System.getenv();
        for (String name : List.of("CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_INSTANCE_ID"))
            if (env.getOrDefault(name, "").isEmpty()) throw new IllegalStateException(name + " is not set");
        String project = env.get("CLOUD_PROJECT_ID");
        String region = env.getOrDefault("CLOUD_REGION", "cn-north-4");
        String domain = switch (region) {
            case "eu-de", "eu-nl" -> "otc.t-systems.com"; // Open Telekom Cloud
            case "eu-west-101" -> "myhuaweicloud.eu";
            default -> "myhuaweicloud.com";
        };
        URI endpoint = URI.create(env.getOrDefault("CLOUD_ENDPOINT", "https://dcs." + region + "." + domain));
        String path = "/v1.0/" + project + "/instances/" + env.get("CLOUD_INSTANCE_ID") + "/backups";
        // Signed as it is sent: the names in order, and the values percent-encoded.
        String query = "limit=100&start=1";
        String date = ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"));

        // The signed path ends in a slash; the one that is sent does not.
        String names = "host;x-project-id;x-sdk-date";
        String canonicalRequest = String.join("\n", "GET", path + "/", query,
                "host:" + endpoint.getAuthority(), "x-project-id:" + project, "x-sdk-date:" + date, "",
                names, sha256(""));
        String stringToSign = String.join("\n", "SDK-HMAC-SHA256", date, sha256(canonicalRequest));
        String signature = hmac(env.get("CLOUD_SDK_SK"), stringToSign);

        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path + "?" + query))
                .timeout(Duration.ofSeconds(60))
                .header("X-Project-Id", project)
                .header("X-Sdk-Date", date)
                .header("Authorization", "SDK-HMAC-SHA256 Access=" + env.get("CLOUD_SDK_AK")
                        + ", SignedHeaders=" + names + ", Signature=" + signature)
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        // A record is an object without others in it. 204 says that there are no backups.
        Matcher record = Pattern.compile("\"(backup_id|status)\"\\s*:\\s*\"([^\"]+)\"").matcher(response.body());
        boolean isWhole = response.body().contains("\"backup_record_response\"") && response.body().strip().endsWith("}");
        boolean isList = response.statusCode() == 200 && isWhole;
        if (isList || response.statusCode() == 204) {
            while (record.find()) System.out.println(record.group(1) + " " + record.group(2));
        } else {
            System.err.println(response.statusCode() + " " + response.body());
            System.exit(1);
        }
    }

    static String sha256(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }

    static String hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
