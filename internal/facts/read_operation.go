package facts

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

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
	if !r.fromPage { // an operation of a page has keys of the documentation's renderer
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
	for status, response := range oas.Pairs(oas.Child(node, "responses")) {
		place := Response(status.Value)
		response = r.resolve(response)
		r.prose(place, Text, oas.Child(response, "description"), oas.Child(response, "x-text"))
		r.body(place, status, response)
		r.keywords(place, response, []string{"description", "summary", "headers", "content", "$ref"})
		for name, header := range oas.Pairs(oas.Child(response, "headers")) {
			header = r.resolve(header)
			r.flag(place.Header(name.Value), Required, oas.Child(header, "required"))
			r.parameter(place.Header(name.Value), name, header, "header")
		}
	}
	return op
}

// unnamed returns the name of an operation without an id.
func unnamed(method, path string) string { return strings.ToLower(method) + " " + path }

// parameters reads the parameters of the operation and of its path item; those of the operation take precedence.
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
			if own[place] { // a duplicate is an error in the document
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

// ignoredHeader reports whether OpenAPI ignores a header parameter with this name.
func ignoredHeader(in, name string) bool {
	return in == "header" && slices.Contains([]string{"authorization", "accept", "content-type"}, strings.ToLower(name))
}

// parameter reads what parameters and response headers have in common.
func (r *reader) parameter(place Place, at, node *yaml.Node, in string) {
	r.op.Add(place, Present, "true", r.pos(at))
	r.flag(place, Deprecated, oas.Child(node, "deprecated"))
	r.prose(place, Text, oas.Child(node, "description"), oas.Child(node, "x-text"))
	r.deviations(place, node)
	schema := oas.Child(node, "schema")
	content := oas.Child(node, "content")
	if schema == nil && oas.Child(node, "type") != nil { // a response header written like a schema
		r.examples(place, node)
		r.schema(place, nil, 0, node)
		return
	}
	r.sending(place, in, node)
	r.keywords(place, node, slices.Concat(parameterKeys, schemaKeys)) // a misplaced key of a schema has no effect here
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

// body reads the content of a request body or response. If there are several media types, JSON comes first.
func (r *reader) body(place Place, at, node *yaml.Node) {
	r.op.Add(place, Present, "true", r.pos(at))
	r.deviations(place, node)
	if place == BodyPlace {
		r.prose(place, Text, oas.Child(node, "description"), oas.Child(node, "x-text"))
	}
	var kinds []string
	media := map[string]*yaml.Node{}
	keys := map[string]*yaml.Node{}
	for key, value := range oas.Pairs(oas.Child(node, "content")) {
		name := MediaTypeName(key.Value)
		if media[name] == nil {
			kinds = append(kinds, name)
			media[name], keys[name] = value, key
		}
	}
	slices.SortStableFunc(kinds, func(a, b string) int { return jsonFirst(a) - jsonFirst(b) })
	for i, kind := range kinds {
		at := place
		if i > 0 {
			at = place.Media(kind)
		}
		if !oas.IsTrue(oas.Child(media[kind], "x-unnamed")) { // set for a page without a media type
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
