package facts

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ReadFile reads the operations of an OpenAPI document in a file, and follows its references into the files beside it.
func ReadFile(file string) (*Document, error) {
	data, err := ReadBounded(file)
	if err != nil {
		return nil, err
	}
	return read(file, data, &library{dir: filepath.Dir(file)})
}

// Read reads the operations of an OpenAPI document, YAML or JSON. References inside the document are followed; only
// [ReadFile] follows those into other files.
func Read(file string, data []byte) (*Document, error) { return read(file, data, nil) }

func read(file string, data []byte, others *library) (*Document, error) {
	root, err := Parse(file, data)
	if err != nil {
		return nil, err
	}
	paths := child(root, "paths")
	if child(root, "openapi") == nil || paths == nil || paths.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d: not an OpenAPI document: it needs openapi and paths", file, root.Line)
	}
	r := &reader{file: file, root: root, others: others, marks: map[*yaml.Node]bool{}}
	document := &Document{File: file, Pos: r.pos(paths)}
	pairs(paths, func(path, item *yaml.Node) {
		item = r.resolve(item)
		pairs(item, func(method, operation *yaml.Node) {
			if isMethod(method.Value) {
				document.Operations = append(document.Operations, r.operation(path, method, item, operation))
			}
		})
	})
	if r.err != nil {
		return nil, r.err
	}
	document.Strays = r.strays(root, 0)
	seen := map[string]Pos{}
	for _, op := range document.Operations {
		if first, ok := seen[op.ID]; ok {
			return nil, fmt.Errorf("%s: operation %s is there twice; first at %s", op.Pos, op.ID, first)
		}
		seen[op.ID] = op.Pos
	}
	return document, nil
}

// ReadOperation reads one operation object that stands alone, as a page carries it: with method, path, servers and
// securitySchemes beside the fields of an OpenAPI operation, and references resolved.
func ReadOperation(file string, data []byte) (*Operation, error) {
	root, err := Parse(file, data)
	if err != nil {
		return nil, err
	}
	method, path := child(root, "method"), child(root, "path")
	if !isMethod(text(method)) || text(path) == "" || child(root, "responses") == nil {
		return nil, fmt.Errorf("%s:%d: not an operation: it needs method, path and responses", file, root.Line)
	}
	r := &reader{file: file, root: root, guessTypes: true}
	op := r.operation(path, &yaml.Node{Value: text(method), Line: method.Line}, nil, root)
	return op, r.err
}

func isMethod(name string) bool {
	return slices.Contains([]string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}, strings.ToLower(name))
}

type reader struct {
	file   string
	root   *yaml.Node
	others *library // nil where only the document itself is read
	op     *Operation
	shown  map[Place]bool // places that have an example already: a parameter's wins over its schema's
	nodes  int
	// guessTypes: a schema that names no type has the one that its other keys are about, as a page prints it.
	guessTypes bool
	marks      map[*yaml.Node]bool // of deviations, that were read
	err        error
}

func (r *reader) pos(node *yaml.Node) Pos {
	if node == nil {
		return Pos{File: r.file}
	}
	return Pos{r.others.fileOf(node, r.file), node.Line}
}

func (r *reader) fail(node *yaml.Node, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %s", r.pos(node), fmt.Sprintf(format, args...))
	}
}

