package output_test

import (
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
)

type row struct {
	id, name string
	list     []string
	count    int
	at       time.Time
}

var columns = []output.Column[row]{
	{Name: "id", Value: func(r row) any { return r.id }},
	{Name: "full_name", Value: func(r row) any { return r.name }, Color: func(name any) output.Color {
		if name == "red" {
			return output.Red
		}
		return output.Plain
	}},
	{Name: "list", Value: func(r row) any { return r.list }},
	{Name: "count", Value: func(r row) any { return r.count }},
	{Name: "at", Value: func(r row) any { return r.at }},
}

var rows = []row{
	{"a", "Grüße 日本", []string{"x", "y"}, 1, time.Date(2025, 10, 1, 12, 0, 0, 0, time.FixedZone("", 7200))},
	{"bb", `say "hi", <you>`, nil, 0, time.Time{}},
}

func write(t *testing.T, w output.Writer, rows iter.Seq2[row, error]) (string, error) {
	t.Helper()
	var b strings.Builder
	w.Out = &b
	err := output.Rows(w, columns, rows)
	return b.String(), err
}

func TestFormats(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	defer func() { time.Local = local }()
	for format, want := range map[output.Format]string{
		output.Table: `ID  FULL NAME        LIST  COUNT  AT
a   Grüße 日本       x, y  1      2025-10-01 10:00:00 +00:00
bb  say "hi", <you>        0
`,
		output.JSON: `[
  {
    "id": "a",
    "full_name": "Grüße 日本",
    "list": [
      "x",
      "y"
    ],
    "count": 1,
    "at": "2025-10-01T10:00:00Z"
  },
  {
    "id": "bb",
    "full_name": "say \"hi\", <you>",
    "list": [],
    "count": 0,
    "at": null
  }
]
`,
		output.JSONL: `{"id":"a","full_name":"Grüße 日本","list":["x","y"],"count":1,"at":"2025-10-01T10:00:00Z"}
{"id":"bb","full_name":"say \"hi\", <you>","list":[],"count":0,"at":null}
`,
		output.CSV: `id,full_name,list,count,at
a,Grüße 日本,x;y,1,2025-10-01T10:00:00Z
bb,"say ""hi"", <you>",,0,
`,
	} {
		if got, err := write(t, output.Writer{Format: format}, output.All(rows)); err != nil || got != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", format, err, got, want)
		}
	}
}

// A spreadsheet would run what looks like a formula, and strangers choose the names.
func TestCSVHasNoFormulas(t *testing.T) {
	for name, want := range map[string]string{
		"=HYPERLINK(1)": "'=HYPERLINK(1)", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", "a=1": "a=1", "": "",
	} {
		got, err := write(t, output.Writer{Format: output.CSV}, output.All([]row{{name: name, list: []string{name}, count: -1}}))
		if w := "\n," + want + "," + want + ",-1,\n"; err != nil || !strings.HasSuffix(got, w) {
			t.Errorf("%q is written as %q, %v", name, got, err)
		}
		if got, err := write(t, output.Writer{Format: output.JSONL}, output.All([]row{{name: name}})); err != nil || strings.Contains(got, "'") {
			t.Errorf("%q is changed in JSON: %q, %v", name, got, err)
		}
	}
}

func TestNoRowsAreAnEmptyListForPrograms(t *testing.T) {
	for format, want := range map[output.Format]string{output.Table: "", output.JSON: "[]\n", output.JSONL: "", output.CSV: "id,full_name,list,count,at\n"} {
		if got, err := write(t, output.Writer{Format: format}, output.All[row](nil)); err != nil || got != want {
			t.Errorf("%s: %q, %v", format, got, err)
		}
	}
}

// After an error a program must not find a list that looks complete.
func TestJSONIsNotWrittenAfterAnError(t *testing.T) {
	lost := errors.New("lost")
	broken := func(yield func(row, error) bool) { _ = yield(rows[0], nil) && yield(row{}, lost) }
	for format, want := range map[output.Format]string{output.Table: "Grüße", output.JSON: "", output.JSONL: "Grüße", output.CSV: "Grüße"} {
		got, err := write(t, output.Writer{Format: format}, broken)
		if !errors.Is(err, lost) || !strings.Contains(got, want) || format == output.JSON && got != "" {
			t.Errorf("%s: %q, %v", format, got, err)
		}
	}
}

func TestOneValueIsAnObject(t *testing.T) {
	var b strings.Builder
	if err := output.One(output.Writer{Out: &b, Format: output.JSON}, columns[:1], rows[0]); err != nil || b.String() != "{\n  \"id\": \"a\"\n}\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
	b.Reset()
	if err := output.One(output.Writer{Out: &b, Format: output.Table}, columns[:2], rows[0]); err != nil || b.String() != "id         a\nfull name  Grüße 日本\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
}

func TestColorsAndControlCharacters(t *testing.T) {
	hostile := row{id: "\x1b[2J\u202egnp.exe\r\n", name: "red"}
	got, err := write(t, output.Writer{Format: output.Table, Color: true}, output.All([]row{hostile}))
	if err != nil || !strings.Contains(got, "\x1b[31mred\x1b[0m") {
		t.Errorf("no colour: %q, %v", got, err)
	}
	if strings.Contains(got, "\x1b[2J") || strings.Contains(got, "\u202e") || !strings.Contains(got, `\x1b[2J\u202egnp.exe\r\n`) {
		t.Errorf("control characters reach the terminal: %q", got)
	}
	if got, err := write(t, output.Writer{Format: output.Table}, output.All([]row{hostile})); err != nil || strings.Contains(got, "\x1b") {
		t.Errorf("colour where none is wanted: %q, %v", got, err)
	}
}

func TestUnknownFormatNamesTheFormats(t *testing.T) {
	if _, err := output.ParseFormat("xml"); err == nil || !strings.Contains(err.Error(), "table, json, jsonl, csv") {
		t.Error(err)
	}
}
