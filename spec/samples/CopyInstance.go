// go get github.com/huaweicloud/huaweicloud-sdk-go-v3
package main

import (
	"cmp"
	"fmt"
	"log"
	"os"
	"time"

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

	format := model.GetBackupInstanceBodyBackupFormatEnum().AOF
	// A new remark each time: it finds the backup again when the answer is lost.
	remark := fmt.Sprint("before the upgrade ", time.Now().UnixMilli())
	answer, err := client.CopyInstance(&model.CopyInstanceRequest{
		InstanceId: os.Getenv("CLOUD_INSTANCE_ID"),
		Body:       &model.BackupInstanceBody{BackupFormat: &format, Remark: &remark},
	})
	if err != nil {
		log.Fatal(err) // a *sdkerr.ServiceResponseError when the service answered
	}
	if answer.BackupId == nil {
		log.Fatal("The answer names no backup: look for one before you try again")
	}
	fmt.Println("started", *answer.BackupId)
}
