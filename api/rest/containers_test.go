package rest

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

type caseRecord struct {
	ID string `json:"id"`
	In any    `json:"in"`
}

type openRecord struct {
	ID                   string                `json:"id"`
	AdditionalProperties map[string]caseRecord `json:"-"`
}

func (m *openRecord) UnmarshalJSON(data []byte) error { return Unmarshal(data, m) }

// readInto decodes a JSON text, and returns the result as JSON with the paths of the mismatches.
func readInto[T any](t *testing.T, body string) (v T, paths string) {
	t.Helper()
	mismatches, err := decode([]byte(body), "", 20, &v)
	if err != nil {
		t.Errorf("%s into %T: %v", body, v, err)
	}
	var all []string
	for _, m := range mismatches {
		all = append(all, m.Path)
	}
	return v, strings.Join(all, " ")
}

// A name in another case is unknown, whatever contains the object.
func TestNamesMatchExactlyInEveryContainer(t *testing.T) {
	leak.Check(t)
	type embedded struct{ caseRecord }
	const object = `{"id":"right","ID":"wrong","Id":"wrong","in":{"a":1,"A":2}}`
	want := caseRecord{ID: "right", In: map[string]any{"a": 1.0, "A": 2.0}}
	for name, got := range map[string]func() any{
		"a map by numbers":       func() any { v, _ := readInto[map[int]caseRecord](t, `{"7":`+object+`}`); return v[7] },
		"a map by small numbers": func() any { v, _ := readInto[map[uint8]caseRecord](t, `{"7":`+object+`}`); return v[7] },
		"a map by texts of a type": func() any {
			v, _ := readInto[map[netip.Addr]caseRecord](t, `{"::1":`+object+`}`)
			return v[netip.IPv6Loopback()]
		},
		"an array":               func() any { v, _ := readInto[[1]caseRecord](t, `[`+object+`]`); return v[0] },
		"an array in a map":      func() any { v, _ := readInto[map[int][1]*caseRecord](t, `{"1":[`+object+`]}`); return *v[1][0] },
		"a pointer to a pointer": func() any { v, _ := readInto[**caseRecord](t, object); return **v },
		"a list of lists":        func() any { v, _ := readInto[[][]caseRecord](t, `[[`+object+`]]`); return v[0][0] },
		"additional properties":  func() any { v, _ := readInto[openRecord](t, `{"x":`+object+`}`); return v.AdditionalProperties["x"] },
		"an embedded struct":     func() any { v, _ := readInto[embedded](t, object); return v.caseRecord },
	} {
		if v := got(); !reflect.DeepEqual(v, want) {
			t.Errorf("%s: %+v", name, v)
		}
	}
	open, _ := readInto[map[string]openRecord](t, `{"a":{"id":"right","ID":{"id":"other"}}}`)
	if got := open["a"]; got.ID != "right" || got.AdditionalProperties["ID"].ID != "other" {
		t.Errorf("%+v", got)
	}
}

func TestInvalidMapKeysAreLeftOut(t *testing.T) {
	leak.Check(t)
	if v, paths := readInto[map[int]string](t, `{"7":"a","07":"b","7.0":"c","x":"d","70":"e","":"f"}`); fmt.Sprint(v) != "map[7:a 70:e]" || paths != "/07 /7.0 /x /" {
		t.Errorf("%v, mismatches at %s", v, paths)
	}
	if v, paths := readInto[map[uint8]string](t, `{"255":"a","256":"b","-1":"c"}`); fmt.Sprint(v) != "map[255:a]" || paths != "/256 /-1" {
		t.Errorf("%v, mismatches at %s", v, paths)
	}
	if v, paths := readInto[map[netip.Addr]int](t, `{"::1":1,"here":2}`); len(v) != 1 || paths != "/here" {
		t.Errorf("%v, mismatches at %s", v, paths)
	}
	var none map[bool]int
	if _, err := decode([]byte(`{"true":1}`), "", 20, &none); err == nil {
		t.Errorf("a map by bools is read as %v", none)
	}
}

