// Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"

	"example/backup"
	"example/signing"
)

type facts map[string]any

var (
	ctx         = context.Background()
	project     = os.Getenv("PROJECT_ID")
	instance    = os.Getenv("DCS_INSTANCE_ID")
	ddsInstance = os.Getenv("DDS_INSTANCE_ID")
	remark      = "before the upgrade"
	aof         = backup.BackupInstanceBodyBackupFormat("aof")
	copyBody    = backup.BackupInstanceBody{Remark: &remark, BackupFormat: &aof}
	v1Body      = backup.BackupInstanceV1Body{Remark: &remark}
	create      = backup.CreateManualBackupRequestBody{Backup: backup.CreateManualBackupOption{
		InstanceId: ddsInstance, Name: "mybackup1", Description: &remark,
	}}
)

// A client of the stand-in, or of what it has at that path: a documented answer, say.
func client(at string) *backup.ClientWithResponses {
	edit := func(_ context.Context, request *http.Request) error {
		request.Header.Set("X-Auth-Token", os.Getenv("STAND_IN_TOKEN"))
		return nil
	}
	if id := os.Getenv("ACCESS_KEY_ID"); id != "" {
		edit = signing.Key{AccessKeyID: id, SecretAccessKey: os.Getenv("SECRET_ACCESS_KEY"),
			SecurityToken: os.Getenv("SECURITY_TOKEN"), Dialect: os.Getenv("DIALECT")}.Edit
	}
	return must(backup.NewClientWithResponses(os.Getenv("STAND_IN_URL")+at, backup.WithRequestEditorFn(edit)))
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func flat(status int, code, message, requestId *string) facts {
	found := facts{"status": status, "code": *code, "message": *message}
	if requestId != nil {
		found["request_id"] = *requestId
	}
	return found
}

func nested(status int, code any, message string, title *string) facts {
	found := facts{"status": status, "code": code, "message": message}
	if title != nil {
		found["title"] = *title
	}
	return found
}

func copyInstance(answer string) facts {
	result := must(client("/answer/"+answer).CopyInstanceWithResponse(ctx, project, instance, copyBody))
	for _, failure := range []*backup.DcsFailure{result.JSON400, result.JSON401, result.JSON504} {
		if failure != nil && failure.Error != nil {
			return nested(result.StatusCode(), failure.Error.Code, failure.Error.Message, failure.Error.Title)
		} else if failure != nil {
			return flat(result.StatusCode(), failure.ErrorCode, failure.ErrorMsg, failure.RequestId)
		}
	}
	panic("not refused")
}

func copyInstanceV1(answer string) facts {
	result := must(client("/answer/"+answer).CopyInstanceV1WithResponse(ctx, project, instance, v1Body))
	for _, failure := range []*backup.DcsV1Failure{result.JSON400, result.JSON401, result.JSON504} {
		if failure != nil && failure.Error != nil {
			return nested(result.StatusCode(), failure.Error.Code, failure.Error.Message, failure.Error.Title)
		} else if failure != nil {
			return flat(result.StatusCode(), failure.ErrorCode, failure.ErrorMsg, failure.RequestId)
		}
	}
	panic("not refused")
}

func createManualBackup(answer string) facts {
	result := must(client("/answer/"+answer).CreateManualBackupWithResponse(ctx, project, create))
	return flat(result.StatusCode(), result.JSON400.ErrorCode, result.JSON400.ErrorMsg, result.JSON400.RequestId)
}

func record(records *[]backup.BackupRecord, id string) facts {
	for _, record := range *records {
		if record.BackupId == id {
			return facts{"id": id, "status": record.Status}
		}
	}
	panic("not in the list: " + id)
}

func find(copied, copiedV1, created, jobId string) []facts {
	since, limit, begin, end := "20200101000000", int32(100), "2020-01-01 00:00:00", "2099-12-31 23:59:59"
	records := must(client("").ListBackupRecordsWithResponse(ctx, project, instance,
		&backup.ListBackupRecordsParams{BeginTime: &since, Limit: &limit})).JSON200
	recordsV1 := must(client("").ListBackupRecordsV1WithResponse(ctx, project, instance,
		&backup.ListBackupRecordsV1Params{BeginTime: &since, Limit: &limit})).JSON200
	backups := must(client("").ListBackupsWithResponse(ctx, project,
		&backup.ListBackupsParams{InstanceId: &ddsInstance, BeginTime: &begin, EndTime: &end})).JSON200
	job := must(client("").ShowJobDetailWithResponse(ctx, project, &backup.ShowJobDetailParams{Id: jobId})).JSON200.Job
	found := []facts{record(records.BackupRecordResponse, copied), record(recordsV1.BackupRecordResponse, copiedV1)}
	for _, one := range *backups.Backups {
		if one.Id == created {
			found = append(found, facts{"id": one.Id, "status": one.Status})
		}
	}
	return append(found, facts{"id": job.Id, "status": job.Status})
}

func main() {
	copied := must(client("").CopyInstanceWithResponse(ctx, project, instance, copyBody)).JSON200
	copiedV1 := must(client("").CopyInstanceV1WithResponse(ctx, project, instance, v1Body)).JSON200
	created := must(client("").CreateManualBackupWithResponse(ctx, project, create)).JSON200
	started := []facts{
		{"backup_id": copied.BackupId},
		{"backup_id": copiedV1.BackupId},
		{"backup_id": created.BackupId, "job_id": *created.JobId},
	}
	found := find(copied.BackupId, copiedV1.BackupId, created.BackupId, *created.JobId)
	errors := []facts{}
	for _, answer := range []string{"400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"} {
		errors = append(errors, copyInstance(answer))
	}
	for _, answer := range []string{"400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"} {
		errors = append(errors, copyInstanceV1(answer))
	}
	errors = append(errors, createManualBackup("400/DdsInvalidName"))
	losing := client("/lost")
	losses, _ := strconv.Atoi(os.Getenv("LOSSES"))
	for range losses {
		if result, err := losing.CopyInstanceWithResponse(ctx, project, instance, copyBody); err == nil && result.StatusCode() < 300 {
			panic("not lost")
		}
	}
	fmt.Println(string(must(json.Marshal(facts{"started": started, "found": found, "errors": errors}))))
}
