package drift

import (
	"fmt"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// describe says a change in a sentence. before and after name the two sides: "the docs", "the page".
func describe(c change, before, after string) string {
	what := string(c.place)
	switch {
	case c.renamed != "" && c.thing == "operation":
		return fmt.Sprintf("the operation %s is called %s in %s", c.from, c.to, after)
	case c.renamed != "":
		return fmt.Sprintf("%s is %s in %s", what, c.newPlace, after)
	case c.aspect == facts.Present && c.to == "":
		return fmt.Sprintf("%s is in %s, not in %s", what, before, after)
	case c.aspect == facts.Present:
		return fmt.Sprintf("%s is in %s, not in %s", what, after, before)
	case c.became != "":
		return fmt.Sprintf("%s: the value %s in %s is %s in %s", what, show(c.value), before, show(c.became), after)
	case c.aspect == facts.Enum && c.value != "" && !contains(c.from, c.value):
		return fmt.Sprintf("%s: the value %s is in %s, not in %s", what, show(c.value), after, before)
	case c.aspect == facts.Enum && c.value != "":
		return fmt.Sprintf("%s: the value %s is in %s, not in %s", what, show(c.value), before, after)
	case c.aspect.IsText():
		return fmt.Sprintf("%s: the text differs between %s and %s", what, before, after)
	case c.aspect == facts.Sample:
		return fmt.Sprintf("%s: the printed sample differs between %s and %s", what, before, after)
	case c.aspect.IsFlag() && c.from == "":
		return fmt.Sprintf("%s is %s in %s, not in %s", what, c.aspect, after, before)
	case c.aspect.IsFlag():
		return fmt.Sprintf("%s is %s in %s, not in %s", what, c.aspect, before, after)
	}
	return fmt.Sprintf("%s: %s is %s in %s, %s in %s", what, c.aspect, show(c.from), before, show(c.to), after)
}

func contains(list, value string) bool {
	for _, v := range facts.Texts(list) {
		if v == value {
			return true
		}
	}
	return false
}

// show writes a value for a person: nothing is "absent", and what is long is cut.
func show(value string) string {
	if value == "" {
		return "absent"
	}
	if runes := []rune(value); len(runes) > 80 {
		return string(runes[:77]) + "…"
	}
	return value
}
