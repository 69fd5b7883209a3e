package document

import (
	"errors"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// linter walks the nodes of the document before anything else reads them, because only nodes have lines. It finds references
// without a target, values of the wrong kind, and extensions that are misspelled or have an invalid value. It follows
// references, so it sees everything that the client is generated from, and all components.
type linter struct {
	*Document
	seen map[*yaml.Node]bool
}

// lint checks the document and everything that it refers to.
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
		if k != aSchema || node.Tag != "!!bool" { // true and false are schemas
			l.Add(at, "the %s is not a mapping", k)
		}
		return
	}
	if ref := oas.Child(node, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode && k != aDocument && k != aComponents {
		l.follow(k, at, ref.Value)
	}
	if content := oas.Child(node, "content"); (k == aParameter || k == aHeader) && content != nil && oas.Child(node, "schema") != nil {
		l.Add(at.At("content"), "the %s has a schema as well as content; OpenAPI allows one of them", k)
	}
	for keyNode, value := range oas.Pairs(node) {
		key := keyNode.Value
		if isExtension(key) {
			l.extension(k, at, key, value, node)
		} else if next, ok := children[k][key]; ok {
			l.child(next, at.At(key), value)
		} else if k == aSchema {
			l.keyword(at.At(key), key, value)
		}
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
		text := err.Error()
		if located := (*oas.Error)(nil); errors.As(err, &located) {
			text = located.Text
		}
		l.Add(at.At("$ref"), "%s", text)
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
		case strings.ToLower(key) != key || strings.Contains(key, "_"): // written like those of another tool, not like ours
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
	case key == "x-go-type": // oapi-codegen has it too, and there it can name any type
		l.Note(at.At(key), "x-go-type %q is left alone, because it %s", value.Value, text)
	case value.Kind == yaml.ScalarNode:
		l.Add(at.At(key), "%s %q %s", key, value.Value, text)
	default:
		l.Add(at.At(key), "%s %s", key, text)
	}
}

// child describes the value of a key.
type child struct {
	kind kind
	form form
}

type form int

const (
	one   form = iota // one node
	named             // a mapping of names to nodes
	items             // a list of nodes
)

// children are the keys that the client is generated from. Examples, defaults and foreign extensions contain data, whose
// keys mean nothing here.
var children = map[kind]map[string]child{
	aDocument: {"paths": {aPath, named}, "components": {aComponents, one}},
	aComponents: {
		"schemas": {aSchema, named}, "parameters": {aParameter, named}, "responses": {aResponse, named},
		"requestBodies": {aBody, named}, "headers": {aHeader, named},
	},
	aPath: {
		"get": {anOperation, one}, "put": {anOperation, one}, "post": {anOperation, one},
		"delete": {anOperation, one}, "options": {anOperation, one}, "head": {anOperation, one},
		"patch": {anOperation, one}, "trace": {anOperation, one}, "parameters": {aParameter, items},
	},
	anOperation: {"parameters": {aParameter, items}, "requestBody": {aBody, one}, "responses": {aResponse, named}},
	aParameter:  {"schema": {aSchema, one}, "content": {aMedia, named}},
	aHeader:     {"schema": {aSchema, one}, "content": {aMedia, named}},
	aMedia:      {"schema": {aSchema, one}},
	aBody:       {"content": {aMedia, named}},
	aResponse:   {"content": {aMedia, named}, "headers": {aHeader, named}},
	aSchema: {
		"properties": {aSchema, named}, "items": {aSchema, one}, "not": {aSchema, one},
		"additionalProperties": {aSchema, one}, "allOf": {aSchema, items}, "anyOf": {aSchema, items},
		"oneOf": {aSchema, items}, "$defs": {aSchema, named}, "prefixItems": {aSchema, items},
	},
}

// keyword checks the keywords of a schema whose values are not schemas.
func (l *linter) keyword(at oas.Place, key string, value *yaml.Node) {
	switch key {
	case "required":
		if value.Kind != yaml.SequenceNode {
			l.Add(at, "required of a schema is a list of property names, not %q", value.Value)
		}
	case "enum":
		if value.Kind != yaml.SequenceNode {
			l.Add(at, "enum is not a list of values")
		}
	case "pattern":
		if err := oas.CheckPattern(value.Value); err != nil {
			l.Add(at, "the pattern %q is not a regular expression: %v", value.Value, err)
		}
	case "exclusiveMinimum", "exclusiveMaximum":
		if isFlag := value.ShortTag() == "!!bool"; isFlag == l.IsLater() && !oas.IsNull(value) {
			l.Add(at, "%s is true or false in OpenAPI 3.0, and a number since 3.1", key)
		}
	case "type":
		for _, name := range oas.Texts(value) {
			if !slices.Contains([]string{"string", "integer", "number", "boolean", "array", "object", "null"}, name) {
				l.Add(at, "unknown type %q: a schema is a string, integer, number, boolean, array or object", name)
			}
		}
	}
}

// child walks the value of a key. Among mappings whose keys are names, such as properties, only paths and responses can have
// extensions.
func (l *linter) child(c child, at oas.Place, value *yaml.Node) {
	switch {
	case c.form == one:
		l.walk(c.kind, at)
	case c.form == named && value.Kind == yaml.MappingNode:
		for _, name := range oas.Keys(value) {
			if !isExtension(name) || c.kind != aPath && c.kind != aResponse {
				l.walk(c.kind, at.At(name))
			}
		}
	case c.form == items && value.Kind == yaml.SequenceNode:
		for i := range value.Content {
			l.walk(c.kind, at.Index(i))
		}
	case c.form == items:
		l.Add(at, "not a list")
	case !oas.IsNull(value):
		l.Add(at, "not a mapping")
	}
}
