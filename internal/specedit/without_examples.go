package specedit

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// resolveWithoutExamples resolves a finding without the examples and defaults that their schemas do not allow: those inside
// what is added, and those of the edited place or of one that contains it. That the documentation still shows them is a
// separate finding.
func resolveWithoutExamples(d *draft, f *drift.Finding, source Source, valid func([]byte) error) (after *draft, notes []string, err error) {
	if after, err = resolve(d, f, source); err != nil {
		return nil, nil, err
	}
	problem := valid(after.Bytes())
	if problem == nil {
		return after, nil, nil
	}
	resolved := after.facts
	if source, notes = withoutRefused(source, f); len(notes) > 0 {
		if after, err = resolve(d, f, source); err == nil && valid(after.Bytes()) == nil {
			return after, notes, nil
		}
	}
	for _, aspect := range []facts.Aspect{facts.Example, facts.Default} {
		more := *f
		more.Edits = slices.Clone(f.Edits)
		for _, e := range f.Edits {
			op := resolved.Operation(e.Operation)
			if op == nil {
				continue
			}
			for _, fact := range op.Facts {
				if fact.Aspect == aspect && e.Place.Under(fact.Place) && !(e.Aspect == aspect && e.Place == fact.Place) {
					more.Edits = append(more.Edits, drift.Edit{Operation: e.Operation, Place: fact.Place, Aspect: aspect, From: fact.Value, Pos: fact.Pos})
				}
			}
		}
		if len(more.Edits) == len(f.Edits) {
			continue
		}
		if after, err = resolve(d, &more, source); err == nil && valid(after.Bytes()) == nil {
			return after, append(notes, fmt.Sprintf("the %s there does not fit any more and was removed", aspect)), nil
		}
	}
	return nil, nil, fmt.Errorf("the document would not be valid with it; change it by hand, with what belongs to it: %w", problem)
}

// withoutRefused returns a source without the examples and defaults that their own schemas do not allow, inside what the
// edits of a finding add, and a note on each of them.
func withoutRefused(source Source, f *drift.Finding) (without Source, notes []string) {
	type key struct{ version, operation string }
	cleaned := map[key]*facts.Operation{}
	for _, e := range f.Edits {
		op := source(e.Version, e.Operation)
		if e.Aspect != facts.Present || e.To == "" || op == nil {
			continue
		}
		at := key{e.Version, e.Operation}
		if cleaned[at] == nil {
			own := *op
			cleaned[at] = &own
		}
		cleaned[at].Facts = slices.DeleteFunc(slices.Clone(cleaned[at].Facts), func(fact facts.Fact) bool {
			isAdded := isWholeOperation(e) || fact.Place.Under(e.Place)
			if !isAdded || facts.ExampleProblem(op, fact) == "" {
				return false
			}
			notes = append(notes, fmt.Sprintf("%s: the %s of %s is not what its own schema allows, and was left out", fact.Pos, fact.Aspect, fact.Place))
			return true
		})
	}
	return func(version, operation string) *facts.Operation {
		if op := cleaned[key{version, operation}]; op != nil {
			return op
		}
		return source(version, operation)
	}, notes
}
