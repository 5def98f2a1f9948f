// go get github.com/huaweicloud/huaweicloud-sdk-go-v3
package main

import (
	"cmp"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	dds "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dds/v3"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dds/v3/model"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dds/v3/region"
)

func main() {
	credentials := basic.NewCredentialsBuilder().
		WithAk(os.Getenv("CLOUD_SDK_AK")).
		WithSk(os.Getenv("CLOUD_SDK_SK")).
		WithProjectId(os.Getenv("CLOUD_PROJECT_ID")).
		Build()
	builder := dds.DdsClientBuilder().WithCredential(credentials)
	if endpoint := os.Getenv("CLOUD_ENDPOINT"); endpoint != "" {
		builder.WithEndpoints([]string{endpoint})
	} else {
		builder.WithRegion(region.ValueOf(cmp.Or(os.Getenv("CLOUD_REGION"), "cn-north-4")))
	}
	client := dds.NewDdsClient(builder.Build())

	description := "before the upgrade"
	answer, err := client.CreateManualBackup(&model.CreateManualBackupRequest{
		Body: &model.CreateManualBackupRequestBody{
			Backup: &model.CreateManualBackupOption{
				InstanceId: os.Getenv("CLOUD_INSTANCE_ID"),
				// A new name each time: it finds the backup again when the answer is lost.
				Name:        fmt.Sprintf("before-upgrade-%d", time.Now().UnixMilli()),
				Description: &description,
			},
		},
	})
	if err != nil {
		log.Fatal(err) // a *sdkerr.ServiceResponseError when the service answered
	}
	if answer.BackupId == nil {
		log.Fatal("The answer names no backup: look for one before you try again")
	}
	fmt.Println("started", *answer.BackupId)
}
