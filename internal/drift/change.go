package drift

import (
	"cmp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// change is one difference between two documents about one operation, before root causes are sought.
type change struct {
	operation string
	place     facts.Place
	aspect    facts.Aspect
	thing     string // what the place is: parameter, property, response, …
	verb      string // added, removed, changed; or extra, missing, differs
	from, to  string // canonical values
	fromPos   facts.Pos
	toPos     facts.Pos
	// fromText and toText are the values for people: of prose, the text itself where it is known.
	fromText, toText string

	renamed  string      // the new name, where a place was renamed or moved
	newPlace facts.Place // where it is then
	alias    facts.Place // of a change inside what was renamed: what the spec calls the place until it follows
	value    string      // the enum value that came or went
	became   string      // what an enum value was replaced by
	parts    []change    // of an object that was flattened or wrapped: its fields, one level up on the other side
	bare     bool        // of an object that was wrapped: its fields come by other changes
	replaced bool        // all values of an enum came or went, or are spelled in another case

	fromOp, toOp *facts.Operation
	edition      *edition // the API version that it is about
}

// operationChange is a change of an operation as such: it came, went or has another id. from and to are its ids, "" where it is not.
func operationChange(verb, from, to string, fromPos, toPos facts.Pos) change {
	c := change{operation: cmp.Or(from, to), place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: verb,
		from: from, fromText: from, fromPos: fromPos, to: to, toText: to, toPos: toPos}
	if from != "" && to != "" {
		c.renamed, c.newPlace = to, c.place
	}
	return c
}

// reversed is the change from the second document back to the first.
func (c change) reversed() change {
	c.from, c.to, c.fromOp, c.toOp = c.to, c.from, c.toOp, c.fromOp
	if c.renamed != "" {
		c.place, c.newPlace, c.renamed = c.newPlace, c.place, c.place.Last().Name
	}
	return c
}

// isWholeOperation reports whether an operation came or went.
func (c change) isWholeOperation() bool {
	return c.thing == "operation" && c.aspect == facts.Present && c.renamed == ""
}

// inPath reports whether a parameter of the path has another name, in the path as well, while the rest of the path is the
// same. Such a name is never sent.
func (c change) inPath() bool {
	was, is := "{"+c.place.Last().Name+"}", "{"+c.renamed+"}"
	return c.renamed != "" && c.place.Root() == "path" && c.newPlace.Root() == "path" && c.fromOp != nil && c.toOp != nil &&
		strings.Contains(pathOf(c.fromOp), was) && strings.ReplaceAll(pathOf(c.fromOp), was, is) == pathOf(c.toOp)
}

func pathOf(op *facts.Operation) string { return op.Value(facts.OperationPlace, facts.Path) }

// thingOf names what a place is.
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
