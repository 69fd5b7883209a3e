package specedit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// verify compares the document before and after the edits of a finding, which must have been made and have changed nothing
// else.
func verify(before, after *draft, f *drift.Finding) error {
	for _, e := range f.Edits {
		if e.Rename != "" && e.Place == facts.OperationPlace {
			if after.facts.Operation(e.Rename) == nil || after.facts.Operation(e.Operation) != nil {
				return fmt.Errorf("the operation %s could not be renamed; change its operationId by hand", e.Operation)
			}
			continue
		}
		if !isDone(after.facts.Operation(e.Operation), e) {
			return fmt.Errorf("the edit at %s had no effect; change it by hand", e.Place)
		}
	}
	if alias := changedAlias(before.Root(), after.Root()); alias != nil {
		return fmt.Errorf("%s:%d: *%s stands for what the edit would change; write out here what it stands for, and try again", after.File(), alias.Line, alias.Value)
	}
	for _, op := range after.facts.Operations {
		if name := lostParameter(op); name != "" && lostParameter(before.facts.Operation(op.ID)) == "" {
			return fmt.Errorf("only one of path and parameters of %s would have the name %s; change both by hand", op.ID, name)
		}
	}
	want := len(before.facts.Operations)
	for _, e := range f.Edits {
		if had := before.facts.Operation(e.Operation) != nil; isWholeOperation(e) && had != (e.To != "") {
			want += map[bool]int{true: -1, false: 1}[had]
		}
	}
	if len(after.facts.Operations) != want {
		return errors.New("the edit would add or remove an operation; change it by hand")
	}
	for _, was := range before.facts.Operations {
		is := after.facts.Operation(was.ID)
		if is == nil && slices.ContainsFunc(f.Edits, func(e drift.Edit) bool { return isWholeOperation(e) && e.Operation == was.ID && e.To == "" }) {
			continue
		}
		for _, e := range f.Edits {
			if is == nil && e.Operation == was.ID && e.Place == facts.OperationPlace {
				is = after.facts.Operation(e.Rename)
			}
		}
		if is == nil {
			return fmt.Errorf("the edit would remove %s; change it by hand", was.ID)
		}
		for _, place := range changed(was, is) {
			if !slices.ContainsFunc(f.Edits, func(e drift.Edit) bool { return e.Operation == was.ID && mayChange(e, place) }) {
				return fmt.Errorf("the part of the document that %s is in is shared: the edit would change %s of %s too; split it by hand", f.Edits[0].Place, place, was.ID)
			}
		}
	}
	return nil
}

// mayChange reports whether an edit may change a place.
func mayChange(e drift.Edit, place facts.Place) bool {
	switch {
	case place.Under(e.Place):
		return true
	case e.MoveTo != "":
		return place.Under(e.MoveTo)
	}
	return e.Rename != "" && (place.Under(e.Place.Renamed(e.Rename)) || place == facts.OperationPlace)
}

// changedAlias returns an alias whose value no alias of its name had before. An alias may be where no facts are read.
func changedAlias(before, after *yaml.Node) *yaml.Node {
	values := map[string]bool{}
	walk(before, func(node *yaml.Node) {
		if node.Anchor != "" {
			values[node.Anchor+" "+facts.CompactJSON(oas.Value(node))] = true
		}
	})
	var found *yaml.Node
	walk(after, func(node *yaml.Node) {
		if node.Kind == yaml.AliasNode && found == nil && !values[node.Value+" "+facts.CompactJSON(oas.Value(node))] {
			found = node
		}
	})
	return found
}

// walk visits the nodes of the text; it does not follow aliases.
func walk(node *yaml.Node, visit func(*yaml.Node)) {
	visit(node)
	for _, inner := range node.Content {
		walk(inner, visit)
	}
}

// lostParameter returns the name of a parameter that is only in the path or only in the list of parameters; "" if there is
// none.
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

// changed returns the places that differ between two versions of an operation.
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
		if f.Aspect.IsExtension() { // these follow an edit
			continue
		}
		if _, again := out[k]; !again {
			out[k] = f.Value
		}
	}
	return out
}
