package text

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// Structs inside a request are validated too, by a method check that is told where the struct stands. Only structs that have
// something to check, in themselves or deeper, have that method.

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
	v, p := checkedValue(f, "r."), "&p"
	if f.Nested {
		p = "p"
	}
	if !strings.HasPrefix(f.Base, "[]") {
		call := fmt.Sprintf("%s.check(%s, %s)", v, p, where(f, ""))
		switch {
		case isPointer(f):
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
