package sandbox_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func once(t *testing.T, s *sandbox.Sandbox, opts ...api.Option) *api.Client {
	t.Helper()
	return client(t, s, append([]api.Option{rest.WithRetry(rest.Retry{Attempts: 1}), rest.WithBudget(nil)}, opts...)...)
}

func addFault(t *testing.T, s *sandbox.Sandbox, text string) string {
	t.Helper()
	f, err := sandbox.ParseFault(text)
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.AddFault(f)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// The client reports each fault as the right kind of error, with a network and without.
func TestClientSeesEachFault(t *testing.T) {
	leak.Check(t)
	server, err := sandbox.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	near := once(t, server.Sandbox)
	far, err := server.Client(rest.WithRetry(rest.Retry{Attempts: 1}), rest.WithBudget(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		fault string
		is    error
		done  bool // the link was made
	}{
		{"status=500", api.ErrServer, false},
		{"status=502; done", api.ErrServer, true},
		{"status=429; retryAfter=1s", api.ErrRateLimited, false},
		{"status=403; body=error code: 1010", api.ErrBlocked, false},
		{"body=<html>", api.ErrUndecodable, false},
		{"redirect=http://127.0.0.1:1/", api.ErrRedirect, false},
		{"redirect=http://127.0.0.1:1/; status=307", api.ErrRedirect, false},
		{"cut=-1", api.ErrNoAnswer, true},
		{"cut=10", api.ErrUndecodable, true},
		{"wrongTypes", api.ErrUndecodable, true},
		{"delay=10ms", nil, true},
		{"header=X-Extra: yes", nil, true},
		{"status=204", api.ErrUndecodable, false},
	} {
		for name, client := range map[string]*api.Client{"near": near, "far": far} {
			before := len(server.Links())
			addFault(t, server.Sandbox, c.fault)
			_, err := client.CreateShareLink(t.Context(), api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink})
			if !errors.Is(err, c.is) {
				t.Errorf("%s, %s: %v, want %v", c.fault, name, err, c.is)
			}
			if done := len(server.Links()) > before; done != c.done {
				t.Errorf("%s, %s: link made: %v", c.fault, name, done)
			}
			if got := server.Requests(); got[len(got)-1].Fault == "" {
				t.Errorf("%s, %s: the log does not tell of it", c.fault, name)
			}
		}
	}
	if left := server.Faults(); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

func TestFaultsApplyToAsManyRequestsAsTheySay(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		fault string
		met   int
	}{
		{"status=500", 1}, {"status=500; times=3", 3}, {"status=500; times=-1", 40}, {"status=500; rate=1", 40},
		{"status=500; rate=0.25; seed=7", 12}, {"status=500; rate=0.25; seed=7; times=2", 2},
		{"status=500; operation=get-custom-snapshots", 1}, {"status=500; operation=get-snapshot-push", 0},
	} {
		s := sandbox.New()
		id := addFault(t, s, c.fault)
		n := 0
		ask := func() {
			if _, err := once(t, s).Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
				n++
			}
		}
		for range 40 {
			ask()
		}
		if n != c.met {
			t.Errorf("%s: met %d of 40, want %d", c.fault, n, c.met)
		}
		for _, f := range s.Faults() {
			if f.ID != id || f.Met != n || f.Left == 0 {
				t.Errorf("%s: listed as %+v", c.fault, f)
			}
			if !s.LiftFault(id) || s.LiftFault(id) {
				t.Errorf("%s: cannot be lifted once", c.fault)
			}
		}
		if n = 0; true {
			if ask(); n != 0 {
				t.Errorf("%s: met after it was lifted", c.fault)
			}
		}
	}
}

