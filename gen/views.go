package main

import (
	"slices"
	"strconv"
	"strings"
)

// operationView is one operation as operations.gen.go shows it.
type operationView struct {
	Name, Request  string
	MethodName     string // of the method that makes one call: Name, or NamePage
	Doc            string
	RequestDoc     string
	ID, Method     string
	Path, Summary  string
	Statuses       []int
	Idempotent     bool
	Scopes, Tokens []string
	DocsURL        string
	Fields         []*field
	Rules          []string
	Fallbacks      []string // statements that fill empty fields from the client
	Send           []string // statements that fill the request
	Cookies        bool
	Body           []string
	Result         string // Go type of the answer; "" for none
	Pages          *pagesView
}

type pagesView struct {
	Doc, Cursor, Item, Items, ItemCursor string
}

func (g *generator) operations() []*operationView {
	var out []*operationView
	for _, op := range g.low.ops {
		out = append(out, g.operation(op))
	}
	return out
}

func (g *generator) operation(op *operation) *operationView {
	v := &operationView{
		Name: op.name, Request: op.request, MethodName: op.name, ID: op.id, Method: op.method, Path: op.path,
		Summary: oneLine(op.op.Summary), Statuses: op.statuses(), Idempotent: op.idempotent(),
		Scopes: op.texts("x-scopes"), Tokens: op.texts("x-token-types"), Result: g.results[op],
	}
	if op.op.ExternalDocs != nil {
		v.DocsURL = oneLine(op.op.ExternalDocs.URL)
	}
	v.Fields = g.structFields(op.request)
	v.Rules = g.rules(v.Fields)
	g.fill(op, v)
	g.bodyCode(op, v)
	if op.pages != nil {
		g.paginate(op, v)
	}
	v.Doc = operationDoc(op, v)
	v.RequestDoc = v.Request + " is what [Client." + v.Name + "] takes."
	if v.Pages != nil {
		v.RequestDoc = v.Request + " is what [Client." + v.Name + "] and [Client." + v.MethodName + "] take."
	}
	if len(v.Fields) == 0 {
		v.RequestDoc += " The operation has no parameters; the type is here for those to come."
	}
	return v
}

// operationDoc is the comment of the method, in the spec's words.
func operationDoc(op *operation, v *operationView) string {
	var paragraphs []string
	text := says(v.Name, op.op.Summary, op.op.Description)
	if text == "" {
		text = v.Name + " calls " + op.method + " " + oneLine(op.path) + "."
	}
	paragraphs = append(paragraphs, text)
	if v.DocsURL != "" {
		paragraphs = append(paragraphs, "Documentation: "+v.DocsURL)
	}
	if op.op.Deprecated {
		paragraphs = append(paragraphs, "Deprecated: the spec says so.")
	}
	return strings.Join(paragraphs, "\n\n")
}

// fill writes the statements for what travels outside the body.
func (g *generator) fill(op *operation, v *operationView) {
	of := map[*fieldInfo]*field{}
	for _, f := range v.Fields {
		of[f.fieldInfo] = f
	}
	for _, p := range op.params {
		if p.ext["x-from-client"] == "always" {
			v.Send = append(v.Send, g.fromClient(p)...)
			continue
		}
		f := of[p]
		if f == nil {
			continue
		}
		if p.ext["x-from-client"] == "fallback" {
			v.Fallbacks = append(v.Fallbacks, g.fallback(f)...)
		}
		v.Cookies = v.Cookies || f.in == "cookie"
		v.Send = append(v.Send, g.send(f))
	}
}

