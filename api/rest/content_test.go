package rest

import (
	"context"
	"encoding/json"
	"errors"

	"slices"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestBlankTextAndWordsForNothingAreNoContent(t *testing.T) {
	leak.Check(t)
	op := &Operation{ID: "create-link", Name: "CreateLink", Method: "POST", Path: "/links", RequiredInSuccess: []string{"url"}}
	type link struct {
		URL string `json:"url"`
	}
	type pointed struct {
		URL *string `json:"url"`
	}
	type free struct {
		URL any `json:"url"`
	}
	type nullable struct {
		URL Nullable[string] `json:"url"`
	}
	s := &scripted{replies: []reply{{status: 201, body: `{"url":null}`}}}
	if v, err := Do[nullable](t.Context(), s.client(t), NewRequest(op)); !errors.Is(err, ErrUndecodable) {
		t.Errorf("a null: %+v, %v", v, err)
	}
	for _, text := range []string{``, ` `, `  `, `\t\n`, `\u00a0`, `\u200b`, `\ufeff`, `\u0000`, `\u2028 \u3000`,
		`undefined`, `null`, ` NaN `, `None`, `[object Object]`} {
		body := `{"url":"` + text + `"}`
		s := &scripted{replies: []reply{{status: 201, body: body}}}
		_, plain := Do[link](t.Context(), s.client(t), NewRequest(op))
		_, pointer := Do[pointed](t.Context(), s.client(t), NewRequest(op))
		_, whatever := Do[free](t.Context(), s.client(t), NewRequest(op))
		_, orNull := Do[nullable](t.Context(), s.client(t), NewRequest(op))
		_, asMap := Do[map[string]string](t.Context(), s.client(t), NewRequest(op))
		for i, err := range []error{plain, pointer, whatever, orNull, asMap} {
			if !errors.Is(err, ErrUndecodable) || EffectOf(err) != EffectDone || !strings.Contains(err.Error(), "lacks url; the service did process the request") {
				t.Errorf("%q, form %d: %v", text, i, err)
			}
		}
	}
}

// A property that an operation's type documents next to other fields is content, not a statement about the call.
func TestADocumentedFlagBesideOthersIsNoRefusal(t *testing.T) {
	leak.Check(t)
	type check struct {
		OK      bool   `json:"ok"`
		Enabled bool   `json:"enabled"`
		Count   int    `json:"count"`
		Code    int    `json:"code"`
		Note    string `json:"note"`
		Inside  *struct {
			Ready bool `json:"ready"`
		} `json:"inside"`
	}
	type page struct {
		Success bool     `json:"success"`
		Total   int      `json:"total"`
		Data    []string `json:"data"`
	}
	content := []string{
		`{"ok":false,"enabled":false}`, `{"ok":false,"count":0}`, `{"ok":false,"note":"out of order"}`, `{"ok":false,"inside":{"ready":false}}`,
		`{"code":404,"count":0}`, `{"ok":false,"code":404,"enabled":false,"message":"no"}`,
	}
	refusals := []string{
		`{"ok":false}`, `{"ok":false,"message":"no"}`, `{"ok":false,"enabled":null}`, `{"ok":false,"note":" "}`, `{"ok":false,"inside":{}}`,
		`{"ok":false,"Enabled":false}`, `{"success":false,"enabled":false}`, `{"statusCode":400,"count":0}`, `{"error":"no","count":0}`, `{"code":404}`,
	}
	for _, body := range append(slices.Clone(content), refusals...) {
		v, _, err := readHostile[check](t, body)
		if refused := errors.Is(err, errErrorInSuccess); refused != slices.Contains(refusals, body) || !refused && err != nil {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
	for _, body := range []string{`{"success":false,"total":0,"data":[]}`, `{"success":false,"total":0}`, `{"success":false,"data":null}`} {
		if v, _, err := readHostile[page](t, body); !errors.Is(err, errErrorInSuccess) {
			t.Errorf("%s passes for an empty list: %+v, %v", body, v, err)
		}
	}
	if v, _, err := readHostile[page](t, `{"success":false,"data":["a"]}`); err != nil {
		t.Errorf("%+v, %v", v, err)
	}
}

// choice is a value as the generator writes it for oneOf.
type choice struct{ raw json.RawMessage }

func (u *choice) UnmarshalJSON(data []byte) error { u.raw = slices.Clone(data); return nil }

// A type that stores a response unchanged does not store a refusal.
func TestErrorInASuccessIsFoundForATypeWithItsOwnReader(t *testing.T) {
	leak.Check(t)
	for body, refused := range map[string]bool{
		`{"error":"denied"}`: true, `{"statusCode":403,"message":"no"}`: true, `{"success":false}`: true, `{"errors":["a"],"data":null}`: true, `{"error":"a","data":[]}`: true, `{"error":"a","count":0}`: false,
		`{"id":"1","error":"late"}`: false, `[]`: false, `{}`: false, `7`: false, `{"success":true}`: false,
	} {
		_, _, asChoice := readHostile[choice](t, body)
		_, _, asRaw := readHostile[json.RawMessage](t, body)
		_, _, asAny := readHostile[any](t, body)
		for i, err := range []error{asChoice, asRaw, asAny} {
			if errors.Is(err, errErrorInSuccess) != refused || !refused && err != nil {
				t.Errorf("%s, form %d: %v", body, i, err)
			}
		}
	}
	type empty struct {
		Data  *struct{ ID string } `json:"data"`
		Other any                  `json:"other"`
	}
	for _, body := range []string{`{"error":"no","data":{}}`, `{"error":"no","other":[]}`, `{"error":"no","other":{"a":""},"data":{"ID":" "}}`} {
		if v, _, err := readHostile[empty](t, body); (err == nil) != strings.Contains(body, `"a"`) {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
}

func TestWhatAnOptionGivesIsCheckedForUTF8(t *testing.T) {
	leak.Check(t)
	const bad = "a\xffb"
	for name, opt := range map[string]Option{
		"default": WithDefault("companyId", bad), "agent": WithUserAgent(bad), "token": WithToken(bad), "URL": WithBaseURL("https://service.test/" + bad),
	} {
		if c, err := New(WithBaseURL("https://service.test"), opt); err == nil || !strings.Contains(err.Error(), "UTF-8") {
			t.Errorf("%s: %v, %v", name, c, err)
		}
	}
	s := &scripted{replies: []reply{right}}
	for name, opt := range map[string]CallOption{"value": CallHeader("X-Name", bad), "name": CallHeader("X-\xff", "a"), "type": CallHeader("Content-Type", bad)} {
		if err := Send(t.Context(), s.client(t), NewRequest(opGet), opt); !errors.Is(err, ErrInvalidRequest) || len(s.sent) > 0 {
			t.Errorf("%s: %d sent, %v", name, len(s.sent), err)
		}
	}
	if err := Send(t.Context(), s.client(t), NewRequest(opGet), CallHeader("X-Name", "Zoë")); err != nil || s.sent[0].Header.Get("X-Name") != "Zoë" {
		t.Error(err)
	}
	c, err := s.client(t).With(WithTokenSource(TokenFunc(func(context.Context) (string, error) { return bad, nil })))
	if err != nil {
		t.Fatal(err)
	}
	if err := Send(t.Context(), c, NewRequest(opGet)); !errors.Is(err, ErrTokenSource) || strings.Contains(err.Error(), "a\xff") {
		t.Error(err)
	}
}

// union stores the value received, as generated unions do.
type union struct{ raw json.RawMessage }

func (u *union) UnmarshalJSON(data []byte) error { u.raw = slices.Clone(data); return nil }
func (u union) MarshalJSON() ([]byte, error) {
	if len(u.raw) == 0 {
		return []byte("null"), nil
	}
	return u.raw, nil
}

// A value that reads its own JSON is empty if that is null, or an object or list without content.
func TestNullInATypeWithItsOwnReaderIsNoContent(t *testing.T) {
	leak.Check(t)
	type answer struct {
		Pet  union           `json:"pet"`
		Raw  json.RawMessage `json:"raw"`
		Pets []union         `json:"pets"`
		Born Time            `json:"born"`
		At   time.Time       `json:"at"`
	}
	for body, refused := range map[string]bool{
		`{"pet":null,"error":"denied"}`:                     true,
		`{"pet":{},"success":false}`:                        true,
		`{"raw":null,"pets":[],"statusCode":403}`:           true,
		`{"raw":[],"pets":[null,{},""],"errors":["no"]}`:    true,
		`{"born":null,"at":null,"error":"denied"}`:          true,
		`{"pet":{"kind":"cat"},"error":"no picture"}`:       false,
		`{"pet":0,"error":"no picture"}`:                    false,
		`{"raw":false,"error":"no picture"}`:                false,
		`{"pets":[{},{"kind":"cat"}],"error":"no picture"}`: false,
		`{"at":"2026-01-01T00:00:00Z","error":"no place"}`:  false,
		`{"pet":null}`: false,
	} {
		v, _, err := readHostile[answer](t, body)
		if errors.Is(err, errErrorInSuccess) != refused || !refused && err != nil {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
	op := &Operation{ID: "make-pet", Name: "MakePet", Method: "POST", Path: "/pets", RequiredInSuccess: []string{"pet"}}
	for body, missing := range map[string]bool{`{"pet":null}`: true, `{"pet":{}}`: true, `{"pet":" "}`: true, `{}`: true, `{"pet":{"id":1}}`: false} {
		s := &scripted{replies: []reply{{status: 201, body: body}}}
		if _, err := Do[answer](t.Context(), s.client(t), NewRequest(op)); errors.Is(err, ErrUndecodable) != missing {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// A list of empty items next to an error is not content.
func TestBlankItemsBesideAnErrorAreARefusal(t *testing.T) {
	leak.Check(t)
	type item struct {
		ID    string    `json:"id"`
		Added Time      `json:"added"`
		Done  Strings   `json:"done"`
		Tags  []*string `json:"tags"`
	}
	type page struct {
		Data  []item `json:"data"`
		Flags []bool `json:"flags"`
		Codes []int  `json:"codes"`
	}
	for body, refused := range map[string]bool{
		`{"data":[{}],"error":"denied"}`:                         true,
		`{"data":[{"id":""},{"id":null}],"success":false}`:       true,
		`{"data":[{"tags":[null,""]},{}],"statusCode":403}`:      true,
		`{"data":[{"added":null,"done":null}],"errors":["no"]}`:  true,
		`{"data":[],"success":0}`:                                true,
		`{"data":[],"success":"False"}`:                          true,
		`{"data":[],"status":false}`:                             true,
		`{"data":[],"err":"denied"}`:                             true,
		`{"data":[],"errorMessage":"denied"}`:                    true,
		`{"data":[{}]}`:                                          false,
		`{"data":[{"id":{}}]}`:                                   false,
		`{"data":[{}],"error":null,"success":true}`:              false,
		`{"data":[{},{"id":"1"}],"error":"one is not known"}`:    false,
		`{"data":[{"added":"soon"}],"error":"one is not known"}`: false,
		`{"flags":[false],"error":"one is not known"}`:           false,
		`{"codes":[0],"data":[{}],"error":"one is not known"}`:   false,
		`{"data":[],"status":0}`:                                 false,
	} {
		v, _, err := readHostile[page](t, body)
		if errors.Is(err, errErrorInSuccess) != refused || !refused && err != nil {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
}
