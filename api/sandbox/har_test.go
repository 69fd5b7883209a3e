package sandbox_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// harFields are what HAR 1.2 requires, by the place of an object, with the JSON type of each: s a text, n a number, a a list, o an object.
var harFields = map[string]string{
	"log":              "version:s creator:o entries:a",
	"log.creator":      "name:s version:s",
	"entry":            "startedDateTime:s time:n request:o response:o cache:o timings:o",
	"entry.timings":    "send:n wait:n receive:n",
	"entry.request":    "method:s url:s httpVersion:s cookies:a headers:a queryString:a headersSize:n bodySize:n",
	"entry.response":   "status:n statusText:s httpVersion:s cookies:a headers:a content:o redirectURL:s headersSize:n bodySize:n",
	"entry.content":    "size:n mimeType:s",
	"entry.headerPair": "name:s value:s",
}

func checkHAR(t *testing.T, place string, object map[string]any) {
	t.Helper()
	for field := range strings.FieldsSeq(harFields[place]) {
		name, want, _ := strings.Cut(field, ":")
		got := "-"
		switch object[name].(type) {
		case string:
			got = "s"
		case float64:
			got = "n"
		case []any:
			got = "a"
		case map[string]any:
			got = "o"
		}
		if got != want {
			t.Errorf("%s: %s is %v", place, name, object[name])
		}
	}
}

// Any request with its answer is a valid entry of HAR 1.2.
func TestEveryEntryOfAHARFileIsValid(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithRateLimit(1000, time.Second, true))
	for _, fault := range []string{"", "status=204", "redirect=/x?code=1", "body=\u00e9", "header=Content-Type:", "delay=1ms"} {
		for _, body := range []string{"", "\xff\xfe", strings.Repeat("x", 70<<10), `{"a":1}`} {
			for _, target := range []string{"/snapshots/?companyId=a&companyId=b&c&%zz=\u00e9", "/", "/a%2Fb"} {
				ask(t, s, "POST", target, body, sandbox.FaultHeader+": "+fault)
			}
		}
	}
	addFault(t, s, "cut=-1")
	addFault(t, s, "cut=5")
	for range 2 {
		if _, err := once(t, s).Snapshots(t.Context(), api.SnapshotsRequest{}); err == nil {
			t.Error("it is not cut")
		}
	}
	var text bytes.Buffer
	if err := s.WriteHAR(&text); err != nil {
		t.Fatal(err)
	}
	var har struct{ Log map[string]any }
	if err := json.Unmarshal(text.Bytes(), &har); err != nil {
		t.Fatal(err)
	}
	checkHAR(t, "log", har.Log)
	checkHAR(t, "log.creator", har.Log["creator"].(map[string]any))
	for _, e := range har.Log["entries"].([]any) {
		entry := e.(map[string]any)
		checkHAR(t, "entry", entry)
		request, response := entry["request"].(map[string]any), entry["response"].(map[string]any)
		checkHAR(t, "entry.request", request)
		checkHAR(t, "entry.response", response)
		checkHAR(t, "entry.timings", entry["timings"].(map[string]any))
		checkHAR(t, "entry.content", response["content"].(map[string]any))
		for _, list := range []any{request["headers"], request["queryString"], response["headers"]} {
			for _, pair := range list.([]any) {
				checkHAR(t, "entry.headerPair", pair.(map[string]any))
			}
		}
		if post, ok := request["postData"].(map[string]any); ok {
			if _, isText := post["text"].(string); !isText || post["mimeType"] == nil {
				t.Errorf("postData is %v", post)
			}
		}
		if u, err := url.Parse(request["url"].(string)); err != nil || u.Scheme != "http" || u.Host == "" {
			t.Errorf("url %v: %v", request["url"], err)
		}
		if _, err := time.Parse(time.RFC3339, entry["startedDateTime"].(string)); err != nil {
			t.Error(err)
		}
	}
}
