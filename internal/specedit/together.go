package specedit

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// together applies edits of which each alone leaves no valid document: all at once, or, where that does not help either,
// each without the examples that it leaves behind.
func together(file string, data []byte, findings []*drift.Finding, source func(string) *facts.Operation, valid func([]byte) error) ([]byte, []Outcome) {
	var outcomes []Outcome
	if after, err := all(file, data, findings, source); err == nil && valid(after) == nil {
		for _, f := range findings {
			outcomes = append(outcomes, Outcome{Finding: f})
		}
		return after, outcomes
	}
	for _, f := range findings {
		after, note, err := withoutExamples(file, data, f, source, valid)
		if err == nil {
			data = after
		}
		outcomes = append(outcomes, Outcome{f, err, note})
	}
	return data, outcomes
}

func all(file string, data []byte, findings []*drift.Finding, source func(string) *facts.Operation) ([]byte, error) {
	for _, f := range findings {
		after, err := resolve(file, data, f, source)
		if err != nil {
			return nil, err
		}
		data = after
	}
	return data, nil
}

// withoutExamples takes out the example or default, of the edited place or of what holds it, that does not fit any more.
// The documentation then still shows what its own schema does not allow; that is a finding of its own.
func withoutExamples(file string, data []byte, f *drift.Finding, source func(string) *facts.Operation, valid func([]byte) error) (after []byte, note string, err error) {
	if after, err = resolve(file, data, f, source); err != nil {
		return nil, "", err
	}
	problem := valid(after)
	if problem == nil {
		return after, "", nil
	}
	document, err := facts.Read(file, after)
	if err != nil {
		return nil, "", err
	}
	for _, aspect := range []facts.Aspect{facts.Example, facts.Default} {
		more := *f
		more.Edits = slices.Clone(f.Edits)
		for _, e := range f.Edits {
			for _, fact := range document.Operation(e.Operation).Facts {
				if fact.Aspect == aspect && e.Place.Under(fact.Place) && !(e.Aspect == aspect && e.Place == fact.Place) {
					more.Edits = append(more.Edits, drift.Edit{Operation: e.Operation, Place: fact.Place, Aspect: aspect, From: fact.Value, Pos: fact.Pos})
				}
			}
		}
		if len(more.Edits) == len(f.Edits) {
			continue
		}
		if after, err = resolve(file, data, &more, source); err == nil && valid(after) == nil {
			return after, fmt.Sprintf("the %s there does not fit any more and was taken out", aspect), nil
		}
	}
	return nil, "", fmt.Errorf("the document would not be valid with it; change it by hand, with what belongs to it: %w", problem)
}
