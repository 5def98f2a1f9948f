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
	credentials := basic.NewCredentialsBuilder().
		WithAk(os.Getenv("CLOUD_SDK_AK")).
		WithSk(os.Getenv("CLOUD_SDK_SK")).
		WithProjectId(os.Getenv("CLOUD_PROJECT_ID")).
		Build()
	builder := dcs.DcsClientBuilder().WithCredential(credentials)
	if endpoint := os.Getenv("CLOUD_ENDPOINT"); endpoint != "" {
		builder.WithEndpoints([]string{endpoint})
	} else {
		builder.WithRegion(region.ValueOf(cmp.Or(os.Getenv("CLOUD_REGION"), "cn-north-4")))
	}
	client := dcs.NewDcsClient(builder.Build())

	format := model.GetBackupInstanceBodyBackupFormatEnum().AOF
	remark := "before the upgrade"
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
