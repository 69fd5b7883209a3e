package rest

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

type inner struct {
	Deep string `json:"deep"`
}

type everyKind struct {
	Text    string            `json:"text,omitempty"`
	Pointer *string           `json:"pointer"`
	Bytes   []byte            `json:"bytes,omitempty"`
	Whole   int               `json:"whole"`
	Size    uint8             `json:"size"`
	Float   float64           `json:"float"`
	Yes     bool              `json:"yes"`
	List    []string          `json:"list"`
	Map     map[string]string `json:"map"`
	Items   []inner           `json:"items"`
	When    Time              `json:"when"`
	Raw     json.RawMessage   `json:"raw"`
	Any     any               `json:"any"`
	Unnamed string
	inner
}

func (everyKind) equal(a, b everyKind) bool { return reflect.DeepEqual(a, b) }

// A value of an undocumented type does not affect any other, and is never accepted as a value.
func TestAValueOfAnotherTypeLeavesItsFieldEmpty(t *testing.T) {
	leak.Check(t)
	seven := "7"
	for body, c := range map[string]struct {
		want  everyKind
		wrong string // pointers of the mismatches
	}{
		`{"text":12345678901234567890}`:               {want: everyKind{Text: "12345678901234567890"}},
		`{"text":1.50}`:                               {want: everyKind{Text: "1.50"}},
		`{"text":-1e3,"TEXT":"x","Text":"y"}`:         {want: everyKind{Text: "-1e3"}},
		`{"pointer":7}`:                               {want: everyKind{Pointer: &seven}},
		`{"whole":12.0}`:                              {want: everyKind{Whole: 12}},
		`{"whole":1.2e1,"size":255}`:                  {want: everyKind{Whole: 12, Size: 255}},
		`{"whole":9007199254740993}`:                  {want: everyKind{Whole: 9007199254740993}},
		`{"text":null,"whole":null,"list":null}`:      {},
		`{"text":1,"when":"soon"}`:                    {want: everyKind{Text: "1", When: Time{Raw: "soon"}}},
		`{"text":1,"raw":{"b":1},"any":1,"extra":[]}`: {want: everyKind{Text: "1", Raw: json.RawMessage(`{"b":1}`), Any: 1.0}},
		`{"text":1,"text":2}`:                         {want: everyKind{Text: "2"}},
		`{"bytes":"aGk=","list":[1,"a"]}`:             {want: everyKind{Bytes: []byte("hi"), List: []string{"1", "a"}}},
		`{"map":{"a":1},"items":[{"deep":1}]}`:        {want: everyKind{Map: map[string]string{"a": "1"}, Items: []inner{{"1"}}}},
		`{"deep":1,"Unnamed":1,"unnamed":2}`:          {want: everyKind{inner: inner{"1"}, Unnamed: "1"}},

		`{"list":[1,null,"a"]}`:                           {everyKind{List: []string{"1", "a"}}, "/list/1"},
		`{"map":{"a":null,"b":"c"}}`:                      {everyKind{Map: map[string]string{"b": "c"}}, "/map/a"},
		`{"map":{"\ud800":"a"}}`:                          {everyKind{Map: map[string]string{"\ufffd": "a"}}, "/map/\ufffd"},
		`{"any":{"` + "\xff" + `":1}}`:                    {everyKind{Any: map[string]any{"\ufffd": 1.0}}, "/any"},
		`{"text":false,"whole":1}`:                        {everyKind{Whole: 1}, "/text"},
		`{"text":{"a":[1,"<"]},"whole":1}`:                {everyKind{Whole: 1}, "/text"},
		`{"text":[],"pointer":{}}`:                        {everyKind{}, "/text /pointer"},
		`{"whole":"12","size":" 255 ","float":"1.5"}`:     {everyKind{}, "/whole /size /float"},
		`{"whole":1.5,"size":256,"text":"x"}`:             {everyKind{Text: "x"}, "/whole /size"},
		`{"size":-1,"whole":1e300,"float":1e999}`:         {everyKind{}, "/size /whole /float"},
		`{"yes":"yes","text":"x"}`:                        {everyKind{Text: "x"}, "/yes"},
		`{"yes":"true"}`:                                  {everyKind{}, "/yes"},
		`{"yes":1}`:                                       {everyKind{}, "/yes"},
		`{"bytes":"%","text":"x"}`:                        {everyKind{Text: "x"}, "/bytes"},
		`{"list":"a","text":"x"}`:                         {everyKind{Text: "x"}, "/list"},
		`{"list":7,"items":{"deep":"a"},"map":[]}`:        {everyKind{}, "/list /items /map"},
		`{"list":["a",{"b":1},true,"c"]}`:                 {everyKind{List: []string{"a", "c"}}, "/list/1 /list/2"},
		`{"items":["x",{"deep":{}},null,{"deep":"b"}]}`:   {everyKind{Items: []inner{{}, {"b"}}}, "/items/0 /items/1/deep /items/2"},
		`{"map":{"a":{},"b/c~":[],"d":"e"}}`:              {everyKind{Map: map[string]string{"d": "e"}}, "/map/a /map/b~1c~0"},
		`{"text":"a\ud800b","list":["` + "\xff" + `"]}`:   {everyKind{Text: "a\ufffdb", List: []string{"\ufffd"}}, "/text /list/0"},
		`{"text":"\ufffd \ud83d\ude00"}`:                  {want: everyKind{Text: "\ufffd \U0001f600"}},
		`{"text":"old","text":{},"items":[{"deep":"a"}]}`: {everyKind{Items: []inner{{"a"}}}, "/text"},
	} {
		var got everyKind
		mismatches, err := decode([]byte(body), "", 10, &got)
		var paths []string
		for _, m := range mismatches {
			paths = append(paths, m.Path)
		}
		if err != nil || !got.equal(got, c.want) || strings.Join(paths, " ") != c.wrong {
			t.Errorf("%s: %v, mismatches %v\n got %+v\nwant %+v, %s", body, err, mismatches, got, c.want, c.wrong)
		}
	}
	for _, body := range []string{`[]`, `"text"`, `7`, `true`} {
		var got everyKind
		if _, err := decode([]byte(body), "", 10, &got); err == nil || !strings.Contains(err.Error(), "not an object") {
			t.Errorf("%s is read as %+v, %v", body, got, err)
		}
	}
}

