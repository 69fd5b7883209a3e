package rest

import (
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestLenientTypesRecordWhatIsNotDocumented(t *testing.T) {
	leak.Check(t)
	for in, want := range map[string][]string{
		`{"at":"2022-01-01","list":["a",null,2]}`: nil,
		`{"at":12,"list":"['a']"}`:                nil,
		`{"at":null,"list":null}`:                 nil,
		`{"at":true}`:                             {"/at is true, not a text"},
		`{"at":{"a":["\ud800"]}}`:                 {"/at is an object, not a text"},
		`{"list":7}`:                              {"/list is a number, not a list of texts"},
		`{"list":["a",{"b":"\ud800"}]}`:           {"/list is a list, not a list of texts"},
		`{"at":"\ud800"}`:                         {"/at is a text, not valid UTF-8"},
		`{"list":["a","\ud800","\ud800"]}`:        {"/list is a list, not valid UTF-8"},
		`{"list":"\ud800"}`:                       {"/list is a text, not valid UTF-8"},
	} {
		var v struct {
			At   Time    `json:"at"`
			List Strings `json:"list"`
		}
		mismatches, err := decode([]byte(in), "", defaultMaxDepth, &v)
		var got []string
		for _, m := range mismatches {
			got = append(got, m.String())
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestLenientTypesRefuseWhatIsNotOneJSONValue(t *testing.T) {
	leak.Check(t)
	for _, in := range []string{"", "[", `["a"`, `"a`, `"a" "b"`, "12x", "nul", "[1 2]", strings.Repeat("[", packageMaxDepth+1)} {
		if new(Time).UnmarshalJSON([]byte(in)) == nil || new(Strings).UnmarshalJSON([]byte(in)) == nil {
			t.Errorf("%.20s is accepted", in)
		}
	}
}
