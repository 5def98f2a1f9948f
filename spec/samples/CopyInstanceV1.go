// The vendor's SDK has no call for v1.0, so this signs by itself. It needs nothing but Go 1.22.
package main

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	for _, name := range []string{"CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_PROJECT_ID", "CLOUD_INSTANCE_ID"} {
		if os.Getenv(name) == "" {
			log.Fatal(name, " is not set")
		}
	}
	project := os.Getenv("CLOUD_PROJECT_ID")
	region := cmp.Or(os.Getenv("CLOUD_REGION"), "cn-north-4")
	domain := "myhuaweicloud.com"
	switch region {
	case "eu-de", "eu-nl":
		domain = "otc.t-systems.com" // Open Telekom Cloud
	case "eu-west-101":
		domain = "myhuaweicloud.eu"
	}
	endpoint := cmp.Or(os.Getenv("CLOUD_ENDPOINT"), "https://dcs."+region+"."+domain)
	path := "/v1.0/" + project + "/instances/" + os.Getenv("CLOUD_INSTANCE_ID") + "/backups"
	date := time.Now().UTC().Format("20060102T150405Z")
	// A new remark each time: it finds the backup again when the answer is lost.
	body := `{"remark":"before the upgrade ` + date + `"}`

	request, err := http.NewRequest("POST", endpoint+path, strings.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	names := "host;x-project-id;x-sdk-date"
	// The signed path ends in a slash; the one that is sent does not.
	canonicalRequest := strings.Join([]string{"POST", path + "/", "",
		"host:" + request.URL.Host, "x-project-id:" + project, "x-sdk-date:" + date, "",
		names, hash(body)}, "\n")
	mac := hmac.New(sha256.New, []byte(os.Getenv("CLOUD_SDK_SK")))
	mac.Write([]byte("SDK-HMAC-SHA256\n" + date + "\n" + hash(canonicalRequest)))

	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Project-Id", project)
	request.Header.Set("X-Sdk-Date", date)
	request.Header.Set("Authorization", fmt.Sprintf("SDK-HMAC-SHA256 Access=%s, SignedHeaders=%s, Signature=%x",
		os.Getenv("CLOUD_SDK_AK"), names, mac.Sum(nil)))
	// No redirect is followed: that could send the backup twice, and the signature is for one host.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := (&http.Client{Timeout: time.Minute, CheckRedirect: stay}).Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	var started struct {
		BackupID string `json:"backup_id"`
	}
	if err != nil || answer.StatusCode != 200 || json.Unmarshal(text, &started) != nil || started.BackupID == "" {
		log.Fatal(answer.Status, " ", string(text), " ", err)
	}
	fmt.Println("started", started.BackupID)
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
