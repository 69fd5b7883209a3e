package main

import (
	"fmt"
	"strconv"
	"strings"
)

// Structs inside a request are checked too, by a method check that is told where the struct stands. It is made only for
// structs that have something to check, in themselves or deeper.

// checked finds those structs.
func (g *generator) checked() {
	g.checks = map[string][]string{}
	own := map[string]bool{}
	for _, name := range g.low.order {
		if g.nestedStruct(name) {
			for _, f := range g.structFields(name) {
				f.nested = true
				own[name] = own[name] || len(g.fieldRules(f, byWire(g.structFields(name)))) > 0
			}
		}
	}
	for more := true; more; {
		more = false
		for _, name := range g.low.order {
			if own[name] || !g.nestedStruct(name) {
				continue
			}
			for _, f := range g.structFields(name) {
				if own[elem(f.base)] {
					own[name], more = true, true
				}
			}
		}
	}
	for name, yes := range own {
		if yes {
			g.checks[name] = nil // known before the first is written, for they call each other
		}
	}
	for _, name := range g.low.order {
		if own[name] {
			g.checks[name] = g.rules(g.structFields(name))
		}
	}
}

func (g *generator) nestedStruct(name string) bool {
	info := g.low.types[name]
	return info.shape == shapeObject && info.request == nil && info.mode&inRequest != 0
}

func elem(t string) string { return strings.TrimPrefix(strings.TrimPrefix(t, "[]"), "*") }

// inner are the statements that check a struct, or a list of them, in a field.
func (g *generator) inner(f *field) []string {
	if _, ok := g.checks[elem(f.base)]; !ok {
		return nil
	}
	v, p := "r."+f.Name, "&p"
	if f.nested {
		p = "p"
	}
	if !strings.HasPrefix(f.base, "[]") {
		call := fmt.Sprintf("%s.check(%s, %s)", v, p, f.place(""))
		switch {
		case f.pointer:
			call = fmt.Sprintf("if %s != nil {\n%s\n}", v, call)
		case !f.required:
			g.uses["isZero"] = true
			call = fmt.Sprintf("if !isZero(%s) {\n%s\n}", v, call)
		}
		return []string{call}
	}
	call := fmt.Sprintf("item.check(%s, %s)", p, f.place("["))
	if strings.HasPrefix(f.base, "[]*") {
		call = fmt.Sprintf("if item != nil {\n%s\n}", call)
	}
	return []string{fmt.Sprintf("for i, item := range %s {\n%s\n}", v, call)}
}

// place are the arguments that tell a check where its struct stands; index is "" or "[".
func (f *field) place(index string) string {
	field, in, name := strconv.Quote(f.Name+index), strconv.Quote(f.in), strconv.Quote(f.wire+index)
	if f.nested {
		field, in, name = "field + "+strconv.Quote("."+f.Name+index), "in", "name + "+strconv.Quote("."+f.wire+index)
	}
	if index != "" {
		field, name = field+` + strconv.Itoa(i) + "]"`, name+` + strconv.Itoa(i) + "]"`
	}
	return strings.Join([]string{field, in, name}, ", ")
}
