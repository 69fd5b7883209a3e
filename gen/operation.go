package main

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"
)

// operation is one operation of the document, on its way to a method.
type operation struct {
	name    string // Go name; that of the method, unless it is paginated
	request string // Go name of its request
	id      string
	method  string
	path    string
	at      place
	op      *openapi3.Operation
	params  []*fieldInfo
	body    *body
	results []result
	pages   *pagination
}

// body is what a request sends behind its headers.
type body struct {
	kind     bodyKind
	media    string
	required bool
	schema   node
	fields   bool // its properties are fields of the request; else it is one field, Body
	open     bool // a form whose fields the spec does not name
}

type bodyKind string

const (
	bodyJSON      bodyKind = "json"
	bodyForm      bodyKind = "form"
	bodyMultipart bodyKind = "multipart"
	bodyText      bodyKind = "text"
	bodyBytes     bodyKind = "bytes"
)

// result is one success with content.
type result struct {
	status string
	schema node
}

type pagination struct{ cursor, items, itemCursor string }

var pathParameter = regexp.MustCompile(`\{([^{}]*)\}`)

// operations lists the operations in the order of the document and names them.
func (l *lowering) operations() {
	methods := scope{}
	if l.doc.Paths == nil {
		l.fault(place{l.file, ""}, "the document has no paths")
		return
	}
	var all []*operation
	root := place{l.file, "/paths"}
	for _, path := range inOrder(l.doc.Paths.Map(), l.ss.keys(root)) {
		item := l.doc.Paths.Value(path)
		at := root.at(path)
		if item.Ref != "" {
			if target, err := l.ss.resolve(at.file, item.Ref); err == nil {
				at = target
			}
		}
		order := l.ss.keys(at)
		for i := range order {
			order[i] = strings.ToUpper(order[i])
		}
		ops := item.Operations()
		for _, method := range inOrder(ops, order) {
			op := &operation{method: method, path: path, op: ops[method], at: at.at(strings.ToLower(method))}
			op.id = op.op.OperationID
			switch {
			case !strings.HasPrefix(path, "/"):
				l.fault(at, "the path %q does not begin with /", path)
			case strings.ContainsFunc(path, unicode.IsControl), strings.ContainsAny(path, "?#"):
				l.fault(at, "the path %q holds a control character, ? or #, which no path can", path)
			}
			l.parameters(op, item, at)
			op.body = l.body(op)
			op.results = l.results(op)
			all = append(all, op)
		}
	}
	l.nameOperations(all, methods)
	l.ops = all
}

// nameOperations names the curated ones first, so that a derived name never pushes a curated one aside.
func (l *lowering) nameOperations(all []*operation, methods scope) {
	for _, curated := range []bool{true, false} {
		for _, op := range all {
			name, ok := op.op.Extensions["x-go-name"].(string)
			if ok != curated {
				continue
			}
			switch {
			case ok && methods[name]:
				l.fault(op.at.at("x-go-name"), "the Go name %s is taken by another operation", name)
				name = methods.claim(name)
			case ok:
				name = methods.claim(name)
			case op.id != "":
				name = methods.claim(goName(op.id))
			default:
				name = methods.claim(goName(strings.ToLower(op.method) + " " + op.path))
			}
			op.name = name
			op.request = l.names.claim(name + "Request")
			l.names["Operation"+name] = true
			if p, ok := op.op.Extensions["x-pagination"].(map[string]any); ok {
				methods[name+"Page"] = true
				op.pages = &pagination{}
				op.pages.cursor, _ = p["cursor"].(string)
				op.pages.items, _ = p["items"].(string)
				op.pages.itemCursor, _ = p["item-cursor"].(string)
			}
		}
	}
}

