package main

import (
	"slices"
	"strings"
)

type pagesView struct {
	Doc, Cursor, Item, Items, ItemCursor string
}

// paginate checks x-pagination against what was generated.
func (g *generator) paginate(op *operation, v *operationView) {
	at := op.at.at("x-pagination")
	v.MethodName = op.name + "Page"
	cursor := slices.IndexFunc(v.Fields, func(f *field) bool { return f.wire == op.pages.cursor && f.in == "query" })
	switch {
	case cursor < 0:
		g.fault(at.at("cursor"), "there is no query parameter %q", op.pages.cursor)
		return
	case v.Fields[cursor].base != "string" || v.Fields[cursor].pointer:
		g.fault(at.at("cursor"), "the cursor %q is %s, not a text", op.pages.cursor, article(v.Fields[cursor].Type))
		return
	case v.Fields[cursor].required:
		g.fault(at.at("cursor"), "the cursor %q is required, but the first page has none to send", op.pages.cursor)
		return
	}
	items := g.property(v.Result, op.pages.items)
	if items == nil || !strings.HasPrefix(items.Type, "[]") {
		g.fault(at.at("items"), "the answer has no list %q", op.pages.items)
		return
	}
	item := strings.TrimPrefix(items.Type, "[]")
	id := g.property(item, op.pages.itemCursor)
	if id == nil || id.Type != "string" {
		g.fault(at.at("item-cursor"), "an item has no text %q", op.pages.itemCursor)
		return
	}
	v.Pages = &pagesView{Cursor: v.Fields[cursor].Name, Item: item, Items: items.Name, ItemCursor: id.Name}
	v.Pages.Doc = v.Name + "Page reads one page of what [Client." + v.Name + "] ranges over: the one after " + v.Pages.Cursor + "."
}

// property is the field of a struct by its name on the wire.
func (g *generator) property(typ, wire string) *field {
	if info := g.low.types[typ]; info == nil || info.shape != shapeObject {
		return nil
	}
	for _, f := range g.structFields(typ) {
		if f.wire == wire {
			return f
		}
	}
	return nil
}
