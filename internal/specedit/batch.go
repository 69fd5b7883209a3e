package specedit

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// batch applies edits each of which alone leaves the document invalid: all at once or, if that is invalid too, each one with
// the removal of examples that its schema no longer allows.
func batch(d *draft, findings []*drift.Finding, source Source, valid func([]byte) error) (*draft, []Outcome) {
	var outcomes []Outcome
	if after, err := resolveAll(d, findings, source); err == nil && len(findings) > 1 && valid(after.Bytes()) == nil {
		for _, f := range findings {
			outcomes = append(outcomes, Outcome{Finding: f})
		}
		return after, outcomes
	}
	for _, f := range findings {
		after, note, err := resolveWithoutExamples(d, f, source, valid)
		if err == nil {
			d = after
		}
		outcomes = append(outcomes, Outcome{f, err, note})
	}
	return d, outcomes
}

func resolveAll(d *draft, findings []*drift.Finding, source Source) (*draft, error) {
	if len(findings) < 2 {
		return d, nil // a single one was tried alone
	}
	for _, f := range findings {
		after, err := resolve(d, f, source)
		if err != nil {
			return nil, err
		}
		d = after
	}
	return d, nil
}

// resolveWithoutExamples resolves a finding and removes the example or default that the schema no longer allows, of the
// edited place or of one that contains it. That the documentation still shows it is a separate finding.
func resolveWithoutExamples(d *draft, f *drift.Finding, source Source, valid func([]byte) error) (after *draft, note string, err error) {
	if after, err = resolve(d, f, source); err != nil {
		return nil, "", err
	}
	problem := valid(after.Bytes())
	if problem == nil {
		return after, "", nil
	}
	resolved := after.facts
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
			return after, fmt.Sprintf("the %s there does not fit any more and was removed", aspect), nil
		}
	}
	return nil, "", fmt.Errorf("the document would not be valid with it; change it by hand, with what belongs to it: %w", problem)
}
