package specedit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// ofType are the keys of a schema that belong to its type.
var ofType = []string{"type", "items", "properties", "required", "additionalProperties", "oneOf", "anyOf"}

// setType writes another type, with the items of a list or the properties of an object.
func (d *draft) setType(schema *yaml.Node, e drift.Edit, source *facts.Operation) error {
	isValue := func(kind string) bool { return kind != "array" && kind != "object" && kind != "" }
	if source == nil || isValue(e.To) && isValue(e.From) {
		return d.setTypeNames(d.partWith(schema, "type"), e)
	}
	if part := d.partWith(schema, "type"); part != schema {
		return fmt.Errorf("%s:%d: the type of %s is in one of several parts of its schema; change it by hand", d.File(), part.Line, e.Place)
	}
	fragment, err := d.fragment(source, e.Place)
	if err != nil {
		return err
	}
	if content, ok := yamltext.Find(fragment, "content"); ok && isResponse(e.Place) && len(content.Value.Content) > 1 {
		fragment = content.Value.Content[1]
	}
	if inner, ok := yamltext.Find(fragment, "schema"); ok && (isResponse(e.Place) || e.Place.IsParam()) {
		fragment = inner.Value
	}
	for _, key := range ofType {
		if old, ok := yamltext.Find(schema, key); ok {
			if kept := curated(old.Value); kept != "" {
				return fmt.Errorf("%s:%d: %s of %s has %s, which would be lost with the type; change it by hand", d.File(), old.Key.Line, key, e.Place, kept)
			}
		}
	}
	if yamltext.IsFlow(schema) {
		return d.setFlowType(schema, fragment, e)
	}
	for _, key := range ofType {
		value, wanted := yamltext.Find(fragment, key)
		if _, there := yamltext.Find(schema, key); there && !(key == "type" && wanted) {
			if err := d.Remove(schema, key); err != nil {
				return err
			}
			if schema, err = d.again(e); err != nil {
				return err
			}
		}
		switch {
		case !wanted:
			continue
		case key == "type":
			err = d.Set(schema, "type", oneLine(value.Value))
		default:
			err = d.insertEntry(schema, oas.String(key), value.Value)
		}
		if err != nil {
			return err
		}
		if schema, err = d.again(e); err != nil {
			return err
		}
	}
	return nil
}

// again parses the document again, and returns the schema at an edit's place.
func (d *draft) again(e drift.Edit) (*yaml.Node, error) {
	if err := d.Reload(); err != nil {
		return nil, err
	}
	at, err := d.locate(e.Operation, e.Place)
	return d.schemaOf(at, e.Place), err
}

// curated returns a part of a schema that facts do not include, such as $ref, a description or a comment; "" if there is
// none.
func curated(node *yaml.Node) string {
	if node.HeadComment+node.LineComment+node.FootComment != "" {
		return "a comment"
	}
	for i, inner := range node.Content {
		if key := inner.Value; node.Kind == yaml.MappingNode && i%2 == 0 && (key == "$ref" || key == "description" || strings.HasPrefix(key, "x-")) {
			return key
		}
		if found := curated(inner); found != "" {
			return found
		}
	}
	return ""
}

// setFlowType is like setType for a schema on one line. Keys that do not belong to the type keep their values.
func (d *draft) setFlowType(schema, fragment *yaml.Node, e drift.Edit) error {
	out := oas.Mapping()
	keep := func(from *yaml.Node, inType bool) {
		for key, value := range oas.Own(from) {
			if slices.Contains(ofType, key.Value) == inType {
				out.Content = append(out.Content, key, value)
			}
		}
	}
	keep(fragment, true)
	keep(schema, false)
	line := oneLine(out)
	if strings.Contains(line, "\n") {
		return fmt.Errorf("the spec has %s on one line, and the new type does not fit there; change it by hand", e.Place)
	}
	return d.Replace(schema, line)
}
