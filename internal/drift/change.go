package drift

import (
	"cmp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// change is one difference between two documents about one operation, before its root cause is determined.
type change struct {
	operation string
	place     facts.Place
	aspect    facts.Aspect
	thing     string // the kind of the place: parameter, property, response, …
	verb      string // added, removed, changed; or extra, missing, differs
	from, to  string // canonical values
	fromPos   facts.Pos
	toPos     facts.Pos
	// fromText and toText are the values for people: for prose, the text itself if it is known.
	fromText, toText string

	renamed  string      // the new name, if a place was renamed or moved
	newPlace facts.Place // its new place then
	alias    facts.Place // of a change inside a renamed place: its place in the spec until the spec follows
	value    string      // the enum value that was added or removed
	became   string      // the value that replaced an enum value
	parts    []change    // of an object that was flattened or wrapped: its fields, which are one level up on the other side
	bare     bool        // of an object that was wrapped: other changes add its fields
	replaced bool        // all values of an enum were added or removed, or differ in case only

	fromOp, toOp *facts.Operation
	edition      *edition // the API version that it belongs to
}

// operationChange returns a change of a whole operation: it was added, removed or renamed. from and to are its ids; "" means
// absent.
func operationChange(verb, from, to string, fromPos, toPos facts.Pos) change {
	c := change{operation: cmp.Or(from, to), place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: verb,
		from: from, fromText: from, fromPos: fromPos, to: to, toText: to, toPos: toPos}
	if from != "" && to != "" {
		c.renamed, c.newPlace = to, c.place
	}
	return c
}

// reversed returns the change from the second document back to the first.
func (c change) reversed() change {
	c.from, c.to, c.fromOp, c.toOp = c.to, c.from, c.toOp, c.fromOp
	if c.renamed != "" {
		c.place, c.newPlace, c.renamed = c.newPlace, c.place, c.place.Last().Name
	}
	return c
}

// isWholeOperation reports whether an operation was added or removed.
func (c change) isWholeOperation() bool {
	return c.thing == "operation" && c.aspect == facts.Present && c.renamed == ""
}

// inPath reports whether a parameter of the path has another name, in the path as well, while the rest of the path is the
// same. The name of such a parameter is never sent.
func (c change) inPath() bool {
	was, is := "{"+c.place.Last().Name+"}", "{"+c.renamed+"}"
	return c.renamed != "" && c.place.Root() == "path" && c.newPlace.Root() == "path" && c.fromOp != nil && c.toOp != nil &&
		strings.Contains(pathOf(c.fromOp), was) && strings.ReplaceAll(pathOf(c.fromOp), was, is) == pathOf(c.toOp)
}

func pathOf(op *facts.Operation) string { return op.Value(facts.OperationPlace, facts.Path) }

// thingOf returns the kind of a place.
func thingOf(place facts.Place) string {
	steps, err := place.Steps()
	if err != nil {
		return "place"
	}
	last := steps[len(steps)-1]
	switch {
	case len(steps) == 1:
		return steps[0].Name
	case last.Kind == facts.StepHeader:
		return "header"
	case last.Kind == facts.StepItems:
		return "items"
	case last.Kind == facts.StepValues:
		return "map"
	case last.Kind == facts.StepVariant:
		return "variant"
	case last.Kind == facts.StepMedia:
		return "media-type"
	case len(steps) == 2 && steps[0].Name == "response":
		return "response"
	case len(steps) == 2 && steps[0].Name != "body":
		return "parameter"
	}
	return "property"
}
