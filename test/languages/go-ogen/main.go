// Makes the three calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"example/backup"
)

type facts map[string]any

// Gives the token that each request carries.
type token struct{}

func (token) XAuthToken(context.Context, backup.OperationName) (backup.XAuthToken, error) {
	return backup.XAuthToken{APIKey: os.Getenv("STAND_IN_TOKEN")}, nil
}

var (
	ctx      = context.Background()
	project  = os.Getenv("PROJECT_ID")
	instance = os.Getenv("DCS_INSTANCE_ID")
	remark   = backup.NewOptString("before the upgrade")
	copyBody = &backup.BackupInstanceBody{
		Remark:       remark,
		BackupFormat: backup.NewOptBackupInstanceBodyBackupFormat(backup.BackupInstanceBodyBackupFormatAof),
	}
	v1Body = &backup.BackupInstanceV1Body{Remark: remark}
	create = &backup.CreateManualBackupRequestBody{Backup: backup.CreateManualBackupOption{
		InstanceID: os.Getenv("DDS_INSTANCE_ID"), Name: "mybackup1", Description: remark,
	}}
	copyParams = backup.CopyInstanceParams{ProjectID: project, InstanceID: instance}
	v1Params   = backup.CopyInstanceV1Params{ProjectID: project, InstanceID: instance}
	params     = backup.CreateManualBackupParams{ProjectID: project}
)

// A client of the stand-in, or of its documented answer `status/example`.
func client(answer string) *backup.Client {
	base := os.Getenv("STAND_IN_URL")
	if answer != "" {
		base += "/answer/" + answer
	}
	return must(backup.NewClient(base, token{}))
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func flat(status int, code, message, requestID backup.OptString) facts {
	found := facts{"status": status, "code": code.Value, "message": message.Value}
	if requestID.Set {
		found["request_id"] = requestID.Value
	}
	return found
}

func nested(status int, code any, message string, title backup.OptString) facts {
	found := facts{"status": status, "code": code, "message": message}
	if title.Set {
		found["title"] = title.Value
	}
	return found
}

func dcs(status int, failure backup.DcsFailure) facts {
	if error, ok := failure.Error.Get(); ok {
		return nested(status, error.Code, error.Message, error.Title)
	}
	return flat(status, failure.ErrorCode, failure.ErrorMsg, failure.RequestID)
}

func dcsV1(status int, failure backup.DcsV1Failure) facts {
	if error, ok := failure.Error.Get(); ok {
		return nested(status, json.RawMessage(error.Code), error.Message, error.Title)
	}
	return flat(status, failure.ErrorCode, failure.ErrorMsg, failure.RequestID)
}

// Each status has a type of its own.
func copyInstance(answer string) facts {
	switch result := must(client(answer).CopyInstance(ctx, copyBody, copyParams)).(type) {
	case *backup.CopyInstanceResponseHeaders:
		return facts{"backup_id": result.Response.BackupID}
	case *backup.CopyInstanceBadRequest:
		return dcs(400, result.Response)
	case *backup.CopyInstanceUnauthorized:
		return dcs(401, result.Response)
	case *backup.CopyInstanceGatewayTimeout:
		return dcs(504, result.Response)
	default:
		panic(fmt.Sprintf("%T", result))
	}
}

func copyInstanceV1(answer string) facts {
	switch result := must(client(answer).CopyInstanceV1(ctx, v1Body, v1Params)).(type) {
	case *backup.CopyInstanceV1ResponseHeaders:
		return facts{"backup_id": result.Response.BackupID}
	case *backup.CopyInstanceV1BadRequest:
		return dcsV1(400, result.Response)
	case *backup.CopyInstanceV1Unauthorized:
		return dcsV1(401, result.Response)
	case *backup.CopyInstanceV1GatewayTimeout:
		return dcsV1(504, result.Response)
	default:
		panic(fmt.Sprintf("%T", result))
	}
}

func createManualBackup(answer string) facts {
	switch result := must(client(answer).CreateManualBackup(ctx, create, params)).(type) {
	case *backup.CreateManualBackupOK:
		return facts{"backup_id": result.Response.BackupID, "job_id": result.Response.JobID.Value}
	case *backup.CreateManualBackupBadRequest:
		return flat(400, result.Response.ErrorCode, result.Response.ErrorMsg, result.Response.RequestID)
	default:
		panic(fmt.Sprintf("%T", result))
	}
}

func main() {
	started := []facts{copyInstance(""), copyInstanceV1(""), createManualBackup("")}
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