func (r *reader) operation(path, method, item, node *yaml.Node) *Operation {
	op := &Operation{Pos: r.pos(method)}
	r.op, r.shown = op, map[Place]bool{}
	op.ID = text(child(node, "operationId"))
	if op.ID == "" {
		op.ID = strings.ToLower(method.Value) + " " + path.Value
	}
	if url := child(child(node, "externalDocs"), "url"); url != nil {
		op.Page, op.PagePos = text(url), r.pos(url)
	}
	op.Renderer = text(child(node, "x-renderer"))
	op.Contradictions = texts(child(node, "x-contradictions"))
	op.Add(OperationPlace, Method, strings.ToUpper(method.Value), r.pos(method))
	op.Add(OperationPlace, Path, path.Value, r.pos(path))
	for _, holder := range []*yaml.Node{node, item, r.root} {
		servers := child(holder, "servers")
		if servers == nil || len(servers.Content) == 0 {
			continue
		}
		if url := child(servers.Content[0], "url"); url != nil {
			op.Add(OperationPlace, Server, strings.TrimRight(url.Value, "/"), r.pos(url))
		}
		break
	}
	r.flag(OperationPlace, Deprecated, child(node, "deprecated"))
	r.prose(OperationPlace, Summary, child(node, "summary"), child(node, "x-summary"))
	r.prose(OperationPlace, Text, child(node, "description"), child(node, "x-text"))
	r.deviations(OperationPlace, node)
	r.auth(node)
	r.parameters(item, node)
	if body := r.resolve(child(node, "requestBody")); body != nil {
		r.flag(BodyPlace, Required, child(body, "required"))
		r.body(BodyPlace, child(node, "requestBody"), body)
	}
	pairs(child(node, "responses"), func(status, response *yaml.Node) {
		place := Response(status.Value)
		response = r.resolve(response)
		r.prose(place, Text, child(response, "description"), child(response, "x-text"))
		r.body(place, status, response)
		pairs(child(response, "headers"), func(name, header *yaml.Node) {
			header = r.resolve(header)
			r.parameter(place.Header(name.Value), name, header)
		})
	})
	return op
}

// auth reads what a caller must present. Several schemes or alternatives are listed in order.
func (r *reader) auth(node *yaml.Node) {
	security := child(node, "security")
	if security == nil {
		security = child(r.root, "security")
	}
	schemes := child(child(r.root, "components"), "securitySchemes")
	if schemes == nil {
		schemes = child(r.root, "securitySchemes")
	}
	if security != nil && security.Kind == yaml.SequenceNode && len(security.Content) > 0 {
		pairs(security.Content[0], func(name, scopes *yaml.Node) {
			scheme := r.resolve(child(schemes, name.Value))
			words := []string{text(child(scheme, "type")), text(child(scheme, "scheme")), text(child(scheme, "bearerFormat"))}
			value := strings.Join(strings.Fields(strings.Join(words, " ")), " ")
			if value == "" {
				return
			}
			at := name
			if scheme != nil {
				at = scheme
			}
			r.op.Add(AuthPlace, Scheme, value, r.pos(at))
			if len(texts(scopes)) > 0 {
				r.op.Add(AuthPlace, Scopes, CompactJSON(texts(scopes)), r.pos(scopes))
			}
		})
	}
	for _, list := range []struct {
		key    string
		aspect Aspect
	}{{"x-auth-methods", AuthMethods}, {"x-token-types", TokenTypes}, {"x-scopes", Scopes}} {
		if values := child(node, list.key); values != nil && len(texts(values)) > 0 {
			r.op.Add(AuthPlace, list.aspect, CompactJSON(texts(values)), r.pos(values))
		}
	}
}

// parameters reads a path item's parameters and the operation's, which override them.
func (r *reader) parameters(item, node *yaml.Node) {
	own := map[Place]bool{}
	read := func(list *yaml.Node, override bool) {
		if list == nil || list.Kind != yaml.SequenceNode {
			return
		}
		for _, reference := range list.Content {
			parameter := r.resolve(reference)
			in, name := text(child(parameter, "in")), text(child(parameter, "name"))
			if in == "" || name == "" || ignoredHeader(in, name) {
				continue
			}
			place := Param(in, name)
			if !override && own[place] {
				continue
			}
			own[place] = true
			at := child(parameter, "name")
			r.flag(place, Required, child(parameter, "required"))
			r.parameter(place, at, parameter)
		}
	}
	read(child(node, "parameters"), true)
	read(child(item, "parameters"), false)
}

// ignoredHeader: OpenAPI says that a header parameter of these names shall be ignored.
func ignoredHeader(in, name string) bool {
	return in == "header" && slices.Contains([]string{"authorization", "accept", "content-type"}, strings.ToLower(name))
}

