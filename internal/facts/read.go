package facts

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// ReadFile reads the operations of an OpenAPI document in a file, and follows its references to the files next to it.
func ReadFile(file string) (*Document, error) {
	docs, err := oas.Open(file)
	if err != nil {
		return nil, err
	}
	return ReadDocuments(docs)
}

// Read reads the operations of an OpenAPI document that does not refer to other files.
func Read(file string, data []byte) (*Document, error) {
	docs, err := oas.Standalone(file, data)
	if err != nil {
		return nil, err
	}
	return ReadDocuments(docs)
}

// ReadDocuments reads the operations of an open document.
func ReadDocuments(docs *oas.Documents) (*Document, error) {
	root := docs.Root()
	paths := oas.Child(root, "paths")
	if oas.Child(root, "openapi") == nil || paths == nil || paths.Kind != yaml.MappingNode {
		return nil, docs.ErrorAt(root, "not an OpenAPI document: it needs openapi and paths")
	}
	operations, err := docs.Operations()
	if err != nil {
		return nil, err
	}
	r := newReader(docs)
	document := &Document{File: docs.File(), Pos: r.pos(paths)}
	seen := map[string]Pos{}
	for _, from := range operations {
		op := r.operation(from)
		if r.err != nil {
			return nil, r.err
		}
		first, again := seen[op.ID]
		if again && docs.IsAsPublished() { // the second has the name of an operation without an id
			op.ID = unnamed(op.Value(OperationPlace, Method), op.Value(OperationPlace, Path))
			first, again = seen[op.ID]
		}
		if again {
			return nil, fmt.Errorf("%s: operation %s is there twice; first at %s", op.Pos, op.ID, first)
		}
		seen[op.ID] = op.Pos
		document.Operations = append(document.Operations, op)
	}
	info := oas.Text(oas.Child(oas.Child(root, "info"), "version"))
	document.Version = versionOf(info, document.Operations)
	if versionName.MatchString(info) {
		for _, op := range document.Operations {
			op.Version = info
		}
	}
	document.Strays = r.strays(root)
	document.Unread = r.unread(root, paths)
	return document, nil
}

// unread lists the parts with operations that are not read: webhooks, and methods of OpenAPI 3.2.
func (r *reader) unread(root, paths *yaml.Node) (out []Unread) {
	if key, webhooks := oas.Entry(root, "webhooks"); webhooks != nil {
		out = append(out, Unread{"webhooks", r.pos(key)})
	}
	for path, item := range oas.Pairs(paths) {
		for _, name := range []string{"query", "additionalOperations"} {
			if key, value := oas.Entry(item, name); value != nil {
				out = append(out, Unread{name + " of " + path.Value, r.pos(key)})
			}
		}
	}
	return out
}

// ReadOperation reads a single operation object as a page embeds it: with method, path, servers and securitySchemes next to
// the fields of an OpenAPI operation, and with references resolved.
func ReadOperation(file string, data []byte) (*Operation, error) {
	docs, err := oas.Standalone(file, data)
	if err != nil {
		return nil, err
	}
	root := docs.Root()
	method, path := oas.Child(root, "method"), oas.Child(root, "path")
	if !oas.IsMethod(oas.Text(method)) || oas.Text(path) == "" || oas.Child(root, "responses") == nil {
		return nil, docs.ErrorAt(root, "not an operation: it needs method, path and responses")
	}
	r := newReader(docs)
	r.fromPage = true
	op := r.operation(oas.Operation{Path: path, Method: method, Node: root})
	op.FromDocument = true
	return op, r.err
}

type reader struct {
	docs  *oas.Documents
	op    *Operation
	shown map[Place]bool // places that already have an example: that of a parameter takes precedence over that of its schema
	nodes int
	// fromPage means that the operation was embedded in a page. Then a schema without a type has the type that its other
	// keys imply, as the page prints it, and null means absent.
	fromPage bool
	marks    map[*yaml.Node]bool   // deviation marks that were read
	values   map[*yaml.Node]string // canonical values; a node that many places refer to is converted once
	err      error
}

func newReader(docs *oas.Documents) *reader {
	return &reader{docs: docs, marks: map[*yaml.Node]bool{}, values: map[*yaml.Node]string{}}
}

func (r *reader) pos(node *yaml.Node) Pos {
	if node == nil {
		return Pos{File: r.docs.File()}
	}
	return Pos{r.docs.FileOf(node), node.Line}
}

// fail records the first error.
func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// resolve follows the references of a node that must be a mapping; nil if there is none.
func (r *reader) resolve(node *yaml.Node) *yaml.Node {
	target, err := r.docs.Target(node)
	switch {
	case err != nil:
		r.fail(err)
	case target == nil || r.fromPage && oas.IsNull(target):
	case target.Kind != yaml.MappingNode:
		r.fail(r.docs.ErrorAt(target, "this must be a mapping; remove what leads to it, or write {}"))
	default:
		return target
	}
	return nil
}

func (r *reader) canonical(node *yaml.Node) string {
	value, known := r.values[node]
	if !known {
		value = canonicalNode(node)
		r.values[node] = value
	}
	return value
}

func (r *reader) flag(place Place, aspect Aspect, node *yaml.Node) {
	if oas.IsTrue(node) {
		r.op.Add(place, aspect, "true", r.pos(node))
	}
}

// prose adds a description, or the hash that a record has instead.
func (r *reader) prose(place Place, aspect Aspect, description, hash *yaml.Node) {
	if oas.Text(hash) != "" {
		r.op.Add(place, aspect, oas.Text(hash), r.pos(hash))
	} else if oas.Text(description) != "" {
		r.op.AddText(place, aspect, oas.Text(description), r.pos(description))
	}
}

func (r *reader) deviations(place Place, node *yaml.Node) {
	mark := oas.Child(node, "x-deviation")
	if mark != nil {
		r.marks[mark] = true
	}
	for _, id := range oas.Texts(mark) {
		r.op.Deviations = append(r.op.Deviations, Deviation{ID: id, Place: place, Pos: r.pos(mark)})
	}
}

// strays lists the marks that were not read.
func (r *reader) strays(node *yaml.Node) []Deviation {
	var out []Deviation
	for i, inner := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 1 && node.Content[i-1].Value == "x-deviation" {
			if mark := oas.Dealias(inner); !r.marks[mark] {
				for _, id := range oas.Texts(mark) {
					out = append(out, Deviation{ID: id, Pos: r.pos(inner)})
				}
			}
			continue
		}
		out = append(out, r.strays(inner)...)
	}
	return out
}

// examples reads the examples of a parameter, property or schema.
func (r *reader) examples(place Place, node *yaml.Node) {
	if example := oas.Child(node, "example"); example != nil && !r.shown[place] {
		r.shown[place] = true
		r.op.Add(place, Example, r.canonical(example), r.pos(example))
	}
	r.namedExamples(place, oas.Child(node, "examples"))
}

func (r *reader) namedExamples(place Place, node *yaml.Node) {
	if node == nil {
		return
	}
	named := [][2]string{}
	switch node.Kind {
	case yaml.MappingNode:
		for name, example := range oas.Pairs(node) {
			if value := oas.Child(r.resolve(example), "value"); value != nil { // externalValue has it elsewhere
				named = append(named, [2]string{name.Value, r.canonical(value)})
			}
		}
	case yaml.SequenceNode:
		for i, example := range node.Content {
			named = append(named, [2]string{numbered(i), r.canonical(example)})
		}
	}
	if len(named) > 0 {
		r.op.Add(place, Examples, CompactJSON(named), r.pos(node))
	}
}