func TestMismatchHasItsPathTypeAndValue(t *testing.T) {
	leak.Check(t)
	body := `{"items":[{"deep":{"token":"` + faultToken + `"}}],"list":[` + strings.Repeat("{},", 1000) + `"a"],"text":["` + strings.Repeat("x", 10_000) + `"],"yes":true}`
	s := &scripted{replies: []reply{{status: 200, body: body}}}
	var got Response
	var log strings.Builder
	logged := WithLogger(slog.New(slog.NewTextHandler(&log, nil)))
	v, err := Do[everyKind](t.Context(), s.client(t, logged), NewRequest(opGet), CallResponse(&got))
	if line := log.String(); !strings.Contains(line, "/items/0/deep is an object, not a text") || !strings.Contains(line, "values=100") || strings.Contains(line, faultToken) {
		t.Errorf("logged %q", line)
	}
	if err != nil || !v.Yes || len(v.List) != 1 || len(got.Mismatches) != maxMismatches {
		t.Fatalf("%v, %d mismatches", err, len(got.Mismatches))
	}
	if text := got.Mismatches[0].String(); text != "/items/0/deep is an object, not a text" {
		t.Error(text)
	}
	if m := got.Mismatches[0]; m.Raw != `{"token":"[token]"}` {
		t.Errorf("raw is %s", m.Raw)
	}
	var other everyKind
	mismatches, err := decode([]byte(`{"text":["`+strings.Repeat("x", 10_000)+`"],"yes":true}`), "", 10, &other)
	if err != nil || len(mismatches) != 1 || len(mismatches[0].Raw) != maxRaw {
		t.Errorf("%v, %v", mismatches, err)
	}
}

// The fields of embedded structs are next to the others, as with encoding/json.
func TestEmbeddedStructsAreReadAsEncodingJSONReadsThem(t *testing.T) {
	leak.Check(t)
	type Base struct{ ID, Name string }
	type Deep struct{ Kind string }
	type hidden struct{ Secret string }
	type named struct{ Note string }
	type all struct {
		Base
		*Deep
		*hidden
		named `json:"named"`
		Name  string `json:"Name"`
		Skip  string `json:"-"`
		//lint:ignore SA5008 this is how encoding/json is told of a name that is a dash
		Dash string `json:"-,"`
		Tree map[string]all
	}
	const body = `{"ID":"1","Name":"outer","Kind":"k","Secret":"s","named":{"Note":"n"},"Note":"no","Skip":"x","-":"d","Tree":{"a":{"ID":"2"}}}`
	var want, got all
	if mismatches, err := decode([]byte(body), "", 10, &got); err != nil || len(mismatches) > 0 {
		t.Fatal(err, mismatches)
	}
	want = all{Base: Base{ID: "1"}, Deep: &Deep{"k"}, Name: "outer", Dash: "d", Tree: map[string]all{"a": {Base: Base{ID: "2"}}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func FuzzDecodeKinds(f *testing.F) {
	for _, s := range []string{`{"text":1,"items":[{"deep":{}}],"whole":"1"}`, `{"when":[1],"list":[[["a"]]],"map":{"":0}}`, `{"bytes":"aGk="}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var got everyKind
		mismatches, err := decode(body, "", 100, &got)
		if valid := json.Valid(plain(body)); err == nil != valid && !errors.Is(err, ErrTooLarge) && (valid && plain(body)[0] == '{' || !valid) {
			t.Errorf("%q: %v", body, err)
		}
		if err != nil || len(mismatches) > 0 {
			return
		}
		// What fits is read as encoding/json reads it, but for names of another case, repeated names and null items.
		text, _ := json.Marshal(got)
		var again everyKind
		mismatches, err = decode(text, "", 100, &again)
		if written, _ := json.Marshal(again); err != nil || len(mismatches) > 0 || string(written) != string(text) {
			t.Errorf("%q: %s is read as another value: %s, %v", body, text, written, mismatches)
		}
	})
}

// The package of a type may be internal, and its name says nothing about the response.
func TestMismatchOfATypeWithItsOwnReaderNamesTheType(t *testing.T) {
	leak.Check(t)
	var v struct {
		Address  netip.Addr `json:"address"`
		Internal ownReader  `json:"internal"`
	}
	err := Unmarshal([]byte(`{"address":[1],"internal":{}}`), &v)
	bad, ok := errors.AsType[*MismatchError](err)
	if !ok || len(bad.Mismatches) != 2 || bad.Mismatches[0].Want != "a value of type Addr" || bad.Mismatches[1].Want != "a value of type ownReader" {
		t.Errorf("error is %v", err)
	}
}

// ownReader refuses all JSON.
type ownReader struct{}

func (*ownReader) UnmarshalJSON([]byte) error { return errors.New("no") }
