package main

import (
	"strings"
)

// operationView is one operation as operations.gen.go shows it.
type operationView struct {
	*Operation
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
	Lines          []fieldView
	Rules          []string
	Fallbacks      []string // statements that fill empty fields from the client
	Send           []string // statements that fill the request
	Cookies        bool
	Body           []string
}

func (w *writer) operations() []*operationView {
	var out []*operationView
	for _, o := range w.client.Operations {
		out = append(out, w.operation(o))
	}
	return out
}

func (w *writer) operation(o *Operation) *operationView {
	v := &operationView{
		Operation: o,
		Name:      o.name, Request: o.request, MethodName: o.name, ID: o.id, Method: o.method, Path: o.path,
		Summary: oneLine(o.op.Summary), Statuses: o.statuses(), Idempotent: o.idempotent(),
		Scopes: o.texts("x-scopes"), Tokens: o.texts("x-token-types"),
	}
	if o.op.ExternalDocs != nil {
		v.DocsURL = oneLine(o.op.ExternalDocs.URL)
	}
	if o.Pages != nil {
		v.MethodName = o.name + "Page"
	}
	v.Lines = fieldViews(o.Fields, inRequest)
	v.Rules = w.requestRules(o)
	v.Send, v.Fallbacks, v.Cookies = w.parameters(o)
	v.Body = w.body(o)
	v.Doc = operationDoc(v)
	v.RequestDoc = requestDoc(v)
	return v
}

// operationDoc is the comment of the method, in the document's words.
func operationDoc(v *operationView) string {
	text := methodSentence(v.Name, v.op.Summary, v.op.Description)
	if text == "" {
		text = v.Name + " calls " + v.Method + " " + oneLine(v.Path) + "."
	}
	paragraphs := []string{text}
	if v.DocsURL != "" {
		paragraphs = append(paragraphs, "Documentation: "+v.DocsURL)
	}
	if v.op.Deprecated {
		paragraphs = append(paragraphs, "Deprecated: the spec says so.")
	}
	return strings.Join(paragraphs, "\n\n")
}

func requestDoc(v *operationView) string {
	text := v.Request + " is what [Client." + v.Name + "] takes."
	if v.Pages != nil {
		text = v.Request + " is what [Client." + v.Name + "] and [Client." + v.MethodName + "] take."
	}
	if len(v.Fields) == 0 {
		text += " The operation has no parameters; the type is here for those to come."
	}
	return text
}

// PagesDoc is the comment of the method that reads one page.
func (v *operationView) PagesDoc() string {
	return v.MethodName + " reads one page of what [Client." + v.Name + "] ranges over: the one after " + v.Pages.Cursor + "."
}
