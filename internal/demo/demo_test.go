package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/spec"
)

var update = flag.Bool("update", false, "write the golden file anew")

// tell runs the demo with the real spec.
func tell(t *testing.T, d demo) (string, error) {
	t.Helper()
	var out bytes.Buffer
	d.out = &out
	if d.spec == nil {
		d.specFile, d.spec = "spec/snapshots.yaml", spec.Snapshots
	}
	err := d.run(t.Context())
	return out.String(), err
}

var (
	port = regexp.MustCompile(`127\.0\.0\.1:\d+`)
	line = regexp.MustCompile(`([a-z0-9-]+), (spec/[a-z]+\.yaml):(\d+)`)
)

func TestEveryRunTellsTheSameStory(t *testing.T) {
	out, err := tell(t, demo{})
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got := line.ReplaceAllString(port.ReplaceAllString(out, "127.0.0.1:PORT"), "$1, $2:LINE")
	if *update {
		if err := os.WriteFile("testdata/story.golden", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/story.golden")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the story changed; see it with go test -update and git diff (-want +got):\n%s", diff)
	}
}

func TestTheLinesNamedAreThoseOfTheOperation(t *testing.T) {
	out, err := tell(t, demo{})
	if err != nil {
		t.Fatal(err)
	}
	specs := map[string][]string{
		"spec/snapshots.yaml": strings.Split(string(spec.Snapshots), "\n"),
		"spec/locations.yaml": strings.Split(string(spec.Locations), "\n"),
	}
	named := line.FindAllStringSubmatch(out, -1)
	if len(named) < 20 {
		t.Errorf("only %d lines of the spec are named", len(named))
	}
	for _, m := range named {
		operation, text := m[1], specs[m[2]]
		number, _ := strconv.Atoi(m[3])
		if number < 1 || number > len(text) {
			t.Errorf("%s: there is no such line", m[0])
			continue
		}
		// The nearest operationId to the line is that of the operation: a few lines below the method, or above a response.
		if nearest := operationAround(text, number-1); nearest != operation {
			t.Errorf("%s: the line belongs to %s", m[0], nearest)
		}
	}
}

// operationAround finds the operation whose block in the spec holds a line.
func operationAround(text []string, at int) string {
	start := at
	for start > 0 && !methodLine.MatchString(text[start]) {
		start--
	}
	for _, l := range text[start:] {
		if id, ok := strings.CutPrefix(strings.TrimSpace(l), "operationId: "); ok {
			return id
		}
	}
	return ""
}

var methodLine = regexp.MustCompile(`^    (get|post|put|patch|delete):`)

func TestTheTokenIsNeverShown(t *testing.T) {
	out, err := tell(t, demo{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out, sandbox.Token) {
		t.Error("the token stands in the output")
	}
	if !strings.Contains(out, "never shown") {
		t.Error("the output does not say that a token was sent")
	}
}

func TestExitCodes(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run(t.Context(), nil, &out, &errs); code != 0 {
		t.Errorf("a run that goes well exits %d: %s", code, errs.String())
	}
	if code := run(t.Context(), []string{"-x"}, &out, &errs); code != exitUsage {
		t.Errorf("an argument exits %d, want %d", code, exitUsage)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	errs.Reset()
	if code := run(ended, nil, &out, &errs); code != exitFailed || !strings.HasPrefix(errs.String(), "demo: step 1: ") {
		t.Errorf("a run without time exits %d and says %q", code, errs.String())
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// asking changes every request of an operation before the recorder sees it.
func asking(op string, change func(*http.Request)) demo {
	return demo{changeRequests: func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			if r = r.Clone(r.Context()); r.Method+" "+r.URL.Path == op {
				change(r)
			}
			return next.RoundTrip(r)
		})
	}}
}

// answering changes every answer to an operation before the recorder sees it.
func answering(op string, change func(*http.Response, string) string) demo {
	return demo{changeAnswers: func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			response, err := next.RoundTrip(r)
			if err != nil || r.Method+" "+r.URL.Path != op {
				return response, err
			}
			body, err := io.ReadAll(response.Body)
			if err != nil {
				return nil, err
			}
			text := change(response, string(body))
			response.Body, response.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
			response.Header.Del("Content-Length")
			return response, nil
		})
	}}
}

// replacing is answering with one text for another.
func replacing(op, old, text string) demo {
	return answering(op, func(_ *http.Response, body string) string { return strings.ReplaceAll(body, old, text) })
}

const (
	links     = "POST /snapshots/share/link"
	snapshots = "GET /snapshots/"
	pushes    = "GET /snapshots/snapshot-status/" + sandbox.Snapshot1
	latest    = pushes + "/location/" + location
)

