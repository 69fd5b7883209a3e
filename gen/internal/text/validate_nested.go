package text

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// Structs and unions inside a request are validated too, by a method check, whose arguments are the place of the value. Only
// types with something to check, at any depth, have that method.

// checked reports whether a type has a method check.
func (w *writer) checked(t string) bool {
	_, ok := w.checks[t]
	return ok
}

// element returns the type of what is in a type of lists and maps, at any depth.
func element(t string) string {
	for _, prefix := range []string{"[]", "*", "map[string]"} {
		if inner, ok := strings.CutPrefix(t, prefix); ok {
			return element(inner)
		}
	}
	return t
}

// nestedRules returns the statements that check what is in a field: a struct, a union, the items of a list, the values of a map.
func (w *writer) nestedRules(f *model.Field) []string {
	r := &rules{writer: w, v: checkedValue(f, "r."), at: where(f)}
	const p = "p"
	if isListOrMap(f.Base) {
		r.inside(f.Base, r.v, p, f.Value, 1)
		return r.out
	}
	if !w.checked(element(f.Base)) {
		return nil
	}
	call := fmt.Sprintf("%s.check(%s, %s)", r.v, p, r.at)
	switch {
	case isPointer(f):
		call = fmt.Sprintf("if %s != nil {\n%s\n}", r.v, call)
	case !f.Required:
		call = fmt.Sprintf("if %s {\n%s\n}", present(f, r.v), call)
	}
	return []string{call}
}

// inside checks the items of a list and the values of a map, and what is in them. depth keeps the names of variables apart.
func (r *rules) inside(base, v, p string, value lower.Value, depth int) {
	number := ""
	if depth > 1 {
		number = strconv.Itoa(depth)
	}
	key, item := "i"+number, "item"+number
	inner, what, isList := "", value.Item, true
	switch {
	case !isListOrMap(base):
		return
	case strings.HasPrefix(base, "[]"):
		inner = base[len("[]"):]
	default:
		inner, what, isList = strings.TrimPrefix(base, "map[string]"), value.Entry, false
		key = "key" + number
	}
	in := &rules{writer: r.writer, at: r.at.inside(key)}
	if isList {
		in.at = r.at.inside("strconv.Itoa(" + key + ")")
	}
	in.deep(inner, item, p, what, depth)
	if len(in.out) == 0 {
		return
	}
	statements := strings.Join(in.out, "\n")
	if isList {
		r.out = append(r.out, fmt.Sprintf("for %s, %s := range %s {\n%s\n}", key, item, v, statements))
	} else {
		r.out = append(r.out, fmt.Sprintf("for _, %s := range slices.Sorted(maps.Keys(%s)) {\n%s := %s[%s]\n%s\n}", key, v, item, v, key, statements))
	}
}

// deep checks a value that is present, and what is in it.
func (r *rules) deep(base, v, p string, value *lower.Value, depth int) {
	switch {
	case r.checked(base):
		r.out = append(r.out, fmt.Sprintf("%s.check(%s, %s)", v, p, r.at))
	case strings.HasPrefix(base, "*") && r.checked(base[1:]):
		r.out = append(r.out, fmt.Sprintf("if %s != nil {\n%s.check(%s, %s)\n}", v, v, p, r.at))
	case value == nil:
	default:
		r.value(base, v, "", *value)
		if value.Shape == lower.ShapeArray && isListOrMap(base) {
			r.list(base, v, "", *value)
		}
		r.inside(base, v, p, *value, depth+1)
	}
}

// typeRules returns the statements of the check method of a type.
func (w *writer) typeRules(t *model.Type) []string {
	at := place{"field", "in", "name"}
	if t.Union == nil {
		r := &rules{writer: w, at: at, out: w.rules(t.Fields)}
		if t.Additional != "" && t.More != nil {
			r.inside("map[string]"+t.Additional, "r.AdditionalProperties", "p", lower.Value{Shape: lower.ShapeMap, Entry: t.More}, 1)
		}
		return r.out
	}
	return w.unionRules(t, at)
}

// unionRules returns the statements that check a union by the rules of the choice that it was created from or, if it was
// decoded, of the one that its discriminator names. A kind that the spec does not name is checked by the rules that all
// kinds share; without such a type it is left to the service.
func (w *writer) unionRules(t *model.Type, at place) []string {
	var out []string
	var cases [][]string // in groups that fit a screen
	left := 0
	add := func(c string) {
		if left -= lines(c); left < 0 {
			cases, left = append(cases, nil), maxLines-2-lines(c)
		}
		cases[len(cases)-1] = append(cases[len(cases)-1], c)
	}
	for i, c := range t.Union.Choices {
		r := &rules{writer: w, at: at}
		r.deep(c.Type, "v", "p", c.Value, 0)
		if len(r.out) == 0 {
			continue
		}
		check := fmt.Sprintf("if v, err := r.%s(); err == nil {\n%s\n}", c.Method, strings.Join(r.out, "\n"))
		if c.Method == t.Union.Common { // checked for every choice
			out = append(out, check)
			continue
		}
		tests := []string{"r.choice == " + strconv.Itoa(i+1)}
		for _, kind := range t.Union.Cases {
			if kind.Method == c.Method {
				tests = append(tests, "r.choice == 0 && kind == "+strconv.Quote(kind.Value))
			}
		}
		if c.Method == t.Union.Otherwise {
			tests = append(tests, "r.choice == 0 && !r.knows(kind)")
		}
		add(fmt.Sprintf("case %s:\n%s", strings.Join(tests, ", "), check))
	}
	for _, group := range cases {
		kind := ""
		if slices.ContainsFunc(group, func(c string) bool { return strings.Contains(c, "kind") }) {
			kind = "kind, _ := r.Discriminator();"
		}
		out = append(out, "switch "+kind+" {\n"+strings.Join(group, "\n")+"\n}")
	}
	return out
}
