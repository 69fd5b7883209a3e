package judge_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// FuzzNoMessageBreaksTheJudge gives messages that no client would make: whatever they are, there is a verdict, it is the
// same the second time, and the body is still there.
func FuzzNoMessageBreaksTheJudge(f *testing.F) {
	for _, set := range []wrongs{wrong, wrongOnTheWire, wrongBodies, wrongShapes, wrongStyled} {
		for _, m := range set {
			f.Add(m.method, m.target, strings.Join(m.header, "\n"), m.body, m.status)
		}
	}
	for _, set := range []map[string]message{right, rightOnTheWire, rightBodies, rightShapes, rightStyled} {
		for _, m := range set {
			f.Add(m.method, m.target, strings.Join(m.header, "\n"), m.body, m.status)
		}
	}
	judges := []*judge.Judge{snapshotsJudge(f), shapesJudge(f), stylesJudge(f)}
	f.Fuzz(func(t *testing.T, method, target, header, body string, status int) {
		u, err := url.Parse(target)
		if err != nil {
			t.Skip("no address, so that there is no request to it")
		}
		for _, j := range judges {
			var texts [2]string
			for i := range texts {
				r := &http.Request{Method: method, URL: u, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
				headers(r.Header, strings.Split(header, "\n"))
				v := j.Request(r)
				if again, _ := io.ReadAll(r.Body); string(again) != body {
					t.Fatalf("the body is now %q", again)
				}
				resp := &http.Response{StatusCode: status, Header: r.Header, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1}
				texts[i] = fmt.Sprint(v.Violations, j.Response(r, resp).Violations)
			}
			if texts[0] != texts[1] {
				t.Fatalf("the verdict is\n%s\nand then\n%s", texts[0], texts[1])
			}
		}
	})
}
