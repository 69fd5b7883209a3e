package lower

import (
	"github.com/getkin/kin-openapi/openapi3"
)

// describe gathers what the spec says about a property: beside a reference first, then in what it refers to.
func (l *lowering) describe(p node, wire string) *Field {
	core := l.core(p)
	info := &Field{Wire: wire, Shape: l.shape(core), Schema: core.schema(), Outer: p.schema(), At: p.at, from: p, Extensions: map[string]any{}}
	if info.Schema == nil {
		info.Schema = &openapi3.Schema{}
	}
	if info.Outer == nil {
		info.Outer = info.Schema
	}
	if items := info.Schema.Items; items != nil {
		info.Items = l.core(node{items, p.at}).schema()
	}
	for k, v := range info.Outer.Extensions {
		if p.ref.Ref == "" || k != "x-go-name" { // that of a component names the type
			info.Extensions[k] = v
		}
	}
	for k, v := range p.ref.Extensions {
		info.Extensions[k] = v
	}
	info.Curated, _ = info.Extensions["x-go-name"].(string)
	info.Description = info.Outer.Description
	if info.Description == "" {
		info.Description = info.Schema.Description
	}
	if beside := l.Find(p.at.At("description")); p.ref.Ref != "" && beside != nil { // 3.0 overlooks it, a reader does not
		info.Description = beside.Value
	}
	return info
}