// parameters gathers those of the path and of the operation; the latter win.
func (l *lowering) parameters(op *operation, item *openapi3.PathItem, at place) {
	add := func(refs openapi3.Parameters, at place) {
		for i, ref := range refs {
			p := l.parameter(ref, at.index(i))
			if p == nil {
				continue
			}
			same := func(q *fieldInfo) bool { return q.in == p.in && q.wire == p.wire }
			if j := slices.IndexFunc(op.params, same); j >= 0 {
				op.params[j] = p
			} else {
				op.params = append(op.params, p)
			}
		}
	}
	add(item.Parameters, at.at("parameters"))
	add(op.op.Parameters, op.at.at("parameters"))

	inPath := map[string]bool{}
	for _, m := range pathParameter.FindAllStringSubmatch(op.path, -1) {
		inPath[m[1]] = true
		if !slices.ContainsFunc(op.params, func(p *fieldInfo) bool { return p.in == "path" && p.wire == m[1] }) {
			l.undescribed(op, m[1])
		}
	}
	for _, p := range op.params {
		if p.in == "path" && !inPath[p.wire] {
			l.fault(p.at, "path parameter %q does not stand in the path %s", p.wire, op.path)
		}
	}
	slices.SortStableFunc(op.params, func(a, b *fieldInfo) int { return rank(a.in) - rank(b.in) })
}

// undescribed makes up for a path parameter that the document forgot, which published ones do: nothing else than one text
// can stand there. The note says so.
func (l *lowering) undescribed(op *operation, name string) {
	if name == "" {
		l.fault(op.at, "the path %s has a parameter without a name", op.path)
		return
	}
	l.note(op.at, "the path %s has {%s}, which no parameter describes; it is taken for a text", op.path, name)
	schema := &openapi3.Schema{Type: typed("string")}
	op.params = append(op.params, &fieldInfo{
		wire: name, in: "path", required: true, shape: shapeString, schema: schema, outer: schema, ext: map[string]any{}, at: op.at,
		param:       &openapi3.Parameter{Name: name, In: "path", Required: true, Schema: &openapi3.SchemaRef{Value: schema}},
		description: "The " + name + " in the path.",
	})
}

// rank orders the fields of a request as the request is written.
func rank(in string) int { return slices.Index([]string{"path", "query", "header", "cookie"}, in) }

// engineHeaders are set by the engine; as parameters they mean nothing, as the specification of OpenAPI says of the first three.
var engineHeaders = []string{"accept", "content-type", "authorization", "host", "content-length", "transfer-encoding", "connection", "user-agent"}

func (l *lowering) parameter(ref *openapi3.ParameterRef, at place) *fieldInfo {
	if ref.Ref != "" {
		if target, err := l.ss.resolve(at.file, ref.Ref); err == nil {
			at = target
		}
	}
	p := ref.Value
	switch {
	case p == nil || p.Name == "":
		l.fault(at, "the parameter has no name")
		return nil
	case rank(p.In) < 0:
		l.fault(at, "parameter %q is in %q, which is not path, query, header or cookie", p.Name, p.In)
		return nil
	case p.In == "header" && slices.Contains(engineHeaders, strings.ToLower(p.Name)):
		return nil
	}
	schema := node{p.Schema, at.at("schema")}
	if p.Schema == nil {
		schema.ref = &openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed("string")}}
		for _, media := range inOrder(p.Content, l.ss.keys(at.at("content"))) {
			if isJSON(media) && p.Content[media].Schema != nil {
				schema = node{p.Content[media].Schema, at.at("content", media, "schema")}
				break
			}
		}
	}
	info := l.describe(schema, p.Name)
	for k, v := range p.Extensions {
		info.ext[k] = v
	}
	for k, v := range ref.Extensions {
		info.ext[k] = v
	}
	info.curated, _ = p.Extensions["x-go-name"].(string)
	info.in, info.param, info.required = p.In, p, p.Required || p.In == "path"
	if p.Description != "" {
		info.description = p.Description
	}
	info.at = at
	info.outer = schema.ref.Value
	return info
}

func isJSON(media string) bool {
	media, _, _ = strings.Cut(strings.ToLower(media), ";")
	media = strings.TrimSpace(media)
	return media == "application/json" || media == "text/json" || strings.HasSuffix(media, "+json") || media == "*/*" || media == "application/*"
}

