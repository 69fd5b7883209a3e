package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// key is what a fact is about.
type key struct {
	place  facts.Place
	aspect facts.Aspect
}

// index finds the facts of an operation.
type index struct {
	op    *facts.Operation
	facts map[key]facts.Fact
}

func indexOf(op *facts.Operation) *index {
	in := &index{op: op, facts: make(map[key]facts.Fact, len(op.Facts))}
	for _, f := range op.Facts {
		if _, again := in.facts[key{f.Place, f.Aspect}]; !again {
			in.facts[key{f.Place, f.Aspect}] = f
		}
	}
	return in
}

// value is what is said of an aspect of a place, "" for nothing.
func (x *index) value(place facts.Place, aspect facts.Aspect) string {
	return x.facts[key{place, aspect}].Value
}

// says reports whether anything is said of an aspect of a place.
func (x *index) says(place facts.Place, aspect facts.Aspect) bool {
	_, said := x.facts[key{place, aspect}]
	return said
}

// side is what a document says about an aspect of a place, for people, and where it does or would.
func (x *index) side(place facts.Place, aspect facts.Aspect) *Side {
	return &Side{readable(x.facts[key{place, aspect}]), x.near(place, aspect)}
}

// indexes keeps the index of each operation that is looked up again and again.
type indexes map[*facts.Operation]*index

func (all indexes) of(op *facts.Operation) *index {
	if all[op] == nil {
		all[op] = indexOf(op)
	}
	return all[op]
}

// has reports whether an operation has a place. The places that every operation has need no fact to be there.
func (x *index) has(place facts.Place) bool {
	return x.says(place, facts.Present) || !strings.ContainsAny(string(place), ".[{|#@") && place != facts.BodyPlace
}

// mentions reports whether a document says anything about a place.
func (x *index) mentions(place facts.Place) bool {
	return slices.ContainsFunc(x.op.Facts, func(f facts.Fact) bool { return f.Place == place })
}

// near is where a document would say something about a place: at the place itself, or at the nearest that holds it.
func (x *index) near(place facts.Place, aspect facts.Aspect) facts.Pos {
	if f, ok := x.facts[key{place, aspect}]; ok {
		return f.Pos
	}
	for at := place; at != ""; at = at.Parent() {
		order := []facts.Aspect{facts.Present, facts.MediaType, facts.Type, facts.Method}
		if at != place && at.Parent() == "" { // a field belongs where the schema is, not where the body begins
			order = []facts.Aspect{facts.Type, facts.Present, facts.MediaType, facts.Method}
		}
		for _, a := range order {
			if f, ok := x.facts[key{at, a}]; ok {
				return f.Pos
			}
		}
	}
	if root := place.Root(); root != "" { // a parameter beside its siblings, a status in its list
		for _, f := range x.op.Facts {
			if strings.HasPrefix(string(f.Place), root+".") && f.Aspect == facts.Present {
				return f.Pos
			}
		}
	}
	return x.op.Pos
}
