package drift

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	oasdiff "github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// reality is the side of a comparison that the service is assumed to follow.
type reality byte

const (
	secondIsReal reality = iota // the newer page
	firstIsReal                 // the docs, compared with a spec
)

// effectFor returns a function for the effect of a change on callers. Where a comparison of schemas rates the severity well,
// oasdiff rates it: it compares the operation before with the operation with this one change.
func effectFor(which reality) func(change) effect {
	return func(c change) effect {
		e, final := effectOf(c)
		if which == firstIsReal {
			e = effectOfResolving(c)
		}
		if final || c.fromOp == nil || c.toOp == nil {
			return e
		}
		before, after := c.fromOp, withChange(c)
		if which == firstIsReal { // callers have the spec, the service follows the docs
			before, after = after, before
		}
		if level, ok := breaking(before, after); ok {
			e.severity = Warning
			if level == oasdiff.ERR {
				e.severity = Error
			}
		}
		return e
	}
}

// effectOfResolving describes a difference between docs and spec by the effect of changing the spec to follow the docs, so
// that it agrees with the proposed edit.
func effectOfResolving(c change) effect {
	e, _ := effectOf(c)
	resolving, _ := effectOf(c.reversed())
	return effect{e.severity, resolving.wire, resolving.program}
}

// withChange returns the first version of an operation with one change of the second.
func withChange(c change) *facts.Operation {
	out := &facts.Operation{ID: c.fromOp.ID, Pos: c.fromOp.Pos}
	concerns := func(f facts.Fact, place facts.Place) bool {
		return f.Place == place && f.Aspect == c.aspect || c.aspect == facts.Present && f.Place.Under(place)
	}
	for _, f := range c.fromOp.Facts {
		if !concerns(f, c.place) {
			out.Facts = append(out.Facts, f)
		}
	}
	added := c.place
	if c.renamed != "" {
		added = c.newPlace
	}
	for _, f := range c.toOp.Facts {
		if concerns(f, added) {
			out.Facts = append(out.Facts, f)
		}
	}
	return out
}

// breaking returns the most severe change that oasdiff finds between two versions of an operation. ok is false if it finds
// none, or cannot compare them.
func breaking(before, after *facts.Operation) (level oasdiff.Level, ok bool) {
	defer func() {
		if recover() != nil { // a document that oasdiff cannot handle must not end a check
			ok = false
		}
	}()
	a, b := asOpenAPI(before), asOpenAPI(after)
	if a == nil || b == nil {
		return 0, false
	}
	report, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), &load.SpecInfo{Spec: a}, &load.SpecInfo{Spec: b})
	if err != nil {
		return 0, false
	}
	changes := oasdiff.CheckBackwardCompatibilityUntilLevel(oasdiff.NewConfig(oasdiff.GetAllChecks()), report, sources, oasdiff.INFO)
	if len(changes) == 0 {
		return 0, false
	}
	return slices.MaxFunc(changes, func(x, y oasdiff.Change) int { return int(x.GetLevel()) - int(y.GetLevel()) }).GetLevel(), true
}

// asOpenAPI returns an operation as a document; nil if that is invalid.
func asOpenAPI(op *facts.Operation) *openapi3.T {
	node, err := facts.Write([]*facts.Operation{op}, facts.WriteOptions{Title: op.ID, Version: "1"})
	if err != nil {
		return nil
	}
	data, err := facts.EncodeYAML(node)
	if err != nil {
		return nil
	}
	out, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return nil
	}
	return out
}
