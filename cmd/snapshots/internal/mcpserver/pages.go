package mcpserver

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/jsonschema-go/jsonschema"
)

// pages say how the answer of an operation is cut into pages. The zero value is an answer that is not.
type pages struct {
	items  string // the list in the answer
	id     string // what tells an item's place in the list
	cursor string // the argument that names the item to go on after
	skips  bool   // the cursor is the number of items before
	here   bool   // the service sends all at once, and this server cuts
	ready  bool   // the client's answer has the cursor of the next page
}

const (
	usualPage = 50  // items of a page that this server cuts
	mostPage  = 100 // what a caller can ask for

	nextCursor  = "nextCursor"
	cursorWords = "The nextCursor of the page before. Left out for the first page."
)

// page finds out how the answer is paged, and adds the arguments and the field of the answer that it takes. cursor names the
// argument where the client's answer has the next one.
func (op *operation) page(documented *openapi3.Operation, cursor string) {
	if cursor != "" {
		op.pages = pages{cursor: cursor, ready: true}
		for _, a := range op.arguments {
			if a.name == cursor {
				*a.schema = jsonschema.Schema{Type: "string", Description: cursorWords}
			}
		}
	} else if said, ok := documented.Extensions["x-pagination"].(map[string]any); ok {
		text := func(name string) string { value, _ := said[name].(string); return value }
		op.pages = pages{items: text("items"), id: text("item-cursor"), cursor: text("cursor")}
		for _, a := range op.arguments {
			if a.name == op.pages.cursor {
				op.pages.skips = a.schema.Type == "integer"
			}
		}
	} else {
		for name, schema := range op.output.Properties {
			if schema.Items != nil && schema.Items.Properties["id"] != nil {
				if op.pages.here { // two lists cannot be cut by one cursor
					op.pages = pages{}
					return
				}
				op.pages = pages{items: name, id: "id", cursor: "cursor", here: true}
			}
		}
		for _, a := range op.arguments {
			if op.pages.here && (a.name == "cursor" || a.name == "limit") {
				op.pages = pages{}
			}
		}
	}
	if op.pages == (pages{}) {
		return
	}
	if op.pages.here {
		op.arguments = append(op.arguments,
			argument{name: "cursor", schema: &jsonschema.Schema{Type: "string", Description: cursorWords}},
			argument{name: "limit", schema: &jsonschema.Schema{Type: "integer", Minimum: new(1.0), Maximum: new(float64(mostPage)), Default: fmt.Append(nil, usualPage), Description: "How many items a page may hold."}})
	}
	kind := "string"
	if op.pages.skips {
		kind = "integer"
	}
	op.output.Properties[nextCursor] = &jsonschema.Schema{Type: kind,
		Description: fmt.Sprintf("There may be more: give this as %s for the next page. It is left out after the last one.", op.pages.cursor)}
}

// cut puts the page that was asked for into an answer, and the cursor of the next one.
func (p pages) cut(answer map[string]any, given arguments) error {
	if p.items == "" {
		return nil
	}
	items, _ := answer[p.items].([]any)
	cursor := given.text(p.cursor)
	switch {
	case p.skips:
		if len(items) > 0 {
			answer[nextCursor] = valueOf(given, p.cursor, 0) + len(items)
		}
		return nil
	case !p.here:
		if len(items) > 0 && cursor != "" && p.idOf(items[0]) == cursor { // some pages begin with the item that they go on after
			items = items[1:]
			answer[p.items] = items
		}
		if len(items) > 0 && p.idOf(items[len(items)-1]) != cursor {
			if next := p.idOf(items[len(items)-1]); next != "" {
				answer[nextCursor] = next
			}
		}
		return nil
	}
	if cursor != "" {
		at := 0
		for at < len(items) && p.idOf(items[at]) != cursor {
			at++
		}
		if at == len(items) {
			return &argumentError{fmt.Errorf("cursor: %q is not in the list any more; begin again without a cursor", cursor)}
		}
		items = items[at+1:]
	}
	limit := valueOf(given, "limit", usualPage)
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