// fromClient sends what only the client knows.
func (g *generator) fromClient(p *fieldInfo) []string {
	name := strconv.Quote(p.wire)
	value := "c.engine.Default(" + name + ")"
	var send string
	switch p.in {
	case "query":
		send = "r.AddQuery(" + name + ", "
	case "header":
		send = "r.SetHeader(" + name + ", "
	case "path":
		send = "r.SetPath(" + name + ", "
	default:
		g.fault(p.at.at("x-from-client"), "a %s parameter cannot come from the client", p.in)
		return nil
	}
	if clientDefault(p) == "" && !p.required {
		return []string{"if v := " + value + "; v != \"\" {\n" + send + "v)\n}"}
	}
	return []string{send + value + ")"}
}

// clientDefault is what a client sends for a parameter unless it is told otherwise.
func clientDefault(p *fieldInfo) string {
	if values := enumValues(p.schema); len(values) > 0 {
		return values[0]
	}
	if p.schema.Default != nil {
		return enumText(p.schema.Default)
	}
	return ""
}

func (g *generator) fallback(f *field) []string {
	value := "c.engine.Default(" + strconv.Quote(f.wire) + ")"
	switch {
	case !f.isText() || f.pointer:
		g.fault(f.at.at("x-from-client"), "x-from-client: fallback is for texts; %s is %s", f.wire, article(f.base))
		return nil
	case f.base != "string":
		value = f.base + "(" + value + ")"
	}
	return []string{"req." + f.Name + " = cmp.Or(req." + f.Name + ", " + value + ")"}
}

// bodyCode writes the statements for the body.
func (g *generator) bodyCode(op *operation, v *operationView) {
	b := op.body
	if b == nil {
		return
	}
	var fields []*field
	for _, f := range v.Fields {
		if f.in == "body" {
			fields = append(fields, f)
		}
	}
	var code []string
	switch {
	case b.kind == bodyJSON && b.fields:
		code = []string{"r.SetJSON(req)"}
	case b.kind == bodyJSON:
		code = []string{"r.SetJSON(req.Body)"}
	case b.open && b.kind == bodyForm:
		code = []string{"r.SetForm(req.Form)"}
	case b.open:
		g.uses["multipart"], g.uses["open"] = true, true
		code = []string{"form := newMultipart()", "form.all(req.Fields, req.Files)", "form.send(r)"}
	case b.kind == bodyForm:
		code = append(code, "form := url.Values{}")
		for _, f := range fields {
			code = append(code, g.formField(f))
		}
		code = append(code, "r.SetForm(form)")
	case b.kind == bodyMultipart:
		g.uses["multipart"] = true
		code = append(code, "form := newMultipart()")
		for _, f := range fields {
			code = append(code, g.formField(f))
		}
		code = append(code, "form.send(r)")
	case b.kind == bodyText:
		g.uses["textBody"] = true
		code = []string{"textBody(r, " + strconv.Quote(b.media) + ", req.Body)"}
	default:
		g.uses["bytesBody"] = true
		code = []string{"bytesBody(r, " + strconv.Quote(b.media) + ", req.Body)"}
	}
	if !b.required && len(fields) > 0 {
		code = append([]string{"if " + g.anyPresent(fields) + " { // the body is optional"}, append(code, "}")...)
	}
	v.Body = code
}

// anyPresent is the condition under which an optional body is sent.
func (g *generator) anyPresent(fields []*field) string {
	var tests []string
	for _, f := range fields {
		test := f.present("req." + f.Name)
		g.uses["isZero"] = g.uses["isZero"] || strings.Contains(test, "isZero(")
		tests = append(tests, test)
	}
	return strings.Join(tests, " ||\n")
}

