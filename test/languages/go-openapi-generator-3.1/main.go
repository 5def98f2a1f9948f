// Makes the three calls with the client that is made from the exact document, and prints what it decoded as one line of JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	backup "example/client"
)

type facts map[string]any

func must[T any](value T, _ *http.Response, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	configuration := backup.NewConfiguration()
	configuration.Servers = backup.ServerConfigurations{{URL: os.Getenv("STAND_IN_URL")}}
	configuration.DefaultHeader["X-Auth-Token"] = os.Getenv("STAND_IN_TOKEN")
	client, ctx := backup.NewAPIClient(configuration), context.Background()
	project, instance, remark, aof := os.Getenv("PROJECT_ID"), os.Getenv("DCS_INSTANCE_ID"), "before the upgrade", "aof"
	copied := must(client.DCSAPI.CopyInstance(ctx, project, instance).
		BackupInstanceBody(backup.BackupInstanceBody{Remark: &remark, BackupFormat: &aof}).Execute())
	copiedV1 := must(client.DCSAPI.CopyInstanceV1(ctx, project, instance).
		BackupInstanceV1Body(backup.BackupInstanceV1Body{Remark: &remark}).Execute())
	created := must(client.DDSAPI.CreateManualBackup(ctx, project).
		CreateManualBackupRequestBody(backup.CreateManualBackupRequestBody{Backup: backup.CreateManualBackupOption{
			InstanceId: os.Getenv("DDS_INSTANCE_ID"), Name: "mybackup1", Description: &remark,
		}}).Execute())
	line, _ := json.Marshal(facts{"started": []facts{
		{"backup_id": copied.BackupId},
		{"backup_id": copiedV1.BackupId},
		{"backup_id": created.BackupId, "job_id": created.GetJobId()},
	}})
	fmt.Println(string(line))
}
