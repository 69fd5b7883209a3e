package drift

import (
	"slices"
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
	renamed   string // the new name, where a place was renamed or moved
	newPlace  facts.Place
	alias     facts.Place // of a change inside what was renamed: what the spec calls the place until it follows
	value     string      // the enum value that came or went
	became    string      // what an enum value was replaced by
	fromOp    *facts.Operation
	toOp      *facts.Operation
	// fromWords and toWords are the prose behind hashes, where it is known.
	fromWords, toWords string
}

// pair is the two documents that are compared, and the words for it.
type pair struct {
	added, removed, changed string
	// skip are aspects that the two do not share.
	skip func(facts.Aspect) bool
	// older: what was renamed is called as the first document has it, which the spec goes back to.
	older bool
}

var (
	// pageAgainstDocs: what the pages say now, against what they said.
	pageAgainstDocs = pair{"added", "removed", "changed", func(a facts.Aspect) bool { return a == facts.Uncertain }, false}
	// specAgainstDocs: a spec has its own words, titles and no samples.
	specAgainstDocs = pair{"extra", "missing", "differs", func(a facts.Aspect) bool {
		return a == facts.Uncertain || a.IsText() || a == facts.Sample || a == facts.Title
	}, true}
)

type key struct {
	place  facts.Place
	aspect facts.Aspect
}

// index finds the facts of an operation.
type index struct {
	op    *facts.Operation
	facts map[key]facts.Fact
}

// indexes finds the facts of operations that are looked into again and again.
type indexes map[*facts.Operation]*index

func (all indexes) of(op *facts.Operation) *index {
	if all[op] == nil {
		all[op] = indexOf(op)
	}
	return all[op]
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

// near is where a document would say something about a place: the place itself, or the nearest that holds it.
func (in *index) near(place facts.Place, aspect facts.Aspect) facts.Pos {
	if f, ok := in.facts[key{place, aspect}]; ok {
		return f.Pos
	}
	for at := place; at != ""; at = parent(at) {
		order := []facts.Aspect{facts.Present, facts.MediaType, facts.Type, facts.Method}
		if at != place && parent(at) == "" { // a field belongs where the schema is, not where the body begins
			order = []facts.Aspect{facts.Type, facts.Present, facts.MediaType, facts.Method}
		}
		for _, a := range order {
			if f, ok := in.facts[key{at, a}]; ok {
				return f.Pos
			}
		}
	}
	if root, _, _ := strings.Cut(string(place), "."); root != "" { // a parameter beside its siblings, a status in its list
		for _, f := range in.op.Facts {
			if strings.HasPrefix(string(f.Place), root+".") && f.Aspect == facts.Present {
				return f.Pos
			}
		}
	}
	return in.op.Pos
}

// parent is the place that holds a place; "" for a root.
func parent(place facts.Place) facts.Place {
	steps, err := place.Steps()
	if err != nil || len(steps) < 2 {
		return ""
	}
	if !slices.Contains([]string{"operation", "auth", "body"}, steps[0].Name) && len(steps) == 2 {
		return ""
	}
	return join(steps[:len(steps)-1])
}

func join(steps []facts.Step) facts.Place {
	place := facts.Place(steps[0].Name)
	for _, step := range steps[1:] {
		switch step.Kind {
		case facts.StepProperty:
			place = place.Property(step.Name)
		case facts.StepItems:
			place = place.Items()
		case facts.StepValues:
			place = place.Values()
		case facts.StepHeader:
			place = place.Header(step.Name)
		case facts.StepMedia:
			place = place.Media(step.Name)
		case facts.StepVariant:
			place += facts.Place("|" + step.Name)
		}
	}
	return place
}

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

// compare lists the differences from one operation to another. Of a place that only one side has, it is said once; what is
// inside it goes without saying.
func compare(from, to *index, words pair, hides func(facts.Place, facts.Aspect) bool) []change {
	var out []change
	gone := func(place facts.Place, a, b *index) bool {
		for at := place; at != ""; at = parent(at) {
			k := key{at, facts.Present}
			if _, inA := a.facts[k]; inA {
				if _, inB := b.facts[k]; !inB {
					return true
				}
			}
		}
		return false
	}
	add := func(c change) {
		c.operation, c.thing, c.fromOp, c.toOp = from.op.ID, thingOf(c.place), from.op, to.op
		out = append(out, c)
	}
	skip := func(f facts.Fact) bool { return words.skip(f.Aspect) || hides != nil && hides(f.Place, f.Aspect) }
	for _, f := range from.op.Facts {
		k := key{f.Place, f.Aspect}
		if skip(f) || from.facts[k] != f {
			continue
		}
		other, both := to.facts[k]
		switch {
		case both && other.Value == f.Value:
		case both && f.Aspect == facts.Enum:
			compareEnums(f, other, words, add)
		case both:
			at := other.Pos
			if f.Aspect == facts.Sample {
				at.Line += facts.SampleLine(f.Value, other.Prose)
			}
			add(change{place: f.Place, aspect: f.Aspect, verb: words.changed, from: f.Value, to: other.Value, fromPos: f.Pos, toPos: at,
				fromWords: wordsOf(f), toWords: wordsOf(other)})
		case f.Aspect == facts.Present && !gone(parent(f.Place), from, to), f.Aspect != facts.Present && !gone(f.Place, from, to):
			add(change{place: f.Place, aspect: f.Aspect, verb: words.removed, from: f.Value, fromPos: f.Pos, toPos: to.near(f.Place, f.Aspect), fromWords: wordsOf(f)})
		}
	}
	for _, f := range to.op.Facts {
		k := key{f.Place, f.Aspect}
		if _, both := from.facts[k]; both || skip(f) || to.facts[k] != f {
			continue
		}
		if f.Aspect == facts.Present && !gone(parent(f.Place), to, from) || f.Aspect != facts.Present && !gone(f.Place, to, from) {
			add(change{place: f.Place, aspect: f.Aspect, verb: words.added, to: f.Value, fromPos: from.near(f.Place, f.Aspect), toPos: f.Pos, toWords: wordsOf(f)})
		}
	}
	return out
}

// wordsOf is what a fact says, for people: prose that is kept as a fingerprint only is named so.
func wordsOf(f facts.Fact) string {
	switch {
	case !f.Aspect.IsText() || f.Value == "":
		return f.Value
	case f.Prose != "":
		return facts.PlainText(f.Prose)
	}
	return "words with the fingerprint " + f.Value
}

// compareEnums tells which values came and went; the same values in another order are a difference of their own.
func compareEnums(f, other facts.Fact, words pair, add func(change)) {
	before, after := facts.Texts(f.Value), facts.Texts(other.Value)
	base := change{place: f.Place, aspect: facts.Enum, verb: words.changed, from: f.Value, to: other.Value, fromPos: f.Pos, toPos: other.Pos,
		fromWords: f.Value, toWords: other.Value}
	found := false
	for _, value := range before {
		if !slices.Contains(after, value) {
			c := base
			c.verb, c.value, found = words.removed, value, true
			add(c)
		}
	}
	for _, value := range after {
		if !slices.Contains(before, value) {
			c := base
			c.verb, c.value, found = words.added, value, true
			add(c)
		}
	}
	if !found {
		add(base)
	}
}
