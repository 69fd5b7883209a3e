package rest

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestOptionsOfACall(t *testing.T) {
	leak.Check(t)
	s := &scripted{replies: []reply{right}}
	c := s.client(t)
	var got Response
	if err := Send(t.Context(), c, NewRequest(opGet), CallHeader("X-Request-Id", "r-1"), CallHeader("x-request-id", "r-2"), CallResponse(&got)); err != nil {
		t.Fatal(err)
	}
	if sent := s.sent[0].Header.Values("X-Request-Id"); !slices.Equal(sent, []string{"r-2"}) {
		t.Errorf("a header that is set twice is sent as %q, want the last", sent)
	}
	if got.Status != 200 || got.Attempts != 1 || got.Header == nil {
		t.Errorf("the response of a call is %+v", got)
	}
	bad := []CallOption{CallTimeout(0), CallTimeout(-1)}
	for _, name := range []string{"Authorization", "Host", "Content-Length", "Transfer-Encoding", "bad name", "bad:name", "bäd", ""} {
		bad = append(bad, CallHeader(name, "1"))
	}
	for _, value := range []string{"a\r\nX-Evil: 1", "a\x00", "a\x7f"} {
		bad = append(bad, CallHeader("X-Line", value))
	}
	for i, opt := range bad {
		if err := Send(t.Context(), c, NewRequest(opGet), opt); !errors.Is(err, ErrInvalidRequest) || len(s.sent) != 1 {
			t.Errorf("bad option %d: %d requests, error %v", i, len(s.sent), err)
		}
	}
}

func TestUserAgentNamesTheProgramFirst(t *testing.T) {
	leak.Check(t)
	s := &scripted{replies: []reply{right}}
	for agent, want := range map[string]string{"": libraryAgent, "acme/1.0": "acme/1.0 " + libraryAgent} {
		var opts []Option
		if agent != "" {
			opts = append(opts, WithUserAgent(agent))
		}
		if err := Send(t.Context(), s.client(t, opts...), NewRequest(opGet)); err != nil || s.sent[len(s.sent)-1].Header.Get("User-Agent") != want {
			t.Errorf("User-Agent is %q, want %q; error %v", s.sent[len(s.sent)-1].Header.Get("User-Agent"), want, err)
		}
	}
	for _, bad := range []string{"", " ", "a\nb"} {
		if _, err := New(WithBaseURL("https://service.test"), WithToken("t"), WithUserAgent(bad)); err == nil {
			t.Errorf("User-Agent %q is accepted", bad)
		}
	}
}

func TestThePathOfTheBaseURLComesFirst(t *testing.T) {
	leak.Check(t)
	for base, want := range map[string]string{
		"https://service.test/some/prefix":  "https://service.test/some/prefix/thing",
		"https://service.test/some/prefix/": "https://service.test/some/prefix/thing",
		"https://service.test/a%2Fb":        "https://service.test/a%2Fb/thing",
	} {
		s := &scripted{replies: []reply{right}}
		if err := Send(t.Context(), s.client(t, WithBaseURL(base)), NewRequest(opGet)); err != nil || s.sent[0].URL.String() != want {
			t.Errorf("%s: %v, %v", base, s.sent[0].URL, err)
		}
	}
}

func TestATokenSourceThatFailsSendsNothing(t *testing.T) {
	leak.Check(t)
	failing := TokenFunc(func(context.Context) (string, error) { return "", io.ErrClosedPipe })
	s := &scripted{replies: []reply{right}}
	err := Send(t.Context(), s.client(t, WithTokenSource(failing)), NewRequest(opGet))
	if !errors.Is(err, io.ErrClosedPipe) || len(s.sent) > 0 || !strings.HasPrefix(err.Error(), "thing: ") {
		t.Errorf("%d requests, %v", len(s.sent), err)
	}
	s = &scripted{replies: []reply{{status: 403, body: `{}`}}}
	source := &renewing{current: "old"}
	if err := Send(t.Context(), s.client(t, WithTokenSource(source)), NewRequest(opGet)); !errors.Is(err, ErrForbidden) || source.renewed != 0 {
		t.Errorf("a 403 renews the token %d times: %v", source.renewed, err)
	}
}
