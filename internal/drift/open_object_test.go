package drift

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// An object without additionalProperties takes any, as one with true.
func TestAnObjectTakesOtherFieldsWhetherItSaysSoOrNot(t *testing.T) {
	with := func(others string) *facts.Document {
		return document(t, "doc.yaml", strings.Replace(two, "properties: { message: { type: string } }", "properties: { message: { type: string } }"+others, 1))
	}
	for _, c := range []struct {
		before, after string
		want          int
	}{
		{"", ", additionalProperties: true", 0},
		{", additionalProperties: {}", "", 0},
		{", additionalProperties: false", ", additionalProperties: true", 1},
		{"", ", additionalProperties: { type: string }", 1},
		{", additionalProperties: true", ", additionalProperties: { type: string }", 1},
	} {
		r := Check(Input{Docs: []*facts.Document{with(c.before)}, Spec: with(c.before), Pages: pagesOf(with(c.after))})
		if len(r.Findings) != c.want {
			t.Errorf("%q to %q: the findings are %v", c.before, c.after, ids(r))
		}
	}
}