func TestDemoFailsOnAWrongMessage(t *testing.T) {
	setBody := func(text string) func(*http.Request) {
		return func(r *http.Request) {
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
		}
	}
	setQuery := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			q := r.URL.Query()
			q.Set(name, value)
			r.URL.RawQuery = q.Encode()
		}
	}
	for name, test := range map[string]struct {
		demo demo
		want []string // in the error
	}{
		"a request without its Version": {
			asking(snapshots, func(r *http.Request) { r.Header.Del("Version") }),
			[]string{"step 1: the request of get-custom-snapshots does not fit spec/snapshots.yaml", "header Version: is required (spec/snapshots.yaml:"}},
		"a Version that there is not": {
			asking(links, func(r *http.Request) { r.Header.Set("Version", "2023-02-21") }),
			[]string{"step 2", "create-snapshot-share-link", "header Version: value is not one of the allowed values"}},
		"a request without its agency": {
			asking(links, func(r *http.Request) { r.URL.RawQuery = "" }),
			[]string{"step 2", "create-snapshot-share-link", "query companyId: is required (spec/snapshots.yaml:"}},
		"a request without a token": {
			asking(snapshots, func(r *http.Request) { r.Header.Del("Authorization") }),
			[]string{"step 1", "get-custom-snapshots", "header Authorization is missing"}},
		"a share type that there is not": {
			asking(links, setBody(`{"snapshot_id":"a","share_type":"eternal"}`)),
			[]string{"the request of create-snapshot-share-link", "body /share_type: value is not one of the allowed values"}},
		"a body that is not JSON": {
			asking(links, setBody("snapshot_id=a")),
			[]string{"the request of create-snapshot-share-link", "body: is not JSON"}},
		"a key that the body does not have": {
			asking(links, setBody(`{"snapshot_id":"a","share_type":"link","companyId":"a"}`)),
			[]string{"the request of create-snapshot-share-link", "companyId"}},
		"a parameter that the query does not have": {
			asking(pushes, setQuery("page", "2")),
			[]string{"the request of get-snapshot-push", "query page"}},
		"a body where none belongs": {
			asking(snapshots, setBody(`{}`)),
			[]string{"the request of get-custom-snapshots", "body"}},
		"a date in the wrong form": {
			asking(pushes, setQuery("from", "10-10-2022 12:00 AM")),
			[]string{"the request of get-snapshot-push", "query from: "}},
		"a path that the spec does not have": {
			asking(snapshots, func(r *http.Request) { r.URL.Path = "/snapshots/all" }),
			[]string{"the request of GET /snapshots/all", "no operation has this path"}},

		"an answer with a number for a text": {
			replacing(links, `"id":"share-1"`, `"id":7`),
			[]string{"the answer 201 to create-snapshot-share-link does not fit spec/snapshots.yaml", "body /id: value must be a string"}},
		"an answer that is cut off": {
			answering(snapshots, func(_ *http.Response, body string) string { return body[:len(body)/2] }),
			[]string{"the answer 200 to get-custom-snapshots"}},
		"a status that is not documented": {
			answering(links, func(r *http.Response, body string) string { r.StatusCode = 202; return body }),
			[]string{"the answer 202 to create-snapshot-share-link", "202 is not documented"}},
		"an answer of another kind": {
			answering(snapshots, func(r *http.Response, body string) string { r.Header.Set("Content-Type", "text/html"); return body }),
			[]string{"the answer 200 to get-custom-snapshots", "text/html"}},

		"no snapshots": {
			answering(snapshots, func(*http.Response, string) string { return `{"snapshots":[]}` }),
			[]string{"step 1: the sandbox has snapshots, the client got none"}},
		"a link that nobody made": {
			replacing(links, "share-2", "share-9"),
			[]string{"step 3: the sandbox does not know the link share-9"}},
		"a push that never ends": {
			replacing(latest, "completed\",\"completed", "processing\",\"completed"),
			[]string{"step 7: the push should go from processing to completed"}},
		"a push that is never on its way": {
			replacing(latest, "processing", "completed"),
			[]string{"step 7: the push should go from processing to completed"}},
		"a push that is not listed": {
			answering(pushes, func(*http.Response, string) string { return `{"data":[]}` }),
			[]string{"step 8: one push to sandbox-location was made, the client found 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := tell(t, test.demo)
			if err == nil {
				t.Fatalf("the demo ends well:\n%s", out)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q:\n%v", want, err)
				}
			}
			if strings.Contains(out, "Done:") {
				t.Error("it says that it is done")
			}
			if len(err.Error()) > 1000 {
				t.Errorf("the error is %d bytes long:\n%v", len(err.Error()), err)
			}
		})
	}
}

func TestOperationThatIsNotCalledIsAnError(t *testing.T) {
	more := strings.Replace(string(spec.Snapshots), "paths:\n", "paths:\n  /snapshots/new:\n    get:\n      operationId: get-new\n      responses:\n        \"200\": { description: Something. }\n", 1)
	_, err := tell(t, demo{specFile: "more.yaml", spec: []byte(more)})
	if err == nil || !strings.Contains(err.Error(), "the demo never calls get-new") || !strings.HasPrefix(err.Error(), "more.yaml:") {
		t.Errorf("the error is %v", err)
	}
}

func TestASpecThatCannotBeReadIsAnError(t *testing.T) {
	for name, text := range map[string]string{"no YAML": "a: [", "no paths": "openapi: 3.0.3", "empty": " "} {
		if _, err := tell(t, demo{specFile: "x.yaml", spec: []byte(text)}); err == nil || !strings.Contains(err.Error(), "x.yaml") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

func TestEveryKindOfLinkIsMade(t *testing.T) {
	out, err := tell(t, demo{})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range api.ShareTypes() {
		if !strings.Contains(out, `"share_type":"`+string(kind)+`"`) || !strings.Contains(out, "of type "+string(kind)+"\n") {
			t.Errorf("the demo makes no %s", kind)
		}
	}
}