// A null is not a value: it is omitted from a list and a map, and reported.
func TestNullIsNotReadAsAnItem(t *testing.T) {
	leak.Check(t)
	type fixed struct {
		Three [3]int `json:"three"`
		Next  string `json:"next"`
	}
	for name, c := range map[string]func() (any, string){
		"numbers [1] /1":     func() (any, string) { v, p := readInto[[]int](t, `[1,null]`); return v, p },
		"bools [true] /0":    func() (any, string) { v, p := readInto[[]bool](t, `[null,true]`); return v, p },
		"texts [a b] /1":     func() (any, string) { v, p := readInto[[]string](t, `["a",null,"b"]`); return v, p },
		"floats [] /0 /1":    func() (any, string) { v, p := readInto[[]float64](t, `[null,null]`); return v, p },
		"deep [[1] []] /1/0": func() (any, string) { v, p := readInto[[][]int](t, `[[1],[null]]`); return v, p },
		"a map map[b:2] /a":  func() (any, string) { v, p := readInto[map[string]int](t, `{"a":null,"b":2}`); return v, p },
		"by number map[] /1": func() (any, string) { v, p := readInto[map[int]struct{ A int }](t, `{"1":null}`); return v, p },
		"times [] /0":        func() (any, string) { v, p := readInto[[]time.Time](t, `[null]`); return v, p },
		"addresses [] /0":    func() (any, string) { v, p := readInto[[]netip.Addr](t, `[null]`); return v, p },
		"an item twice [2] ": func() (any, string) {
			v, p := readInto[struct{ A []int }](t, `{"A":[null],"A":[2]}`)
			return v.A, strings.Replace(p, "/A/0", "", 1)
		},
		"kept [null] ": func() (any, string) {
			v, p := readInto[[]json.RawMessage](t, `[null]`)
			return []string{string(v[0])}, p
		},
		"kept too [<nil>] ":                func() (any, string) { v, p := readInto[[]any](t, `[null]`); return v, p },
		"pointers [<nil>] ":                func() (any, string) { v, p := readInto[[]*int](t, `[null]`); return fmt.Sprint(v), p },
		"lists [[]] ":                      func() (any, string) { v, p := readInto[[][]int](t, `[null]`); return v, p },
		"moments [true] ":                  func() (any, string) { v, p := readInto[[]Time](t, `[null]`); return []bool{v[0].IsZero()}, p },
		"commas 0 /0":                      func() (any, string) { v, p := readInto[[]CommaList](t, `[["a",null]]`); return len(v), p },
		"commas too [1 a] ":                func() (any, string) { v, p := readInto[CommaList](t, `[1,"a"]`); return []string(v), p },
		"fixed {[1 2 3] x} ":               func() (any, string) { v, p := readInto[fixed](t, `{"three":[1,2,3],"next":"x"}`); return v, p },
		"short {[0 0 0] x} /three":         func() (any, string) { v, p := readInto[fixed](t, `{"three":[1,2],"next":"x"}`); return v, p },
		"long {[0 0 0] x} /three":          func() (any, string) { v, p := readInto[fixed](t, `{"three":[1,2,3,4],"next":"x"}`); return v, p },
		"null {[0 0 0] x} /three/1 /three": func() (any, string) { v, p := readInto[fixed](t, `{"three":[1,null,3],"next":"x"}`); return v, p },
		"other {[0 0 0] x} /three":         func() (any, string) { v, p := readInto[fixed](t, `{"three":"123","next":"x"}`); return v, p },
	} {
		v, paths := c()
		if got := fmt.Sprint(v, " ", paths); !strings.HasSuffix(name, " "+got) {
			t.Errorf("%s: got %s", name, got)
		}
	}
	if v, _, err := readHostile[map[string]string](t, `{"a":null}`); err != nil || len(*v) > 0 {
		t.Errorf("a map of nothing: %v, %v", v, err)
	}
	if v, _, err := readHostile[[]int](t, `[null]`); err == nil {
		t.Errorf("a list of nothing but nulls passes for %v", v)
	}
}
