package facts

import (
	"fmt"
	"slices"
	"strings"

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
	oas.Pairs(paths, func(path, item *yaml.Node) {
		for _, name := range []string{"query", "additionalOperations"} {
			if key, value := oas.Entry(item, name); value != nil {
				out = append(out, Unread{name + " of " + path.Value, r.pos(key)})
			}
		}
	})
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

func (r *reader) operation(from oas.Operation) *Operation {
	path, method, item, node := from.Path, from.Method, from.Item, from.Node
	op := &Operation{Pos: r.pos(method)}
	r.op, r.shown = op, map[Place]bool{}
	op.ID = oas.Text(oas.Child(node, "operationId"))
	if op.ID == "" {
		op.ID = unnamed(oas.Text(method), path.Value)
	}
	if url := oas.Child(oas.Child(node, "externalDocs"), "url"); url != nil {
		op.Page, op.PagePos = oas.Text(url), r.pos(url)
	}
	op.Renderer = oas.Text(oas.Child(node, "x-renderer"))
	op.FromDocument = oas.IsTrue(oas.Child(node, "x-from-document"))
	for _, aspect := range oas.Texts(oas.Child(node, "x-unseen")) {
		op.Unseen = append(op.Unseen, Aspect(aspect))
	}
	op.Contradictions = oas.Texts(oas.Child(node, "x-contradictions"))
	op.Add(OperationPlace, Method, strings.ToUpper(method.Value), r.pos(method))
	op.Add(OperationPlace, Path, path.Value, r.pos(path))
	for _, holder := range []*yaml.Node{node, item, r.docs.Root()} {
		servers := oas.Child(holder, "servers")
		if servers == nil || len(servers.Content) == 0 {
			continue
		}
		if url := oas.Child(servers.Content[0], "url"); url != nil {
			op.Add(OperationPlace, Server, strings.TrimRight(url.Value, "/"), r.pos(url))
		}
		if len(servers.Content) > 1 || oas.Child(servers.Content[0], "variables") != nil {
			r.keyword(OperationPlace, string(Servers), servers)
		}
		break
	}
	if !r.fromPage { // a page's operation has keys of the documentation's renderer
		r.keywords(OperationPlace, node, operationKeys)
	} else if callbacks := oas.Child(node, "callbacks"); callbacks != nil && !oas.IsNull(callbacks) {
		r.keyword(OperationPlace, "callbacks", callbacks)
	}
	r.flag(OperationPlace, Deprecated, oas.Child(node, "deprecated"))
	r.prose(OperationPlace, Summary, oas.Child(node, "summary"), oas.Child(node, "x-summary"))
	r.prose(OperationPlace, Text, oas.Child(node, "description"), oas.Child(node, "x-text"))
	r.deviations(OperationPlace, node)
	r.auth(node)
	r.parameters(item, node)
	if body := r.resolve(oas.Child(node, "requestBody")); body != nil {
		r.flag(BodyPlace, Required, oas.Child(body, "required"))
		r.body(BodyPlace, oas.Child(node, "requestBody"), body)
		r.keywords(BodyPlace, body, []string{"description", "content", "required", "$ref"})
	}
	oas.Pairs(oas.Child(node, "responses"), func(status, response *yaml.Node) {
		place := Response(status.Value)
		response = r.resolve(response)
		r.prose(place, Text, oas.Child(response, "description"), oas.Child(response, "x-text"))
		r.body(place, status, response)
		r.keywords(place, response, []string{"description", "summary", "headers", "content", "$ref"})
		oas.Pairs(oas.Child(response, "headers"), func(name, header *yaml.Node) {
			header = r.resolve(header)
			r.flag(place.Header(name.Value), Required, oas.Child(header, "required"))
			r.parameter(place.Header(name.Value), name, header, "header")
		})
	})
	return op
}

// unnamed is the name of an operation that has no id of its own.
func unnamed(method, path string) string { return strings.ToLower(method) + " " + path }

// parameters reads a path item's parameters and the operation's, which override them.
func (r *reader) parameters(item, node *yaml.Node) {
	own := map[Place]bool{}
	read := func(list *yaml.Node) {
		if list == nil || list.Kind != yaml.SequenceNode {
			return
		}
		for _, reference := range list.Content {
			parameter := r.resolve(reference)
			in, name := oas.Text(oas.Child(parameter, "in")), oas.Text(oas.Child(parameter, "name"))
			if in == "" || name == "" || ignoredHeader(in, name) {
				continue
			}
			place := Param(in, name)
			if own[place] { // one that is there twice is a fault of the document
				continue
			}
			own[place] = true
			at := oas.Child(parameter, "name")
			if optional := oas.Child(parameter, "x-required"); optional == nil || oas.IsTrue(optional) {
				r.flag(place, Required, oas.Child(parameter, "required"))
			}
			r.parameter(place, at, parameter, in)
		}
	}
	read(oas.Child(node, "parameters"))
	read(oas.Child(item, "parameters"))
}

// ignoredHeader: OpenAPI says that a header parameter of these names shall be ignored.
func ignoredHeader(in, name string) bool {
	return in == "header" && slices.Contains([]string{"authorization", "accept", "content-type"}, strings.ToLower(name))
}

// parameter reads what parameters and response headers share.
func (r *reader) parameter(place Place, at, node *yaml.Node, in string) {
	r.op.Add(place, Present, "true", r.pos(at))
	r.flag(place, Deprecated, oas.Child(node, "deprecated"))
	r.prose(place, Text, oas.Child(node, "description"), oas.Child(node, "x-text"))
	r.deviations(place, node)
	schema := oas.Child(node, "schema")
	content := oas.Child(node, "content")
	if schema == nil && oas.Child(node, "type") != nil { // a response header in the style of a schema
		r.examples(place, node)
		r.schema(place, nil, 0, node)
		return
	}
	r.sending(place, in, node)
	r.keywords(place, node, slices.Concat(parameterKeys, schemaKeys, constraintKeys)) // a key of a schema that stands here by mistake counts for nothing
	r.examples(place, node)
	if schema == nil && content != nil && len(content.Content) > 1 { // OpenAPI allows one media type
		name, media := content.Content[0], oas.Dealias(content.Content[1])
		r.op.Add(place, MediaType, MediaTypeName(name.Value), r.pos(name))
		r.examples(place, media)
		r.keywords(place, media, mediaTypeKeys)
		schema = oas.Child(media, "schema")
	}
	r.schema(place, nil, 0, schema)
}

// body reads the content of a request body or response. JSON comes first where there is a choice.
func (r *reader) body(place Place, at, node *yaml.Node) {
	r.op.Add(place, Present, "true", r.pos(at))
	r.deviations(place, node)
	if place == BodyPlace {
		r.prose(place, Text, oas.Child(node, "description"), oas.Child(node, "x-text"))
	}
	var kinds []string
	media := map[string]*yaml.Node{}
	keys := map[string]*yaml.Node{}
	oas.Pairs(oas.Child(node, "content"), func(key, value *yaml.Node) {
		name := MediaTypeName(key.Value)
		if media[name] == nil {
			kinds = append(kinds, name)
			media[name], keys[name] = value, key
		}
	})
	slices.SortStableFunc(kinds, func(a, b string) int { return jsonFirst(a) - jsonFirst(b) })
	for i, kind := range kinds {
		at := place
		if i > 0 {
			at = place.Media(kind)
		}
		if !oas.IsTrue(oas.Child(media[kind], "x-unnamed")) { // a page that names none
			r.op.Add(at, MediaType, kind, r.pos(keys[kind]))
		}
		r.schema(at, nil, 0, oas.Child(media[kind], "schema"))
		r.keywords(at, media[kind], mediaTypeKeys)
		for _, key := range []string{"example", "x-sample"} {
			if sample := oas.Child(media[kind], key); sample != nil {
				r.op.Add(at, Sample, r.canonical(sample), r.pos(sample))
				break
			}
		}
		r.namedExamples(at, oas.Child(media[kind], "examples"))
	}
}

func jsonFirst(mediaType string) int {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	if strings.HasSuffix(mediaType, "json") {
		return 0
	}
	return 1
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
		oas.Pairs(node, func(name, example *yaml.Node) {
			value := oas.Child(r.resolve(example), "value")
			named = append(named, [2]string{name.Value, r.canonical(value)})
		})
	case yaml.SequenceNode:
		for i, example := range node.Content {
			named = append(named, [2]string{fmt.Sprintf("Example %d", i+1), r.canonical(example)})
		}
	}
	if len(named) > 0 {
		r.op.Add(place, Examples, CompactJSON(named), r.pos(node))
	}
}
