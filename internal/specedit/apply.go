package specedit

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// Outcome is the outcome of the edits of one finding.
type Outcome struct {
	Finding *drift.Finding
	// Err is the reason why the finding must be resolved by hand; the document was not changed for it.
	Err error
	// Notes describe what else had to change or was left out.
	Notes []string
}

// Source returns the facts of an operation in an API version from its page or record. An edit that adds something copies it
// from there.
type Source func(version, operation string) *facts.Operation

// Apply resolves findings by their edits, one after the other, and returns the document with the edits that succeeded. valid
// checks it after each edit; see [StaysValid]. Edits that leave the document invalid are tried again together: a type may
// change together with its example.
func Apply(file string, data []byte, findings []*drift.Finding, source Source, valid func([]byte) error) ([]byte, []Outcome, error) {
	d, err := open(file, data)
	if err != nil {
		return data, nil, err
	}
	var outcomes []Outcome
	var waiting []*drift.Finding
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b *drift.Finding) int { return orderOf(a) - orderOf(b) })
	for _, f := range findings {
		if len(f.Edits) == 0 {
			continue
		}
		after, err := resolve(d, f, source)
		if err == nil && valid(after.Bytes()) != nil {
			waiting = append(waiting, f)
			continue
		}
		if err == nil {
			d = after
		}
		outcomes = append(outcomes, Outcome{Finding: f, Err: err})
	}
	d, late := batch(d, waiting, source, valid)
	return d.Bytes(), append(outcomes, late...), nil
}

// orderOf returns -1 for findings whose edits are made first, and 1 for the last. Places are renamed and moved first, since
// other edits use their new names; operations are renamed last, since other edits use their old ids.
func orderOf(f *drift.Finding) int {
	order := 0
	for _, e := range f.Edits {
		if e.Rename != "" && e.Place == facts.OperationPlace {
			return 1
		} else if e.Rename != "" || e.MoveTo != "" {
			order = -1
		}
	}
	return order
}

// resolve applies the edits of a finding.
func resolve(d *draft, f *drift.Finding, source Source) (*draft, error) {
	after := d
	for _, e := range f.Edits {
		if isDone(after.facts.Operation(e.Operation), e) {
			continue // a part that operations share was already changed
		}
		next, err := after.change(func(d *draft) error { return d.edit(e, source(e.Version, e.Operation)) })
		if err != nil {
			return nil, err
		}
		if after, err = follow(next, e); err != nil {
			return nil, err
		}
	}
	return after, verify(d, after, f)
}

// isDone reports whether an operation already is as an edit would leave it.
func isDone(op *facts.Operation, e drift.Edit) bool {
	if isWholeOperation(e) {
		return (op != nil) == (e.To != "")
	}
	if op == nil {
		return false
	}
	has := func(place facts.Place) bool { return op.Value(place, facts.Present) != "" }
	switch {
	case e.MoveTo != "":
		return !has(e.Place) && has(e.MoveTo)
	case e.Rename != "":
		was, _ := inPath(e)
		return !has(e.Place) && has(e.Place.Renamed(e.Rename)) && (was == "" || !strings.Contains(op.Value(facts.OperationPlace, facts.Path), was))
	}
	return op.Value(e.Place, e.Aspect) == e.To
}

// edit applies one edit to one operation.
func (d *draft) edit(e drift.Edit, source *facts.Operation) error {
	switch {
	case isWholeOperation(e) && e.To == "":
		return d.removeOperation(e.Operation)
	case isWholeOperation(e):
		return d.addOperation(e.Operation, source)
	case e.MoveTo != "":
		return d.movePlace(e)
	case e.Rename != "":
		return d.renamePlace(e)
	case e.Aspect == facts.Present && e.To == "":
		return d.removePlace(e)
	case e.Aspect == facts.Present:
		return d.addPlace(e, source)
	}
	return d.setAspect(e, source)
}
