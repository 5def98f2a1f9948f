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

val json = Serializer.jacksonObjectMapper
val base: String = System.getenv("STAND_IN_URL")
val project: String = System.getenv("PROJECT_ID")
val instance: String = System.getenv("DCS_INSTANCE_ID")

/** The stand-in itself, or its documented answer `status/example`. */
fun at(answer: String) = if (answer == "") base else "$base/answer/$answer"

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
    val (status, body) = refused { DCSApi(at(answer)).copyInstance(project, instance, BackupInstanceBody()) }
    val failure = json.readValue<DcsFailure>(body)
    return failure.error?.let { facts(status, it.code, it.message, title = it.title) }
        ?: facts(status, failure.errorCode, failure.errorMsg, failure.requestId)
}

@Suppress("DEPRECATION")
fun copyInstanceV1(answer: String): Map<String, Any?> {
    val (status, body) = refused { DCSApi(at(answer)).copyInstanceV1(project, instance, BackupInstanceV1Body()) }
    val failure = json.readValue<DcsV1Failure>(body)
    return failure.error?.let { facts(status, it.code, it.message, title = it.title) }
        ?: facts(status, failure.errorCode, failure.errorMsg, failure.requestId)
}

fun createManualBackup(answer: String, request: CreateManualBackupRequestBody): Map<String, Any?> {
    val (status, body) = refused { DDSApi(at(answer)).createManualBackup(project, request) }
    val failure = json.readValue<DdsFailure>(body)
    return facts(status, failure.errorCode, failure.errorMsg, failure.requestId)
}

/** Makes the three calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON. */
@Suppress("DEPRECATION")
fun main() {
    ApiClient.apiKey["X-Auth-Token"] = System.getenv("STAND_IN_TOKEN")
    val remark = "before the upgrade"
    val request = CreateManualBackupRequestBody(
        CreateManualBackupOption(instanceId = System.getenv("DDS_INSTANCE_ID"), name = "mybackup1", description = remark),
    )
    val copied = DCSApi(base).copyInstance(project, instance, BackupInstanceBody(remark, BackupInstanceBody.BackupFormat.aof))
    val copiedV1 = DCSApi(base).copyInstanceV1(project, instance, BackupInstanceV1Body(remark))
    val created = DDSApi(base).createManualBackup(project, request)

    val errors = listOf("400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized").map(::copyInstance) +
        listOf("400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized").map(::copyInstanceV1) +
        createManualBackup("400/DdsInvalidName", request)
    val started = listOf(
        mapOf("backup_id" to copied.backupId),
        mapOf("backup_id" to copiedV1.backupId),
        mapOf("backup_id" to created.backupId, "job_id" to created.jobId),
    )
    println(json.writeValueAsString(mapOf("started" to started, "errors" to errors)))
    System.exit(0)
}
