import com.google.gson.Gson;
import huaweicloud.signing.AccessKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Signs the vectors, and prints the headers that it made as one line of JSON. */
public class Main {
    static class Vector {
        String accessKeyId, secretAccessKey, dialect, method, target, body;
        Map<String, String> headers;
    }

    static class Given {
        List<Vector> vectors;
        List<String> urls;
    }

    public static void main(String[] arguments) throws Exception {
        var given = new Gson().fromJson(Files.readString(Path.of("vectors.json")), Given.class);
        var authorizations = given.vectors.stream().map(of -> new AccessKey(of.accessKeyId, of.secretAccessKey).authorization(
                of.method, of.target, of.headers, of.body.getBytes(StandardCharsets.UTF_8), of.dialect));
        var dialects = given.urls.stream()
                .map(url -> new AccessKey("AK", "SK").headers("POST", URI.create(url), new byte[0]).get("Authorization"))
                .map(header -> header.split(" ")[1].split("=")[0]);
        System.out.println(new Gson().toJson(Map.of(
                "authorizations", authorizations.collect(Collectors.toList()),
                "dialects", dialects.collect(Collectors.toList()))));
    }
}
