package lower

import (
	"cmp"
	"strconv"
	"strings"

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
		name := l.componentName(c.name)
		l.TypeNames[c.schema] = l.Names.Claim(name, name+"Model")
	}
}

// endings are endings of component names that mean nothing in Go, and their replacements.
var endings = []struct{ long, short string }{
	{"SuccessfulResponseDto", "Result"}, {"SuccessfulResponseDTO", "Result"}, {"SuccessfulResponse", "Result"},
	{"Dto", ""}, {"DTO", ""}, {"Schema", ""},
}

// componentName returns the Go name of a component: without an ending that means nothing, unless another component has that name.
func (l *lowering) componentName(name string) string {
	if l.shortNames == nil {
		l.shortNames = map[string]string{}
		uses := map[string]int{}
		if c := l.OpenAPI.Components; c != nil {
			for component := range c.Schemas {
				full := goname.From(component)
				l.shortNames[component] = shortName(full)
				if uses[full]++; shortName(full) != full {
					uses[shortName(full)]++
				}
			}
		}
		for component, short := range l.shortNames {
			if uses[short] > 1 {
				l.shortNames[component] = goname.From(component)
			}
		}
	}
	return cmp.Or(l.shortNames[name], goname.From(name))
}

func shortName(name string) string {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(name, e.long); ok && rest != "" {
			return rest + e.short
		}
	}
	return name
}

// claimCurated claims a name that the document chose. Two things with the same name are a problem of the document.
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
