package facts

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// WriteOptions says how facts become an OpenAPI document.
type WriteOptions struct {
	Title   string // of the document
	Version string // of the API
	Comment string // stands at the top of a YAML document
	// Prose writes descriptions. Without it only the hash of prose is written, as in a record.
	Prose bool
}

// Write arranges operations as an OpenAPI 3.0 document. Two operations with the same method and path are an error, since a
// document cannot hold both.
func Write(operations []*Operation, options WriteOptions) (*yaml.Node, error) {
	w := &writer{options: options, schemes: mapping(), valid: options.Prose}
	paths := mapping()
	seen := map[string]*Operation{}
	var problems []error
	for _, op := range operations {
		tree, err := grow(op)
		if err != nil {
			return nil, err
		}
		about := tree.root("operation")
		if about == nil || about.value(Method) == "" || about.value(Path) == "" {
			problems = append(problems, fmt.Errorf("%s: operation %s has no method and path", op.Pos, op.ID))
			continue
		}
		route := about.value(Method) + " " + about.value(Path)
		if first := seen[route]; first != nil {
			problems = append(problems, fmt.Errorf("%s: %s is %s again, which %s is already", op.Pos, op.ID, route, first.Pos))
			continue
		}
		seen[route] = op
		item := find(paths, about.value(Path))
		if item == nil {
			item = mapping()
			put(paths, about.value(Path), item)
		}
		put(item, strings.ToLower(about.value(Method)), w.operation(op, tree))
	}
	document := mapping()
	document.HeadComment = options.Comment
	put(document, "openapi", plain("3.0.3"))
	put(document, "info", mapping("title", plain(options.Title), "version", quoted(options.Version)))
	put(document, "paths", paths)
	if len(w.schemes.Content) > 0 {
		put(document, "components", mapping("securitySchemes", w.schemes))
	}
	return document, errors.Join(problems...)
}

type writer struct {
	options WriteOptions
	schemes *yaml.Node
	// valid: what OpenAPI requires and no fact says is written too. A record says exactly what the facts do.
	valid bool
}

func (w *writer) operation(op *Operation, t *tree) *yaml.Node {
	about := t.root("operation")
	node := mapping("operationId", plain(op.ID))
	w.prose(node, about, Summary, "summary", "x-summary")
	w.prose(node, about, Text, "description", "x-text")
	if op.Page != "" {
		put(node, "externalDocs", mapping("url", plain(op.Page)))
	}
	putText(node, "x-renderer", op.Renderer)
	if op.FromDocument {
		put(node, "x-from-document", flag(true))
	}
	if len(op.Unseen) > 0 {
		put(node, "x-unseen", flow(aspectNames(op.Unseen)))
	}
	if len(op.Contradictions) > 0 {
		put(node, "x-contradictions", flow(op.Contradictions))
	}
	putFlags(node, about, Deprecated)
	if servers := about.value(Servers); servers != "" {
		put(node, "servers", typed(servers, ""))
	} else if server := about.value(Server); server != "" {
		put(node, "servers", sequence(mapping("url", plain(server))))
	}
	writeKeywords(node, about, InSchema, InResponse)
	w.auth(node, t.root("auth"))
	putText(node, "x-uncertain", about.value(Uncertain))
	parameters := sequence()
	for _, in := range []string{"header", "path", "query", "cookie"} {
		if group := t.root(in); group != nil {
			for _, parameter := range group.children {
				p := mapping("name", plain(parameter.step.Name), "in", plain(in))
				if parameter.has(Required) || in == "path" {
					put(p, "required", flag(true))
				}
				if !parameter.has(Required) && in == "path" && !w.options.Prose { // OpenAPI has no such parameter; a record holds what the page says
					put(p, "x-required", flag(false))
				}
				w.parameter(p, parameter)
				parameters.Content = append(parameters.Content, p)
			}
		}
	}
	if len(parameters.Content) > 0 {
		put(node, "parameters", parameters)
	}
	if body := t.root("body"); body != nil {
		b := mapping()
		putFlags(b, body, Required)
		if !w.options.Prose || body.value(MediaType) == "" {
			w.prose(b, body, Text, "description", "x-text")
		}
		if w.valid || body.hasSchema() {
			put(b, "content", w.content(body))
		}
		put(node, "requestBody", b)
	}
	responses := mapping()
	if group := t.root("response"); group != nil {
		for _, response := range group.children {
			put(responses, response.step.Name, w.response(response))
		}
	}
	if w.valid && len(responses.Content) == 0 {
		put(responses, "default", mapping("description", quoted("")))
	}
	put(node, "responses", responses)
	return node
}

func (w *writer) auth(node *yaml.Node, t *tree) {
	if t == nil {
		return
	}
	parts := append(strings.Fields(t.value(Scheme)), "", "", "")
	switch {
	case t.has(Security):
		put(node, "security", w.security(t.value(Security)))
	case parts[0] == "http":
		definition := map[string]any{"type": parts[0], "scheme": parts[1]}
		if parts[2] != "" {
			definition["bearerFormat"] = parts[2]
		}
		put(node, "security", sequence(mapping(w.schemeName(definition), sequence())))
	case parts[0] != "": // a page shows too little of the other types to define them
		put(node, "x-auth-scheme", plain(t.value(Scheme)))
	}
	for _, list := range authLists {
		if t.has(list.aspect) {
			put(node, list.key, flow(Texts(t.value(list.aspect))))
		}
	}
}

