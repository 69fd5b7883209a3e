package text

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// Structs inside a request are validated too, by a method check that is told where the struct stands. Only structs that have
// something to check, in themselves or deeper, have that method.

// nestedChecks finds those structs and writes their checks.
func (w *writer) nestedChecks() {
	var nested []*model.Type
	for _, t := range w.client.Types {
		if t.Shape == lower.ShapeObject && t.Direction&lower.InRequest != 0 {
			nested = append(nested, t)
		}
	}
	for _, t := range nested {
		for _, f := range t.Fields {
			if len(w.fieldRules(f)) > 0 {
				w.checks[t.Name] = nil
			}
		}
	}
	for more := true; more; {
		more = false
		for _, t := range nested {
			if !w.checked(t.Name) && slices.ContainsFunc(t.Fields, func(f *model.Field) bool { return w.checked(element(f.Base)) }) {
				w.checks[t.Name], more = nil, true
			}
		}
	}
	for _, t := range nested { // all are known now, for they call each other
		if w.checked(t.Name) {
			w.checks[t.Name] = w.rules(t.Fields)
		}
	}
}

// checked reports whether a type has a method check.
func (w *writer) checked(t string) bool {
	_, ok := w.checks[t]
	return ok
}

func element(t string) string { return strings.TrimPrefix(strings.TrimPrefix(t, "[]"), "*") }

// nestedRules are the statements that check a struct, or a list of them, in a field.
func (w *writer) nestedRules(f *model.Field) []string {
	if !w.checked(element(f.Base)) {
		return nil
	}
	v, p := "r."+f.Name, "&p"
	if f.Nested {
		p = "p"
	}
	if !strings.HasPrefix(f.Base, "[]") {
		call := fmt.Sprintf("%s.check(%s, %s)", v, p, where(f, ""))
		switch {
		case f.Pointer:
			call = fmt.Sprintf("if %s != nil {\n%s\n}", v, call)
		case !f.Required:
			call = fmt.Sprintf("if %s {\n%s\n}", w.present(f, v), call)
		}
		return []string{call}
	}
	call := fmt.Sprintf("item.check(%s, %s)", p, where(f, "["))
	if strings.HasPrefix(f.Base, "[]*") {
		call = fmt.Sprintf("if item != nil {\n%s\n}", call)
	}
	return []string{fmt.Sprintf("for i, item := range %s {\n%s\n}", v, call)}
}

// where are the arguments that tell where a field stands, or with index "[" its item i.
func where(f *model.Field, index string) string {
	field, in, name := strconv.Quote(f.Name+index), strconv.Quote(f.In), strconv.Quote(f.Wire+index)
	if f.Nested {
		field, in, name = "field + "+strconv.Quote("."+f.Name+index), "in", "name + "+strconv.Quote("."+f.Wire+index)
	}
	if index != "" {
		field, name = field+` + strconv.Itoa(i) + "]"`, name+` + strconv.Itoa(i) + "]"`
	}
	return strings.Join([]string{field, in, name}, ", ")
}
