package rest

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// encoding/json and URLs replace bytes that are not UTF-8, so the service would act on another id than the one given.
func TestATextThatIsNotUTF8IsRefusedBeforeItIsSent(t *testing.T) {
	leak.Check(t)
	const bad = "ab\xffc"
	type deep struct {
		Names map[string][]string `json:"names"`
	}
	type body struct {
		ID   string    `json:"snapshot_id"`
		List CommaList `json:"list,omitzero"`
		Deep *deep     `json:"deep,omitempty"`
		Any  any       `json:"any,omitempty"`
		Data []byte    `json:"data,omitempty"`
		Not  string    `json:"-"`
	}
	for name, set := range map[string]func(r *Request){
		"path id":              func(r *Request) { r.SetPath("id", bad) },
		"query q":              func(r *Request) { r.AddQuery("q", bad) },
		"header X-Name":        func(r *Request) { r.SetHeader("X-Name", bad) },
		"body snapshot_id":     func(r *Request) { r.SetJSON(body{ID: bad}) },
		"body list[1]":         func(r *Request) { r.SetJSON(&body{List: CommaList{"a", bad}}) },
		"body deep.names.n[0]": func(r *Request) { r.SetJSON(body{Deep: &deep{map[string][]string{"n": {bad}}}}) },
		"body any.7":           func(r *Request) { r.SetJSON(body{Any: map[int]string{7: bad}}) },
		"body any.a":           func(r *Request) { r.SetJSON(body{Any: map[string]any{"a": bad}}) },
		"body f[0]":            func(r *Request) { r.SetForm(url.Values{"f": {bad}}) },
	} {
		c, seen := record(t)
		r := NewRequest(opPath)
		set(r)
		fill(r)
		err := Send(t.Context(), c, r)
		if !errors.Is(err, ErrInvalidRequest) || !strings.Contains(err.Error(), name+" is not valid UTF-8") || len(*seen) != 0 {
			t.Errorf("%s: %d sent, error %v", name, len(*seen), err)
		}
	}
	// Valid text is accepted, even if it looks like what encoding/json writes for invalid text.
	for _, good := range []body{{ID: "\ufffd"}, {ID: `\ufffd`}, {ID: "日本", Data: []byte(bad), Not: bad}, {Any: json.RawMessage(`"\ufffd"`)}} {
		c, seen := record(t)
		r := NewRequest(opPost)
		r.SetJSON(good)
		if err := Send(t.Context(), c, r); err != nil || len(*seen) != 1 {
			t.Errorf("%+v: %v", good, err)
		}
	}
}

func TestCallWithoutClientOrTokenIsRefusedFirst(t *testing.T) {
	leak.Check(t)
	incomplete := NewRequest(opScoped)
	var p Problems
	p.Required(false, "CompanyID", "query", "companyId")
	incomplete.AddError(p.Err())
	for _, c := range []*Client{nil, {}} {
		if err := Send(t.Context(), c, incomplete); !errors.Is(err, ErrInvalidRequest) || !strings.Contains(err.Error(), "make thing: invalid request: the client is nil or was not made with New") {
			t.Errorf("%v", err)
		}
	}
	s := &scripted{replies: []reply{right}}
	c, err := New(WithBaseURL("https://service.test"), WithBudget(nil), WithMiddleware(), WithHTTPClient(nil))
	if err != nil {
		t.Fatal(err)
	}
	if c, err = c.With(s.option()); err != nil {
		t.Fatal(err)
	}
	if err := Send(t.Context(), c, NewRequest(opScoped)); !errors.Is(err, ErrInvalidRequest) || !strings.Contains(err.Error(), "WithToken") || len(s.sent) > 0 {
		t.Errorf("without a token: %d sent, %v", len(s.sent), err)
	}
	if err := Send(t.Context(), c, NewRequest(opGet)); err != nil || s.sent[0].Header.Get("Authorization") != "" {
		t.Errorf("an operation that needs none: %v", err)
	}
}

func TestRawJSONThatIsNotUTF8IsNotSent(t *testing.T) {
	leak.Check(t)
	s := &scripted{replies: []reply{right}}
	r := NewRequest(opGet)
	r.SetJSON(map[string]json.RawMessage{"a": json.RawMessage("\"\xff\"")})
	if _, err := Do[map[string]any](t.Context(), s.client(t), r); !errors.Is(err, ErrInvalidRequest) || len(s.sent) > 0 {
		t.Errorf("%v, %d requests", err, len(s.sent))
	}
}
