package main

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// operation is one operation of the document, on its way to a method.
type operation struct {
	name    string // Go name; that of the method, unless it is paginated
	request string // Go name of its request
	id      string
	method  string
	path    string
	at      oas.Place
	op      *openapi3.Operation
	params  []*fieldInfo
	body    *body
	results []result
	pages   *pagination
}

type pagination struct{ cursor, items, itemCursor string }

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
