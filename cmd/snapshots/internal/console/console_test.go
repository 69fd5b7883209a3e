package console

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/spec"
)

func start(t *testing.T, opts ...sandbox.Option) *sandbox.Server {
	t.Helper()
	server, err := sandbox.Start(append(opts, withConsole(t.Context(), t))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

func withConsole(ctx context.Context, t *testing.T) sandbox.Option {
	return sandbox.WithHandler(Path, func(box *sandbox.Sandbox) http.Handler {
		c, err := New(ctx, box)
		if err != nil {
			t.Error(err)
			return http.NotFoundHandler()
		}
		return c
	})
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

// details asks for the details of the first n requests, and looks for the token in them.
func details(t *testing.T, server *sandbox.Server, n int) []judgedRequest {
	t.Helper()
	list := make([]judgedRequest, n)
	for i := range list {
		status, text := send(t, server, "GET", fmt.Sprintf("/api/requests/%d", i+1), nil, nil)
		if err := json.Unmarshal([]byte(text), &list[i]); err != nil || status != 200 {
			t.Fatalf("status %d, %v: %s", status, err, text)
		}
		if strings.Contains(text, sandbox.Token) {
			t.Error("the token is shown")
		}
	}
	if status, text := send(t, server, "GET", fmt.Sprintf("/api/requests/%d", n+1), nil, nil); status != 404 {
		t.Errorf("a request that never was: status %d: %s", status, text)
	}
	return list
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
	list := details(t, server, 3)
	if len(list[0].Verdict) != 0 || list[0].Unjudged != "" {
		t.Errorf("a right request with a right answer is judged %+v, %q", list[0].Verdict, list[0].Unjudged)
	}
	if v := list[1].Verdict; len(v) == 0 || !strings.HasPrefix(v[0].Text, "answer: ") || !strings.HasPrefix(v[0].Line, "spec/snapshots.yaml:") {
		t.Errorf("the wrong answer is judged %+v", v)
	}
	for _, v := range list[1].Verdict {
		_, number, _ := strings.Cut(v.Line, ":")
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatalf("%s names no line", v.Line)
		}
		if want := fmt.Sprintf("> %4d  %s\n", n, strings.Split(string(spec.Snapshots), "\n")[n-1]); !strings.Contains(v.Spec, want) {
			t.Errorf("of the spec at %s, this is shown:\n%s\nwithout\n%s", v.Line, v.Spec, want)
		}
	}
	if !strings.Contains(list[2].Unjudged, "No operation") {
		t.Errorf("a request to no operation is judged %+v, %q", list[2].Verdict, list[2].Unjudged)
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

// Redaction in the log does not change the verdict.
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
		list := details(t, server, 1)
		if right := len(list[0].Verdict) == 0; right != c.right || list[0].Unjudged != "" {
			t.Errorf("%s: judged %+v %q", c.name, list[0].Verdict, list[0].Unjudged)
		}
	}
}
