package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/internal/drift"
)

// environment is what a probe is told.
func environment(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

var boxed = map[string]string{"HIGHLEVEL_TOKEN": sandbox.Token, "HIGHLEVEL_COMPANY": sandbox.CompanyID}

func probe(t *testing.T, env map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	code = run(t.Context(), args, environment(env), &out, &problems)
	return code, out.String(), problems.String()
}

func box(t *testing.T) *sandbox.Server {
	t.Helper()
	s, err := sandbox.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	s.Push(sandbox.Snapshot1, "loc1")
	return s
}

func TestWithoutATokenItSaysWhatItWouldDo(t *testing.T) {
	code, out, _ := probe(t, nil)
	if code != 0 || !strings.Contains(out, "list the agency's snapshots") || !strings.Contains(out, "create nothing") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestTheSandboxIsAsForeseen(t *testing.T) {
	s := box(t)
	code, out, problems := probe(t, boxed, "-base-url", s.URL)
	if code != 0 || !strings.Contains(out, "nothing was observed") || problems != "" {
		t.Errorf("exit %d: %s%s", code, out, problems)
	}
	operations := map[string]bool{}
	for _, r := range s.Requests() {
		operations[r.Operation] = true
		if r.Method != http.MethodGet {
			t.Errorf("%s %s was sent without -create-link", r.Method, r.Path)
		}
	}
	if len(operations) != 3 {
		t.Errorf("asked for %v", operations)
	}
}

func TestALinkIsCreatedOnlyWhenToldTo(t *testing.T) {
	s := box(t)
	if code, out, problems := probe(t, boxed, "-base-url", s.URL, "-create-link", "permanent_link"); code != 0 {
		t.Errorf("exit %d: %s%s", code, out, problems)
	}
	if n := len(s.Links()); n != 1 {
		t.Errorf("%d links were made", n)
	}
}

// surprising answers every operation in a way that the spec does not foresee.
func surprising(t *testing.T) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Shard", "7")
		switch {
		case r.URL.Path == "/snapshots/":
			_, _ = fmt.Fprintf(w, `{"snapshots":[{"id":"secret-id","name":"Doe & Sons","type":7,"owner":"Jane"}],"echo":%q}`, r.Header.Get("Authorization"))
		case strings.HasSuffix(r.URL.Path, "/location/loc-secret"):
			w.WriteHeader(http.StatusConflict)
			_, _ = fmt.Fprint(w, `{"message":"busy"}`)
		default:
			_, _ = fmt.Fprint(w, `{"data":[{"id":"p","locationId":"loc-secret","status":"queued","dateAdded":"kürzlich 7"}]}`)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func TestWhatTheSpecDoesNotSayIsAFinding(t *testing.T) {
	s := surprising(t)
	env := map[string]string{"HIGHLEVEL_TOKEN": "pit-secret", "HIGHLEVEL_COMPANY": "company-secret", "HIGHLEVEL_SNAPSHOT": "snap-secret"}
	dir := t.TempDir()
	code, out, _ := probe(t, env, "-base-url", s.URL, "-out", dir)
	if code != 1 {
		t.Errorf("exit %d: %s", code, out)
	}
	for _, want := range []string{
		"observed|get-custom-snapshots|response.200.snapshots[].owner", "observed|get-custom-snapshots|response.200.snapshots[].type",
		"observed|get-custom-snapshots|response.200.header.X-Shard", "observed|get-latest-snapshot-push|response.409",
		"observed|get-snapshot-push|response.200.data[].dateAdded: a date has the form xxxxxxxx 0",
		"spec/snapshots.yaml:",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "cassette.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"secret", "Jane", "Doe"} {
		if strings.Contains(string(text), secret) || strings.Contains(out, "pit-secret") {
			t.Errorf("%q is left in the cassette or the output:\n%s", secret, text)
		}
	}
	var entries []entry
	if err := json.Unmarshal(text, &entries); err != nil || len(entries) != 3 || entries[2].Status != 409 {
		t.Errorf("cassette: %v, %+v", err, entries)
	}
	if !strings.Contains(string(text), `"queued"`) || !strings.Contains(string(text), `"owner"`) {
		t.Errorf("the cassette lost what is of use:\n%s", text)
	}
}

// A service may give back what it was sent in any form and at any place.
func TestNoFormOfASecretIsLeftInTheCassette(t *testing.T) {
	const token = "pit-Ab12_cd34.ef/56"
	units, percent := "", ""
	for _, r := range token {
		units, percent = units+fmt.Sprintf(`\u%04x`, r), percent+fmt.Sprintf("%%%02x", r)
	}
	encoded := base64.StdEncoding.EncodeToString([]byte(token))
	forms := []string{token, url.QueryEscape(token), strings.ToUpper(token), percent, encoded, base64.RawURLEncoding.EncodeToString([]byte(":" + token)), strings.ReplaceAll(token, "/", `\/`)}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Server", "edge "+token)
		w.Header().Set("X-Echo", r.URL.String()+" "+r.Header.Get("Authorization"))
		w.Header().Set("Location", "https://x.test/?token="+url.QueryEscape(token))
		message := units
		for _, f := range forms {
			message += " " + f
		}
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, `{"message":"%s","error":["%s"],"%s":{"phone":15551234567,"%s":1},"code":"%s"}`, message, message, token, token, token)
	}))
	t.Cleanup(s.Close)
	dir := t.TempDir()
	_, out, problems := probe(t, map[string]string{"HIGHLEVEL_TOKEN": token, "HIGHLEVEL_COMPANY": "c-123456"}, "-base-url", s.URL, "-out", dir)
	text, err := os.ReadFile(filepath.Join(dir, "cassette.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := strings.ToLower(string(text) + out)
	for _, f := range append(forms, units, "c-123456", "15551234567", strings.TrimRight(encoded, "=")) {
		if strings.Contains(all, strings.ToLower(f)) {
			t.Errorf("%q is left:\n%s\n%s", f, text, out)
		}
	}
	if strings.Contains(problems, token) {
		t.Errorf("the token is printed: %s", problems)
	}
}

func TestMessagesAreKeptWithoutIdsAndAddresses(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprint(w, `{"statusCode":400,"message":"Snapshot 39It2BFz7EkNaNBALPif of jane.doe+x@acme.example (+1 555-123-4567) not found"}`)
	}))
	t.Cleanup(s.Close)
	dir := t.TempDir()
	probe(t, boxed, "-base-url", s.URL, "-out", dir)
	text, err := os.ReadFile(filepath.Join(dir, "cassette.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, quoted := range []string{"39It2BFz7EkNaNBALPif", "jane", "acme", "555"} {
		if strings.Contains(string(text), quoted) {
			t.Errorf("%q is left:\n%s", quoted, text)
		}
	}
	for _, kept := range []string{"Snapshot ", " not found", "400"} {
		if !strings.Contains(string(text), kept) {
			t.Errorf("%q is missing:\n%s", kept, text)
		}
	}
}

