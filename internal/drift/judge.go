package drift

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	breakage "github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// judge finds out what a change does to callers. Where a comparison of schemas judges well, oasdiff does: it is given the
// operation before, and the operation with this one change. reality is the side that the service is taken to follow.
func judge(c change, reality side) effect {
	e := effectOf(c)
	if e.own || c.fromOp == nil || c.toOp == nil {
		return e
	}
	before, after := c.fromOp, applied(c.fromOp, c.toOp, c)
	if reality == fromSide { // the spec is what callers have, the docs are what the service does
		before, after = after, before
	}
	if level, ok := breaking(before, after); ok {
		e.severity = Warning
		if level == breakage.ERR {
			e.severity = Error
		}
	}
	return e
}

func judgedBy(reality side) func(change) effect {
	return func(c change) effect { return judge(c, reality) }
}

type side byte

const (
	toSide   side = iota // the newer page
	fromSide             // the docs, compared with a spec
)

// applied is an operation with one change of another version of it.
func applied(from, to *facts.Operation, c change) *facts.Operation {
	out := &facts.Operation{ID: from.ID, Pos: from.Pos}
	in := func(f facts.Fact, place facts.Place) bool {
		return f.Place == place && f.Aspect == c.aspect || c.aspect == facts.Present && f.Place.Under(place)
	}
	for _, f := range from.Facts {
		if !in(f, c.place) {
			out.Facts = append(out.Facts, f)
		}
	}
	added := c.place
	if c.renamed != "" {
		added = c.newPlace
	}
	for _, f := range to.Facts {
		if in(f, added) {
			out.Facts = append(out.Facts, f)
		}
	}
	return out
}

// breaking asks oasdiff for the gravest change between two versions of an operation. ok is false where it sees none, or
// cannot compare them.
func breaking(before, after *facts.Operation) (level breakage.Level, ok bool) {
	defer func() {
		if recover() != nil { // a document that it was not made for must not end a check
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
	changes := breakage.CheckBackwardCompatibilityUntilLevel(breakage.NewConfig(breakage.GetAllChecks()), report, sources, breakage.INFO)
	if len(changes) == 0 {
		return 0, false
	}
	return slices.MaxFunc(changes, func(x, y breakage.Change) int { return int(x.GetLevel()) - int(y.GetLevel()) }).GetLevel(), true
}

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
