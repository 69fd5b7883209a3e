package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/highlevel-go/snapshots/internal/drift"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func TestJSON(t *testing.T) {
	golden(t, "report.json", written(t, func(w *bytes.Buffer) error { return JSON(w, kettleReport()) }))
}

func TestJSONIsAsTheSchemaSays(t *testing.T) {
	compiled := schema(t)
	for name, r := range map[string]*drift.Report{"full": kettleReport(), "clean": cleanReport(), "empty": {}} {
		got := written(t, func(w *bytes.Buffer) error { return JSON(w, r) })
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(got))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := compiled.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheSchemaRefusesWhatIsNoReport(t *testing.T) {
	compiled := schema(t)
	good := string(written(t, func(w *bytes.Buffer) error { return JSON(w, kettleReport()) }))
	for _, change := range [][2]string{
		{`"verdict": "cannot-judge"`, `"verdict": "cannot judge"`},
		{`"severity": "note"`, `"severity": "info"`},
		{`"line": 37`, `"line": -1`},
		{`"line": 37`, `"line": "37"`},
		{`"unjudgeable": true,`, ``},
		{`"facts": 61`, `"facts": 61, "more": 1`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Fatalf("%s is not in the report", change[0])
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if compiled.Validate(value) == nil {
			t.Errorf("%s is taken", change[1])
		}
	}
}

// TestTheSchemaNamesEveryField: what a report can hold and what the schema documents are the same, both ways.
func TestTheSchemaNamesEveryField(t *testing.T) {
	var document map[string]any
	if err := json.Unmarshal(Schema, &document); err != nil {
		t.Fatal(err)
	}
	var report map[string]any
	if err := json.Unmarshal(written(t, func(w *bytes.Buffer) error { return JSON(w, kettleReport()) }), &report); err != nil {
		t.Fatal(err)
	}
	seen := map[string]map[string]bool{}
	var walk func(name string, value any)
	walk = func(name string, value any) {
		object, ok := value.(map[string]any)
		if !ok {
			return
		}
		if seen[name] == nil {
			seen[name] = map[string]bool{}
		}
		for key, inner := range object {
			seen[name][key] = true
			child := map[string]string{"findings": "finding", "excused": "finding", "sites": "site", "edits": "edit", "page": "side", "docs": "side", "spec": "side"}[key]
			if list, ok := inner.([]any); ok {
				for _, item := range list {
					walk(child, item)
				}
			}
			walk(child, inner)
		}
	}
	walk("", report)
	definitions := document["$defs"].(map[string]any)
	definitions[""] = document
	for name, definition := range definitions {
		for key := range definition.(map[string]any)["properties"].(map[string]any) {
			if !seen[name][key] {
				t.Errorf("the schema documents %s.%s, which the report of the fixture does not hold", name, key)
			}
		}
		for key := range seen[name] {
			if _, ok := definition.(map[string]any)["properties"].(map[string]any)[key]; !ok {
				t.Errorf("the schema does not document %s.%s", name, key)
			}
		}
	}
	if verdictNames := document["properties"].(map[string]any)["verdict"].(map[string]any)["enum"].([]any); len(verdictNames) != len(verdicts) {
		t.Errorf("the schema knows %v, reports %v", verdictNames, verdicts)
	} else {
		for _, name := range verdicts {
			if !slices.Contains(verdictNames, any(name)) {
				t.Errorf("the schema does not know the verdict %s", name)
			}
		}
	}
}

func TestJSONKeepsTextsAsTheyAre(t *testing.T) {
	var got jsonReport
	if err := json.Unmarshal(written(t, func(w *bytes.Buffer) error { return JSON(w, kettleReport()) }), &got); err != nil {
		t.Fatal(err)
	}
	if want := strings.ToValidUTF8(hostile, "\ufffd\ufffd"); got.Findings[4].Message != want {
		t.Errorf("got %q, want %q", got.Findings[4].Message, want)
	}
}
