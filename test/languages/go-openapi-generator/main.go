// Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"

	backup "example/client"
	"example/signing"
)

type facts map[string]any

var (
	project     = os.Getenv("PROJECT_ID")
	instance    = os.Getenv("DCS_INSTANCE_ID")
	ddsInstance = os.Getenv("DDS_INSTANCE_ID")
	remark      = "before the upgrade"
	aof         = "aof"
	copyBody    = backup.BackupInstanceBody{Remark: &remark, BackupFormat: &aof}
	v1Body      = backup.BackupInstanceV1Body{Remark: &remark}
	create      = backup.CreateManualBackupRequestBody{Backup: backup.CreateManualBackupOption{
		InstanceId: ddsInstance, Name: "mybackup1", Description: &remark,
	}}
	ctx = context.Background()
)

// A client of the stand-in, or of what it has at that path: a documented answer, say.
func client(at string) *backup.APIClient {
	configuration := backup.NewConfiguration()
	configuration.Servers = backup.ServerConfigurations{{URL: os.Getenv("STAND_IN_URL") + at}}
	if id := os.Getenv("ACCESS_KEY_ID"); id != "" {
		key := signing.Key{AccessKeyID: id, SecretAccessKey: os.Getenv("SECRET_ACCESS_KEY"),
			SecurityToken: os.Getenv("SECURITY_TOKEN"), Dialect: os.Getenv("DIALECT")}
		configuration.HTTPClient = key.Client()
	} else {
		configuration.DefaultHeader["X-Auth-Token"] = os.Getenv("STAND_IN_TOKEN")
	}
	return backup.NewAPIClient(configuration)
}

func must[T any](value T, _ *http.Response, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func flat(status int, code, message, requestID *string) facts {
	found := facts{"status": status, "code": *code, "message": *message}
	if requestID != nil {
		found["request_id"] = *requestID
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

func refused[T any](_ T, response *http.Response, err error) facts {
	var refusal *backup.GenericOpenAPIError
	if !errors.As(err, &refusal) {
		panic(fmt.Sprintf("not refused: %v", err))
	}
	status := response.StatusCode
	switch failure := refusal.Model().(type) {
	case backup.DcsFailure:
		if failure.Error != nil {
			return nested(status, failure.Error.Code, failure.Error.Message, failure.Error.Title)
		}
		return flat(status, failure.ErrorCode, failure.ErrorMsg, failure.RequestId)
	case backup.DcsV1Failure:
		if failure.Error != nil {
			return nested(status, failure.Error.Code, failure.Error.Message, failure.Error.Title)
		}
		return flat(status, failure.ErrorCode, failure.ErrorMsg, failure.RequestId)
	case backup.DdsFailure:
		return flat(status, failure.ErrorCode, failure.ErrorMsg, failure.RequestId)
	default:
		panic(fmt.Sprintf("%T: %v", failure, err))
	}
}

func record(records []backup.BackupRecord, id string) facts {
	for _, record := range records {
		if record.BackupId == id {
			return facts{"id": id, "status": record.GetStatus()}
		}
	}
	panic("not in the list: " + id)
}

func main() {
	dcs, dds := client("").DCSAPI, client("").DDSAPI
	copied := must(dcs.CopyInstance(ctx, project, instance).BackupInstanceBody(copyBody).Execute())
	copiedV1 := must(dcs.CopyInstanceV1(ctx, project, instance).BackupInstanceV1Body(v1Body).Execute())
	created := must(dds.CreateManualBackup(ctx, project).CreateManualBackupRequestBody(create).Execute())
	started := []facts{
		{"backup_id": copied.BackupId},
		{"backup_id": copiedV1.BackupId},
		{"backup_id": created.BackupId, "job_id": created.GetJobId()},
	}

	records := must(dcs.ListBackupRecords(ctx, project, instance).BeginTime("20200101000000").Limit(100).Execute())
	recordsV1 := must(dcs.ListBackupRecordsV1(ctx, project, instance).BeginTime("20200101000000").Limit(100).Execute())
	backups := must(dds.ListBackups(ctx, project).InstanceId(ddsInstance).
		BeginTime("2020-01-01 00:00:00").EndTime("2099-12-31 23:59:59").Execute())
	job := must(dds.ShowJobDetail(ctx, project).Id(created.GetJobId()).Execute()).Job
	found := []facts{record(records.BackupRecordResponse, copied.BackupId), record(recordsV1.BackupRecordResponse, copiedV1.BackupId)}
	for _, one := range backups.Backups {
		if one.Id == created.BackupId {
			found = append(found, facts{"id": one.Id, "status": one.GetStatus()})
		}
	}
	found = append(found, facts{"id": job.GetId(), "status": job.GetStatus()})

	refusals := []facts{}
	for _, answer := range []string{"400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"} {
		call := client("/answer/"+answer).DCSAPI.CopyInstance(ctx, project, instance)
		refusals = append(refusals, refused(call.BackupInstanceBody(copyBody).Execute()))
	}
	for _, answer := range []string{"400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"} {
		call := client("/answer/"+answer).DCSAPI.CopyInstanceV1(ctx, project, instance)
		refusals = append(refusals, refused(call.BackupInstanceV1Body(v1Body).Execute()))
	}
	call := client("/answer/400/DdsInvalidName").DDSAPI.CreateManualBackup(ctx, project)
	refusals = append(refusals, refused(call.CreateManualBackupRequestBody(create).Execute()))

	losing := client("/lost").DCSAPI
	losses, _ := strconv.Atoi(os.Getenv("LOSSES"))
	for range losses {
		if _, _, err := losing.CopyInstance(ctx, project, instance).BackupInstanceBody(copyBody).Execute(); err == nil {
			panic("not lost")
		}
	}
	line, err := json.Marshal(facts{"started": started, "found": found, "errors": refusals})
	fmt.Println(string(line))
	if err != nil {
		panic(err)
	}
}