// parameter writes what parameters and response headers share.
func (w *writer) parameter(node *yaml.Node, t *tree) {
	putFlags(node, t, Deprecated)
	w.prose(node, t, Text, "description", "x-text")
	schema := w.schema(t)
	remove(schema, "deprecated", "description", "x-text")
	if value := find(schema, "example"); value != nil {
		remove(schema, "example")
		put(node, "example", value)
	}
	if t.has(Examples) {
		remove(schema, "examples")
		put(node, "examples", named(t.value(Examples), t.value(Type)))
	}
	writeKeywords(node, t, InParameter)
	if media := t.value(MediaType); media != "" {
		m := mapping("schema", schema)
		writeKeywords(m, t, InMediaType)
		put(node, "content", mapping(media, m))
		return
	}
	put(node, "schema", schema)
}

func (w *writer) response(t *tree) *yaml.Node {
	node := mapping()
	if w.options.Prose {
		put(node, "description", quoted(t.facts[Text].Prose))
	} else {
		put(node, "description", quoted(""))
		putText(node, "x-text", t.value(Text))
	}
	if headers := t.only(StepHeader); len(headers) > 0 {
		all := mapping()
		for _, header := range headers {
			h := mapping()
			putFlags(h, header, Required)
			w.parameter(h, header)
			put(all, header.step.Name, h)
		}
		put(node, "headers", all)
	}
	if t.has(MediaType) {
		put(node, "content", w.content(t))
	}
	writeKeywords(node, t, InResponse)
	if !t.has(MediaType) { // there is no schema that the others could stand in
		writeKeywords(node, t, InSchema)
	}
	return node
}

func (w *writer) content(t *tree) *yaml.Node {
	content := mapping()
	for _, media := range append([]*tree{t}, t.only(StepMedia)...) {
		m := mapping()
		schema := w.schema(media)
		remove(schema, "examples") // those are named, and stand beside the schema
		if media == t {            // the prose and the flag of a body or response are not its schema's
			remove(schema, "description", "x-text")
		}
		if len(schema.Content) > 0 {
			put(m, "schema", schema)
		}
		writeKeywords(m, media, InMediaType)
		if media.has(Examples) {
			put(m, "examples", named(media.value(Examples), media.value(Type)))
		}
		if media.has(Sample) {
			key := "example"
			if media.has(Examples) { // OpenAPI allows one of the two
				key = "x-sample"
			}
			put(m, key, typed(media.value(Sample), ""))
		}
		name := media.value(MediaType)
		if name == "" { // content has to have one
			name = "application/json"
			put(m, "x-unnamed", flag(true))
		}
		if find(content, name) == nil { // one that stands twice on a page can be in a document once
			put(content, name, m)
		}
	}
	return content
}

func (w *writer) schema(t *tree) *yaml.Node {
	node := mapping()
	kind := t.value(Type)
	putText(node, "title", t.value(Title))
	w.prose(node, t, Text, "description", "x-text")
	putText(node, "type", kind)
	for _, aspect := range append([]Aspect{Format}, Constraints...) {
		if t.has(aspect) {
			put(node, string(aspect), constraint(aspect, t.value(aspect)))
		}
	}
	putFlags(node, t, Nullable, Deprecated)
	if t.has(Enum) {
		values := sequence()
		for _, value := range Texts(t.value(Enum)) {
			values.Content = append(values.Content, typed(value, kind))
		}
		put(node, "enum", values)
	}
	if t.has(Default) {
		put(node, "default", typed(t.value(Default), kind))
	}
	if t.has(Examples) {
		put(node, "examples", inList(t.value(Examples), kind))
	}
	if t.has(Example) && !(w.valid && t.has(Examples)) {
		put(node, "example", typed(t.value(Example), kind))
	}
	if t.has(Composed) {
		put(node, "x-composed", flag(true))
	}
	putText(node, "x-uncertain", t.value(Uncertain))
	writeKeywords(node, t, InSchema, Nowhere)
	w.inside(node, t, kind)
	return node
}

func (w *writer) inside(node *yaml.Node, t *tree, kind string) {
	properties, required := mapping(), []string{}
	for _, property := range t.only(StepProperty) {
		if property.has(Required) {
			required = append(required, property.step.Name)
			if len(property.facts)+len(property.children) == 1 { // a mistake of the document: nothing else is said of it
				continue
			}
		}
		put(properties, property.step.Name, w.schema(property))
	}
	required = append(required, Texts(t.value(otherRequired))...)
	if len(required) > 0 {
		put(node, "required", flow(required))
	}
	if len(properties.Content) > 0 {
		put(node, "properties", properties)
	}
	for _, values := range t.only(StepValues) {
		put(node, "additionalProperties", w.schema(values))
	}
	items := t.only(StepItems)
	for _, item := range items {
		put(node, "items", w.schema(item))
	}
	if kind == "array" && len(items) == 0 {
		put(node, "items", mapping())
	}
	if variants := t.only(StepVariant); len(variants) > 0 || t.has(Union) {
		slices.SortStableFunc(variants, func(a, b *tree) int {
			if len(a.step.Name) != len(b.step.Name) {
				return len(a.step.Name) - len(b.step.Name)
			}
			return strings.Compare(a.step.Name, b.step.Name)
		})
		list := sequence()
		for _, variant := range variants {
			list.Content = append(list.Content, w.schema(variant))
		}
		put(node, t.value(Union), list)
	}
}

func (w *writer) prose(node *yaml.Node, t *tree, aspect Aspect, key, hashKey string) {
	switch fact, ok := t.facts[aspect]; {
	case !ok:
	case w.options.Prose && fact.Prose != "":
		put(node, key, quoted(fact.Prose))
	default:
		put(node, hashKey, plain(fact.Value))
	}
}