func TestNoNameOrNumberOfAPersonIsLeftAnywhere(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range map[string]string{"Content-Type": "application/json; charset=utf-8", "Server": "Jane Roe's edge", "X-Ratelimit-Max": "100",
			"X-Ratelimit-Remaining": "15551234567", "X-Ratelimit-Owner": "Roe 0-128-926", "X-Jane-Roe": "1", "Set-Cookie": "who=jane", "Vary": "Accept-Encoding"} {
			w.Header().Set(name, value)
		}
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprint(w, `{"statusCode":400,"message":"Snapshot of Jane Roe (5551234567, 0-128-926) not found","error":["JaneRoe","Bad Request"],
			"status":"Roe","type":"janeRoe","code":15551234567,"traceId":"39It2BFz7EkNaNBALPif","Jane Roe":{"0-128-926":"x","Roe":1,"Réo":2},"completed":["Jane's forms","workflows"],"pending":["Link Roe","of Roe Field","Max"]}`)
	}))
	t.Cleanup(s.Close)
	dir := t.TempDir()
	probe(t, boxed, "-base-url", s.URL, "-out", dir)
	text, err := os.ReadFile(filepath.Join(dir, "cassette.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, personal := range []string{"jane", "roe", "réo", "link", "field", "\"max", "555", "128", "926", "39it2"} {
		if strings.Contains(strings.ToLower(string(text)), personal) {
			t.Errorf("%q is left:\n%s", personal, text)
		}
	}
	for _, kept := range []string{"not found", "Bad Request", "400", "traceId", "workflows", `"X-Ratelimit-Max": [`, `"100"`, "Accept-Encoding", "application/json"} {
		if !strings.Contains(string(text), kept) {
			t.Errorf("%q is missing:\n%s", kept, text)
		}
	}
}

func TestBytesThatAreNotTextAreCountedOnly(t *testing.T) {
	for encoding, body := range map[string]string{"": "\x1f\x8bJane Roe\xff", "br": "Jane Roe"} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if encoding != "" {
				w.Header().Set("Content-Encoding", encoding)
			}
			_, _ = io.WriteString(w, body)
		}))
		dir := t.TempDir()
		probe(t, boxed, "-base-url", s.URL, "-out", dir)
		s.Close()
		text, err := os.ReadFile(filepath.Join(dir, "cassette.json"))
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf(`"body": "%d bytes that are not text"`, len(body)); !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestFindingsAsJSONAreThoseOfDrift(t *testing.T) {
	s := surprising(t)
	env := map[string]string{"HIGHLEVEL_TOKEN": "t", "HIGHLEVEL_COMPANY": "c", "HIGHLEVEL_SNAPSHOT": "s"}
	_, out, _ := probe(t, env, "-base-url", s.URL, "-json")
	var list []drift.Finding
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if f.Kind != "observed" || f.ID == "" || len(f.Sites) != 1 || f.Fix == "" {
			t.Errorf("finding %+v", f)
		}
	}
	if len(list) < 5 {
		t.Errorf("%d findings", len(list))
	}
}

func TestAServiceThatRefusesIsNotAsForeseen(t *testing.T) {
	s := box(t)
	code, _, problems := probe(t, map[string]string{"HIGHLEVEL_TOKEN": "pit-unknown", "HIGHLEVEL_COMPANY": "c"}, "-base-url", s.URL)
	if code != 2 || !strings.Contains(problems, "Invalid Private Integration token") {
		t.Errorf("exit %d: %s", code, problems)
	}
}

func TestBadUsage(t *testing.T) {
	for name, args := range map[string][]string{"argument": {"now"}, "flag": {"-now"}, "base URL": {"-base-url", "ftp://x"}} {
		if code, _, problems := probe(t, boxed, args...); code != 3 || problems == "" {
			t.Errorf("%s: exit %d: %s", name, code, problems)
		}
	}
	if code, _, help := probe(t, boxed, "-h"); code != 0 || !strings.Contains(help, "create-link") {
		t.Errorf("help: exit %d: %s", code, help)
	}
	if code, _, problems := probe(t, map[string]string{"HIGHLEVEL_TOKEN": "x"}); code != 3 || !strings.Contains(problems, "HIGHLEVEL_COMPANY") {
		t.Errorf("no company: exit %d: %s", code, problems)
	}
}
