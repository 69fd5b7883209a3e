package specedit

import "github.com/highlevel-go/snapshots/internal/drift"

// batch applies edits each of which alone leaves the document invalid: all at once or, if that is invalid too, each one without
// the examples that its schema does not allow.
func batch(d *draft, findings []*drift.Finding, source Source, valid func([]byte) error) (*draft, []Outcome) {
	var outcomes []Outcome
	if after, err := resolveAll(d, findings, source); err == nil && len(findings) > 1 && valid(after.Bytes()) == nil {
		for _, f := range findings {
			outcomes = append(outcomes, Outcome{Finding: f})
		}
		return after, outcomes
	}
	for _, f := range findings {
		after, notes, err := resolveWithoutExamples(d, f, source, valid)
		if err == nil {
			d = after
		}
		outcomes = append(outcomes, Outcome{f, err, notes})
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
