package rest

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestTimeReadsEveryKnownForm(t *testing.T) {
	leak.Check(t)
	noon := time.Date(2022, 10, 28, 18, 24, 54, 0, time.UTC)
	day := time.Date(2022, 10, 28, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		`"2022-10-28T18:24:54Z"`:           noon,
		`"2022-10-28T18:24:54.000Z"`:       noon,
		`"2022-10-28T18:24:54.123456789Z"`: noon.Add(123456789),
		`"2022-10-28T20:24:54+02:00"`:      noon,
		`"2022-10-28T20:24:54+0200"`:       noon,
		`"2022-10-28T18:24:54"`:            noon,
		`"2022-10-28 18:24:54"`:            noon,
		`"2022-10-28"`:                     day,
		`"10/28/2022, 6:24:54 PM"`:         noon,
		"\"10/28/2022, 6:24:54\u202fPM\"":  noon,
		`"10\/28\/2022, 6:24:54\u202fPM"`:  noon,
		`"10/28/2022"`:                     day,
		`" 2022-10-28 "`:                   day,
		`1666981494`:                       noon,
		`1666981494000`:                    noon,
		`"1666981494000"`:                  noon,
		`1666981494.5`:                     noon.Add(500 * time.Millisecond),
		`"2022-10-28T18:24Z"`:              noon.Add(-54 * time.Second),
		`"Fri, 28 Oct 2022 18:24:54 GMT"`:  noon,
		`"Fri, 28 Oct 2022 18:24:54 PST"`:  {}, // not an offset that Go knows
		`"2022"`:                           {}, // a year
		`2022`:                             {},
		`"20221028"`:                       {}, // a day
		`0`:                                {},
		`"0x5f000000p0"`:                   {},
		`"+1666981494"`:                    {},
		`null`:                             {},
		`""`:                               {},
		`"soon"`:                           {},
		`"28/10/2022, 6:24:54 PM"`:         {},
		`"2022-13-01"`:                     {},
		`true`:                             {},
		`{"seconds":1}`:                    {},
		`[1]`:                              {},
		`1e300`:                            {},
		`-99999999999999999999`:            {},
	} {
		var got struct {
			When Time
			Next string
		}
		if err := json.Unmarshal([]byte(`{"When":`+text+`,"Next":"n"}`), &got); err != nil || got.Next != "n" {
			t.Errorf("%s spoils the page: %v", text, err)
			continue
		}
		if !got.When.Equal(want) {
			t.Errorf("%s: %v, want %v", text, got.When.Time, want)
		}
		if want.IsZero() && text != "null" && text != `""` && got.When.Raw == "" {
			t.Errorf("%s: the text is lost", text)
		}
	}
}

func TestTimeWritesBackWhatItRead(t *testing.T) {
	leak.Check(t)
	for in, want := range map[string]string{
		`"10/28/2022, 6:24:54 PM"`: `"10/28/2022, 6:24:54 PM"`, `"soon"`: `"soon"`, `null`: `null`,
	} {
		var v Time
		if err := json.Unmarshal([]byte(in), &v); err != nil {
			t.Fatal(err)
		}
		if out, err := json.Marshal(v); err != nil || string(out) != want {
			t.Errorf("%s becomes %s, %v", in, out, err)
		}
	}
	made := Time{Time: time.Date(2022, 1, 2, 3, 4, 5, 0, time.UTC)}
	if out, _ := json.Marshal(made); string(out) != `"2022-01-02T03:04:05Z"` {
		t.Errorf("a made time is written %s", out)
	}
	if out, _ := json.Marshal(struct {
		T Time `json:"t,omitzero"`
	}{}); string(out) != `{}` {
		t.Errorf("a zero time is written %s", out)
	}
}

func TestFormatTimeIsUTC(t *testing.T) {
	leak.Check(t)
	at := time.Date(2022, 1, 2, 3, 4, 5, 500e6, time.FixedZone("x", 3600))
	if got := FormatTime(at); got != "2022-01-02T02:04:05.5Z" {
		t.Error(got)
	}
	if got := FormatTime(at.Truncate(time.Second)); got != "2022-01-02T02:04:05Z" {
		t.Error(got)
	}
}

