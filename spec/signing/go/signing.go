// Package signing signs requests to DCS and DDS with an access key (SDK-HMAC-SHA256), with the standard library alone.
//
//	key := signing.Key{AccessKeyID: "AK", SecretAccessKey: "SK"} // SecurityToken: … for a temporary key
//	client, err := backup.NewClientWithResponses(url, backup.WithHTTPClient(key.Client())) // oapi-codegen
//	client := key.Client()                                                                 // any other
//
// Two warnings:
//
//  1. Never let an HTTP client repeat a request that starts a backup, nor follow a redirect with it. The calls take no
//     idempotency key: each repeat is one more backup, and where a cloud keeps the newest 24, that deletes the oldest.
//     key.Client does neither; libraries around it may. A client of your own that uses Edit or RoundTripper needs its
//     CheckRedirect, since a redirect would take the security token along to another host.
//  2. A backup may exist after 5xx, 408 and 499, a broken connection, a timeout, and a success that can't be read.
//     List the backups before you ask again. Any other 4xx without a `backup_id` started nothing.
package signing

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Key is an access key. Dialect is "access" for Huawei Cloud, "scoped" for Open Telekom Cloud; if it is empty, the host
// decides.
type Key struct{ AccessKeyID, SecretAccessKey, SecurityToken, Dialect string }

var project = regexp.MustCompile(`/v[\d.]+/([^/]+)`)

// Edit signs a request, and is what oapi-codegen calls a RequestEditorFn.
func (k Key) Edit(_ context.Context, request *http.Request) error {
	if request.Response != nil {
		return errors.New("signing: no redirect is followed")
	}
	var body []byte
	if request.Body != nil {
		var err error
		if body, err = io.ReadAll(request.Body); err != nil {
			return err
		}
		request.Body = io.NopCloser(bytes.NewReader(body))
		request.GetBody = nil // With it, net/http would send the body on to where a 307 or 308 points.
	}
	headers := map[string]string{"X-Sdk-Date": time.Now().UTC().Format("20060102T150405Z")}
	if found := project.FindStringSubmatch(request.URL.Path); found != nil {
		headers["X-Project-Id"] = found[1]
	}
	if k.SecurityToken != "" {
		headers["X-Security-Token"] = k.SecurityToken
	}
	request.Header.Del("X-Auth-Token")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	if headers["Host"] = request.Host; request.Host == "" {
		headers["Host"] = request.URL.Host
	}
	if k.Dialect == "" && strings.HasSuffix(request.URL.Hostname(), ".otc.t-systems.com") {
		k.Dialect = "scoped"
	}
	request.URL.RawQuery = strings.ReplaceAll(request.URL.RawQuery, "+", "%20")
	request.Header.Set("Authorization", k.Authorization(request.Method, request.URL.RequestURI(), headers, body))
	return nil
}

// Client signs all that it sends, and hands a redirect to its caller instead of following it.
func (k Key) Client() *http.Client {
	return &http.Client{
		Transport:     k.RoundTripper(http.DefaultTransport),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// String keeps the secrets out of what is printed.
func (k Key) String() string { return "signing.Key{" + k.AccessKeyID + "}" }

// GoString is for %#v.
func (k Key) GoString() string { return k.String() }

type roundTripper func(*http.Request) (*http.Response, error)

func (send roundTripper) RoundTrip(request *http.Request) (*http.Response, error) {
	return send(request)
}

// RoundTripper signs all that goes through it.
func (k Key) RoundTripper(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(request *http.Request) (*http.Response, error) {
		signed := request.Clone(request.Context())
		if err := k.Edit(request.Context(), signed); err != nil {
			return nil, err
		}
		return next.RoundTrip(signed)
	})
}

// Authorization is the header of that name, for the target in a request line, the headers to sign, and the body.
func (k Key) Authorization(method, target string, headers map[string]string, body []byte) string {
	path, query, _ := strings.Cut(target, "?")
	segments := strings.Split(strings.TrimSuffix(path, "/"), "/")
	for i, segment := range segments {
		decoded, _ := url.PathUnescape(segment)
		segments[i] = encode(decoded)
	}
	pairs := map[string][]string{}
	for _, pair := range strings.FieldsFunc(query, func(r rune) bool { return r == '&' }) {
		name, value, _ := strings.Cut(pair, "=")
		name, _ = url.QueryUnescape(name)
		value, _ = url.QueryUnescape(value)
		pairs[name] = append(pairs[name], value)
	}
	var parameters, lines, names []string
	for _, name := range slices.Sorted(maps.Keys(pairs)) { // Sorted before it is encoded, as the vendor's SDKs do.
		for _, value := range slices.Sorted(slices.Values(pairs[name])) {
			parameters = append(parameters, encode(name)+"="+encode(value))
		}
	}
	signed := map[string]string{}
	for name, value := range headers {
		signed[strings.ToLower(name)] = strings.TrimSpace(value)
	}
	for _, name := range slices.Sorted(maps.Keys(signed)) {
		names, lines = append(names, name), append(lines, name+":"+signed[name]+"\n")
	}
	// The signed path ends in a slash; the sent one does not.
	canonical := fmt.Sprintf("%s\n%s/\n%s\n%s\n%s\n%x", method, strings.Join(segments, "/"), strings.Join(parameters, "&"),
		strings.Join(lines, ""), strings.Join(names, ";"), sha256.Sum256(body))
	date, scope, credential, secret := signed["x-sdk-date"], "", "Access="+k.AccessKeyID, []byte(k.SecretAccessKey)
	if k.Dialect == "scoped" {
		scope = date[:8] + "///sdk_request" // Region and service stay empty.
		credential, secret = "Credential="+k.AccessKeyID+"/"+scope, append([]byte("SDK"), secret...)
		for _, part := range strings.Split(scope, "/") {
			secret = sign(secret, part)
		}
		scope += "\n"
	}
	signature := sign(secret, fmt.Sprintf("SDK-HMAC-SHA256\n%s\n%s%x", date, scope, sha256.Sum256([]byte(canonical))))
	return fmt.Sprintf("SDK-HMAC-SHA256 %s, SignedHeaders=%s, Signature=%x",
		credential, strings.Join(names, ";"), signature)
}

func sign(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// All but A-Z a-z 0-9 - _ . ~ as %XX.
func encode(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
