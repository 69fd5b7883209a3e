package facts_test

import (
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// What OpenAPI has no place for lasts in a record: a page that does not mark a parameter of its path as required, or names
// no media type of a body, printed JSON beside named examples, an allOf, and what the source never shows.
func TestARecordHoldsWhatOpenAPIHasNoPlaceFor(t *testing.T) {
	op := &facts.Operation{ID: "get-kettle", Unseen: []facts.Aspect{facts.TokenTypes}}
	op.Facts = []facts.Fact{
		{Place: facts.OperationPlace, Aspect: facts.Method, Value: "GET"},
		{Place: facts.OperationPlace, Aspect: facts.Path, Value: "/kettles/{id}/{lid}"},
		{Place: "path.id", Aspect: facts.Present, Value: "true"},
		{Place: "path.id", Aspect: facts.Type, Value: "string"},
		{Place: "path.lid", Aspect: facts.Present, Value: "true"},
		{Place: "path.lid", Aspect: facts.Required, Value: "true"},
		{Place: facts.BodyPlace, Aspect: facts.Present, Value: "true"},
		{Place: facts.BodyPlace, Aspect: facts.Type, Value: "object"},
		{Place: "response.200", Aspect: facts.Present, Value: "true"},
		{Place: "response.200", Aspect: facts.MediaType, Value: "application/json"},
		{Place: "response.200", Aspect: facts.Type, Value: "object"},
		{Place: "response.200", Aspect: facts.Examples, Value: `[["full","{\"a\":\"x\"}"]]`},
		{Place: "response.200", Aspect: facts.Sample, Value: `{"a":"string"}`},
		{Place: "response.200.a", Aspect: facts.Present, Value: "true"},
		{Place: "response.200.a", Aspect: facts.Required, Value: "true"},
		{Place: "response.200.a", Aspect: facts.Composed, Value: "true"},
		{Place: "response.200.a", Aspect: facts.Type, Value: "string"},
	}
	document, err := facts.Write([]*facts.Operation{op}, facts.WriteOptions{Title: "Record", Version: "1"})
	if err != nil {
		t.Fatal(err)
	}
	data, err := facts.EncodeYAML(document)
	if err != nil {
		t.Fatal(err)
	}
	record, err := facts.Read("docs.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	read := record.Operations[0]
	for _, f := range op.Facts {
		if got := read.Value(f.Place, f.Aspect); got != f.Value {
			t.Errorf("%s of %s is %q, want %q\n%s", f.Aspect, f.Place, got, f.Value, data)
		}
	}
	if len(read.Facts) != len(op.Facts) || len(read.Unseen) != 1 || read.Unseen[0] != facts.TokenTypes {
		t.Errorf("%d facts were written, %d read; unseen %v", len(op.Facts), len(read.Facts), read.Unseen)
	}
}
