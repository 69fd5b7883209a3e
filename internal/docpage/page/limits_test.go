package page_test

import (
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/facts"
)

func fact(place facts.Place, aspect facts.Aspect, value string) facts.Fact {
	return facts.Fact{Place: place, Aspect: aspect, Value: value}
}

// Each limit excuses what the renderer does not print, and nothing that it would have printed.
func TestALimitExcusesOnlyWhatCannotBeShown(t *testing.T) {
	for _, c := range []struct {
		name  string
		fact  facts.Fact
		is    string
		other []facts.Fact // of the operation
		shown []facts.Fact // of the page
		theme page.Theme
		want  bool
	}{
		{"required of an allOf", fact("body.a", facts.Required, "true"), "", []facts.Fact{fact("body.a", facts.Composed, "true")}, nil, page.Theme42, true},
		{"required of an allOf, newer", fact("body.a", facts.Required, "true"), "", []facts.Fact{fact("body.a", facts.Composed, "true")}, nil, page.Theme52, false},
		{"required of any other", fact("body.a", facts.Required, "true"), "", nil, nil, page.Theme42, false},
		{"a bound of zero", fact("body.a", "minimum", "0"), "", nil, nil, page.Theme42, true},
		{"a bound of zero, which became one", fact("body.a", "minimum", "0"), "1", nil, nil, page.Theme42, false},
		{"a bound of one", fact("body.a", "minimum", "1"), "", nil, nil, page.Theme42, false},
		{"an exclusive bound of zero", fact("body.a", "exclusiveMinimum", "true"), "", []facts.Fact{fact("body.a", "minimum", "0")}, nil, page.Theme42, true},
		{"what is inside a parameter", fact("query.f.x", facts.Present, "true"), "", nil, []facts.Fact{fact("query.f", facts.Type, "object")}, page.Theme42, true},
		{"a parameter", fact("query.f", facts.Present, "true"), "", nil, nil, page.Theme42, false},
		{"a parameter's union", fact("query.f", facts.Union, "oneOf"), "", nil, nil, page.Theme42, true},
		{"the type of an allOf", fact("query.f", facts.Type, "string"), "object", []facts.Fact{fact("query.f", facts.Composed, "true")}, nil, page.Theme42, true},
		{"the type of a text", fact("query.f", facts.Type, "string"), "object", nil, nil, page.Theme42, false},
		{"examples of a body", fact("body", facts.Examples, "[]"), "", nil, nil, page.Theme42, true},
		{"examples of a response", fact("response.200", facts.Examples, "[]"), "", nil, nil, page.Theme42, false},
		{"fields of a list of lists", fact("body.n[][].x", facts.Present, "true"), "", nil, nil, page.Theme42, true},
		{"one field of a list of lists", fact("body.n[][].x", facts.Present, "true"), "", nil, []facts.Fact{fact("body.n[][].y", facts.Present, "true")}, page.Theme42, false},
		{"fields beside a union", fact("body.x", facts.Present, "true"), "", []facts.Fact{fact("body", facts.Union, "oneOf")}, nil, page.Theme42, true},
		{"one of the fields beside a union", fact("body.x", facts.Present, "true"), "", []facts.Fact{fact("body", facts.Union, "oneOf")}, []facts.Fact{fact("body.y", facts.Present, "true")}, page.Theme42, false},
		{"an example of an object", fact("body.o", facts.Example, "{}"), "", []facts.Fact{fact("body.o.x", facts.Present, "true")}, nil, page.Theme42, true},
		{"an example of a text", fact("body.o", facts.Example, "x"), "", nil, nil, page.Theme42, false},
		{"a variant that was not chosen", fact("body|1.x", facts.Present, "true"), "", nil, nil, page.Theme52, true},
		{"the first variant", fact("body|0.x", facts.Present, "true"), "", nil, nil, page.Theme52, false},
		{"multipleOf", fact("body.a", "multipleOf", "2"), "", nil, nil, page.Theme52, true},
		{"a description", fact("body.a", facts.Text, "c2f1d82210c5"), "", nil, nil, page.Theme42, false},
	} {
		operation := &facts.Operation{Facts: append([]facts.Fact{c.fact}, c.other...)}
		reason := page.HiddenBy(page.Difference{Operation: operation, Page: &facts.Operation{Facts: c.shown}, Fact: c.fact, Is: c.is}, c.theme)
		if (reason != "") != c.want {
			t.Errorf("%s: the reason is %q", c.name, reason)
		}
	}
}
