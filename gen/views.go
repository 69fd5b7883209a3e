package main

import (
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
	v.Rules = g.requestRules(op, v.Fields)
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
	case b.kind == bodyJSON:
		value := "req"
		if !b.fields {
			value = "req.Body"
		}
		code = []string{"r.SetJSON(" + value + ")"}
		if own := jsonMedia(b.media); own != "" {
			g.uses["jsonBody"] = true
			code = []string{"jsonBody(r, " + strconv.Quote(own) + ", " + value + ")"}
		}
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
		code = append([]string{"if " + g.anyPresent(fields, "req.") + " { // the body is optional"}, append(code, "}")...)
	}
	v.Body = code
}

// requestRules are those of a request. What an optional body needs is asked for only when there is one.
func (g *generator) requestRules(op *operation, fields []*field) []string {
	if op.body == nil || op.body.required || !op.body.fields {
		return g.rules(fields)
	}
	var inBody []*field
	for _, f := range fields {
		if f.in == "body" {
			inBody = append(inBody, f)
		}
	}
	var out, guarded []string
	for i, rules := range g.rulesByField(fields) {
		if fields[i].in == "body" {
			guarded = append(guarded, rules...)
		} else {
			out = append(out, rules...)
		}
	}
	if len(guarded) == 0 {
		return out
	}
	return append(out, "if "+g.anyPresent(inBody, "r.")+" { // the body is optional\n"+strings.Join(guarded, "\n")+"\n}")
}

// anyPresent is the condition under which an optional body is sent.
func (g *generator) anyPresent(fields []*field, holder string) string {
	var tests []string
	for _, f := range fields {
		test := f.present(holder + f.Name)
		g.uses["isZero"] = g.uses["isZero"] || strings.Contains(test, "isZero(")
		tests = append(tests, test)
	}
	return strings.Join(tests, " ||\n")
}
