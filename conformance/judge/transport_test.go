package judge_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

func serve(t *testing.T, status int, body string) (*httptest.Server, *int) {
	calls := new(int)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*calls++
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s, calls
}

func get(t *testing.T, client *http.Client, url string) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer x")
	r.Header.Set("Version", "v3")
	return client.Do(r)
}

func TestTransportDoesNotSendAWrongRequest(t *testing.T) {
	s, calls := serve(t, 200, `{}`)
	_, err := get(t, &http.Client{Transport: &judge.Transport{Judge: snapshotsJudge(t)}}, s.URL+"/snapshots/")
	if !errors.Is(err, judge.ErrRefused) || *calls != 0 {
		t.Errorf("error %v after %d calls, want a refusal before the first", err, *calls)
	}
	if !strings.Contains(err.Error(), "query companyId: is required") || !strings.Contains(err.Error(), "spec/snapshots.yaml:") {
		t.Errorf("the error names neither parameter nor line: %v", err)
	}
}

func TestTransportDoesNotHandOnAWrongAnswer(t *testing.T) {
	s, _ := serve(t, 200, `{"snapshots":[],"next":1}`)
	_, err := get(t, &http.Client{Transport: &judge.Transport{Judge: snapshotsJudge(t)}}, s.URL+list)
	if !errors.Is(err, judge.ErrRefused) || !strings.Contains(err.Error(), "/next") {
		t.Errorf("got %v", err)
	}
}

func TestTransportReportsAndLetsPass(t *testing.T) {
	s, calls := serve(t, 200, `{"next":1}`)
	var reported, seen []judge.Verdict
	client := &http.Client{Transport: &judge.Transport{
		Judge:  snapshotsJudge(t),
		Report: func(v judge.Verdict) { reported = append(reported, v) },
		Seen:   func(v judge.Verdict) { seen = append(seen, v) },
	}}
	resp, err := get(t, client, s.URL+"/snapshots/")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	if string(body) != `{"next":1}` || *calls != 1 {
		t.Errorf("body %s after %d calls", body, *calls)
	}
	if len(reported) != 2 || reported[0].Response != nil || !reported[1].Has(judge.ExtraKey) || len(seen) != 2 {
		t.Errorf("reported %v, seen %d", reported, len(seen))
	}
	if reported[0].Operation != "get-custom-snapshots" {
		t.Errorf("operation %q", reported[0].Operation)
	}
}

type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, errors.New("cable pulled") }
func (brokenBody) Close() error             { return nil }

func TestBodyThatBreaksOff(t *testing.T) {
	j := snapshotsJudge(t)
	r, _ := http.NewRequest("POST", "http://127.0.0.1"+create, brokenBody{})
	if v := j.Request(r); !v.Has(judge.UnreadableExchange) {
		t.Errorf("request: %v", v.Err())
	}
	resp := &http.Response{StatusCode: 201, Body: brokenBody{}, Header: http.Header{}}
	if v := j.Response(r, resp); !v.Has(judge.UnreadableExchange) {
		t.Errorf("response: %v", v.Err())
	}
	if _, err := io.ReadAll(resp.Body); err == nil || err.Error() != "cable pulled" {
		t.Errorf("the reader after the judge got %v", err)
	}
}

func TestNoViolationRepeatsTheToken(t *testing.T) {
	const token = "pit secret"
	j := snapshotsJudge(t)
	r, _ := http.NewRequest("GET", "http://127.0.0.1"+list, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	v := j.Request(r)
	if v.OK() || strings.Contains(v.Err().Error(), "secret") {
		t.Errorf("got %v", v.Err())
	}
}

func TestHeadersThatAProgramAllows(t *testing.T) {
	m := message{"GET", list, []string{"X-Tenant: 1"}, "", 0}
	if v := m.judge(t, snapshotsJudge(t, judge.AllowHeaders("x-tenant")), snapshotsBase); !v.OK() {
		t.Error(v.Err())
	}
}

func TestPathErrorNamesTheSlash(t *testing.T) {
	v := wrong["no slash at the end"].judge(t, snapshotsJudge(t), snapshotsBase)
	if text := v.Err().Error(); !strings.Contains(text, "get-custom-snapshots has /snapshots/") {
		t.Errorf("got %s", text)
	}
}
