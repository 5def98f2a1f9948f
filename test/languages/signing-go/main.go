// Signs the vectors, and prints the headers that it made as one line of JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"

	"example/signing"
)

type vector struct {
	AccessKeyID, SecretAccessKey, Dialect, Method, Target, Body string
	Headers                                                     map[string]string
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// A redirect is handed to the caller, and no secret is printed.
func check() {
	key := signing.Key{AccessKeyID: "AK", SecretAccessKey: "SECRET", SecurityToken: "SECRET"}
	moved := httptest.NewServer(http.RedirectHandler("/elsewhere", http.StatusFound))
	defer moved.Close()
	if answer := must(key.Client().Get(moved.URL)); answer.StatusCode != http.StatusFound || answer.Request.URL.Path != "" {
		panic("a redirect was followed")
	}
	if strings.Contains(fmt.Sprintf("%v %+v %#v", key, key, key), "SECRET") {
		panic("the key shows its secrets")
	}
}

func main() {
	var given struct {
		Vectors []vector
		URLs    []string
	}
	if err := json.Unmarshal(must(os.ReadFile("vectors.json")), &given); err != nil {
		panic(err)
	}
	authorizations, dialects := []string{}, []string{}
	for _, of := range given.Vectors {
		key := signing.Key{AccessKeyID: of.AccessKeyID, SecretAccessKey: of.SecretAccessKey, Dialect: of.Dialect}
		authorizations = append(authorizations, key.Authorization(of.Method, of.Target, of.Headers, []byte(of.Body)))
	}
	for _, url := range given.URLs {
		request := must(http.NewRequest("POST", url, nil))
		if err := (signing.Key{AccessKeyID: "AK", SecretAccessKey: "SK"}).Edit(context.Background(), request); err != nil {
			panic(err)
		}
		dialect := regexp.MustCompile(` (\w+)=`).FindStringSubmatch(request.Header.Get("Authorization"))
		dialects = append(dialects, dialect[1])
	}
	check()
	fmt.Println(string(must(json.Marshal(map[string]any{"authorizations": authorizations, "dialects": dialects}))))
}
