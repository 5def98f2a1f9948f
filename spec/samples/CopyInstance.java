// Needs com.huaweicloud.sdk:huaweicloud-sdk-dcs and huaweicloud-sdk-core.
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.dcs.v2.DcsClient;
import com.huaweicloud.sdk.dcs.v2.model.BackupInstanceBody;
import com.huaweicloud.sdk.dcs.v2.model.CopyInstanceRequest;
import com.huaweicloud.sdk.dcs.v2.region.DcsRegion;
import java.util.List;
import java.util.Map;

public class CopyInstance {
    public static void main(String[] args) {
        Map<String, String> env = System.getenv();
        for (String name : List.of("CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_INSTANCE_ID"))
            if (env.getOrDefault(name, "").isEmpty()) throw new IllegalStateException(name + " is not set");
        var credentials = new BasicCredentials()
                .withAk(env.get("CLOUD_SDK_AK"))
                .withSk(env.get("CLOUD_SDK_SK"))
                .withProjectId(env.get("CLOUD_PROJECT_ID"));
        var builder = DcsClient.newBuilder().withCredential(credentials);
        String region = env.getOrDefault("CLOUD_REGION", "cn-north-4");
        // Where the SDK knows no host, or another than the service has.
        Map<String, String> hosts = Map.of(
                "eu-de", "https://dcs.eu-de.otc.t-systems.com",
                "eu-nl", "https://dcs.eu-nl.otc.t-systems.com",
                "eu-west-101", "https://dcs.eu-west-101.myhuaweicloud.eu");
        String endpoint = env.getOrDefault("CLOUD_ENDPOINT", hosts.get(region));
        if (endpoint != null) builder.withEndpoints(List.of(endpoint));
        else builder.withRegion(DcsRegion.valueOf(region));
        DcsClient client = builder.build();

        var body = new BackupInstanceBody()
                .withBackupFormat(BackupInstanceBody.BackupFormatEnum.AOF)
                // A new remark each time: it finds the backup again when the answer is lost.
                .withRemark("before the upgrade " + System.currentTimeMillis());
        var request = new CopyInstanceRequest().withInstanceId(env.get("CLOUD_INSTANCE_ID")).withBody(body);
        try {
            String id = client.copyInstance(request).getBackupId();
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
