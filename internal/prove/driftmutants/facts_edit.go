package driftmutants

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Edits of facts, from which a changed page is written.

func clone(op *facts.Operation) *facts.Operation {
	out := *op
	out.Facts = slices.Clone(op.Facts)
	return &out
}

// put sets a place's aspect to a value; "" removes it.
func put(op *facts.Operation, place facts.Place, aspect facts.Aspect, value string) {
	i := slices.IndexFunc(op.Facts, func(f facts.Fact) bool { return f.Place == place && f.Aspect == aspect })
	switch {
	case value == "" && i >= 0:
		op.Facts = slices.Delete(op.Facts, i, i+1)
	case value == "":
	case i >= 0:
		op.Facts[i].Value = value
	default:
		op.Facts = append(op.Facts, facts.Fact{Place: place, Aspect: aspect, Value: value})
	}
}

func say(op *facts.Operation, place facts.Place, aspect facts.Aspect, prose string) {
	put(op, place, aspect, "")
	op.AddText(place, aspect, prose, facts.Pos{})
}

func cut(op *facts.Operation, root facts.Place) {
	op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool { return f.Place.Under(root) })
}

// move moves all facts below a place to another place.
func move(op *facts.Operation, from, to facts.Place) {
	for i, f := range op.Facts {
		if f.Place.Under(from) {
			op.Facts[i].Place = to + f.Place[len(from):]
		}
	}
}

// places lists the places that are there, in order, and meet a condition.
func places(op *facts.Operation, meets func(facts.Place) bool) []facts.Place {
	var out []facts.Place
	for _, f := range op.Facts {
		if f.Aspect == facts.Present && meets(f.Place) {
			out = append(out, f.Place)
		}
	}
	return out
}

func params(op *facts.Operation) []facts.Place {
	return places(op, func(p facts.Place) bool { return p.IsParam() })
}

func queryParams(op *facts.Operation) []facts.Place {
	return places(op, func(p facts.Place) bool { return strings.HasPrefix(string(p), "query.") })
}

func bodyFields(op *facts.Operation) []facts.Place {
	return places(op, func(p facts.Place) bool { return p != facts.BodyPlace && p.Under(facts.BodyPlace) })
}

func statuses(op *facts.Operation) []facts.Place {
	return places(op, func(p facts.Place) bool { return strings.HasPrefix(string(p), "response.") && depth(p) == 2 })
}

func responseFields(op *facts.Operation) []facts.Place {
	return places(op, func(p facts.Place) bool { return strings.HasPrefix(string(p), "response.") && depth(p) > 2 })
}

func fields(op *facts.Operation) []facts.Place { return append(bodyFields(op), responseFields(op)...) }

func body(op *facts.Operation) []facts.Place {
	return places(op, func(p facts.Place) bool { return p == facts.BodyPlace })
}

func operation(*facts.Operation) []facts.Place { return []facts.Place{facts.OperationPlace} }

func auth(*facts.Operation) []facts.Place { return []facts.Place{facts.AuthPlace} }

func depth(p facts.Place) int {
	steps, err := p.Steps()
	if err != nil {
		return 0
	}
	return len(steps)
}

// having narrows a list of places to those with an aspect; lacking to those without.
func having(list factSites, aspect facts.Aspect) factSites {
	return func(op *facts.Operation) []facts.Place {
		return slices.DeleteFunc(list(op), func(p facts.Place) bool { return op.Value(p, aspect) == "" })
	}
}

func lacking(list factSites, aspect facts.Aspect) factSites {
	return func(op *facts.Operation) []facts.Place {
		return slices.DeleteFunc(list(op), func(p facts.Place) bool { return op.Value(p, aspect) != "" })
	}
}

// leaves narrows a list of places to those of one type that have nothing inside.
func leaves(list factSites, kinds ...string) factSites {
	return func(op *facts.Operation) []facts.Place {
		return slices.DeleteFunc(list(op), func(p facts.Place) bool {
			return !slices.Contains(kinds, op.Value(p, facts.Type)) || op.Value(p.Items(), facts.Type) != ""
		})
	}
}

// swapCase changes the case of the first letter that has one.
func swapCase(text string) string {
	if upper := strings.ToUpper(text[:1]); upper != text[:1] {
		return upper + text[1:]
	}
	return strings.ToLower(text[:1]) + text[1:]
}
