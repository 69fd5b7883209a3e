package document

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// linter walks the nodes of the document before anything else reads them, because only here is the line of every fault
// known: references that lead nowhere, values of the wrong kind, and extensions that are misspelled or whose value is
// invalid. It follows references, so it sees just what the client is made of, and the components beside it.
type linter struct {
	*Document
	seen map[*yaml.Node]bool
}

// lint checks the document and whatever it refers to.
func lint(d *Document) {
	l := &linter{Document: d, seen: map[*yaml.Node]bool{}}
	l.walk(aDocument, oas.Place{File: d.File()})
}

func (l *linter) walk(k kind, at oas.Place) {
	node := l.Find(at)
	if node == nil || l.seen[node] {
		return
	}
	l.seen[node] = true
	if node.Kind != yaml.MappingNode {
		if k != aSchema || node.Tag != "!!bool" {
			l.Add(at, "the %s is not a mapping", k)
		}
		return
	}
	if ref := oas.Child(node, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode && k != aDocument && k != aComponents {
		l.follow(k, at, ref.Value)
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i].Value, oas.Dealias(node.Content[i+1])
		if isExtension(key) {
			l.extension(k, at, key, value, node)
			continue
		}
		l.step(k, at.At(key), key, value)
	}
}

func (l *linter) follow(k kind, at oas.Place, ref string) {
	target, err := l.Resolve(at.File, ref)
	if err != nil {
		l.Add(at.At("$ref"), "%v", err)
		return
	}
	if l.Find(target) == nil {
		l.Add(at.At("$ref"), "$ref %q points at nothing", ref)
		return
	}
	if _, err := l.Target(l.Find(target)); err != nil {
		l.Add(at.At("$ref"), "$ref %q leads back to itself", ref)
		return
	}
	l.walk(k, target)
}

func (l *linter) extension(k kind, at oas.Place, key string, value, holder *yaml.Node) {
	ext, ours := extensions[key]
	if !ours {
		switch near := nearest(key); {
		case near == "" && strings.HasPrefix(key, "x-go-"):
			l.Note(at.At(key), "%s is left alone; ours for Go are x-go-name and x-go-type", key)
		case near == "":
		case strings.ToLower(key) != key || strings.Contains(key, "_"): // not written as ours are, but as those of another tool
			l.Note(at.At(key), "%s is left alone; ours is %s", key, near)
		default:
			l.Add(at.At(key), "unknown extension %q; did you mean %s?", key, near)
		}
		return
	}
	if !slices.Contains(ext.on, k) {
		l.Add(at.At(key), "%s does not belong on %s, but on %s", key, prose.Article(string(k)), ext.places())
		return
	}
	text := ext.wrong(value, holder)
	switch {
	case text == "":
	case key == "x-go-type": // oapi-codegen has one too, which can name any type
		l.Note(at.At(key), "x-go-type %q is left alone, because it %s", value.Value, text)
	case value.Kind == yaml.ScalarNode:
		l.Add(at.At(key), "%s %q %s", key, value.Value, text)
	default:
		l.Add(at.At(key), "%s %s", key, text)
	}
}

// step goes to the children of a node that the client is made of. What stands in examples, defaults and foreign extensions
// is data, and its keys mean nothing here.
func (l *linter) step(k kind, at oas.Place, key string, value *yaml.Node) {
	switch k {
	case aDocument:
		switch key {
		case "paths":
			l.each(aPath, at, value)
		case "components":
			l.walk(aComponents, at)
		}
	case aComponents:
		kinds := map[string]kind{"schemas": aSchema, "parameters": aParameter, "responses": aResponse, "requestBodies": aBody, "headers": aHeader}
		if child, ok := kinds[key]; ok {
			l.each(child, at, value)
		}
	case aPath:
		switch key {
		case "get", "put", "post", "delete", "options", "head", "patch", "trace":
			l.walk(anOperation, at)
		case "parameters":
			l.items(aParameter, at, value)
		}
	case anOperation:
		switch key {
		case "parameters":
			l.items(aParameter, at, value)
		case "requestBody":
			l.walk(aBody, at)
		case "responses":
			l.each(aResponse, at, value)
		}
	case aParameter, aHeader, aMedia, aBody, aResponse:
		switch key {
		case "schema":
			l.walk(aSchema, at)
		case "content":
			l.each(aMedia, at, value)
		case "headers":
			l.each(aHeader, at, value)
		}
	case aSchema:
		l.schema(at, key, value)
	}
}

func (l *linter) schema(at oas.Place, key string, value *yaml.Node) {
	switch key {
	case "properties":
		l.each(aSchema, at, value)
	case "items", "not":
		l.walk(aSchema, at)
	case "additionalProperties":
		if value.Kind == yaml.MappingNode {
			l.walk(aSchema, at)
		}
	case "allOf", "anyOf", "oneOf":
		l.items(aSchema, at, value)
	case "required":
		if value.Kind != yaml.SequenceNode {
			l.Add(at, "required of a schema is a list of property names, not %q", value.Value)
		}
	case "enum":
		if value.Kind != yaml.SequenceNode {
			l.Add(at, "enum is not a list of values")
		}
	case "type":
		l.schemaType(at, value)
	}
}

func (l *linter) schemaType(at oas.Place, value *yaml.Node) {
	nodes := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		nodes = value.Content
	}
	for _, n := range nodes {
		switch n.Value {
		case "string", "integer", "number", "boolean", "array", "object", "null":
		default:
			l.Add(at, "unknown type %q: a schema is a string, integer, number, boolean, array or object", n.Value)
		}
	}
}

// each walks the values of a mapping whose keys are names (of properties, paths, components), and so no extensions of the
// document; only under paths are x- keys ours to skip.
func (l *linter) each(k kind, at oas.Place, value *yaml.Node) {
	if value.Kind != yaml.MappingNode {
		if value.Tag != "!!null" {
			l.Add(at, "not a mapping")
		}
		return
	}
	for i := 0; i+1 < len(value.Content); i += 2 {
		name := value.Content[i].Value
		if isExtension(name) && (k == aPath || k == aResponse) {
			continue
		}
		l.walk(k, at.At(name))
	}
}

func (l *linter) items(k kind, at oas.Place, value *yaml.Node) {
	if value.Kind != yaml.SequenceNode {
		l.Add(at, "not a list")
		return
	}
	for i := range value.Content {
		l.walk(k, at.Index(i))
	}
}