func FuzzTime(f *testing.F) {
	for _, s := range []string{`"10/28/2022, 6:24:54 PM"`, `1666981494`, `null`, `{}`, `"x"`, `1e15`, `-0.5`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !json.Valid(data) {
			return
		}
		var v Time
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		out, err := json.Marshal(v)
		if err != nil {
			t.Fatalf("%s: read, but not written: %v", data, err)
		}
		var again Time
		if err := json.Unmarshal(out, &again); err != nil || !again.Equal(v.Time) {
			t.Errorf("%s became %s: %v, then %v", data, out, v.Time, again.Time)
		}
	})
}

func TestStringsReadEveryForm(t *testing.T) {
	leak.Check(t)
	for in, want := range map[string]struct {
		values []string
		raw    bool
	}{
		`["a","b"]`:              {[]string{"a", "b"}, false},
		`[]`:                     {[]string{}, false},
		`null`:                   {nil, false},
		`"one"`:                  {[]string{"one"}, true},
		`""`:                     {[]string{}, false},
		`"['forms', 'surveys']"`: {[]string{"forms", "surveys"}, true},
		`"[\"a\", \"b\"]"`:       {[]string{"a", "b"}, true},
		`"[a, b]"`:               {[]string{"a", "b"}, true},
		`"[]"`:                   {[]string{}, true},
		`"['it\\'s', 'a,b']"`:    {[]string{"it's", "a,b"}, true},
		`"['a', 'b'], ['c']"`:    {[]string{"a", "b", "c"}, true},
		`"['open"`:               {[]string{"['open"}, true},
		`"[1] Section"`:          {[]string{"[1] Section"}, true},
		`["a",1,null,{"b":2}]`:   {[]string{"a", "1"}, true},
		`5`:                      {nil, true},
		`{"a":1}`:                {nil, true},
		`true`:                   {nil, true},
	} {
		var got struct {
			List Strings
			Next string
		}
		if err := json.Unmarshal([]byte(`{"List":`+in+`,"Next":"n"}`), &got); err != nil || got.Next != "n" {
			t.Errorf("%s spoils the page: %v", in, err)
			continue
		}
		if !slices.Equal(got.List.Values, want.values) || (got.List.Values == nil) != (want.values == nil) {
			t.Errorf("%s: %q, want %q", in, got.List.Values, want.values)
		}
		if (got.List.Raw != "") != want.raw {
			t.Errorf("%s: raw is %q", in, got.List.Raw)
		}
		if got.List.Len() != len(want.values) || !slices.Equal(slices.Collect(got.List.All()), want.values) {
			t.Errorf("%s: Len or All differ from Values", in)
		}
	}
}

func FuzzStrings(f *testing.F) {
	for _, s := range []string{`["a"]`, `"['a', 'b']"`, `"[[[["`, `null`, `"['"`, `"['\\"`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !json.Valid(data) {
			return
		}
		var v Strings
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		out, err := json.Marshal(v)
		if err != nil || !json.Valid(out) {
			t.Fatalf("%s: %s %v", data, out, err)
		}
	})
}

func TestCommaListTravelsAsOneText(t *testing.T) {
	leak.Check(t)
	out, err := json.Marshal(struct {
		L CommaList `json:"l,omitzero"`
		E CommaList `json:"e,omitzero"`
	}{L: CommaList{"0-1", "1-2"}})
	if err != nil || string(out) != `{"l":"0-1,1-2"}` {
		t.Errorf("%s, %v", out, err)
	}
	for _, bad := range []CommaList{{"a,b"}, {""}, {"a", " "}} {
		if bad.Validate() == nil {
			t.Errorf("%q is accepted", bad)
		}
		if _, err := json.Marshal(bad); err == nil {
			t.Errorf("%q is written", bad)
		}
	}
	for in, want := range map[string]CommaList{`"a, b"`: {"a", "b"}, `""`: nil, `null`: nil, `["a","b"]`: {"a", "b"}} {
		var got CommaList
		if err := json.Unmarshal([]byte(in), &got); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", in, got, err)
		}
	}
}

// As in the standard decoder, the last value of a repeated name is used.
func TestDuplicateKeysLastWins(t *testing.T) {
	leak.Check(t)
	type item struct{ ID, Name string }
	var v struct {
		A    string
		List []item
		S    Strings
		T    Time
	}
	body := `{"A":"1","A":"2","List":[{"ID":"x","Name":"old"}],"List":[{"ID":"y"}],"S":["a"],"S":["b"],"T":"x","T":"2022-01-01"}`
	if _, err := decode([]byte(body), "", 10, &v); err != nil {
		t.Fatal(err)
	}
	if v.A != "2" || len(v.List) != 1 || v.List[0].ID != "y" || v.List[0].Name != "" || v.S.String() != "b" || v.T.Raw != "2022-01-01" {
		t.Errorf("%+v", v)
	}
}

