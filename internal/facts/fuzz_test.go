package facts_test

import (
	"os"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Whatever a document holds, it is read or refused, in time; what was read can be written and read again.
func FuzzRead(f *testing.F) {
	for _, file := range []string{"../../spec/docs/2021-07-28.yaml", "../../spec/snapshots.yaml"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("openapi: 3.0.0\npaths:\n  /a:\n    get:\n      responses:\n        '200': &x\n          content: {a/b: {schema: {allOf: [*x, {$ref: '#/paths'}]}}}\n"))
	f.Add([]byte(`{"openapi":"3.1.0","paths":{"/a":{"$ref":"#/paths/~1a"}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		started := time.Now()
		document, err := facts.Read("fuzz.yaml", data)
		if took := time.Since(started); took > 20*time.Second {
			t.Fatalf("a document of %d bytes took %s", len(data), took)
		}
		if err != nil {
			return
		}
		written, err := facts.Write(document.Operations, facts.WriteOptions{Title: "x", Version: "1"})
		if err != nil {
			return // two operations of the same route
		}
		again, err := facts.EncodeYAML(written)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if _, err := facts.Read("again.yaml", again); err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, again)
		}
	})
}

// A place is taken apart and put together as it was.
func FuzzPlace(f *testing.F) {
	for _, place := range []string{"operation", `response.200.data[]."a.b"{}|1`, `body@"text/csv".x`, `query."`, "a|", "x[]["} {
		f.Add(place)
	}
	f.Fuzz(func(t *testing.T, text string) {
		steps, err := facts.Place(text).Steps()
		if err != nil {
			return
		}
		place := facts.Place(steps[0].Name)
		for _, s := range steps[1:] {
			switch s.Kind {
			case facts.StepProperty:
				place = place.Property(s.Name)
			case facts.StepItems:
				place = place.Items()
			case facts.StepValues:
				place = place.Values()
			case facts.StepHeader:
				place = place.Header(s.Name)
			case facts.StepMedia:
				place = place.Media(s.Name)
			case facts.StepVariant:
				place += facts.Place("|" + s.Name)
			}
		}
		again, err := place.Steps()
		if err != nil || len(again) != len(steps) {
			if steps[0].Name == "" || text[0] == '"' {
				return // a root in quotes is no place that anything writes
			}
			t.Fatalf("%q became %q: %v", text, place, err)
		}
	})
}
