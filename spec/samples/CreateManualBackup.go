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
	for _, name := range []string{"CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_INSTANCE_ID"} {
		if os.Getenv(name) == "" {
			log.Fatal(name, " is not set")
		}
	}
	credentials := basic.NewCredentialsBuilder().
		WithAk(os.Getenv("CLOUD_SDK_AK")).
		WithSk(os.Getenv("CLOUD_SDK_SK")).
		WithProjectId(os.Getenv("CLOUD_PROJECT_ID")).
		Build()
	builder := dds.DdsClientBuilder().WithCredential(credentials)
	name := cmp.Or(os.Getenv("CLOUD_REGION"), "cn-north-4")
	// The regions of Open Telekom Cloud, which the SDK does not know.
	hosts := map[string]string{
		"eu-de": "https://dds.eu-de.otc.t-systems.com",
		"eu-nl": "https://dds.eu-nl.otc.t-systems.com",
	}
	if endpoint := cmp.Or(os.Getenv("CLOUD_ENDPOINT"), hosts[name]); endpoint != "" {
		builder.WithEndpoints([]string{endpoint})
	} else {
		builder.WithRegion(region.ValueOf(name))
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
