package specedit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// verify reads the document again: what the edits want must be there, and nothing else may have changed.
func verify(file string, before *facts.Document, data []byte, f *drift.Finding) error {
	after, err := facts.Read(file, data)
	if err != nil {
		return fmt.Errorf("the edit would break the document: %w", err)
	}
	for _, e := range f.Edits {
		if e.Rename != "" && e.Place == facts.OperationPlace {
			if after.Operation(e.Rename) == nil || after.Operation(e.Operation) != nil {
				return fmt.Errorf("the operation %s could not be renamed; change its operationId by hand", e.Operation)
			}
			continue
		}
		if !done(after.Operation(e.Operation), e) {
			return fmt.Errorf("the edit at %s did not take; change it by hand", e.Place)
		}
	}
	allowed := func(operation string, place facts.Place) bool {
		return slices.ContainsFunc(f.Edits, func(e drift.Edit) bool {
			return e.Operation == operation && (place.Under(e.Place) || e.Rename != "" && (place.Under(e.Place.Renamed(e.Rename)) || place == facts.OperationPlace))
		})
	}
	for _, op := range after.Operations {
		if name := lostParameter(op); name != "" && lostParameter(before.Operation(op.ID)) == "" {
			return fmt.Errorf("path and parameters of %s would not be about the same names: %s; change it by hand", op.ID, name)
		}
	}
	if len(after.Operations) != len(before.Operations) {
		return errors.New("the edit would add or remove an operation; change it by hand")
	}
	for _, was := range before.Operations {
		is := after.Operation(was.ID)
		for _, e := range f.Edits {
			if is == nil && e.Operation == was.ID && e.Place == facts.OperationPlace {
				is = after.Operation(e.Rename)
			}
		}
		if is == nil {
			return fmt.Errorf("the edit would remove %s; change it by hand", was.ID)
		}
		for _, place := range changed(was, is) {
			if !allowed(was.ID, place) {
				return fmt.Errorf("the part of the document that %s stands in is shared: the edit would change %s of %s too; split it by hand", f.Edits[0].Place, place, was.ID)
			}
		}
	}
	return nil
}

// lostParameter names a parameter of the path that only the path or only the list of parameters has.
func lostParameter(op *facts.Operation) string {
	if op == nil {
		return ""
	}
	path := op.Value(facts.OperationPlace, facts.Path)
	for _, part := range strings.Split(path, "{")[1:] {
		name, _, _ := strings.Cut(part, "}")
		if op.Value(facts.Param("path", name), facts.Present) == "" {
			return name
		}
	}
	for _, f := range op.Facts {
		if f.Aspect != facts.Present || !strings.HasPrefix(string(f.Place), "path.") {
			continue
		}
		if steps, err := f.Place.Steps(); err == nil && len(steps) == 2 && !strings.Contains(path, "{"+steps[1].Name+"}") {
			return steps[1].Name
		}
	}
	return ""
}

// changed lists the places that two versions of an operation say different things about.
func changed(was, is *facts.Operation) []facts.Place {
	before, after := valuesOf(was), valuesOf(is)
	var out []facts.Place
	for k, value := range before {
		if now, ok := after[k]; !ok || now != value {
			out = append(out, k.place)
		}
	}
	for k := range after {
		if _, ok := before[k]; !ok {
			out = append(out, k.place)
		}
	}
	return out
}

type placeAspect struct {
	place  facts.Place
	aspect facts.Aspect
}

func valuesOf(op *facts.Operation) map[placeAspect]string {
	out := map[placeAspect]string{}
	for _, f := range op.Facts {
		k := placeAspect{f.Place, f.Aspect}
		if _, again := out[k]; !again {
			out[k] = f.Value
		}
	}
	return out
}
