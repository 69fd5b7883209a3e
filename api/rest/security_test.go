package rest

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestCredentialsGoWhereTheirSchemeSays(t *testing.T) {
	leak.Check(t)
	bearer, basic := Security{Scheme: "token", In: "bearer"}, Security{Scheme: "user", In: "basic"}
	header, query, cookie := Security{"h", "header", "X-Key"}, Security{"q", "query", "key"}, Security{"c", "cookie", "key"}
	const secret = "s3cret+/="
	s := &scripted{replies: []reply{{status: 400, body: `{"message":"` + secret + ` is refused"}`}}}
	c := s.client(t, WithKey("h", secret), WithKey("q", secret), WithKey("c", secret), WithBasicAuth("user", "u", secret))
	for _, alternatives := range [][][]Security{{{bearer, header}}, {{{Scheme: "missing", In: "header", Name: "X"}}, {basic}}, {{}, {query, cookie}}} {
		op := &Operation{ID: "n", Name: "MakeThing", Method: "GET", Path: "/things", Security: alternatives}
		_, err := Do[struct{}](t.Context(), c, NewRequest(op))
		if err == nil || strings.Contains(err.Error(), secret) || !strings.Contains(err.Error(), "[token] is refused") {
			t.Errorf("%v: %v", alternatives, err)
		}
	}
	if r := s.sent[0]; r.Header.Get("Authorization") != "Bearer "+faultToken || r.Header.Get("X-Key") != secret {
		t.Errorf("token and key: %v", r.Header)
	}
	if user, password, _ := s.sent[1].BasicAuth(); user != "u" || password != secret {
		t.Errorf("user and password: %q, %q", user, password)
	}
	if r := s.sent[2]; r.URL.Query().Get("key") != secret || !strings.HasPrefix(r.Header.Get("Cookie"), "key=s3cret") || r.Header.Get("Authorization") != "" {
		t.Errorf("%s, %v", r.URL, r.Header)
	}
	op := &Operation{ID: "n", Name: "MakeThing", Method: "GET", Path: "/things", Security: [][]Security{{{Scheme: "missing", In: "query", Name: "k"}}}}
	if _, err := Do[struct{}](t.Context(), c, NewRequest(op)); err == nil || len(s.sent) != 3 || !strings.Contains(err.Error(), "missing") {
		t.Errorf("%v, %d sent", err, len(s.sent))
	}
}
