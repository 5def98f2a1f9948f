// go get github.com/huaweicloud/huaweicloud-sdk-go-v3
package main

import (
	"cmp"
	"fmt"
	"log"
	"os"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	dcs "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2/model"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2/region"
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
	builder := dcs.DcsClientBuilder().WithCredential(credentials)
	name := cmp.Or(os.Getenv("CLOUD_REGION"), "cn-north-4")
	// Where the SDK knows no host, or another than the service has.
	hosts := map[string]string{
		"eu-de":       "https://dcs.eu-de.otc.t-systems.com",
		"eu-nl":       "https://dcs.eu-nl.otc.t-systems.com",
		"eu-west-101": "https://dcs.eu-west-101.myhuaweicloud.eu",
	}
	if endpoint := cmp.Or(os.Getenv("CLOUD_ENDPOINT"), hosts[name]); endpoint != "" {
		builder.WithEndpoints([]string{endpoint})
	} else {
		builder.WithRegion(region.ValueOf(name))
	}
	client := dcs.NewDcsClient(builder.Build())

	limit := int32(100)
	answer, err := client.ListBackupRecords(&model.ListBackupRecordsRequest{
		InstanceId: os.Getenv("CLOUD_INSTANCE_ID"),
		Limit:      &limit,
	})
	if err != nil {
		log.Fatal(err) // a *sdkerr.ServiceResponseError when the service answered
	}
	if answer.HttpStatusCode == 204 {
		return // there are no backups
	}
	if answer.BackupRecordResponse == nil {
		log.Fatal("The answer is no list of backups")
	}
	for _, record := range *answer.BackupRecordResponse {
		fmt.Println(*record.BackupId, record.Status.Value())
	}
}
