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

// Text that is escaped twice is escaped once after decoding.
func TestTokenThatIsEscapedTwiceIsRedacted(t *testing.T) {
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

func TestNoValueLeadsToAnotherPath(t *testing.T) {
	leak.Check(t)
	one := &Operation{ID: "one", Method: "GET", Path: "/a/{b}"}
	two := &Operation{ID: "two", Method: "GET", Path: "/a/{b}{c}/d"}
	for name, r := range map[string]*Request{
		"a dot":              NewRequest(one).with("b", "."),
		"two dots":           NewRequest(one).with("b", ".."),
		"escaped dots":       NewRequest(one).withRaw("b", "%2E%2e"),
		"dots side by side":  NewRequest(two).with("b", ".").with("c", "."),
		"an escaped and one": NewRequest(two).withRaw("b", "%2e").with("c", "."),
	} {
		s := &scripted{}
		if _, err := Do[map[string]any](t.Context(), s.client(t), r); !errors.Is(err, ErrInvalidRequest) || !strings.Contains(err.Error(), "another path") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Dots that are not a whole segment are a value like any other.
	s := &scripted{replies: []reply{{status: 200, body: `{}`}}}
	if _, err := Do[map[string]any](t.Context(), s.client(t), NewRequest(two).with("b", "x").with("c", "..")); err != nil {
		t.Errorf("dots after a letter: %v", err)
	}
}

func (r *Request) with(name, value string) *Request    { r.SetPath(name, value); return r }
func (r *Request) withRaw(name, value string) *Request { r.SetRawPath(name, value); return r }
