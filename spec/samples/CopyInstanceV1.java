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

public class CopyInstanceV1 {
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
        String date = ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"));
        // A new remark each time: it finds the backup again when the answer is lost.
        String body = "{\"remark\":\"before the upgrade " + date + "\"}";

        // The signed path ends in a slash; the one that is sent does not.
        String names = "host;x-project-id;x-sdk-date";
        String canonicalRequest = String.join("\n", "POST", path + "/", "",
                "host:" + endpoint.getAuthority(), "x-project-id:" + project, "x-sdk-date:" + date, "",
                names, sha256(body));
        String stringToSign = String.join("\n", "SDK-HMAC-SHA256", date, sha256(canonicalRequest));
        String signature = hmac(env.get("CLOUD_SDK_SK"), stringToSign);

        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("X-Project-Id", project)
                .header("X-Sdk-Date", date)
                .header("Authorization", "SDK-HMAC-SHA256 Access=" + env.get("CLOUD_SDK_AK")
                        + ", SignedHeaders=" + names + ", Signature=" + signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        Matcher started = Pattern.compile("\"backup_id\"\\s*:\\s*\"([^\"]+)\"").matcher(response.body());
        if (response.statusCode() == 200 && started.find()) {
            System.out.println("started " + started.group(1));
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
