package facts_test

import (
	"context"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/facts"
)

func at(path, verb string, described ...string) *facts.Operation {
	op := &facts.Operation{ID: verb + path}
	op.Add(facts.OperationPlace, facts.Method, verb, facts.Pos{})
	op.Add(facts.OperationPlace, facts.Path, path, facts.Pos{})
	for _, name := range described {
		op.Add(facts.Param("path", name), facts.Present, "true", facts.Pos{})
		op.Add(facts.Param("path", name), facts.Type, "integer", facts.Pos{})
	}
	return op
}

// Pages leave parameters out, and call the same one by two names. A document with such paths is not valid.
func TestCompleteMakesADocumentOfPathsValid(t *testing.T) {
	operations := []*facts.Operation{
		at("/pots/{potId}/lids/{lidId}", "GET", "lidId"),
		at("/pots/{pot}/lids/{id}", "PUT", "id", "pot"),
		at("/pots", "GET"),
	}
	valid := func(operations []*facts.Operation) error {
		document, err := facts.Write(operations, facts.WriteOptions{Title: "Pots", Version: "1", Prose: true})
		if err != nil {
			t.Fatal(err)
		}
		data, err := facts.EncodeJSON(document)
		if err != nil {
			t.Fatal(err)
		}
		loaded, err := openapi3.NewLoader().LoadFromData(data)
		if err != nil {
			t.Fatal(err)
		}
		return loaded.Validate(context.Background())
	}
	if valid(operations) == nil {
		t.Fatal("it is valid without that; the test shows nothing")
	}
	done := facts.Complete(operations)
	if err := valid(done); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		op        int
		place     facts.Place
		kind      string
		uncertain bool
	}{{0, "path.potId", "string", true}, {0, "path.lidId", "integer", false}, {1, "path.potId", "integer", true}, {1, "path.lidId", "integer", true}} {
		op := done[c.op]
		if got := op.Value(c.place, facts.Type); got != c.kind || (op.Value(c.place, facts.Uncertain) != "") != c.uncertain {
			t.Errorf("%s of %s is %q, uncertain %q", c.place, op.ID, got, op.Value(c.place, facts.Uncertain))
		}
	}
	if got := operations[1].Value(facts.OperationPlace, facts.Path); got != "/pots/{pot}/lids/{id}" {
		t.Errorf("what was given is %s now", got)
	}
}