// Of several faults the first one added is used, but before it the one in the header of the request.
func TestFirstFaultIsUsed(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	for _, fault := range []string{"status=501; times=2", "status=502; operation=get-snapshot-push", "status=503", "status=504; times=-1"} {
		addFault(t, s, fault)
	}
	var got []int
	for _, header := range []string{"", "X-Sandbox-Fault: status=505", "", "", "", ""} {
		status, _ := ask(t, s, "GET", "/snapshots/?companyId="+sandbox.CompanyID, "", header)
		got = append(got, status)
	}
	if want := []int{501, 505, 501, 503, 504, 504}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	s.LiftFaults()
	if status, _ := ask(t, s, "GET", "/snapshots/?companyId="+sandbox.CompanyID, ""); status != 200 {
		t.Errorf("after all are lifted: %d", status)
	}
}

// Without a Retry-After, a client waits for the end of the interval.
func TestPlanned429IsRetriedSoon(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New()
		s.FailNext(&api.OperationSnapshots, http.StatusTooManyRequests, "Too Many Requests")
		begun := time.Now()
		if _, err := client(t, s).Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
			t.Error(err)
		}
		if took := time.Since(begun); took > 100*time.Millisecond {
			t.Errorf("took %v", took)
		}
	})
}

func TestRequestAsksForItsOwnFault(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	send := func(fault string) (*http.Response, string) {
		t.Helper()
		r, err := http.NewRequest("GET", "http://sandbox.test/snapshots/?companyId="+sandbox.CompanyID, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header = http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"v3"}, sandbox.FaultHeader: {fault}}
		resp, err := s.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		return resp, string(body)
	}
	if resp, _ := send(`{"status": 503, "retryAfter": "1.5s"}`); resp.StatusCode != 503 || resp.Header.Get("Retry-After") != "1.5" {
		t.Errorf("%d %v", resp.StatusCode, resp.Header)
	}
	if resp, body := send("header=Content-Type:; wrongTypes"); resp.StatusCode != 200 || resp.Header["Content-Type"] != nil || strings.Contains(body, `"id":"`) {
		t.Errorf("%d %v %s", resp.StatusCode, resp.Header, body)
	}
	for _, fault := range []string{"status=503; times=2", "status=503; operation=get-custom-snapshots", "status=503; rate=0.5", "nonsense", "{"} {
		if resp, body := send(fault); resp.StatusCode != 400 || !strings.Contains(body, sandbox.FaultHeader+": fault: ") {
			t.Errorf("%s: %d %s", fault, resp.StatusCode, body)
		}
	}
	r, err := http.NewRequest("GET", "http://sandbox.test/snapshots/?companyId="+sandbox.CompanyID, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"v3"}, sandbox.FaultHeader: {"status=503", "cut=1"}}
	if resp, err := s.RoundTrip(r); err != nil || resp.StatusCode != 400 {
		t.Errorf("two faults: %v, %v", resp, err)
	}
	if n := len(s.Faults()); n != 0 {
		t.Errorf("%d faults are left", n)
	}
}

