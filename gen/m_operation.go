package main

import (
	"slices"
	"strings"
)

// Operation is one operation of the client.
type Operation struct {
	*operation
	Fields []*Field // of its request
	Result string   // Go type of the answer; "" for none
	Pages  *Pages
}

// Pages are the Go names that an operation is paginated by.
type Pages struct{ Cursor, Item, Items, ItemCursor string }

func (b *builder) operation(op *operation) *Operation {
	o := &Operation{operation: op, Result: b.types.results[op], Fields: b.structFields(op.request)}
	for _, f := range o.Fields {
		if f.ext["x-from-client"] == "fallback" && (!f.IsText() || f.Pointer) {
			b.low.Add(f.at.At("x-from-client"), "x-from-client: fallback is for texts; %s is %s", f.wire, article(f.Base))
		}
	}
	if op.pages != nil {
		b.paginate(o)
	}
	return o
}

// paginate checks x-pagination against the fields of the request and of the answer.
func (b *builder) paginate(o *Operation) {
	at := o.at.At("x-pagination")
	i := slices.IndexFunc(o.Fields, func(f *Field) bool { return f.wire == o.pages.cursor && f.in == "query" })
	if i < 0 {
		b.low.Add(at.At("cursor"), "there is no query parameter %q", o.pages.cursor)
		return
	}
	cursor := o.Fields[i]
	switch {
	case cursor.Base != "string" || cursor.Pointer:
		b.low.Add(at.At("cursor"), "the cursor %q is %s, not a text", o.pages.cursor, article(cursor.Type))
		return
	case cursor.required:
		b.low.Add(at.At("cursor"), "the cursor %q is required, but the first page has none to send", o.pages.cursor)
		return
	}
	items := b.property(o.Result, o.pages.items)
	if items == nil || !strings.HasPrefix(items.Type, "[]") {
		b.low.Add(at.At("items"), "the answer has no list %q", o.pages.items)
		return
	}
	item := strings.TrimPrefix(items.Type, "[]")
	id := b.property(item, o.pages.itemCursor)
	if id == nil || id.Type != "string" {
		b.low.Add(at.At("item-cursor"), "an item has no text %q", o.pages.itemCursor)
		return
	}
	o.Pages = &Pages{Cursor: cursor.Name, Item: item, Items: items.Name, ItemCursor: id.Name}
}

// property is the field of a struct by its name on the wire.
func (b *builder) property(typ, wire string) *Field {
	if info := b.low.types[typ]; info == nil || info.shape != shapeObject {
		return nil
	}
	for _, f := range b.structFields(typ) {
		if f.wire == wire {
			return f
		}
	}
	return nil
}
