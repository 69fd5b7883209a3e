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

// index looks up the facts of an operation.
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

// value returns the value of an aspect of a place, or "".
func (x *index) value(place facts.Place, aspect facts.Aspect) string {
	return x.facts[key{place, aspect}].Value
}

// says reports whether an aspect of a place has a value.
func (x *index) says(place facts.Place, aspect facts.Aspect) bool {
	_, said := x.facts[key{place, aspect}]
	return said
}

// side returns what a document says about an aspect of a place, for people, and the position where it says so or would.
func (x *index) side(place facts.Place, aspect facts.Aspect) *Side {
	return &Side{readable(x.facts[key{place, aspect}]), x.near(place, aspect)}
}

// indexes caches the index of each operation.
type indexes map[*facts.Operation]*index

func (all indexes) of(op *facts.Operation) *index {
	if all[op] == nil {
		all[op] = indexOf(op)
	}
	return all[op]
}

// has reports whether an operation has a place. The places that every operation has need no fact.
func (x *index) has(place facts.Place) bool {
	return x.says(place, facts.Present) || !strings.ContainsAny(string(place), ".[{|#@") && place != facts.BodyPlace
}

// mentions reports whether a document says anything about a place.
func (x *index) mentions(place facts.Place) bool {
	return slices.ContainsFunc(x.op.Facts, func(f facts.Fact) bool { return f.Place == place })
}

// near returns the position where a document would say something about a place: the place itself, or the nearest one that
// contains it.
func (x *index) near(place facts.Place, aspect facts.Aspect) facts.Pos {
	if f, ok := x.facts[key{place, aspect}]; ok {
		return f.Pos
	}
	for at := place; at != ""; at = at.Parent() {
		order := []facts.Aspect{facts.Present, facts.MediaType, facts.Type, facts.Method}
		if at != place && at.Parent() == "" { // a field belongs to the schema, not to the beginning of the body
			order = []facts.Aspect{facts.Type, facts.Present, facts.MediaType, facts.Method}
		}
		for _, a := range order {
			if f, ok := x.facts[key{at, a}]; ok {
				return f.Pos
			}
		}
	}
	if root := place.Root(); root != "" { // a parameter belongs next to its siblings, a status to its list
		for _, f := range x.op.Facts {
			if strings.HasPrefix(string(f.Place), root+".") && f.Aspect == facts.Present {
				return f.Pos
			}
		}
	}
	return x.op.Pos
}
