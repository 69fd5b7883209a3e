package console

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func start(t *testing.T) *sandbox.Server {
	t.Helper()
	server, err := sandbox.Start(sandbox.WithHandler(Path, func(box *sandbox.Sandbox) http.Handler {
		c, err := New(t.Context(), box, Documents())
		if err != nil {
			t.Error(err)
			return http.NotFoundHandler()
		}
		return c
	}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

// send sends a request to the console as its own page does, unless edit changes it.
func send(t *testing.T, server *sandbox.Server, method, path string, body any, edit func(*http.Request)) (int, string) {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(method, server.URL+Path+path, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Console", "1")
	if edit != nil {
		edit(r)
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func TestOnlyItsOwnPageOnThisMachineIsAnswered(t *testing.T) {
	server := start(t)
	for _, c := range []struct {
		name         string
		method, path string
		edit         func(*http.Request)
		want         int
	}{
		{"the page", "GET", "/", nil, 200},
		{"the page by the machine's name", "GET", "/", func(r *http.Request) { r.Host = "localhost:8080" }, 200},
		{"a link from elsewhere", "GET", "/", func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Set("Sec-Fetch-Mode", "navigate")
		}, 200},
		{"another name that leads here", "GET", "/", func(r *http.Request) { r.Host = "evil.example.com" }, 403},
		{"a name that begins like this machine's", "GET", "/api/state", func(r *http.Request) { r.Host = "localhost.evil.example.com:80" }, 403},
		{"another address", "GET", "/api/state", func(r *http.Request) { r.Host = "192.0.2.1" }, 403},
		{"another origin", "GET", "/api/state", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example.com") }, 403},
		{"an origin without a name", "GET", "/api/state", func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		{"an origin of another scheme", "GET", "/api/state", func(r *http.Request) { r.Header.Set("Origin", "https://"+r.URL.Host) }, 403},
		{"another port of this machine", "GET", "/api/state", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") }, 403},
		{"a script from elsewhere", "GET", "/api/state", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"a link from elsewhere to what is known", "GET", "/api/state", func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Set("Sec-Fetch-Mode", "navigate")
		}, 403},
		{"a form without the header", "POST", "/api/faults", func(r *http.Request) { r.Header.Del("X-Console") }, 403},
		{"a body that is not JSON", "POST", "/api/faults", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		{"no such page", "GET", "/none", nil, 404},
		{"no such push", "POST", "/api/pushes/none", nil, 400},
	} {
		if got, text := send(t, server, c.method, c.path, nil, c.edit); got != c.want {
			t.Errorf("%s: status %d, want %d: %s", c.name, got, c.want, text)
		}
	}
	response, err := http.Get(server.URL + Path + "/")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q", policy)
	}
}

func TestRequestsComeWithTheVerdictAndItsLineAndWithoutTokens(t *testing.T) {
	server := start(t)
	client, err := server.Client()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
		t.Fatal(err)
	}
	if _, err := server.AddFault(sandbox.Fault{WrongTypes: true}); err != nil {
		t.Fatal(err)
	}
	_, _ = client.Snapshots(t.Context(), api.SnapshotsRequest{}) // its answer is wrong on purpose
	response, err := http.Get(server.URL + "/nowhere")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	status, text := send(t, server, "GET", "/api/requests", nil, nil)
	var list []seen
	if err := json.Unmarshal([]byte(text), &list); err != nil || status != 200 || len(list) != 3 {
		t.Fatalf("status %d, %v: %s", status, err, text)
	}
	if strings.Contains(text, sandbox.Token) {
		t.Error("the token is shown")
	}
	if len(list[0].Verdict) != 0 || list[0].Unjudged != "" {
		t.Errorf("a right request with a right answer is judged %+v, %q", list[0].Verdict, list[0].Unjudged)
	}
	if v := list[1].Verdict; len(v) == 0 || !strings.HasPrefix(v[0].Text, "answer: ") || !strings.HasPrefix(v[0].Line, "spec/snapshots.yaml:") {
		t.Errorf("the wrong answer is judged %+v", v)
	}
	if !strings.Contains(list[2].Unjudged, "No operation") {
		t.Errorf("a request to no operation is judged %+v, %q", list[2].Verdict, list[2].Unjudged)
	}
}

// Every operation's form, filled in as it begins, makes a request that the sandbox accepts, and Go that compiles.
func TestFormsMakeCallsThatWork(t *testing.T) {
	server := start(t)
	server.Push(sandbox.Snapshot1, "location-1")
	status, text := send(t, server, "GET", "/api/operations", nil, nil)
	var operations []Operation
	if err := json.Unmarshal([]byte(text), &operations); err != nil || status != 200 || len(operations) != len(api.Operations())+len(locations.Operations())+len(oauth.Operations()) {
		t.Fatalf("status %d, %v, %d operations", status, err, len(operations))
	}
	program := "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"os\"\n\t\"time\"\n\n\t\"github.com/highlevel-go/snapshots/api\"\n\t\"github.com/highlevel-go/snapshots/api/locations\"\n\t\"github.com/highlevel-go/snapshots/api/rest\"\n)\n\nvar (\n\t_ = time.Now\n\t_ locations.SearchRequest\n\t_ rest.CommaList\n)\n\nfunc main() {}\n"
	for _, o := range operations {
		call := Call{Operation: o.ID, Values: map[string]string{}}
		for _, in := range o.Inputs {
			call.Values[in.In+" "+in.Name] = in.Example
			if in.Name == "locationId" {
				call.Values[in.In+" "+in.Name] = "location-1"
			}
		}
		_, text := send(t, server, "POST", "/api/call", call, nil)
		var w written
		if err := json.Unmarshal([]byte(text), &w); err != nil {
			t.Fatalf("%s: %s", o.ID, text)
		}
		r, err := http.NewRequest(w.Method, server.URL+w.Path, strings.NewReader(w.Body))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range w.Headers {
			r.Header.Set(name, value)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if isSnapshots := slices.ContainsFunc(api.Operations(), func(known *rest.Operation) bool { return known.ID == o.ID }); isSnapshots && response.StatusCode/100 != 2 {
			t.Errorf("%s: status %d: %s", o.ID, response.StatusCode, answer)
		}
		if !strings.Contains(w.Curl, "$HIGHLEVEL_TOKEN") || strings.Contains(w.Curl, sandbox.Token) || strings.Contains(w.Go, sandbox.Token) {
			t.Errorf("%s: the calls show a token:\n%s\n%s", o.ID, w.Curl, w.Go)
		}
		if w.Go == "" {
			continue
		}
		program += "\nfunc _(ctx context.Context) error {\n" + w.Go + "\nreturn nil\n}\n"
	}
	compile(t, program)
}

// compile checks that a program compiles in this module.
func compile(t *testing.T, program string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "vet", "-buildtag", file).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s\n%s", err, out, program)
	}
}

func TestFaultsAndPushesAreSetFromThePage(t *testing.T) {
	server := start(t)
	push := server.Push(sandbox.Snapshot1, "location-1")
	if status, text := send(t, server, "POST", "/api/faults", map[string]any{"status": 503, "times": -1}, nil); status != 200 || len(server.Faults()) != 1 {
		t.Errorf("a fault: status %d: %s", status, text)
	}
	if status, text := send(t, server, "POST", "/api/faults", map[string]any{"statsu": 503}, nil); status != 400 || !strings.Contains(text, "statsu") {
		t.Errorf("a fault with a wrong name: status %d: %s", status, text)
	}
	if status, _ := send(t, server, "DELETE", "/api/faults/none", nil, nil); status != 404 {
		t.Errorf("no such fault: status %d", status)
	}
	if status, _ := send(t, server, "DELETE", "/api/faults/"+server.Faults()[0].ID, nil, nil); status != 200 || len(server.Faults()) != 0 {
		t.Errorf("the fault is not lifted: status %d", status)
	}
	if status, text := send(t, server, "POST", "/api/pushes/"+push.ID, map[string]string{"status": "failed"}, nil); status != 200 || server.Pushes()[0].Status != "failed" {
		t.Errorf("the push did not fail: status %d: %s, %+v", status, text, server.Pushes())
	}
	if status, _ := send(t, server, "POST", "/api/pushes/none", map[string]string{"status": "failed"}, nil); status != 404 {
		t.Errorf("no such push: status %d", status)
	}
}

func TestValuesAreWrittenAsGo(t *testing.T) {
	for _, c := range []struct {
		t          reflect.Type
		text, want string
	}{
		{reflect.TypeFor[string](), "a\"b", `"a\"b"`},
		{reflect.TypeFor[int](), "12", "12"},
		{reflect.TypeFor[int](), "os.Exit(1)", ""},
		{reflect.TypeFor[bool](), "true", "true"},
		{reflect.TypeFor[bool](), "null", ""},
		{reflect.TypeFor[*int](), "null", ""},
		{reflect.TypeFor[*int](), "0", "new(int(0))"},
		{reflect.TypeFor[[]string](), "a, b", `[]string{"a", "b"}`},
		{reflect.TypeFor[[]string](), `["a,b"]`, `[]string{"a,b"}`},
		{reflect.TypeFor[float64](), "1.5", "1.5"},
		{reflect.TypeFor[map[string]any](), "{}", ""},
	} {
		if got := goValue(c.t, c.text); got != c.want {
			t.Errorf("%s as %v is %q, want %q", c.text, c.t, got, c.want)
		}
	}
}

func TestCallsAreShownAsCommands(t *testing.T) {
	for _, c := range []struct {
		call Call
		want string
	}{
		{Call{Operation: "get-custom-snapshots", Values: map[string]string{"query companyId": "c1"}}, "snapshots list --company c1"},
		{Call{Operation: "create-snapshot-share-link", Values: map[string]string{"body snapshot_id": "it's", "body share_type": "agency_link", "body relationship_number": "0-1-2, 0-1-3"}},
			`snapshots share 'it'\''s' --type agency_link --relationship-number 0-1-2 --relationship-number 0-1-3`},
		{Call{Operation: "get-snapshot-push", Values: map[string]string{"path snapshotId": "s1", "query from": "2025-10-01"}}, "snapshots pushes s1 --from 2025-10-01"},
		{Call{Operation: "get-latest-snapshot-push", Values: map[string]string{"path snapshotId": "s1", "path locationId": "$(reboot)"}}, "snapshots status s1 '$(reboot)'"},
		{Call{Operation: "delete-tag"}, ""},
	} {
		if got := commandLine(c.call); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// What stands in the log in another way than it was sent changes no verdict.
func TestVerdictsAreThoseOfTheMessagesAsTheyWereSent(t *testing.T) {
	for _, c := range []struct {
		name, authorization, body, path string
		fault                           string
		right                           bool
	}{
		{"a secret in the body", "Bearer " + sandbox.Token, `{"companyId":"sandbox-company","name":"x","twilio":{"sid":"AC1","authToken":"0123"}}`, "/locations/", "", true},
		{"the token in the body", "Bearer " + sandbox.Token, `{"companyId":"sandbox-company","name":"sandbox-token"}`, "/locations/", "", true},
		{"a fault asked for", "Bearer " + sandbox.Token, `{"companyId":"sandbox-company","name":"x"}`, "/locations/", "retryAfter=1s", true},
		{"another scheme", "Basic eDp5", `{"companyId":"sandbox-company","name":"x"}`, "/locations/", "", false},
		{"no scheme", sandbox.Token, `{"companyId":"sandbox-company","name":"x"}`, "/locations/", "", false},
	} {
		server := start(t)
		r, err := http.NewRequest("POST", server.URL+c.path, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", c.authorization)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Version", "2021-07-28")
		if c.fault != "" {
			r.Header.Set(sandbox.FaultHeader, c.fault)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		_, text := send(t, server, "GET", "/api/requests", nil, nil)
		var list []seen
		if err := json.Unmarshal([]byte(text), &list); err != nil || len(list) != 1 {
			t.Fatalf("%v: %s", err, text)
		}
		if right := len(list[0].Verdict) == 0; right != c.right || list[0].Unjudged != "" {
			t.Errorf("%s: judged %+v %q", c.name, list[0].Verdict, list[0].Unjudged)
		}
	}
}
