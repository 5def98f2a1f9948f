// Makes the three calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"example/backup"
)

type facts map[string]any

var (
	ctx      = context.Background()
	project  = os.Getenv("PROJECT_ID")
	instance = os.Getenv("DCS_INSTANCE_ID")
	remark   = "before the upgrade"
	aof      = backup.BackupInstanceBodyBackupFormat("aof")
	copyBody = backup.BackupInstanceBody{Remark: &remark, BackupFormat: &aof}
	v1Body   = backup.BackupInstanceV1Body{Remark: &remark}
	create   = backup.CreateManualBackupRequestBody{Backup: backup.CreateManualBackupOption{
		InstanceId: os.Getenv("DDS_INSTANCE_ID"), Name: "mybackup1", Description: &remark,
	}}
)

// A client of the stand-in, or of its documented answer `status/example`.
func client(answer string) *backup.ClientWithResponses {
	base := os.Getenv("STAND_IN_URL")
	if answer != "" {
		base += "/answer/" + answer
	}
	token := func(_ context.Context, request *http.Request) error {
		request.Header.Set("X-Auth-Token", os.Getenv("STAND_IN_TOKEN"))
		return nil
	}
	return must(backup.NewClientWithResponses(base, backup.WithRequestEditorFn(token)))
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
	result := must(client(answer).CopyInstanceWithResponse(ctx, project, instance, copyBody))
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
	result := must(client(answer).CopyInstanceV1WithResponse(ctx, project, instance, v1Body))
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
	result := must(client(answer).CreateManualBackupWithResponse(ctx, project, create))
	return flat(result.StatusCode(), result.JSON400.ErrorCode, result.JSON400.ErrorMsg, result.JSON400.RequestId)
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
	errors := []facts{}
	for _, answer := range []string{"400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"} {
		errors = append(errors, copyInstance(answer))
	}
	for _, answer := range []string{"400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"} {
		errors = append(errors, copyInstanceV1(answer))
	}
	errors = append(errors, createManualBackup("400/DdsInvalidName"))
	fmt.Println(string(must(json.Marshal(facts{"started": started, "errors": errors}))))
}
