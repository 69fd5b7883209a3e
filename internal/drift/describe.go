package drift

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// describe returns a change as a sentence. before and after name the two sides: "the docs", "the page".
func describe(c change, before, after string) string {
	what := string(c.place)
	if c.thing == "operation" && c.aspect == facts.Present {
		what = c.operation
	}
	isEnumValue := c.aspect == facts.Enum && c.value != ""
	has, lacks := before, after // the side that has what was added or removed, and the side without it
	if c.from == "" || isEnumValue && !slices.Contains(facts.Texts(c.from), c.value) {
		has, lacks = after, before
	}
	switch {
	case c.aspect == facts.Security:
		return fmt.Sprintf("%s: what a caller must present is %s in %s, %s in %s", what, alternatives(c.fromOp), before, alternatives(c.toOp), after)
	case c.renamed != "" && c.thing == "operation":
		return fmt.Sprintf("the operation %s is called %s in %s", c.from, c.to, after)
	case c.renamed != "":
		return fmt.Sprintf("%s is %s in %s", what, c.newPlace, after)
	case len(c.parts) > 0:
		return fmt.Sprintf("%s is in %s; in %s its fields are one level up: %s", what, has, lacks, c.partNames())
	case c.aspect == facts.Present:
		return fmt.Sprintf("%s is in %s, not in %s", what, has, lacks)
	case c.replaced:
		return fmt.Sprintf("%s: the values are %s in %s, %s in %s", what, shown(c.from), before, shown(c.to), after)
	case c.became != "":
		return fmt.Sprintf("%s: the value %s in %s is %s in %s", what, shown(c.value), before, shown(c.became), after)
	case isEnumValue:
		return fmt.Sprintf("%s: the value %s is in %s, not in %s", what, shown(c.value), has, lacks)
	case c.aspect.IsText():
		return fmt.Sprintf("%s: the text differs between %s and %s", what, before, after)
	case c.aspect == facts.Sample:
		return fmt.Sprintf("%s: the printed sample differs between %s and %s", what, before, after)
	case c.aspect.IsFlag():
		return fmt.Sprintf("%s is %s in %s, not in %s", what, c.aspect, has, lacks)
	}
	from, to := shownApart(c.from, c.to)
	return fmt.Sprintf("%s: %s is %s in %s, %s in %s", what, c.aspect, from, before, to, after)
}

// alternatives returns the ways to authorize an operation as text for people.
func alternatives(op *facts.Operation) string {
	if all := op.Value(facts.AuthPlace, facts.Security); all != "" {
		return facts.SecurityWords(all)
	}
	return cmp.Or(op.Value(facts.AuthPlace, facts.Scheme), "nothing")
}

// partNames lists the fields of an object that was flattened or wrapped.
func (c change) partNames() string {
	var names []string
	for _, part := range c.parts {
		names = append(names, part.place.Last().Name)
	}
	return shown(strings.Join(names, ", "))
}

// shownApart returns two values for people. Long values begin shortly before the first difference.
func shownApart(one, other string) (string, string) {
	a, b := []rune(one), []rune(other)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	if skip := same - 20; skip > 20 && max(len(a), len(b)) > longestShown {
		one, other = "…"+string(a[skip:]), "…"+string(b[skip:])
	}
	return shown(one), shown(other)
}

const longestShown = 80

// shown returns a value for people: no value is "absent", and a long one is truncated.
func shown(value string) string {
	if value == "" {
		return "absent"
	}
	if runes := []rune(value); len(runes) > longestShown {
		return string(runes[:longestShown-3]) + "…"
	}
	return value
}
