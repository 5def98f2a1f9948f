import backup.ApiClient;
import backup.ApiException;
import backup.api.DcsApi;
import backup.api.DdsApi;
import backup.auth.ApiKeyAuth;
import backup.model.*;
import com.google.gson.Gson;
import huaweicloud.signing.AccessKey;
import huaweicloud.signing.OkHttpSigning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON. */
public class Main {
    static final String BASE = System.getenv("STAND_IN_URL");
    static final String PROJECT = System.getenv("PROJECT_ID");
    static final String INSTANCE = System.getenv("DCS_INSTANCE_ID");
    static final String DDS_INSTANCE = System.getenv("DDS_INSTANCE_ID");

    interface Call {
        Object make() throws ApiException;
    }

    interface Decode {
        Map<String, Object> from(String body) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        var copy = new BackupInstanceBody().remark("before the upgrade").backupFormat(BackupInstanceBody.BackupFormatEnum.AOF);
        var copyV1 = new BackupInstanceV1Body().remark("before the upgrade");
        var option = new CreateManualBackupOption().instanceId(DDS_INSTANCE).name("mybackup1").description("before the upgrade");
        var create = new CreateManualBackupRequestBody().backup(option);

        var copied = new DcsApi(client("")).copyInstance(PROJECT, INSTANCE, copy);
        var copiedV1 = new DcsApi(client("")).copyInstanceV1(PROJECT, INSTANCE, copyV1);
        var created = new DdsApi(client("")).createManualBackup(PROJECT, create);

        var records = new DcsApi(client("")).listBackupRecords(PROJECT, INSTANCE, "20200101000000", null, null, 100);
        var recordsV1 = new DcsApi(client("")).listBackupRecordsV1(PROJECT, INSTANCE, null, 100, "20200101000000", null);
        var backups = new DdsApi(client("")).listBackups(PROJECT, DDS_INSTANCE, null, null, null, null,
                "2020-01-01 00:00:00", "2099-12-31 23:59:59", null, null, null, null, null, null, null);
        var job = new DdsApi(client("")).showJobDetail(PROJECT, created.getJobId()).getJob();
        var found = List.of(
                find(records.getBackupRecordResponse(), copied.getBackupId()),
                find(recordsV1.getBackupRecordResponse(), copiedV1.getBackupId()),
                backups.getBackups().stream().filter(one -> one.getId().equals(created.getBackupId()))
                        .map(one -> Map.of("id", one.getId(), "status", one.getStatus())).findFirst().orElseThrow(),
                Map.of("id", job.getId(), "status", job.getStatus()));

        Decode dcs = body -> {
            var failure = DcsFailure.fromJson(body);
            return facts(failure.getErrorCode(), failure.getErrorMsg(), failure.getRequestId(), failure.getError());
        };
        Decode dds = body -> {
            var failure = DdsFailure.fromJson(body);
            return facts(failure.getErrorCode(), failure.getErrorMsg(), failure.getRequestId(), failure.getError());
        };
        Decode dcsV1 = body -> {
            var failure = DcsV1Failure.fromJson(body);
            var error = failure.getError();
            return error == null
                    ? facts(failure.getErrorCode(), failure.getErrorMsg(), failure.getRequestId(), null)
                    : facts(error.getCode(), error.getMessage(), error.getTitle());
        };
        var errors = new ArrayList<>();
        for (var answer : new String[] {"400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"}) {
            errors.add(refused(() -> new DcsApi(client("/answer/" + answer)).copyInstance(PROJECT, INSTANCE, copy), dcs));
        }
        for (var answer : new String[] {"400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"}) {
            errors.add(refused(() -> new DcsApi(client("/answer/" + answer)).copyInstanceV1(PROJECT, INSTANCE, copyV1), dcsV1));
        }
        errors.add(refused(() -> new DdsApi(client("/answer/400/DdsInvalidName")).createManualBackup(PROJECT, create), dds));

        var losing = new DcsApi(client("/lost"));
        for (int losses = Integer.parseInt(System.getenv().getOrDefault("LOSSES", "0")); losses > 0; losses--) {
            lose(() -> losing.copyInstance(PROJECT, INSTANCE, copy));
        }
        System.out.println(new Gson().toJson(Map.of(
                "started", List.of(
                        Map.of("backup_id", copied.getBackupId()),
                        Map.of("backup_id", copiedV1.getBackupId()),
                        Map.of("backup_id", created.getBackupId(), "job_id", created.getJobId())),
                "found", found,
                "errors", errors)));
        System.exit(0);
    }

    /** A client of the stand-in, or of what it has at that path: a documented answer, say. */
    static ApiClient client(String at) {
        var client = new ApiClient().setBasePath(BASE + at);
        var id = System.getenv("ACCESS_KEY_ID");
        if (id == null) {
            ((ApiKeyAuth) client.getAuthentication("XAuthToken")).setApiKey(System.getenv("STAND_IN_TOKEN"));
            return client;
        }
        var key = new AccessKey(
                id, System.getenv("SECRET_ACCESS_KEY"), System.getenv("SECURITY_TOKEN"), System.getenv("DIALECT"));
        return client.setHttpClient(client.getHttpClient().newBuilder().addInterceptor(new OkHttpSigning(key)).build());
    }

    static Map<String, String> find(List<BackupRecord> records, String id) {
        return records.stream().filter(record -> record.getBackupId().equals(id))
                .map(record -> Map.of("id", id, "status", record.getStatus())).findFirst().orElseThrow();
    }

    static void lose(Call call) {
        try {
            throw new IllegalStateException("not lost: " + call.make());
        } catch (ApiException expected) {
        }
    }

    static Map<String, Object> refused(Call call, Decode decode) throws Exception {
        try {
            throw new IllegalStateException("not refused: " + call.make());
        } catch (ApiException exception) {
            var facts = decode.from(exception.getResponseBody());
            facts.put("status", exception.getCode());
            return facts;
        }
    }

    static Map<String, Object> facts(String code, String message, String requestId, IamErrorDetail error) {
        if (error != null) return facts(error.getCode(), error.getMessage(), error.getTitle());
        var facts = new LinkedHashMap<String, Object>();
        facts.put("code", code);
        facts.put("message", message);
        if (requestId != null) facts.put("request_id", requestId);
        return facts;
    }

    static Map<String, Object> facts(Object code, String message, String title) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("code", code);
        facts.put("message", message);
        if (title != null) facts.put("title", title);
        return facts;
    }
}
