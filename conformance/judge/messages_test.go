package judge_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

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

// documents are loaded once; judges change nothing of them.
var documents sync.Map

func load(t testing.TB, file string, data []byte, opts ...judge.Option) *judge.Judge {
	t.Helper()
	known, _ := documents.LoadOrStore(file, sync.OnceValues(func() (*openapi3.T, error) { return judge.Load(file, data) }))
	doc, err := known.(func() (*openapi3.T, error))()
	if err != nil {
		t.Fatal(err)
	}
	j, err := judge.New(doc, append([]judge.Option{judge.WithFile(file)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func stylesJudge(t testing.TB, opts ...judge.Option) *judge.Judge {
	t.Helper()
	data, err := os.ReadFile("testdata/styles.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return load(t, "styles.yaml", data, opts...)
}

// message is a request, or an answer to one.
type message struct {
	method, target string // a path is on this machine
	// "Name: value", beside those of base; "-Name" takes one away, "=Name: value" puts one in its place, "~name: value" keeps
	// the spelling, and "<Name: value" is of the request that is answered.
	header []string
	body   string
	status int // of the answer; 0 for a request
}

// base are the headers that every right request has.
type base map[string]string

func (m message) request(t testing.TB, b base, body string) *http.Request {
	t.Helper()
	target := m.target
	if strings.HasPrefix(target, "/") {
		target = "http://127.0.0.1" + target
	}
	r, err := http.NewRequest(m.method, target, strings.NewReader(body))
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
		if spelt, ok := strings.CutPrefix(name, "~"); ok {
			h[spelt] = append(h[spelt], value)
			continue
		}
		if replaced, ok := strings.CutPrefix(name, "="); ok {
			h.Set(replaced, value)
			continue
		}
		h[http.CanonicalHeaderKey(name)] = append(h[http.CanonicalHeaderKey(name)], value)
	}
}

// judge passes the message to a judge. A verdict may name only rules that are listed.
func (m message) judge(t testing.TB, j *judge.Judge, b base) judge.Verdict {
	t.Helper()
	verdict := m.verdict(t, j, b)
	for _, v := range verdict.Violations {
		if !isListed(v.Rule) {
			t.Errorf("a verdict names the rule %q, which is not in Rules(): %v", v.Rule, v)
		}
	}
	return verdict
}

func (m message) verdict(t testing.TB, j *judge.Judge, b base) judge.Verdict {
	t.Helper()
	if m.status == 0 {
		r := m.request(t, b, m.body)
		headers(r.Header, m.header)
		return j.Request(r)
	}
	r := m.request(t, b, "")
	var own []string
	for _, line := range m.header {
		if asked, ok := strings.CutPrefix(line, "<"); ok {
			headers(r.Header, []string{asked})
		} else {
			own = append(own, line)
		}
	}
	resp := &http.Response{
		StatusCode: m.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(m.body)), ContentLength: -1,
	}
	if m.body != "" {
		resp.Header.Set("Content-Type", "application/json")
	}
	headers(resp.Header, own)
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

func gzipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

func nested(depth int) string { return strings.Repeat("[", depth) + strings.Repeat("]", depth) }

func repeated(text string, n int) string { return strings.TrimSuffix(strings.Repeat(text+",", n), ",") }

func form(body string) message {
	return message{"POST", "/v2/upload", []string{"Content-Type: application/x-www-form-urlencoded"}, body, 0}
}

func part(name, kind, body string) string {
	text := "Content-Disposition: form-data; name=\"" + name + "\"\r\n"
	if kind != "" {
		text += "Content-Type: " + kind + "\r\n"
	}
	return text + "\r\n" + body + "\r\n"
}

func parts(list ...string) message {
	body := ""
	for _, p := range list {
		body += "--b\r\n" + p
	}
	return message{"POST", "/v2/upload", []string{"Content-Type: multipart/form-data; boundary=b"}, body + "--b--\r\n", 0}
}
