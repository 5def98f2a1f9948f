// Two backups and three refusals through the vendor's own SDK, signed with an access key; prints what it decoded as one line of JSON.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	dcs "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2"
	dcsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2/model"
	dds "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dds/v3"
	ddsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dds/v3/model"
)

type facts map[string]any

var (
	endpoint = os.Getenv("STAND_IN_URL")
	remark   = "before the upgrade"
)

func credentials(secret string) *basic.Credentials {
	return must(basic.NewCredentialsBuilder().
		WithAk(os.Getenv("ACCESS_KEY_ID")).WithSk(secret).WithProjectId(os.Getenv("PROJECT_ID")).SafeBuild())
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func copyInstance(remark, secret string) (*dcsmodel.CopyInstanceResponse, error) {
	builder := dcs.DcsClientBuilder().WithEndpoint(endpoint).WithCredential(credentials(secret))
	format := dcsmodel.GetBackupInstanceBodyBackupFormatEnum().AOF
	return dcs.NewDcsClient(must(builder.SafeBuild())).CopyInstance(&dcsmodel.CopyInstanceRequest{
		InstanceId: os.Getenv("DCS_INSTANCE_ID"),
		Body:       &dcsmodel.BackupInstanceBody{Remark: &remark, BackupFormat: &format},
	})
}

func createManualBackup(name string) (*ddsmodel.CreateManualBackupResponse, error) {
	builder := dds.DdsClientBuilder().WithEndpoint(endpoint).WithCredential(credentials(os.Getenv("SECRET_ACCESS_KEY")))
	return dds.NewDdsClient(must(builder.SafeBuild())).CreateManualBackup(&ddsmodel.CreateManualBackupRequest{
		Body: &ddsmodel.CreateManualBackupRequestBody{Backup: &ddsmodel.CreateManualBackupOption{
			InstanceId: os.Getenv("DDS_INSTANCE_ID"), Name: name, Description: &remark,
		}},
	})
}

func refused[T any](_ T, err error) facts {
	var refusal *sdkerr.ServiceResponseError
	if !errors.As(err, &refusal) {
		panic(fmt.Sprintf("not refused: %v", err))
	}
	return facts{
		"status": refusal.StatusCode, "code": refusal.ErrorCode, "message": refusal.ErrorMessage, "request_id": refusal.RequestId,
	}
}

func main() {
	secret := os.Getenv("SECRET_ACCESS_KEY")
	copied, created := must(copyInstance(remark, secret)), must(createManualBackup("mybackup1"))
	started := []facts{{"backup_id": *copied.BackupId}, {"backup_id": *created.BackupId, "job_id": *created.JobId}}
	errors := []facts{
		refused(copyInstance(strings.Repeat("r", 129), secret)),
		refused(createManualBackup("my")),
		refused(copyInstance(remark, "not-the-secret")),
	}
	fmt.Println(string(must(json.Marshal(facts{"started": started, "errors": errors}))))
}
