package mcpserver

import (
	"fmt"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/jsonschema-go/jsonschema"
)

// pages describes how the response of an operation is split into pages. The zero value means that it is not.
type pages struct {
	items  string // the list in the response; empty if the client's response has the cursor of the next page
	id     string // the field of an item that a cursor repeats
	cursor string // the argument with the item to continue after
	skips  bool   // the cursor is the number of preceding items
	here   bool   // the service sends all items, and this server splits them
}

const (
	defaultPage = 50  // items of a page that this server splits off
	maxPage     = 100 // the largest that a caller can request

	nextCursor        = "nextCursor"
	cursorDescription = "The nextCursor of the page before. Left out for the first page."
)

// page finds out how the response is paged, and adds the arguments and the response field that this needs. cursor names the
// argument for the next page if the client's response has its value.
func (op *operation) page(documented *openapi3.Operation, cursor string) {
	said, ok := documented.Extensions["x-pagination"].(map[string]any)
	switch {
	case cursor != "":
		op.pages = pages{cursor: cursor}
		*op.argument(cursor).schema = jsonschema.Schema{Type: "string", Description: cursorDescription}
	case ok:
		text := func(name string) string { value, _ := said[name].(string); return value }
		op.pages = pages{items: text("items"), id: text("item-cursor"), cursor: text("cursor")}
		at := op.argument(op.pages.cursor)
		op.pages.skips = at != nil && at.schema.Type == "integer"
	default:
		op.pageHere()
	}
	if op.pages == (pages{}) {
		return
	}
	kind := "string"
	if op.pages.skips {
		kind = "integer"
	}
	op.output.Properties[nextCursor] = &jsonschema.Schema{Type: kind,
		Description: fmt.Sprintf("There may be more: give this as %s for the next page. It is left out after the last one.", op.pages.cursor)}
}

// pageHere lets this server page a response with a list of items that have an id. One cursor cannot page two lists.
func (op *operation) pageHere() {
	var lists []string
	for name, schema := range op.output.Properties {
		if schema.Items != nil && schema.Items.Properties["id"] != nil {
			lists = append(lists, name)
		}
	}
	if len(lists) != 1 || op.argument("cursor") != nil || op.argument("limit") != nil {
		return
	}
	op.pages = pages{items: lists[0], id: "id", cursor: "cursor", here: true}
	op.arguments = append(op.arguments,
		argument{name: "cursor", schema: &jsonschema.Schema{Type: "string", Description: cursorDescription}},
		argument{name: "limit", schema: &jsonschema.Schema{Type: "integer", Minimum: new(1.0), Maximum: new(float64(maxPage)), Default: fmt.Append(nil, defaultPage), Description: "How many items a page may hold."}})
}

// argument returns the argument with a name, or nil.
func (op *operation) argument(name string) *argument {
	for i := range op.arguments {
		if op.arguments[i].name == name {
			return &op.arguments[i]
		}
	}
	return nil
}

// cut reduces a response to the requested page, and adds the cursor of the next page.
func (p pages) cut(answer map[string]any, given arguments) error {
	items, _ := answer[p.items].([]any)
	cursor := given.text(p.cursor)
	switch {
	case p.here:
		return p.cutHere(answer, items, cursor, valueOf(given, "limit", defaultPage))
	case p.items == "" || len(items) == 0:
		return nil
	case p.skips:
		answer[nextCursor] = valueOf(given, p.cursor, 0) + len(items)
		return nil
	}
	if cursor != "" && p.idOf(items[0]) == cursor { // some pages begin with the item they continue after
		items = items[1:]
		answer[p.items] = items
	}
	if len(items) > 0 {
		if next := p.idOf(items[len(items)-1]); next != "" && next != cursor {
			answer[nextCursor] = next
		}
	}
	return nil
}

// cutHere reduces a response with all items to those after the cursor, up to the limit.
func (p pages) cutHere(answer map[string]any, items []any, cursor string, limit int) error {
	if cursor != "" {
		at := slices.IndexFunc(items, func(item any) bool { return p.idOf(item) == cursor })
		if at < 0 {
			return &argumentError{fmt.Errorf("cursor: %q is not in the list any more; begin again without a cursor", cursor)}
		}
		items = items[at+1:]
	}
	if len(items) > limit && p.idOf(items[limit-1]) != "" {
		items = items[:limit]
		answer[nextCursor] = p.idOf(items[limit-1])
	}
	if items != nil {
		answer[p.items] = items
	}
	return nil
}

func (p pages) idOf(item any) string {
	fields, _ := item.(map[string]any)
	id, _ := fields[p.id].(string)
	return id
}
