package lower

import (
	"encoding/json"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
)

// Schemas without a name of their own are named after their place, so that no name depends on the rest of the document.
// Equal ones become one type, named after the first place; the names from the other places are aliases of it.

// equalKey returns a key that equal schemas share: their constraints, and their direction. Text for readers does not count.
func equalKey(s *openapi3.Schema, sh Shape, m Direction) string {
	var tree any
	if err := json.Unmarshal([]byte(demands(s)), &tree); err != nil {
		return fmt.Sprintf("%p", s)
	}
	text, err := json.Marshal(withoutProse(tree, false))
	if err != nil {
		return fmt.Sprintf("%p", s)
	}
	return fmt.Sprint(sh, m, string(text))
}

// withoutProse removes descriptions and examples from a schema. In properties, the keys are names from the document.
func withoutProse(v any, names bool) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = withoutProse(v[i], false)
		}
	case map[string]any:
		for key := range v {
			switch {
			case names:
				v[key] = withoutProse(v[key], false)
			case key == "description", key == "title", key == "example", key == "examples", key == "externalDocs":
				delete(v, key)
			case key != "enum" && key != "default" && key != "const":
				v[key] = withoutProse(v[key], key == "properties")
			}
		}
	}
	return v
}

// nameInline names the type of a schema without a name of its own after its place.
func (l *lowering) nameInline(n node, sh Shape, hint string) string {
	s := n.schema()
	m := l.usage[s]
	here := hinted{s, hint}
	if l.placed[here] != "" {
		return l.placed[here]
	}
	name, key := l.TypeNames[s], ""
	if name == "" && (sh == ShapeObject || sh == ShapeEnum) {
		key = equalKey(s, sh, m)
		name = l.equal[key]
	}
	l.placed[here] = name
	if name != "" && (name == hint || l.within[s]) { // a schema that contains itself needs no name for each occurrence
		return name
	}
	suffix := "Model"
	if sh == ShapeEnum {
		suffix = "Value"
	}
	own := l.Names.Claim(hint, hint+suffix)
	if name == "" {
		if key != "" {
			l.equal[key] = own
		}
		l.placed[here] = own
		return own
	}
	l.declare(&Type{Name: own, Shape: sh, Schema: s, At: l.placeOf(n), Direction: m, Alias: name})
	if objects, choices := l.parts(n); sh == ShapeObject && len(choices) == 0 {
		defer l.enter(s)()
		l.lowerObject(objects, own, m) // for the names of what is inside
	}
	return name
}

// enter marks a schema as being lowered, since a list may contain itself through a named type. The function that it returns
// removes the mark.
func (l *lowering) enter(s *openapi3.Schema) (leave func()) {
	open, before := l.open, l.within[s]
	l.open, l.within[s] = schemas[bool]{}, true
	return func() { l.open, l.within[s] = open, before }
}
