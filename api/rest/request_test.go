package rest

import (
	"errors"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestPathValueThatLeavesItsSegmentIsRefused(t *testing.T) {
	leak.Check(t)
	for value, says := range map[string]string{
		"": "empty", ".": "another path", "..": "another path", "a\r\nb": "control", "a\x00": "control", "a\u0085": "control",
	} {
		c, seen := record(t)
		r := NewRequest(opPath)
		r.SetPath("part", "p") // so that nothing but the other value is wrong
		r.SetPath("id", value)
		err := Send(t.Context(), c, r)
		if !errors.Is(err, ErrInvalidRequest) || !strings.Contains(err.Error(), says) || len(*seen) != 0 {
			t.Errorf("%q: error %v, want %q in it; %d requests", value, err, says, len(*seen))
		}
	}
}

func TestTokenIsSentAsItIs(t *testing.T) {
	leak.Check(t)
	const mixed = "aB0-._~+/="
	s := &scripted{replies: []reply{right}}
	if _, err := Do[map[string]any](t.Context(), s.client(t, WithToken(mixed)), NewRequest(opGet)); err != nil {
		t.Fatal(err)
	}
	if got := s.sent[0].Header["Authorization"]; len(got) != 1 || got[0] != "Bearer "+mixed {
		t.Errorf("Authorization is %q", got)
	}
}

// What is escaped twice is escaped once when the words have been read.
func TestATokenThatIsEscapedTwiceIsNotShown(t *testing.T) {
	leak.Check(t)
	const token = "secretTOKEN/qrs+tu"
	s := &scripted{replies: []reply{{status: 401, body: `{"message":"bad secretTOKEN\u00252Fqrs\u00252btu"}`}}}
	_, err := Do[map[string]any](t.Context(), s.client(t, WithToken(token)), NewRequest(opGet))
	if err == nil || !strings.Contains(err.Error(), "bad") || strings.Contains(err.Error(), "qrs") {
		t.Errorf("the error is %v", err)
	}
}

func TestRawPartsMustBeEscaped(t *testing.T) {
	leak.Check(t)
	op := &Operation{Method: "GET", Path: "/a/{b}"}
	for name, misuse := range map[string]func(r *Request){
		"slash in a segment": func(r *Request) { r.SetRawPath("b", "x/y") },
		"bad escape":         func(r *Request) { r.SetRawPath("b", "%zz") },
		"another path":       func(r *Request) { r.SetRawPath("b", "%2E%2e") },
		"empty segment":      func(r *Request) { r.SetRawPath("b", "") },
		"space in the query": func(r *Request) { r.AddRawQuery("a=b c") },
		"fragment":           func(r *Request) { r.AddRawQuery("a=b#c") },
		"two cookies in one": func(r *Request) { r.AddRawCookies("a=b; c=d") },
		"nameless cookie":    func(r *Request) { r.AddRawCookies("=d") },
		"line end":           func(r *Request) { r.AddRawCookies("a=b\r\n") },
		"bytes, not a text":  func(r *Request) { r.AddCookie("a", "\xff") },
	} {
		r := NewRequest(op)
		if misuse(r); !errors.Is(r.err, ErrInvalidRequest) {
			t.Errorf("%s: %v", name, r.err)
		}
	}
}
