package conformance_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance"
	"github.com/highlevel-go/snapshots/conformance/sample"
	"github.com/highlevel-go/snapshots/spec"
)

// deviation is what of the ledger says why a documented example is not held true.
type deviation struct {
	ID       string
	Page     any
	Place    string
	DocsSays any `yaml:"docs_says"`
	Why      string
}

func (d deviation) of(operation string) bool {
	switch page := d.Page.(type) {
	case string:
		return page == "*" || page == operation
	case []any:
		return slices.Contains(page, any(operation))
	}
	return false
}

// Every example that the documentation pages print is a fixture, or differs from one only where the ledger says why.
func TestEveryDocumentedAnswerIsAFixtureOrADeviation(t *testing.T) {
	record, err := spec.Docs.ReadFile("docs/2021-07-28.yaml") // the pages of v3 print no samples
	if err != nil {
		t.Fatal(err)
	}
	docs, err := openapi3.NewLoader().LoadFromData(record)
	if err != nil {
		t.Fatal(err)
	}
	var ledger []deviation
	if err := yaml.Unmarshal(spec.Deviations, &ledger); err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, item := range docs.Paths.Map() {
		for _, op := range item.Operations() {
			for status, ref := range op.Responses.Map() {
				for _, media := range ref.Value.Content {
					if media.Example == nil {
						continue
					}
					count++
					shown := sample.Normal(media.Example)
					if !isFixture(t, op.OperationID, status, shown) && !excused(t, ledger, op.OperationID, status, shown) {
						t.Errorf("%s: the documented answer %s is neither a fixture nor explained by a deviation: %v", op.OperationID, status, shown)
					}
				}
			}
		}
	}
	if count < 12 {
		t.Errorf("the record holds only %d documented answers", count)
	}
}

func fixtures(t *testing.T, operation, status string) []any {
	t.Helper()
	files, err := fs.Glob(conformance.Fixtures(), path.Join(operation, status+"*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var out []any
	for _, file := range files {
		text, err := fs.ReadFile(conformance.Fixtures(), file)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(text, &value); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, value)
	}
	return out
}

func isFixture(t *testing.T, operation, status string, shown any) bool {
	t.Helper()
	return slices.ContainsFunc(fixtures(t, operation, status), func(f any) bool { return reflect.DeepEqual(f, shown) })
}

// excused reports whether the ledger has an entry for each place at which the documented answer and a fixture differ.
func excused(t *testing.T, ledger []deviation, operation, status string, shown any) bool {
	t.Helper()
	for _, f := range fixtures(t, operation, status) {
		places := differences("response."+status, shown, f)
		all := len(places) > 0
		for _, place := range places {
			all = all && slices.ContainsFunc(ledger, func(d deviation) bool { return d.of(operation) && d.Place == place && d.Why != "" })
		}
		if all {
			return true
		}
	}
	return false
}

func differences(at string, a, b any) []string {
	x, ok := a.(map[string]any)
	y, ok2 := b.(map[string]any)
	if !ok || !ok2 {
		if reflect.DeepEqual(a, b) {
			return nil
		}
		return []string{at}
	}
	var out []string
	for name := range x {
		out = append(out, differences(at+"."+name, x[name], y[name])...)
	}
	for name := range y {
		if _, there := x[name]; !there {
			out = append(out, at+"."+name)
		}
	}
	return out
}

// Every example of the spec stands in a fixture of its operation, so that a fixture shows a full answer.
func TestEveryExampleOfTheSpecIsInAFixture(t *testing.T) {
	for _, item := range document(t).Paths.Map() {
		for _, op := range item.Operations() {
			for status, ref := range op.Responses.Map() {
				for _, media := range ref.Value.Content {
					for at, example := range examples("", media.Schema.Value) {
						found := slices.ContainsFunc(fixtures(t, op.OperationID, status), func(f any) bool { return holds(f, at, example) })
						if !found {
							t.Errorf("%s %s: the example %v of %s is in no fixture", op.OperationID, status, example, at)
						}
					}
				}
			}
		}
	}
}

func examples(at string, s *openapi3.Schema) map[string]any {
	out := map[string]any{}
	if s.Example != nil {
		out[at] = sample.Normal(s.Example)
	}
	for name, ref := range s.Properties {
		for place, example := range examples(at+"/"+name, ref.Value) {
			out[place] = example
		}
	}
	if s.Items != nil && s.Example == nil {
		for place, example := range examples(at+"/[]", s.Items.Value) {
			out[place] = example
		}
	}
	return out
}

func holds(value any, at string, example any) bool {
	if at == "" {
		return reflect.DeepEqual(value, example)
	}
	step, rest, _ := strings.Cut(strings.TrimPrefix(at, "/"), "/")
	if rest != "" {
		rest = "/" + rest
	}
	switch v := value.(type) {
	case map[string]any:
		inner, there := v[step]
		return there && holds(inner, rest, example)
	case []any:
		return step == "[]" && slices.ContainsFunc(v, func(item any) bool { return holds(item, rest, example) })
	}
	return false
}

// A fixture holds facts only: what a page prints as prose is not copied.
func TestFixturesAreJSONOfTheirStatus(t *testing.T) {
	for _, item := range document(t).Paths.Map() {
		for _, op := range item.Operations() {
			for status := range op.Responses.Map() {
				for _, f := range fixtures(t, op.OperationID, status) {
					object, ok := f.(map[string]any)
					if said, has := object["statusCode"]; !ok || has && fmt.Sprint(said) != status {
						t.Errorf("%s %s: the fixture says %v", op.OperationID, status, f)
					}
				}
			}
		}
	}
}
