package facts

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// ReadFile reads the operations of an OpenAPI document in a file, and follows its references into the files beside it.
func ReadFile(file string) (*Document, error) {
	docs, err := oas.Open(file)
	if err != nil {
		return nil, err
	}
	return ReadDocuments(docs)
}

// Read reads the operations of an OpenAPI document that refers to no other file.
func Read(file string, data []byte) (*Document, error) {
	docs, err := oas.Standalone(file, data)
	if err != nil {
		return nil, err
	}
	return ReadDocuments(docs)
}

// ReadDocuments reads the operations of a document that is open.
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
		if again && docs.IsAsPublished() { // it has the name of an operation that has no id
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

// unread lists what holds operations that are not read: webhooks, and methods of OpenAPI 3.2.
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

// ReadOperation reads one operation object that stands alone, as a page carries it: with method, path, servers and
// securitySchemes beside the fields of an OpenAPI operation, and references resolved.
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
	shown map[Place]bool // places that have an example already: a parameter's wins over its schema's
	nodes int
	// fromPage: the operation is one that a page carries. A schema that names no type has the one that its other keys are
	// about, as the page prints it, and what is null is absent.
	fromPage bool
	marks    map[*yaml.Node]bool   // of deviations, that were read
	values   map[*yaml.Node]string // canonical, so that one that many places refer to is made once
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

// fail keeps the first error.
func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// resolve follows the references of a node that must be a mapping; nil where there is none.
func (r *reader) resolve(node *yaml.Node) *yaml.Node {
	target, err := r.docs.Target(node)
	switch {
	case err != nil:
		r.fail(err)
	case target == nil || r.fromPage && oas.IsNull(target):
	case target.Kind != yaml.MappingNode:
		r.fail(r.docs.ErrorAt(target, "a mapping must stand here; take out what leads to it, or write {}"))
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

// prose adds a description, or the hash that a record keeps in its stead.
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

// examples reads the example of a parameter, property or schema.
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
			if value := oas.Child(r.resolve(example), "value"); value != nil { // it may stand elsewhere, as externalValue
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