func TestNullInAListIsLeftOut(t *testing.T) {
	leak.Check(t)
	type item struct {
		ID   string  `json:"id,omitzero"`
		Next *item   `json:"next,omitzero"`
		Tags []Time  `json:"tags,omitzero"`
		In   []item  `json:"in,omitzero"`
		Num  float64 `json:"num,omitzero"`
	}
	type list struct {
		Items []item            `json:"items,omitzero"`
		Named map[string][]item `json:"named,omitzero"`
		Texts []string          `json:"texts,omitzero"`
	}
	for body, want := range map[string]string{
		`{"items":[null,{"id":"a"},null]}`:                         `{"items":[{"id":"a"}]}`,
		`{"items":[{"id":"null","num":1.50}],"x":[null]}`:          `{"items":[{"id":"null","num":1.5}]}`,
		`{"items":[{"in":[null,{"id":"b"}],"next":null}]}`:         `{"items":[{"in":[{"id":"b"}]}]}`,
		`{"named":{"n":[{"id":"b"},null]}}`:                        `{"named":{"n":[{"id":"b"}]}}`,
		`{"items":[{"tags":[null,"2022-10-28T18:24:54Z"]}]}`:       `{"items":[{"tags":[null,"2022-10-28T18:24:54Z"]}]}`,
		`{"texts":[null,"a"],"items":[{"id":1},null]}`:             `{"items":[{"id":"1"}],"texts":["a"]}`,
		`{"items":[{"id":"a","id":"b"},null,{"next":{"id":"c"}}]}`: `{"items":[{"id":"b"},{"next":{"id":"c"}}]}`,
	} {
		var v list
		_, err := decode([]byte(body), "", 10, &v)
		if got, _ := json.Marshal(v); err != nil || string(got) != want {
			t.Errorf("%s: %s, %v", body, got, err)
		}
	}
	for body, is := range map[string]error{`{"items":[null]}`: ErrUndecodable, `{"named":{"a":[null]}}`: nil, `{"items":[{"in":[null,null]}]}`: nil} {
		if v, err := askFor[list](t, body); !errors.Is(err, is) {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
	var v list
	if _, err := decode([]byte(`{"items":[null,{}}`), "", 10, &v); err == nil || !strings.Contains(err.Error(), "not one JSON value") {
		t.Errorf("%v", err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{"A":"x"}`, `{"A":1,"A":2}`, `{"A":[[[]]]} x`, `}`, `{"A":{"A":null},"A":{}}`, `"`, `[,"a"`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var v map[string]any
		_, err := decode(body, "application/json", 20, &v)
		valid := json.Valid(plain(body))
		if err == nil && (!valid || v == nil) {
			t.Errorf("%q is accepted as %v", body, v)
		}
		if err != nil && valid {
			var direct map[string]any
			if json.Unmarshal(body, &direct) == nil && direct != nil && !errors.Is(err, ErrTooLarge) {
				t.Errorf("%q is refused: %v", body, err)
			}
		}
	})
}

func TestDepthIsCountedOutsideOfTexts(t *testing.T) {
	leak.Check(t)
	for body, deep := range map[string]bool{
		`[[[]]]`: false, `[[[[]]]]`: true, `["[[[[[["]`: false, `["\"[[[[[["]`: false, `["\\",[[[]]]]`: true, `[{"a":[{}]}]`: true,
		`[[],[],[],[],[]]`: false, `"[[[[`: false,
	} {
		r := jsonReader{data: []byte(body), maxDepth: 3}
		if _, err := r.skip(); errors.Is(err, ErrTooLarge) != deep {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestOperationNamesInWords(t *testing.T) {
	leak.Check(t)
	for name, want := range map[string]string{
		"CreateShareLink": "create share link", "Snapshots": "snapshots", "GetURLInfo": "get URL info", "SnapshotID": "snapshot ID", "A": "a", "": "",
		"AThing": "a thing", "V2Things": "v2 things",
	} {
		if got := words(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := (&Operation{ID: "get-custom-snapshots"}).String(); got != "get custom snapshots" {
		t.Error(got)
	}
	if got := (*Operation)(nil).String(); strings.TrimSpace(got) == "" {
		t.Error("a missing operation has no name")
	}
}
