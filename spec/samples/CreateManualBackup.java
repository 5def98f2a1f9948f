// Needs com.huaweicloud.sdk:huaweicloud-sdk-dds and huaweicloud-sdk-core.
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.dds.v3.DdsClient;
import com.huaweicloud.sdk.dds.v3.model.CreateManualBackupOption;
import com.huaweicloud.sdk.dds.v3.model.CreateManualBackupRequest;
import com.huaweicloud.sdk.dds.v3.model.CreateManualBackupRequestBody;
import com.huaweicloud.sdk.dds.v3.region.DdsRegion;
import java.util.List;
import java.util.Map;

public class CreateManualBackup {
    public static void main(String[] args) {
        Map<String, String> env = System.getenv();
        for (String name : List.of("CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_INSTANCE_ID"))
            if (env.getOrDefault(name, "").isEmpty()) throw new IllegalStateException(name + " is not set");
        var credentials = new BasicCredentials()
                .withAk(env.get("CLOUD_SDK_AK"))
                .withSk(env.get("CLOUD_SDK_SK"))
                .withProjectId(env.get("CLOUD_PROJECT_ID"));
        var builder = DdsClient.newBuilder().withCredential(credentials);
        String region = env.getOrDefault("CLOUD_REGION", "cn-north-4");
        // The regions of Open Telekom Cloud, which the SDK does not know.
        Map<String, String> hosts = Map.of(
                "eu-de", "https://dds.eu-de.otc.t-systems.com",
                "eu-nl", "https://dds.eu-nl.otc.t-systems.com");
        String endpoint = env.getOrDefault("CLOUD_ENDPOINT", hosts.get(region));
        if (endpoint != null) builder.withEndpoints(List.of(endpoint));
        else builder.withRegion(DdsRegion.valueOf(region));
        DdsClient client = builder.build();

        var backup = new CreateManualBackupOption()
                .withInstanceId(env.get("CLOUD_INSTANCE_ID"))
                // A new name each time: it finds the backup again when the answer is lost.
                .withName("before-upgrade-" + System.currentTimeMillis())
                .withDescription("before the upgrade");
        var request = new CreateManualBackupRequest()
                .withBody(new CreateManualBackupRequestBody().withBackup(backup));
        try {
            String id = client.createManualBackup(request).getBackupId();
            if (id == null)
                throw new IllegalStateException("The answer names no backup: look for one before you try again");
            System.out.println("started " + id);
        } catch (ServiceResponseException e) {
            System.err.println(e.getHttpStatusCode() + " " + e.getErrorCode() + ": " + e.getErrorMsg()
                    + " (request id " + e.getRequestId() + ")");
            System.exit(1);
        }
    }
}