func TestInvalidFaultsAreRefusedByName(t *testing.T) {
	leak.Check(t)
	for text, says := range map[string]string{
		"": "changes nothing", "status=7": "status: 7", "status=x": "status: \"x\"", "status=200; redirect=/": "redirect: status 200",
		"delay=1": "delay: \"1\"", "delay=-1s": "delay: -1s", "delay=1000h": "delay: 1000h", "cut=-2": "cut: -2", "times=-2; cut=1": "times: -2",
		"rate=2; cut=1": "rate: 2", "rate=NaN; cut=1": "rate: NaN", "seed=-1; cut=1": "seed", "header=X": "NAME: VALUE", "header=A B: x": `"A B"`,
		"operation=x; cut=1": "get-custom-snapshots", "what=1": "wrongTypes", "done=perhaps": "neither true nor false",
		`{"status":"x"}`: "status", `{"stat":1}`: "stat", `{"cut":1,"header":{"X":"a\r\nb"}}`: `"X"`, `{"redirect":"a\r\nb"}`: "redirect",
		`{"cut":1} {}`: "fault", "header=content-length: 5": "use cut", "body=\xff": "UTF-8",
		"status=429; status=500": "status is there twice",
		"status=204; body=x":     "body: an answer with status 204", "status=304; message=x": "message: an answer with status 304", "status=204; cut=5": "cut: an answer",
		"status=204; wrongTypes": "wrongTypes: an answer", "delay=1s; message=x": "message: it is that of", "body=x; message=y": "message: body is",
		"delay=1s; done": "done: what", "body=<html>; wrongTypes": "wrongTypes: body", "status=429; retryAfter=1s; header=retry-after: 2": "retryAfter: header",
		"redirect=/; header=Location: /x": "redirect: header", "status=500; seed=1": "seed: it is for rate",
	} {
		if _, err := sandbox.ParseFault(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q in it", text, err, says)
		}
	}
	s := sandbox.New(sandbox.WithFault(sandbox.Fault{Status: 7}))
	if err := s.Err(); err == nil || !strings.Contains(err.Error(), "status: 7") {
		t.Errorf("as an option: %v", err)
	}
	if _, err := sandbox.Start(sandbox.WithFault(sandbox.Fault{Status: 7})); err == nil {
		t.Error("a sandbox with it starts")
	}
	if _, err := once(t, s).Snapshots(t.Context(), api.SnapshotsRequest{}); !errors.Is(err, api.ErrServer) {
		t.Errorf("it is used all the same: %v", err)
	}
}

func TestFaultSurvivesJSON(t *testing.T) {
	leak.Check(t)
	want := `{"operation":"get-custom-snapshots","status":429,"message":"m","header":{"A":"b"},"cut":-1,"body":"b","wrongTypes":true,"redirect":"/x","done":true,"times":3,"rate":0.5,"seed":7,"retryAfter":"1.5s","delay":"2s"}`
	var f sandbox.Fault
	if err := json.Unmarshal([]byte(want), &f); err != nil {
		t.Fatal(err)
	}
	if got, err := json.Marshal(f); err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}

func FuzzParseFault(f *testing.F) {
	for _, text := range []string{"", "status=429; retryAfter=2s", `{"status":200,"header":{"A":"b"}}`, "header=A: b; header=C: d; cut=-1", "rate=0.5; seed=1; times=2; wrongTypes"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fault, err := sandbox.ParseFault(text)
		if err != nil {
			return
		}
		written, err := json.Marshal(fault)
		if err != nil {
			t.Fatal(err)
		}
		again, err := sandbox.ParseFault(string(written))
		if err != nil {
			t.Fatalf("%q: %s: %v", text, written, err)
		}
		if rewritten, err := json.Marshal(again); err != nil || string(rewritten) != string(written) {
			t.Errorf("%q: %s became %s, %v", text, written, rewritten, err)
		}
	})
}

// Any value of the header leads to an answer or a cut connection, and the sandbox continues.
func FuzzFaultHeader(f *testing.F) {
	for _, text := range []string{"status=429", "status=304", "status=204; body=x", "cut=1", "header=Content-Length: 5", "header=Transfer-Encoding: chunked", "header=Connection: close; wrongTypes", "redirect=x"} {
		f.Add(text)
	}
	server, err := sandbox.Start(sandbox.WithRateLimit(1_000_000, time.Second, false), sandbox.WithDailyLimit(1e9))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(server.Close)
	send := func(fault string) (*http.Response, error) {
		r, err := http.NewRequest("GET", server.URL+"/snapshots/?companyId="+sandbox.CompanyID, nil)
		if err != nil {
			return nil, err
		}
		r.Header = http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"v3"}}
		if fault != "" {
			r.Header.Set(sandbox.FaultHeader, fault)
		}
		return (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	}
	f.Fuzz(func(t *testing.T, fault string) {
		if strings.Contains(fault, "delay") {
			return
		}
		if resp, err := send(fault); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
		resp, err := send("")
		if err != nil {
			t.Fatal(err)
		}
		if _ = resp.Body.Close(); resp.StatusCode != http.StatusOK {
			t.Errorf("%q: then %s", fault, resp.Status)
		}
	})
}
