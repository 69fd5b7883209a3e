package main

import (
	"github.com/getkin/kin-openapi/openapi3"
)

// describe gathers what the spec says about a property: beside a reference first, then in what it refers to.
func (l *lowering) describe(p node, wire string) *fieldInfo {
	core := l.core(p)
	info := &fieldInfo{wire: wire, shape: l.shape(core), schema: core.schema(), outer: p.schema(), at: p.at, from: p, ext: map[string]any{}}
	if info.schema == nil {
		info.schema = &openapi3.Schema{}
	}
	if info.outer == nil {
		info.outer = info.schema
	}
	if items := info.schema.Items; items != nil {
		info.items = l.core(node{items, p.at}).schema()
	}
	for k, v := range info.outer.Extensions {
		if p.ref.Ref == "" || k != "x-go-name" { // that of a component names the type
			info.ext[k] = v
		}
	}
	for k, v := range p.ref.Extensions {
		info.ext[k] = v
	}
	info.curated, _ = info.ext["x-go-name"].(string)
	info.description = info.outer.Description
	if info.description == "" {
		info.description = info.schema.Description
	}
	if beside := l.Find(p.at.At("description")); p.ref.Ref != "" && beside != nil { // 3.0 overlooks it, a reader does not
		info.description = beside.Value
	}
	return info
}
