package facts

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

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
		for _, parameter := range t.inRoot(in) {
			parameters.Content = append(parameters.Content, w.operationParameter(in, parameter))
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
	for _, response := range t.inRoot("response") {
		put(responses, response.step.Name, w.response(response))
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

func (w *writer) operationParameter(in string, t *tree) *yaml.Node {
	node := mapping("name", plain(t.step.Name), "in", plain(in))
	if t.has(Required) || in == "path" {
		put(node, "required", flag(true))
	}
	if !t.has(Required) && in == "path" && !w.valid { // OpenAPI has no optional path parameter; a record has what the page states
		put(node, "x-required", flag(false))
	}
	w.parameter(node, t)
	return node
}

// parameter writes what parameters and response headers have in common.
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
	if !t.has(MediaType) { // there is no schema that could contain the others
		writeKeywords(node, t, InSchema)
	}
	return node
}

func (w *writer) content(t *tree) *yaml.Node {
	content := mapping()
	for _, media := range append([]*tree{t}, t.only(StepMedia)...) {
		m := mapping()
		schema := w.schema(media)
		remove(schema, "examples") // those are named, and are next to the schema
		if media == t {            // prose and flags of a body or response do not belong to its schema
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
			if media.has(Examples) { // OpenAPI allows only one of the two
				key = "x-sample"
			}
			put(m, key, typed(media.value(Sample), ""))
		}
		name := media.value(MediaType)
		if name == "" { // content requires a media type
			name = "application/json"
			put(m, "x-unnamed", flag(true))
		}
		if find(content, name) == nil { // a document can contain a media type only once, even if a page lists it twice
			put(content, name, m)
		}
	}
	return content
}
