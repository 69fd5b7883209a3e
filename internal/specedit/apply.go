package specedit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// Outcome is what became of one finding's edits.
type Outcome struct {
	Finding *drift.Finding
	// Err says why the finding must be resolved by hand; the document is as it was then.
	Err error
	// Note says what else had to change.
	Note string
}

// Apply resolves findings by their edits, one after the other. source finds the facts that an edit adds: those of the page
// or the record. The document comes back as far as edits could be applied. valid is asked whether it still is a spec; an
// edit that only holds together with others, such as a type with its example, waits for them.
func Apply(file string, data []byte, findings []*drift.Finding, source func(operation string) *facts.Operation, valid func([]byte) error) ([]byte, []Outcome, error) {
	if _, err := parse(file, data); err != nil {
		return data, nil, err
	}
	var outcomes []Outcome
	var waiting []*drift.Finding
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b *drift.Finding) int { return turn(a) - turn(b) })
	for _, f := range findings {
		if len(f.Edits) == 0 {
			continue
		}
		after, err := resolve(file, data, f, source)
		if err == nil && valid(after) != nil {
			waiting = append(waiting, f)
			continue
		}
		if err == nil {
			data = after
		}
		outcomes = append(outcomes, Outcome{Finding: f, Err: err})
	}
	data, late := together(file, data, waiting, source, valid)
	return data, append(outcomes, late...), nil
}

// turn is when a finding's edits are made: first those that rename a place, so that others find it under the name that they
// know; last those that rename an operation, under whose old id others look for it.
func turn(f *drift.Finding) int {
	turn := 0
	for _, e := range f.Edits {
		if e.Rename != "" && e.Place == facts.OperationPlace {
			return 1
		} else if e.Rename != "" {
			turn = -1
		}
	}
	return turn
}

// resolve applies a finding's edits.
func resolve(file string, data []byte, f *drift.Finding, source func(string) *facts.Operation) ([]byte, error) {
	before, err := facts.Read(file, data)
	if err != nil {
		return nil, err
	}
	for _, e := range f.Edits {
		now, err := facts.Read(file, data)
		if err != nil {
			return nil, err
		}
		if done(now.Operation(e.Operation), e) {
			continue // a part that operations share was changed already
		}
		if data, err = one(file, data, e, source(e.Operation)); err != nil {
			return nil, err
		}
		if data, err = follow(file, data, e); err != nil {
			return nil, err
		}
	}
	return data, verify(file, before, data, f)
}

// done reports whether an operation says what an edit wants.
func done(op *facts.Operation, e drift.Edit) bool {
	if op == nil {
		return false
	}
	if e.Rename != "" {
		was, _ := inPath(e)
		return op.Value(e.Place, facts.Present) == "" && op.Value(e.Place.Renamed(e.Rename), facts.Present) != "" &&
			(was == "" || !strings.Contains(op.Value(facts.OperationPlace, facts.Path), was))
	}
	return op.Value(e.Place, e.Aspect) == e.To
}

// one applies one edit to one operation.
func one(file string, data []byte, e drift.Edit, source *facts.Operation) ([]byte, error) {
	t, err := parse(file, data)
	if err != nil {
		return nil, err
	}
	switch {
	case e.Rename != "":
		err = t.rename(e)
	case e.Aspect == facts.Present && e.To == "":
		err = t.removePlace(e)
	case e.Aspect == facts.Present:
		err = t.addPlace(e, source)
	default:
		err = t.setAspect(e, source)
	}
	return t.bytes(), err
}

// inPath is how the path of an operation writes a parameter before and after an edit that renames it; "" for any other edit.
func inPath(e drift.Edit) (was, is string) {
	steps, err := e.Place.Steps()
	if err != nil || e.Rename == "" || len(steps) != 2 || !strings.HasPrefix(string(e.Place), "path.") {
		return "", ""
	}
	return "{" + steps[1].Name + "}", "{" + e.Rename + "}"
}

