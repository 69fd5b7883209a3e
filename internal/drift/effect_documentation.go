package drift

import (
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// documentationEffect returns the effect of changes that no schema shows: descriptions, examples, titles, deprecation, order
// of values.
func documentationEffect(c change) (effect, bool) {
	came, went := c.from == "", c.to == ""
	warning := func(wire, program string) (effect, bool) {
		return effect{Warning, wire, program}, true
	}
	switch {
	case c.aspect.IsText():
		return warning("none that a schema shows; the text may carry a rule, such as the only format that is accepted: read it", "none")
	case c.aspect == facts.Sample:
		return warning("none; the printed sample differs", "none")
	case c.aspect == facts.Example || c.aspect == facts.Examples:
		return warning("none that a schema shows; an example may be all that shows the format: compare", "none; documentation and fixtures show it")
	case c.aspect == facts.OperationID:
		return warning("none: an operation id is never sent", "none: the spec names the method")
	case c.aspect.IsExtension():
		return warning("none that OpenAPI knows: read what the publisher means by it", "none")
	case c.aspect == facts.Title:
		return warning("none", "none")
	case c.aspect == facts.Deprecated && came:
		return warning("still served, for now", "gets a deprecation comment")
	case c.aspect == facts.Deprecated:
		return warning("none", "loses its deprecation comment")
	case c.aspect != facts.Security && c.thing == "auth" && isReordered(facts.Texts(c.from), facts.Texts(c.to)):
		return warning("none; the same in another order", "none")
	case c.aspect == facts.Enum && c.value == "" && !came && !went && !c.replaced:
		return warning("none; the same values in another order", "the constants are listed in another order")
	}
	return effect{}, false
}

// isReordered reports whether two lists contain the same strings in different order.
func isReordered(before, after []string) bool {
	return len(before) > 0 && slices.Equal(slices.Sorted(slices.Values(before)), slices.Sorted(slices.Values(after)))
}