// parameter reads what parameters and response headers share.
func (r *reader) parameter(place Place, at, node *yaml.Node) {
	r.op.Add(place, Present, "true", r.pos(at))
	r.flag(place, Deprecated, child(node, "deprecated"))
	r.prose(place, Text, child(node, "description"), child(node, "x-text"))
	r.deviations(place, node)
	schema := child(node, "schema")
	if schema == nil {
		pairs(child(node, "content"), func(_, media *yaml.Node) {
			if schema == nil {
				schema = child(media, "schema")
			}
		})
	}
	if schema == nil && child(node, "type") != nil { // a response header in the style of a schema
		schema = node
	}
	r.examples(place, node)
	r.schema(place, schema, nil, 0)
}

// body reads the content of a request body or response. JSON comes first where there is a choice.
func (r *reader) body(place Place, at, node *yaml.Node) {
	r.op.Add(place, Present, "true", r.pos(at))
	r.deviations(place, node)
	if place == BodyPlace {
		r.prose(place, Text, child(node, "description"), child(node, "x-text"))
	}
	var kinds []string
	media := map[string]*yaml.Node{}
	keys := map[string]*yaml.Node{}
	pairs(child(node, "content"), func(key, value *yaml.Node) {
		name := strings.ToLower(strings.TrimSpace(strings.Split(key.Value, ";")[0]))
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
		r.op.Add(at, MediaType, kind, r.pos(keys[kind]))
		r.schema(at, child(media[kind], "schema"), nil, 0)
		if sample := child(media[kind], "example"); sample != nil {
			r.op.Add(at, Sample, canonicalNode(sample), r.pos(sample))
		}
		r.namedExamples(at, child(media[kind], "examples"))
	}
}

func jsonFirst(mediaType string) int {
	if strings.HasSuffix(mediaType, "json") {
		return 0
	}
	return 1
}

func (r *reader) flag(place Place, aspect Aspect, node *yaml.Node) {
	if isTrue(node) {
		r.op.Add(place, aspect, "true", r.pos(node))
	}
}

// prose adds a description, or the hash that a record keeps in its stead.
func (r *reader) prose(place Place, aspect Aspect, description, hash *yaml.Node) {
	if text(hash) != "" {
		r.op.Add(place, aspect, text(hash), r.pos(hash))
	} else if text(description) != "" {
		r.op.AddText(place, aspect, text(description), r.pos(description))
	}
}

func (r *reader) deviations(place Place, node *yaml.Node) {
	mark := child(node, "x-deviation")
	if mark != nil && r.marks != nil {
		r.marks[mark] = true
	}
	for _, id := range texts(mark) {
		r.op.Deviations = append(r.op.Deviations, Deviation{ID: id, Place: place, Pos: r.pos(mark)})
	}
}

// strays lists the marks that were not read.
func (r *reader) strays(node *yaml.Node, depth int) []Deviation {
	var out []Deviation
	if depth > maxDepth {
		return nil
	}
	for i, inner := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 1 && node.Content[i-1].Value == "x-deviation" && !r.marks[inner] {
			for _, id := range texts(inner) {
				out = append(out, Deviation{ID: id, Pos: r.pos(inner)})
			}
			continue
		}
		out = append(out, r.strays(inner, depth+1)...)
	}
	return out
}

// examples reads the example of a parameter, property or schema.
func (r *reader) examples(place Place, node *yaml.Node) {
	if example := child(node, "example"); example != nil && !r.shown[place] {
		r.shown[place] = true
		r.op.Add(place, Example, canonicalNode(example), r.pos(example))
	}
	r.namedExamples(place, child(node, "examples"))
}

func (r *reader) namedExamples(place Place, node *yaml.Node) {
	if node == nil {
		return
	}
	named := [][2]string{}
	switch node.Kind {
	case yaml.MappingNode:
		pairs(node, func(name, example *yaml.Node) {
			value := child(r.resolve(example), "value")
			named = append(named, [2]string{name.Value, canonicalNode(value)})
		})
	case yaml.SequenceNode:
		for i, example := range node.Content {
			named = append(named, [2]string{fmt.Sprintf("Example %d", i+1), canonicalNode(example)})
		}
	}
	if len(named) > 0 {
		r.op.Add(place, Examples, CompactJSON(named), r.pos(node))
	}
}