func (t *text) rename(e drift.Edit) error {
	at, err := t.locate(e.Operation, e.Place)
	if was, is := inPath(e); was != "" {
		path, _, _, missing := t.operation(e.Operation)
		if missing != nil {
			return missing
		}
		if strings.Contains(path.key.Value, was) {
			if err := t.replaceScalar(path.key, strings.ReplaceAll(path.key.Value, was, is)); err != nil {
				return err
			}
			if _, there := t.locate(e.Operation, e.Place.Renamed(e.Rename)); there == nil {
				return nil // the parameter is shared, and has its new name already
			}
		}
	}
	if err != nil {
		return err
	}
	switch {
	case e.Place == facts.OperationPlace:
		id, ok := find(at.node, "operationId")
		if !ok {
			return fmt.Errorf("%s:%d: the operation has no operationId; write it by hand", t.file, at.node.Line)
		}
		return t.replaceScalar(id.value, plainOrQuoted(e.Rename))
	case at.item != nil: // a parameter: its name is a value
		return t.replaceScalar(at.key.value, plainOrQuoted(e.Rename))
	case at.key.key != nil:
		was := at.key.key.Value
		if required, ok := find(at.parent, "required"); ok && required.value.Kind == yaml.SequenceNode {
			if err := t.replaceInList(required.value, was, e.Rename); err != nil {
				return err
			}
		}
		return t.replaceScalar(at.key.key, plainOrQuoted(e.Rename))
	}
	return fmt.Errorf("%s cannot be renamed; change it by hand", e.Place)
}

// replaceInList changes one value of a list. Values behind it on the same line keep their places only if this comes last.
func (t *text) replaceInList(list *yaml.Node, was, is string) error {
	for _, item := range list.Content {
		if item.Value == was {
			return t.replaceScalar(item, plainOrQuoted(is))
		}
	}
	return nil
}

func (t *text) removePlace(e drift.Edit) error {
	at, err := t.locate(e.Operation, e.Place)
	if err != nil {
		return err
	}
	switch {
	case at.item != nil:
		if isFlow(at.holder) {
			return fmt.Errorf("%s:%d: the parameters stand on one line; remove it by hand", t.file, at.item.Line)
		}
		t.deleteLines(at.item.Line, t.blockEnd(at.item.Line, at.holder.Column-1, false))
		return nil
	case at.key.key != nil:
		// From the bottom up, so that positions stay true.
		required, _ := find(at.parent, "required")
		if required.value != nil && required.value.Kind == yaml.SequenceNode && strings.Contains(string(e.Place), ".") && required.key.Line > at.key.key.Line {
			if err := t.dropRequired(at.parent, at.key.key.Value); err != nil {
				return err
			}
			return t.remove(at.holder, at.key.key.Value)
		}
		if err := t.remove(at.holder, at.key.key.Value); err != nil {
			return err
		}
		if required.value != nil && required.value.Kind == yaml.SequenceNode {
			return t.dropRequired(at.parent, at.key.key.Value)
		}
		return nil
	}
	return fmt.Errorf("%s cannot be removed; change it by hand", e.Place)
}

func (t *text) dropRequired(schema *yaml.Node, name string) error {
	required, _ := find(schema, "required")
	var kept []string
	for _, item := range required.value.Content {
		if item.Value != name {
			kept = append(kept, item.Value)
		}
	}
	if len(kept) == len(required.value.Content) {
		return nil
	}
	return t.setList(schema, "required", kept)
}

// require makes a property required, or no longer.
func (t *text) require(e drift.Edit, required bool) error {
	at, err := t.locate(e.Operation, e.Place)
	if err != nil {
		return err
	}
	name := at.key.key.Value
	var names []string
	if list, ok := find(at.parent, "required"); ok {
		for _, item := range list.value.Content {
			names = append(names, item.Value)
		}
	}
	names = slices.DeleteFunc(names, func(n string) bool { return n == name })
	if required {
		names = append(names, name)
	}
	return t.setList(at.parent, "required", names)
}
