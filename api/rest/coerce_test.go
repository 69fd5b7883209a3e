package rest

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

type inner struct {
	Deep string `json:"deep"`
}

type everyKind struct {
	Text    string            `json:"text,omitempty"`
	Pointer *string           `json:"pointer"`
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

// One scalar in another type than documented spoils nothing, neither itself nor what is beside it.
func TestAScalarOfAnotherTypeSpoilsNothing(t *testing.T) {
	leak.Check(t)
	seven := "7"
	for body, want := range map[string]everyKind{
		`{"text":12345678901234567890}`:               {Text: "12345678901234567890"},
		`{"text":1.50}`:                               {Text: "1.50"},
		`{"text":true}`:                               {Text: "true"},
		`{"text":{"a":[1,"<"]}}`:                      {Text: `{"a":[1,"\u003c"]}`},
		`{"text":null,"whole":"1"}`:                   {Whole: 1},
		`{"TEXT":1}`:                                  {Text: "1"},
		`{"pointer":7}`:                               {Pointer: &seven},
		`{"whole":"12"}`:                              {Whole: 12},
		`{"whole":12.0}`:                              {Whole: 12},
		`{"whole":"1e2"}`:                             {Whole: 100},
		`{"size":" 255 "}`:                            {Size: 255},
		`{"float":"1.5"}`:                             {Float: 1.5},
		`{"yes":"true"}`:                              {Yes: true},
		`{"list":[1,"a",null,false]}`:                 {List: []string{"1", "a", "", "false"}},
		`{"map":{"a":1}}`:                             {Map: map[string]string{"a": "1"}},
		`{"items":[{"deep":1},{"deep":"b"}]}`:         {Items: []inner{{"1"}, {"b"}}},
		`{"deep":1}`:                                  {inner: inner{"1"}},
		`{"Unnamed":1}`:                               {Unnamed: "1"},
		`{"text":1,"when":"soon"}`:                    {Text: "1", When: Time{Raw: "soon"}},
		`{"text":1,"raw":{"b":1},"any":1,"extra":[]}`: {Text: "1", Raw: json.RawMessage(`{"b":1}`), Any: 1.0},
		`{"text":1,"text":2}`:                         {Text: "2"},
	} {
		var got everyKind
		if err := decode([]byte(body), "", 10, &got); err != nil || !got.equal(got, want) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", body, err, got, want)
		}
	}
}

// What would lose something, or be a guess, is refused as before.
func TestWhatIsNoSuchScalarIsRefused(t *testing.T) {
	leak.Check(t)
	for _, body := range []string{
		`{"whole":"many"}`, `{"whole":1.5}`, `{"whole":{}}`, `{"whole":"0x10"}`, `{"whole":""}`, `{"whole":true}`, `{"size":"256"}`,
		`{"size":-1}`, `{"whole":1e300}`, `{"float":"NaN"}`, `{"yes":1}`, `{"yes":"yes"}`, `{"list":"a"}`, `{"items":["a"]}`,
		`{"items":{"deep":"a"}}`, `{"map":[]}`, `[]`, `"text"`,
	} {
		var got everyKind
		if err := decode([]byte(body), "", 10, &got); err == nil {
			t.Errorf("%s is read as %+v", body, got)
		}
	}
}

func FuzzCoerce(f *testing.F) {
	f.Add([]byte(`{"text":1,"items":[{"deep":{}}],"whole":"1"}`))
	f.Add([]byte(`{"when":[1],"list":[[["a"]]],"map":{"":0}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var plainly, got everyKind
		direct := json.Unmarshal(body, &plainly)
		err := json.Unmarshal(coerced(body, reflect.TypeFor[everyKind]()), &got)
		if direct == nil && (err != nil || got.Text != plainly.Text || got.Whole != plainly.Whole || len(got.Items) != len(plainly.Items)) {
			t.Errorf("%q was readable as it was: %v, %+v", body, err, got)
		}
	})
}
