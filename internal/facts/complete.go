package facts

import (
	"regexp"
	"strings"
)

var placeholder = regexp.MustCompile(`\{([^{}/]+)\}`)

// PathParams lists the names of the parameters in an operation's path.
func (o *Operation) PathParams() []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(o.Value(OperationPlace, Path), -1) {
		names = append(names, m[1])
	}
	return names
}

// Complete fixes what keeps a document of these operations from being valid OpenAPI, and marks it: a path parameter without
// a description becomes a string, and a path that differs from an earlier one only in the names of its parameters gets the
// earlier names.
func Complete(operations []*Operation) []*Operation {
	first := map[string][]string{} // the names of a path's parameters, by the path without them
	out := make([]*Operation, len(operations))
	for i, op := range operations {
		path, names := op.Value(OperationPlace, Path), op.PathParams()
		shape := placeholder.ReplaceAllString(path, "{}")
		if first[shape] == nil {
			first[shape] = names
		}
		out[i] = op.withPathParams(names, first[shape])
	}
	return out
}

// withPathParams returns an operation with new names for its path parameters, all of which are defined.
func (o *Operation) withPathParams(old, names []string) *Operation {
	out := *o
	out.Facts = append([]Fact(nil), o.Facts...)
	rename := map[Place]Place{}
	for i, name := range names {
		rename[Param("path", old[i])] = Param("path", name)
	}
	for i, f := range out.Facts {
		if f.Place == OperationPlace && f.Aspect == Path {
			next := 0
			out.Facts[i].Value = placeholder.ReplaceAllStringFunc(f.Value, func(string) string {
				next++
				return "{" + names[next-1] + "}"
			})
		}
		for from, to := range rename {
			if rest, ok := strings.CutPrefix(string(f.Place), string(from)); ok && f.Place.Under(from) {
				out.Facts[i].Place = to + Place(rest)
				break
			}
		}
	}
	for i, name := range names {
		place := Param("path", name)
		_, described := out.Get(place, Present)
		if !described {
			out.Add(place, Present, "true", o.Pos)
			out.Add(place, Required, "true", o.Pos)
			out.Add(place, Type, "string", o.Pos)
			out.Add(place, Uncertain, "the path has this parameter, the page does not describe it", o.Pos)
		} else if old[i] != name {
			out.Add(place, Uncertain, "the page calls it "+old[i], o.Pos)
		}
	}
	return &out
}
