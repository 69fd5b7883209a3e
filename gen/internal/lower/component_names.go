package lower

import (
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// nameComponents names the components before anything else needs a name, the curated ones first.
func (l *lowering) nameComponents() {
	var plain []component
	for _, c := range l.seen {
		if !l.shape(node{&openapi3.SchemaRef{Value: c.schema}, c.at}).named() {
			continue
		}
		if name, ok := c.schema.Extensions["x-go-name"].(string); ok {
			l.TypeNames[c.schema] = l.claimCurated(name, c.at)
		} else {
			plain = append(plain, c)
		}
	}
	for _, c := range plain {
		name := goname.From(c.name)
		l.TypeNames[c.schema] = l.Names.Claim(name, name+"Model")
	}
}

// claimCurated gives a name that the document chose. Two things of one name are a fault of the document.
func (l *lowering) claimCurated(name string, at oas.Place) string {
	if l.Names[name] {
		other := ""
		if before, ok := l.curated[name]; ok {
			other = " at line " + strconv.Itoa(l.Line(before))
		}
		l.Add(at.At("x-go-name"), "the Go name %s is already used%s", name, other)
		return l.Names.Claim(name)
	}
	l.curated[name] = at
	return l.Names.Claim(name)
}
