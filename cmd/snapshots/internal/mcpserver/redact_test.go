package mcpserver_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/mcpserver"
)

func TestNoTokenLeavesTheServer(t *testing.T) {
	const token = "pit-01234567-89ab-cdef-0123-456789abcdef"
	other := "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"
	echo := func(status int, body string) mcpserver.Options {
		return mcpserver.Options{Dir: t.TempDir(), Company: "c", Client: []rest.Option{
			rest.WithToken(token), api.WithCompany("c"), rest.WithRetry(rest.Retry{Attempts: 1}),
			rest.WithHTTPClient(&http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: status, Request: r, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body))}, nil
			})}),
		}}
	}
	for status, body := range map[int]string{
		200: `{"snapshots":[{"id":"1","name":"` + token + ` ` + other + `"}]}`,
		401: `{"statusCode":401,"message":"Invalid token ` + token + ` or ` + other + `"}`,
		500: token + other,
	} {
		result := call(t, connect(t, echo(status, body), nil), "get-custom-snapshots", nil)
		text, err := json.Marshal(result)
		if err != nil || strings.Contains(string(text), token) || strings.Contains(string(text), other) {
			t.Errorf("%d: %v %s", status, err, text)
		}
		if status == 200 && result.IsError {
			t.Errorf("%d: %s", status, textOf(result))
		}
	}
}

// TestATokenThatJSONEscapesIsRedacted has a token with characters that JSON writes in another way.
func TestATokenThatJSONEscapesIsRedacted(t *testing.T) {
	const token = "one&two<three>four-five-six"
	c := connect(t, mcpserver.Options{Dir: t.TempDir(), Company: "c", Client: []rest.Option{
		rest.WithToken(token), api.WithCompany("c"),
		rest.WithHTTPClient(&http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Request: r, Header: http.Header{"Content-Type": {"application/json"}},
				Body: io.NopCloser(strings.NewReader(`{"snapshots":[{"id":"1","name":"` + token + `"}]}`))}, nil
		})}),
	}}, nil)
	if got := read[api.SnapshotList](t, c, "get-custom-snapshots", nil); len(got.Snapshots) != 1 || strings.Contains(got.Snapshots[0].Name, "three") {
		t.Errorf("read %+v", got)
	}
}
