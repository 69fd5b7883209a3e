package judge_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/spec"
)

func snapshotsJudge(t testing.TB, opts ...judge.Option) *judge.Judge {
	t.Helper()
	return load(t, "spec/snapshots.yaml", spec.Snapshots, opts...)
}

func shapesJudge(t testing.TB, opts ...judge.Option) *judge.Judge {
	t.Helper()
	data, err := os.ReadFile("testdata/shapes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return load(t, "shapes.yaml", data, opts...)
}

func load(t testing.TB, file string, data []byte, opts ...judge.Option) *judge.Judge {
	t.Helper()
	doc, err := judge.Load(file, data)
	if err != nil {
		t.Fatal(err)
	}
	j, err := judge.New(doc, append([]judge.Option{judge.WithFile(file)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// message is a request, or an answer to one.
type message struct {
	method, target string
	header         []string // "Name: value", beside those of base; "-Name" takes one away
	body           string
	status         int // of the answer; 0 for a request
}

// base are the headers that every right request has.
type base map[string]string

func (m message) request(t testing.TB, b base, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(m.method, "http://127.0.0.1"+m.target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range b {
		r.Header.Set(name, value)
	}
	return r
}

func headers(h http.Header, lines []string) {
	for _, line := range lines {
		if name, ok := strings.CutPrefix(line, "-"); ok {
			h.Del(name)
			continue
		}
		name, value, _ := strings.Cut(line, ": ")
		if replaced, ok := strings.CutPrefix(name, "="); ok {
			h.Set(replaced, value)
			continue
		}
		h[http.CanonicalHeaderKey(name)] = append(h[http.CanonicalHeaderKey(name)], value)
	}
}

func (m message) judge(t testing.TB, j *judge.Judge, b base) judge.Verdict {
	t.Helper()
	if m.status == 0 {
		r := m.request(t, b, m.body)
		headers(r.Header, m.header)
		return j.Request(r)
	}
	r := m.request(t, b, "")
	resp := &http.Response{
		StatusCode: m.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(m.body)), ContentLength: -1,
	}
	if m.body != "" {
		resp.Header.Set("Content-Type", "application/json")
	}
	headers(resp.Header, m.header)
	return j.Response(r, resp)
}

func TestBodyIsStillThereForWhoComesNext(t *testing.T) {
	j := snapshotsJudge(t)
	const text = `{"snapshot_id":"s","share_type":"link"}`
	r, _ := http.NewRequest("POST", "http://127.0.0.1/snapshots/share/link?companyId=c", bytes.NewReader([]byte(text)))
	j.Request(r)
	if got, _ := io.ReadAll(r.Body); string(got) != text {
		t.Errorf("request body is now %q", got)
	}
	resp, err := http.ReadResponse(bufio.NewReader(strings.NewReader("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}")), r)
	if err != nil {
		t.Fatal(err)
	}
	j.Response(r, resp)
	if got, _ := io.ReadAll(resp.Body); string(got) != "{}" {
		t.Errorf("response body is now %q", got)
	}
}
