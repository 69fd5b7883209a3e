package model

import (
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

func (b *builder) operation(op *lower.Operation) *Operation {
	o := &Operation{Operation: op, Result: b.goType(op.ResultSchema), Fields: b.structFields(op.Request)}
	for _, f := range o.Fields {
		if f.Extensions["x-from-client"] == "fallback" && (!f.IsText() || f.Pointer) {
			b.low.Add(f.At.At("x-from-client"), "x-from-client: fallback is for strings; %s is %s", f.Wire, prose.Article(f.Base))
		}
	}
	if op.Pagination != nil {
		b.paginate(o)
	}
	b.requiredInSuccess(o)
	return o
}

// requiredInSuccess checks x-required-in-success against the fields of the response.
func (b *builder) requiredInSuccess(o *Operation) {
	o.RequiredInSuccess = o.Texts("x-required-in-success")
	for i, path := range o.RequiredInSuccess {
		typ := o.Result
		for _, name := range strings.Split(path, "/") {
			f := b.property(typ, name)
			if f == nil {
				b.low.Add(o.At.At("x-required-in-success", strconv.Itoa(i)), "the response has no %q", path)
				break
			}
			typ = f.Base
		}
	}
}

// paginate checks x-pagination against the fields of the request and of the response.
func (b *builder) paginate(o *Operation) {
	at := o.At.At("x-pagination")
	i := slices.IndexFunc(o.Fields, func(f *Field) bool { return f.Wire == o.Pagination.Cursor && f.In == "query" })
	if i < 0 {
		b.low.Add(at.At("cursor"), "there is no query parameter %q", o.Pagination.Cursor)
		return
	}
	cursor := o.Fields[i]
	switch {
	case cursor.Base != "string" && cursor.Base != "int" || cursor.Pointer:
		b.low.Add(at.At("cursor"), "the cursor %q is %s, neither a string nor an int", o.Pagination.Cursor, prose.Article(cursor.Type))
		return
	case cursor.Required:
		b.low.Add(at.At("cursor"), "the cursor %q is required, but the first page has none to send", o.Pagination.Cursor)
		return
	}
	items := b.property(o.Result, o.Pagination.Items)
	if items == nil || !strings.HasPrefix(items.Type, "[]") {
		b.low.Add(at.At("items"), "the response has no list %q", o.Pagination.Items)
		return
	}
	item := strings.TrimPrefix(items.Type, "[]")
	id := b.property(item, o.Pagination.ItemCursor)
	if id == nil || id.Type != "string" {
		b.low.Add(at.At("item-cursor"), "an item has no string %q", o.Pagination.ItemCursor)
		return
	}
	o.Pages = &Pages{Cursor: cursor.Name, CursorType: cursor.Base, Item: item, Items: items.Name, List: items.Wire, ItemCursor: id.Name}
}

// property returns a field of a struct by its name on the wire.
func (b *builder) property(typ, wire string) *Field {
	if info := b.low.Types[typ]; info == nil || info.Shape != lower.ShapeObject {
		return nil
	}
	for _, f := range b.structFields(typ) {
		if f.Wire == wire {
			return f
		}
	}
	return nil
}
