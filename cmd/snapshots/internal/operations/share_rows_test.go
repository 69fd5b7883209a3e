package operations_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

func TestRowsOfCSVAndJSONLinesAreTheSame(t *testing.T) {
	want := []operations.Row{
		{Line: 2, Snapshot: "Onboarding, new", Type: "agency_link", RelationshipNumbers: []string{"0-1", "0-2"}, Key: "a"},
		{Line: 4, Snapshot: "b", Type: "location_link", Locations: []string{"x", "y"}},
	}
	for name, text := range map[string]string{
		"csv":        "\ufeffSnapshot, type,key,relationship_numbers,locations\r\n\"Onboarding, new\",agency_link,a,0-1; 0-2,\r\n\r\nb,location_link,,,\"x, y\"\r\n",
		"semicolons": "snapshot;type;key;relationship_numbers;locations\r\nOnboarding, new;agency_link;a;\"0-1; 0-2\";\r\n\r\nb;location_link;;;x, y\r\n",
		"tabs":       "snapshot\ttype\tkey\trelationship_numbers\tlocations\nOnboarding, new\tagency_link\ta\t0-1,0-2\t\n\nb\tlocation_link\t\t\tx y",
		"jsonl":      "\n" + `{"snapshot":"Onboarding, new","type":"agency_link","key":"a","relationship_numbers":["0-1","0-2"]}` + "\n\n" + `{"snapshot":"b","type":"location_link","locations":["x","y"]}`,
	} {
		got, err := operations.ReadRows(name, strings.NewReader(text))
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}

func TestMistakesInRowsAreListedWithTheirLines(t *testing.T) {
	many := "snapshot,type\n" + strings.Repeat("a,nonsense\n", 12)
	for text, want := range map[string]string{
		"":                                  "f: there is no row",
		"snapshot,type\n":                   "f: there is no row",
		"type\nlink\n":                      "f:1: there is no column snapshot",
		"snapshot,snapshot\na,b\n":          "f:1: column snapshot is there twice",
		"snapshot,type\na\n":                "f:2: wrong number of fields",
		"snapshot,type\n\"a,link\n":         "f:2: extraneous or missing",
		"snapshot\na\n":                     "f:2: type is required",
		"snapshot,type\n\na,nonsense\n":     `f:3: type "nonsense" is not one of`,
		many:                                "and 2 more",
		"snapshot,type\nGr\xfc\xdfe,link\n": "f:1: the file is not text in UTF-8",
		"\xff\xfes\x00n\x00":                "f:1: the file is not text in UTF-8",
		"s\x00n\x00":                        "f:1: the file is not text in UTF-8",
		` [{"snapshot":"a","type":"link"}]`: "f:1: a list in JSON; write each object on its own line",
		`{"snapshot":"a","type":"link","Snapshot":"b"}`:           "f:1: property snapshot is there twice",
		`{"snapshot":"a","type":"link","locations":{},"type":""}`: "f:1: json: cannot unmarshal object",
		"{\n\"snapshot\": \"a\"\n}":                               "f:1: unexpected EOF; a line is one object",
		`{"snapshot":1}`:                                          "f:1: json: cannot unmarshal number",
		`{"snapshot":"a","type":"link"} {}`:                       "f:1: there is more than one value on the line",
		`{"snapshot":"a","type":"link"}` + "\n{":                  "f:2: unexpected EOF",
	} {
		_, err := operations.ReadRows("f", strings.NewReader(text))
		if _, ok := errors.AsType[*operations.RowsError](err); !ok || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
