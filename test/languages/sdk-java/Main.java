import com.fasterxml.jackson.databind.ObjectMapper;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.dcs.v2.DcsClient;
import com.huaweicloud.sdk.dcs.v2.model.BackupInstanceBody;
import com.huaweicloud.sdk.dcs.v2.model.CopyInstanceRequest;
import com.huaweicloud.sdk.dcs.v2.model.CopyInstanceResponse;
import com.huaweicloud.sdk.dds.v3.DdsClient;
import com.huaweicloud.sdk.dds.v3.model.CreateManualBackupOption;
import com.huaweicloud.sdk.dds.v3.model.CreateManualBackupRequest;
import com.huaweicloud.sdk.dds.v3.model.CreateManualBackupRequestBody;
import com.huaweicloud.sdk.dds.v3.model.CreateManualBackupResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Two backups and three refusals through the vendor's own SDK, signed with an access key; prints what it decoded as one line of JSON. */
public class Main {
    static final String ENDPOINT = System.getenv("STAND_IN_URL");
    static final String SECRET = System.getenv("SECRET_ACCESS_KEY");
    static final String REMARK = "before the upgrade";

    public static void main(String[] arguments) throws Exception {
        var copied = copyInstance(REMARK, SECRET);
        var created = createManualBackup("mybackup1");
        var errors = List.of(
                refused(() -> copyInstance("r".repeat(129), SECRET)),
                refused(() -> createManualBackup("my")),
                refused(() -> copyInstance(REMARK, "not-the-secret")));
        var started = List.of(
                Map.of("backup_id", copied.getBackupId()),
                Map.of("backup_id", created.getBackupId(), "job_id", created.getJobId()));
        System.out.println(new ObjectMapper().writeValueAsString(Map.of("started", started, "errors", errors)));
        System.exit(0);
    }

    static BasicCredentials credentials(String secret) {
        return new BasicCredentials()
                .withAk(System.getenv("ACCESS_KEY_ID")).withSk(secret).withProjectId(System.getenv("PROJECT_ID"));
    }

    static CopyInstanceResponse copyInstance(String remark, String secret) {
        var client = DcsClient.newBuilder().withCredential(credentials(secret)).withEndpoint(ENDPOINT).build();
        var body = new BackupInstanceBody().withRemark(remark).withBackupFormat(BackupInstanceBody.BackupFormatEnum.AOF);
        return client.copyInstance(new CopyInstanceRequest().withInstanceId(System.getenv("DCS_INSTANCE_ID")).withBody(body));
    }

    static CreateManualBackupResponse createManualBackup(String name) {
        var client = DdsClient.newBuilder().withCredential(credentials(SECRET)).withEndpoint(ENDPOINT).build();
        var option = new CreateManualBackupOption()
                .withInstanceId(System.getenv("DDS_INSTANCE_ID")).withName(name).withDescription(REMARK);
        var body = new CreateManualBackupRequestBody().withBackup(option);
        return client.createManualBackup(new CreateManualBackupRequest().withBody(body));
    }

    static Map<String, Object> refused(Supplier<?> call) {
        try {
            throw new IllegalStateException("not refused: " + call.get());
        } catch (ServiceResponseException error) {
            return Map.of("status", error.getHttpStatusCode(), "code", error.getErrorCode(),
                    "message", error.getErrorMsg(), "request_id", error.getRequestId());
        }
    }
}
