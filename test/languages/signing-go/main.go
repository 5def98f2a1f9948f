// Signs the vectors, and prints the headers that it made as one line of JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"

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
	fmt.Println(string(must(json.Marshal(map[string]any{"authorizations": authorizations, "dialects": dialects}))))
}
