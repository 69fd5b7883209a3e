package lower

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Operation is one operation of the document, on its way to a method.
type Operation struct {
	Name       string // Go name; that of the method, unless it is paginated
	Request    string // Go name of its request
	ID         string
	Method     string
	Path       string
	At         oas.Place
	Spec       *openapi3.Operation
	Parameters []*Field
	Body       *Body
	results    []result
	Pagination *Pagination
}

type Pagination struct{ Cursor, Items, ItemCursor string }

// Body is what a request sends behind its headers.
type Body struct {
	Kind     BodyKind
	Media    string
	Required bool
	schema   node
	Fields   bool // its properties are fields of the request; else it is one field, Body
	Open     bool // a form whose fields the spec does not name
}

type BodyKind string

const (
	BodyJSON      BodyKind = "json"
	BodyForm      BodyKind = "form"
	BodyMultipart BodyKind = "multipart"
	BodyText      BodyKind = "text"
	BodyBytes     BodyKind = "bytes"
)

// result is one success with content.
type result struct {
	status string
	schema node
}

// Statuses are the documented ones that are numbers.
func (op *Operation) Statuses() []int {
	var out []int
	if op.Spec.Responses == nil {
		return nil
	}
	for status := range op.Spec.Responses.Map() {
		if n, err := strconv.Atoi(status); err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// Idempotent follows the method, unless the spec says otherwise.
func (op *Operation) Idempotent() bool {
	if v, ok := op.Spec.Extensions["x-idempotent"].(bool); ok {
		return v
	}
	switch op.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete:
		return true
	}
	return false
}

// Texts is a list of texts in an extension of the operation.
func (op *Operation) Texts(key string) []string {
	list, _ := op.Spec.Extensions[key].([]any)
	var out []string
	for _, v := range list {
		out = append(out, ValueText(v))
	}
	return out
}