// paginate checks x-pagination against what was generated.
func (g *generator) paginate(op *operation, v *operationView) {
	at := op.at.at("x-pagination")
	v.MethodName = op.name + "Page"
	cursor := slices.IndexFunc(v.Fields, func(f *field) bool { return f.wire == op.pages.cursor && f.in == "query" })
	switch {
	case cursor < 0:
		g.fault(at.at("cursor"), "there is no query parameter %q", op.pages.cursor)
		return
	case v.Fields[cursor].base != "string" || v.Fields[cursor].pointer:
		g.fault(at.at("cursor"), "the cursor %q is %s, not a text", op.pages.cursor, article(v.Fields[cursor].Type))
		return
	case v.Fields[cursor].required:
		g.fault(at.at("cursor"), "the cursor %q is required, but the first page has none to send", op.pages.cursor)
		return
	}
	items := g.property(v.Result, op.pages.items)
	if items == nil || !strings.HasPrefix(items.Type, "[]") {
		g.fault(at.at("items"), "the answer has no list %q", op.pages.items)
		return
	}
	item := strings.TrimPrefix(items.Type, "[]")
	id := g.property(item, op.pages.itemCursor)
	if id == nil || id.Type != "string" {
		g.fault(at.at("item-cursor"), "an item has no text %q", op.pages.itemCursor)
		return
	}
	v.Pages = &pagesView{Cursor: v.Fields[cursor].Name, Item: item, Items: items.Name, ItemCursor: id.Name}
	v.Pages.Doc = v.Name + "Page reads one page of what [Client." + v.Name + "] ranges over: the one behind " + v.Pages.Cursor + "."
}

// property is the field of a struct by its name on the wire.
func (g *generator) property(typ, wire string) *field {
	if info := g.low.types[typ]; info == nil || info.shape != shapeObject {
		return nil
	}
	for _, f := range g.structFields(typ) {
		if f.wire == wire {
			return f
		}
	}
	return nil
}

// clientView is client.gen.go.
type clientView struct {
	Title, Doc string
	BaseURL    string
	Defaults   []clientValue
	Operations []*operationView
	Patterns   []string
	Uses       map[string]bool
}

type clientValue struct{ Name, Value string }

func (g *generator) client(ops []*operationView) *clientView {
	c := &clientView{Operations: ops, Patterns: g.patterns, Uses: g.uses, BaseURL: g.baseURL()}
	if info := g.low.doc.Info; info != nil {
		c.Title = oneLine(info.Title)
		c.Doc = sentence(info.Description)
	}
	seen := map[string]*fieldInfo{}
	for _, op := range g.low.ops {
		for _, p := range op.params {
			value := clientDefault(p)
			if p.ext["x-from-client"] != "always" || value == "" {
				continue
			}
			if before := seen[p.wire]; before != nil {
				if clientDefault(before) != value {
					g.fault(p.at, "the client's %s is %q here and %q at line %d", p.wire, value, clientDefault(before), g.low.ss.line(before.at))
				}
				continue
			}
			seen[p.wire] = p
			c.Defaults = append(c.Defaults, clientValue{p.wire, value})
		}
	}
	return c
}

// baseURL is the first server of the document, its variables at their defaults; "" when it says nothing absolute.
func (g *generator) baseURL() string {
	if len(g.low.doc.Servers) == 0 {
		return ""
	}
	server := g.low.doc.Servers[0]
	url := server.URL
	for _, name := range inOrder(server.Variables, nil) {
		if v := server.Variables[name]; v != nil {
			url = strings.ReplaceAll(url, "{"+name+"}", v.Default)
		}
	}
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return ""
	}
	return strings.TrimSuffix(url, "/")
}

// Subject is what the client calls.
func (c *clientView) Subject() string {
	switch {
	case c.Title == "":
		return "the API"
	case strings.Contains(c.Title, "API"):
		return "the " + strings.TrimPrefix(c.Title, "The ")
	}
	return "the API " + strconv.Quote(c.Title)
}

// DefaultsDoc says in the comment of New what it sets.
func (c *clientView) DefaultsDoc() string {
	var parts []string
	if c.BaseURL != "" {
		parts = append(parts, "the base URL is [DefaultBaseURL]")
	}
	for _, d := range c.Defaults {
		parts = append(parts, "the "+oneLine(d.Name)+" is "+oneLine(d.Value))
	}
	if len(parts) == 0 {
		return ""
	}
	return " Unless an option says otherwise, " + list(parts, "and") + "."
}
