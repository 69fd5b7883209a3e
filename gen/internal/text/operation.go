package text

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// operationView is one operation as operations.gen.go shows it.
type operationView struct {
	*model.Operation
	MethodName string // of the method that makes one call: Name, or NamePage
	Doc        string
	RequestDoc string
	Summary    string
	DocsURL    string
	Lines      []fieldView
	Rules      []string
	Parts      []*parts // of Validate and Send
	Fallbacks  []string // statements that fill empty fields from the client
	Send       []string // statements that fill the request
	BodyCode   []string
}

func (w *writer) operations() []*operationView {
	var out []*operationView
	for _, o := range w.client.Operations {
		out = append(out, w.operation(o))
	}
	return out
}

func (w *writer) operation(o *model.Operation) *operationView {
	v := &operationView{Operation: o, MethodName: o.Name, Summary: prose.OneLine(o.Spec.Summary)}
	if o.Spec.ExternalDocs != nil {
		v.DocsURL = prose.OneLine(o.Spec.ExternalDocs.URL)
	}
	if o.Pages != nil {
		v.MethodName = o.Name + "Page"
	}
	v.Lines = fieldViews(o.Fields, lower.InRequest)
	form := "url.Values"
	if o.Body != nil && o.Body.Kind == lower.BodyMultipart {
		form = "*multipartForm"
	}
	checks := &parts{Signature: "(r " + o.Request + ") validate%d(p *rest.Problems)"}
	bodies := &parts{Signature: "(r " + o.Request + ") hasBody%d() bool"}
	sends := &parts{Signature: "(req " + o.Request + ") send%d(c *Client, r *rest.Request)"}
	forms := &parts{Signature: "(req " + o.Request + ") form%d(r *rest.Request, form " + form + ")"}
	v.Parts = []*parts{checks, bodies, sends, forms}
	v.Rules = w.requestRules(o, checks, bodies)
	v.Send, v.Fallbacks = parameters(o)
	v.BodyCode = body(o, bodies, forms)
	v.Send = sends.fit(v.Send, "req.send%d(c, r)")
	v.Doc = operationDoc(v, w.client.Words)
	v.RequestDoc = requestDoc(v)
	return v
}

// operationDoc returns the comment of the method, from the text of the document.
func operationDoc(v *operationView, words prose.Vocabulary) string {
	text := words.MethodSentence(v.Name, v.Spec.Summary, v.Spec.Description)
	if text == "" {
		text = v.Name + " calls " + v.Method + " " + prose.OneLine(v.Path) + "."
	}
	paragraphs := []string{text}
	if v.Variant != "" {
		paragraphs = append(paragraphs, "It is "+v.Descriptor()+" with a body of "+prose.OneLine(v.Body.Media)+".")
	}
	if v.Stream {
		paragraphs = append(paragraphs, "The response is "+prose.OneLine(v.Accept)+". The caller must read and close it; [rest.CallMaxResponse] limits its size.")
	}
	if empty := v.emptyStatuses(); v.Result != "" && len(empty) > 0 {
		paragraphs = append(paragraphs, "A success with the status "+prose.List(empty, "or")+" has no content; the result is then empty. [rest.CallResponse] reports the status.")
	}
	if v.DocsURL != "" && !strings.Contains(text, v.DocsURL) {
		paragraphs = append(paragraphs, "Documentation: "+v.DocsURL)
	}
	if v.Spec.Deprecated {
		paragraphs = append(paragraphs, "Deprecated: according to the spec.")
	}
	return strings.Join(paragraphs, "\n\n")
}

// emptyStatuses returns the statuses of success without content.
func (v *operationView) emptyStatuses() []string {
	var out []string
	for _, status := range v.Empty {
		out = append(out, strconv.Itoa(status))
	}
	if slices.Contains(v.Statuses(), http.StatusNoContent) {
		out = append(out, "204")
	}
	return out
}

func requestDoc(v *operationView) string {
	text := v.Request + " is the request of [Client." + v.Name + "]."
	if v.Pages != nil {
		text = v.Request + " is the request of [Client." + v.Name + "] and [Client." + v.MethodName + "]."
	}
	if len(v.Fields) == 0 {
		text += " The operation has no parameters; the type exists so that parameters can be added later."
	}
	return text
}

// PagesDoc returns the comment of the method that reads one page.
func (v *operationView) PagesDoc() string {
	after := v.Pages.Cursor
	if v.Pages.ByOffset() {
		after += " items"
	}
	return v.MethodName + " returns one page of the list that [Client." + v.Name + "] ranges over: the one after " + after + "."
}
