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

// Gives the token that each request carries; the generated client insists on one, and signing takes it away.
type token struct{}

func (token) XAuthToken(context.Context, backup.OperationName) (backup.XAuthToken, error) {
	return backup.XAuthToken{APIKey: os.Getenv("STAND_IN_TOKEN")}, nil
}

var (
	ctx         = context.Background()
	project     = os.Getenv("PROJECT_ID")
	instance    = os.Getenv("DCS_INSTANCE_ID")
	ddsInstance = os.Getenv("DDS_INSTANCE_ID")
	remark      = backup.NewOptString("before the upgrade")
	copyBody    = &backup.BackupInstanceBody{
		Remark:       remark,
		BackupFormat: backup.NewOptBackupInstanceBodyBackupFormat(backup.BackupInstanceBodyBackupFormatAof),
	}
	v1Body = &backup.BackupInstanceV1Body{Remark: remark}
	create = &backup.CreateManualBackupRequestBody{Backup: backup.CreateManualBackupOption{
		InstanceID: ddsInstance, Name: "mybackup1", Description: remark,
	}}
	copyParams = backup.CopyInstanceParams{ProjectID: project, InstanceID: instance}
	v1Params   = backup.CopyInstanceV1Params{ProjectID: project, InstanceID: instance}
	params     = backup.CreateManualBackupParams{ProjectID: project}
)

// A client of the stand-in, or of what it has at that path: a documented answer, say.
func client(at string) *backup.Client {
	transport := http.DefaultTransport
	if id := os.Getenv("ACCESS_KEY_ID"); id != "" {
		transport = signing.Key{AccessKeyID: id, SecretAccessKey: os.Getenv("SECRET_ACCESS_KEY"),
			SecurityToken: os.Getenv("SECURITY_TOKEN"), Dialect: os.Getenv("DIALECT")}.RoundTripper(transport)
	}
	return must(backup.NewClient(os.Getenv("STAND_IN_URL")+at, token{}, backup.WithClient(&http.Client{Transport: transport})))
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
func copyInstance(at string) facts {
	switch result := must(client(at).CopyInstance(ctx, copyBody, copyParams)).(type) {
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

func copyInstanceV1(at string) facts {
	switch result := must(client(at).CopyInstanceV1(ctx, v1Body, v1Params)).(type) {
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

func createManualBackup(at string) facts {
	switch result := must(client(at).CreateManualBackup(ctx, create, params)).(type) {
	case *backup.CreateManualBackupOK:
		return facts{"backup_id": result.Response.BackupID, "job_id": result.Response.JobID.Value}
	case *backup.CreateManualBackupBadRequest:
		return flat(400, result.Response.ErrorCode, result.Response.ErrorMsg, result.Response.RequestID)
	default:
		panic(fmt.Sprintf("%T", result))
	}
}

func record(records []backup.BackupRecord, id any) facts {
	for _, record := range records {
		if record.BackupID == id {
			return facts{"id": id, "status": record.Status.Value}
		}
	}
	panic(fmt.Sprintf("not in the list: %v", id))
}

// Of each answer the type is the one of status 200, or this panics.
func find(started []facts) []facts {
	since, limit := backup.NewOptString("20200101000000"), backup.NewOptInt32(100)
	records := must(client("").ListBackupRecords(ctx, backup.ListBackupRecordsParams{
		ProjectID: project, InstanceID: instance, BeginTime: since, Limit: limit,
	})).(*backup.ListBackupRecordsResponseHeaders).Response
	recordsV1 := must(client("").ListBackupRecordsV1(ctx, backup.ListBackupRecordsV1Params{
		ProjectID: project, InstanceID: instance, BeginTime: since, Limit: limit,
	})).(*backup.ListBackupRecordsResponseHeaders).Response
	backups := must(client("").ListBackups(ctx, backup.ListBackupsParams{
		ProjectID: project, InstanceID: backup.NewOptString(ddsInstance),
		BeginTime: backup.NewOptString("2020-01-01 00:00:00"), EndTime: backup.NewOptString("2099-12-31 23:59:59"),
	})).(*backup.ListBackupsResponseHeaders).Response
	job := must(client("").ShowJobDetail(ctx, backup.ShowJobDetailParams{
		ProjectID: project, ID: started[2]["job_id"].(string),
	})).(*backup.ShowJobDetailResponseHeaders).Response.Job
	found := []facts{
		record(records.BackupRecordResponse, started[0]["backup_id"]),
		record(recordsV1.BackupRecordResponse, started[1]["backup_id"]),
	}
	for _, one := range backups.Backups {
		if one.ID == started[2]["backup_id"] {
			found = append(found, facts{"id": one.ID, "status": one.Status.Value})
		}
	}
	return append(found, facts{"id": job.ID, "status": job.Status.Value})
}

func main() {
	started := []facts{copyInstance(""), copyInstanceV1(""), createManualBackup("")}
	found := find(started)
	errors := []facts{}
	for _, answer := range []string{"400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"} {
		errors = append(errors, copyInstance("/answer/"+answer))
	}
	for _, answer := range []string{"400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"} {
		errors = append(errors, copyInstanceV1("/answer/"+answer))
	}
	errors = append(errors, createManualBackup("/answer/400/DdsInvalidName"))
	losing := client("/lost")
	losses, _ := strconv.Atoi(os.Getenv("LOSSES"))
	for range losses {
		if result, err := losing.CopyInstance(ctx, copyBody, copyParams); err == nil {
			if _, ok := result.(*backup.CopyInstanceResponseHeaders); ok {
				panic("not lost")
			}
		}
	}
	fmt.Println(string(must(json.Marshal(facts{"started": started, "found": found, "errors": errors}))))
}