// body takes the media type that Go speaks best: JSON, then forms, then whatever comes first.
func (l *lowering) body(op *operation) *body {
	ref := op.op.RequestBody
	if ref == nil || ref.Value == nil || len(ref.Value.Content) == 0 {
		return nil
	}
	at := op.at.at("requestBody")
	if ref.Ref != "" {
		if target, err := l.ss.resolve(at.file, ref.Ref); err == nil {
			at = target
		}
	}
	at = at.at("content")
	order := inOrder(ref.Value.Content, l.ss.keys(at))
	kinds := make([]bodyKind, len(order))
	for i, media := range order {
		kinds[i] = kindOf(media)
	}
	for _, want := range []bodyKind{bodyJSON, bodyForm, bodyMultipart, bodyText, bodyBytes} {
		if i := slices.Index(kinds, want); i >= 0 {
			media := order[i]
			content := ref.Value.Content[media]
			b := &body{kind: want, media: media, required: ref.Value.Required, schema: node{content.Schema, at.at(media, "schema")}}
			if strings.Contains(media, "*") {
				b.media = "application/octet-stream"
			}
			if content.Schema == nil {
				b.schema.ref = &openapi3.SchemaRef{Value: &openapi3.Schema{}}
			}
			b.fields = want != bodyText && want != bodyBytes && l.flat(b.schema)
			if !b.fields && (want == bodyForm || want == bodyMultipart) {
				b.open = true
				if sh := l.shape(l.core(b.schema)); sh != shapeAny && sh != shapeMap && sh != shapeObject {
					l.fault(at.at(media), "a body of %s is %s, but a form has named fields", media, article(string(sh)))
				}
			}
			return b
		}
	}
	return nil
}

func kindOf(media string) bodyKind {
	base, _, _ := strings.Cut(strings.ToLower(media), ";")
	switch {
	case isJSON(media):
		return bodyJSON
	case base == "application/x-www-form-urlencoded":
		return bodyForm
	case base == "multipart/form-data":
		return bodyMultipart
	case strings.HasPrefix(base, "text/"):
		return bodyText
	}
	return bodyBytes
}

// flat says that a body is an object of which every part is known, so that its properties can be fields of the request.
func (l *lowering) flat(n node) bool {
	n = l.core(n)
	if l.shape(n) != shapeObject {
		return false
	}
	objects, choices := l.parts(n)
	for _, o := range objects {
		if additional(o.schema()) {
			return false
		}
	}
	return len(choices) == 0
}

// results are the successes with content, by status. What the service says when it refuses is the engine's to read.
func (l *lowering) results(op *operation) []result {
	if op.op.Responses == nil {
		return nil
	}
	var out []result
	all := op.op.Responses.Map()
	for _, status := range success(all) {
		ref := all[status]
		at := op.at.at("responses", status)
		if ref.Ref != "" {
			if target, err := l.ss.resolve(at.file, ref.Ref); err == nil {
				at = target
			}
		}
		if ref.Value == nil || len(ref.Value.Content) == 0 {
			continue
		}
		at = at.at("content")
		order := inOrder(ref.Value.Content, l.ss.keys(at))
		i := slices.IndexFunc(order, isJSON)
		if i < 0 {
			l.fault(at, "the answer %s is %s; only JSON can be decoded", status, list(order, "or"))
			continue
		}
		schema := node{ref.Value.Content[order[i]].Schema, at.at(order[i], "schema")}
		if schema.ref == nil {
			schema.ref = &openapi3.SchemaRef{Value: &openapi3.Schema{}}
		}
		out = append(out, result{status, schema})
	}
	return out
}

// success are the statuses of success, ascending: 200, 201, 2XX; default only when there is no other.
func success(all map[string]*openapi3.ResponseRef) []string {
	var out []string
	for status := range all {
		if strings.HasPrefix(status, "2") {
			out = append(out, status)
		}
	}
	slices.Sort(out)
	if len(out) == 0 && all["default"] != nil {
		out = []string{"default"}
	}
	return out
}

// statuses are the documented ones that are numbers.
func (op *operation) statuses() []int {
	var out []int
	if op.op.Responses == nil {
		return nil
	}
	for status := range op.op.Responses.Map() {
		if n, err := strconv.Atoi(status); err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// idempotent follows the method, unless the spec says otherwise.
func (op *operation) idempotent() bool {
	if v, ok := op.op.Extensions["x-idempotent"].(bool); ok {
		return v
	}
	switch op.method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete:
		return true
	}
	return false
}

// texts is a list of texts in an extension of the operation.
func (op *operation) texts(key string) []string {
	list, _ := op.op.Extensions[key].([]any)
	var out []string
	for _, v := range list {
		out = append(out, enumText(v))
	}
	return out
}
