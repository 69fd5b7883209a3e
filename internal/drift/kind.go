package drift

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// kindOf returns the kind of a change: parameter-removed, required-added, enum-value-missing, property-renamed,
// property-wrapped.
func kindOf(c change) string {
	switch {
	case c.isMoved():
		return c.thing + "-moved"
	case c.renamed != "":
		return c.thing + "-renamed"
	case len(c.parts) > 0 && c.from != "":
		return c.thing + "-flattened"
	case len(c.parts) > 0:
		return c.thing + "-wrapped"
	case c.aspect == facts.Present:
		return c.thing + "-" + c.verb
	case c.replaced:
		return "enum-values-" + c.verb
	case c.aspect == facts.Enum && c.value != "":
		return "enum-value-" + c.verb
	case c.aspect == facts.Enum && c.from != "" && c.to != "":
		return "enum-order-" + c.verb
	}
	return kebab(string(c.aspect)) + "-" + c.verb
}

// isMoved reports whether a place was moved without a new name.
func (c change) isMoved() bool {
	return c.renamed != "" && !(c.newPlace.Parent() == c.place.Parent() && c.newPlace.Root() == c.place.Root())
}

// kebab converts mediaType to media-type.
func kebab(name string) string {
	var out strings.Builder
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			out.WriteByte('-')
		}
		out.WriteRune(r)
	}
	return strings.ToLower(out.String())
}
