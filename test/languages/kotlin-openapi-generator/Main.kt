import backup.apis.DCSApi
import backup.apis.DDSApi
import backup.infrastructure.ApiClient
import backup.infrastructure.ClientError
import backup.infrastructure.ClientException
import backup.infrastructure.Serializer
import backup.infrastructure.ServerError
import backup.infrastructure.ServerException
import backup.models.BackupInstanceBody
import backup.models.BackupInstanceV1Body
import backup.models.CreateManualBackupOption
import backup.models.CreateManualBackupRequestBody
import backup.models.DcsFailure
import backup.models.DcsV1Failure
import backup.models.DdsFailure
import com.fasterxml.jackson.module.kotlin.readValue
import huaweicloud.signing.AccessKey
import huaweicloud.signing.OkHttpSigning
import okhttp3.OkHttpClient

val json = Serializer.jacksonObjectMapper
val base: String = System.getenv("STAND_IN_URL")
val project: String = System.getenv("PROJECT_ID")
val instance: String = System.getenv("DCS_INSTANCE_ID")

val ddsInstance: String = System.getenv("DDS_INSTANCE_ID")
val client: OkHttpClient = System.getenv("ACCESS_KEY_ID")?.let { id ->
    val key = AccessKey(id, System.getenv("SECRET_ACCESS_KEY"), System.getenv("SECURITY_TOKEN"), System.getenv("DIALECT"))
    OkHttpClient.Builder().addInterceptor(OkHttpSigning(key)).build()
} ?: OkHttpClient()

/** Clients of the stand-in, or of what it has at that path: a documented answer, say. */
fun dcs(at: String = "") = DCSApi(base + at, client)

fun dds(at: String = "") = DDSApi(base + at, client)

/** Status and body of a refusal. */
fun refused(call: () -> Any): Pair<Int, String> = try {
    error("not refused: ${call()}")
} catch (exception: ClientException) {
    exception.statusCode to (exception.response as ClientError<*>).body as String
} catch (exception: ServerException) {
    exception.statusCode to (exception.response as ServerError<*>).body as String
}

fun facts(status: Int, code: Any?, message: String?, requestId: String? = null, title: String? = null) =
    mapOf("status" to status, "code" to code, "message" to message, "request_id" to requestId, "title" to title)
        .filterValues { it != null }

fun copyInstance(answer: String): Map<String, Any?> {
    val (status, body) = refused { dcs("/answer/$answer").copyInstance(project, instance, BackupInstanceBody()) }
    val failure = json.readValue<DcsFailure>(body)
    return failure.error?.let { facts(status, it.code, it.message, title = it.title) }
        ?: facts(status, failure.errorCode, failure.errorMsg, failure.requestId)
}

@Suppress("DEPRECATION")
fun copyInstanceV1(answer: String): Map<String, Any?> {
    val (status, body) = refused { dcs("/answer/$answer").copyInstanceV1(project, instance, BackupInstanceV1Body()) }
    val failure = json.readValue<DcsV1Failure>(body)
    return failure.error?.let { facts(status, it.code, it.message, title = it.title) }
        ?: facts(status, failure.errorCode, failure.errorMsg, failure.requestId)
}

fun createManualBackup(answer: String, request: CreateManualBackupRequestBody): Map<String, Any?> {
    val (status, body) = refused { dds("/answer/$answer").createManualBackup(project, request) }
    val failure = json.readValue<DdsFailure>(body)
    return facts(status, failure.errorCode, failure.errorMsg, failure.requestId)
}

/** Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON. */
@Suppress("DEPRECATION")
fun main() {
    System.getenv("STAND_IN_TOKEN")?.let { ApiClient.apiKey["X-Auth-Token"] = it }
    val remark = "before the upgrade"
    val request = CreateManualBackupRequestBody(
        CreateManualBackupOption(instanceId = ddsInstance, name = "mybackup1", description = remark),
    )
    val copied = dcs().copyInstance(project, instance, BackupInstanceBody(remark, BackupInstanceBody.BackupFormat.AOF))
    val copiedV1 = dcs().copyInstanceV1(project, instance, BackupInstanceV1Body(remark))
    val created = dds().createManualBackup(project, request)

    val since = "20200101000000"
    val records = dcs().listBackupRecords(project, instance, beginTime = since, limit = 100).backupRecordResponse
    val recordsV1 = dcs().listBackupRecordsV1(project, instance, beginTime = since, limit = 100).backupRecordResponse
    val (begin, end) = "2020-01-01 00:00:00" to "2099-12-31 23:59:59"
    val backups = dds().listBackups(project, instanceId = ddsInstance, beginTime = begin, endTime = end).backups
    val job = dds().showJobDetail(project, created.jobId!!).job!!
    val found = listOf(
        records!!.first { it.backupId == copied.backupId }.let { mapOf("id" to it.backupId, "status" to it.status) },
        recordsV1!!.first { it.backupId == copiedV1.backupId }.let { mapOf("id" to it.backupId, "status" to it.status) },
        backups!!.first { it.id == created.backupId }.let { mapOf("id" to it.id, "status" to it.status) },
        mapOf("id" to job.id, "status" to job.status),
    )

    val errors = listOf("400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized").map(::copyInstance) +
        listOf("400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized").map(::copyInstanceV1) +
        createManualBackup("400/DdsInvalidName", request)
    val started = listOf(
        mapOf("backup_id" to copied.backupId),
        mapOf("backup_id" to copiedV1.backupId),
        mapOf("backup_id" to created.backupId, "job_id" to created.jobId),
    )
    val losing = dcs("/lost")
    repeat((System.getenv("LOSSES") ?: "0").toInt()) {
        check(runCatching { losing.copyInstance(project, instance, BackupInstanceBody()) }.isFailure) { "not lost" }
    }
    println(json.writeValueAsString(mapOf("started" to started, "found" to found, "errors" to errors)))
    System.exit(0)
}
