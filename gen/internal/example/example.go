// Package example builds a call of an operation from the examples in its document: the values of the request, the response,
// and what a program prints of the response. If the document shows too little, there is no example.
package example

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// Call is one call of an operation. Its code belongs in a package next to the client's.
type Call struct {
	Request string   // the request as a Go literal
	Status  int      // of the answer
	Answers []string // JSON of each response, without backticks; none if the success has no content
	Values  []string // of the response, as Go expressions that a program prints
	Range   string   // the list that contains the values, as a Go expression; "" if they are in the response itself
	Output  []string // the lines that are printed
}

// Maker creates the examples of a client.
type Maker struct {
	client *model.Client
	pkg    string
	types  map[string]*model.Type
	shown  map[*openapi3.Schema]shown
	hidden map[string]bool   // names on the wire of fields that the document calls passwords
	named  map[string]string // strings that the document shows for fields of requests, by name
}

// New returns a Maker for a client whose package is called pkg.
func New(c *model.Client, pkg string) *Maker {
	m := &Maker{client: c, pkg: pkg, types: map[string]*model.Type{}, shown: map[*openapi3.Schema]shown{}, hidden: map[string]bool{}}
	for _, t := range c.Types {
		m.types[t.Name] = t
		for _, f := range t.Fields {
			m.hide(f)
		}
	}
	for _, o := range c.Operations {
		for _, f := range o.Fields {
			m.hide(f)
		}
	}
	m.named = map[string]string{}
	for _, o := range c.Operations {
		for _, f := range o.Fields {
			out := m.sent(o, f)
			if text, ok := out.value.(string); ok && out.example && m.named[f.Wire] == "" && !m.isSecret(f.Wire, text) {
				m.named[f.Wire] = text
			}
		}
	}
	return m
}

// Of returns an example of an operation, or nil if the document shows too little.
func (m *Maker) Of(o *model.Operation) *Call {
	if o.Stream || o.Variant != "" || strings.Contains(o.Name, "_") { // go vet gives such an example name another meaning
		return nil
	}
	request, ok := m.request(o)
	if !ok {
		return nil
	}
	call := &Call{Request: request}
	if !m.answer(o, call) || call.Answers == nil && strings.HasSuffix(request, "{}") { // nothing would be shown
		return nil
	}
	return call
}

// structOf returns the struct that a type is, directly or through an alias; nil if it is another type.
func (m *Maker) structOf(name string) *model.Type {
	t := m.types[name]
	if t != nil && t.Alias != "" {
		t = m.types[t.Alias]
	}
	if t == nil || t.Enum != nil || t.Union != nil {
		return nil
	}
	return t
}

// enumOf returns the enum that a type is; nil if it is another type.
func (m *Maker) enumOf(name string) *model.Enum {
	if t := m.types[name]; t != nil {
		return t.Enum
	}
	return nil
}

// qualified returns the name of a type of the client as another package writes it.
func (m *Maker) qualified(typ string) string {
	for _, prefix := range []string{"[]", "*", "map[string]"} {
		if inner, ok := strings.CutPrefix(typ, prefix); ok {
			return prefix + m.qualified(inner)
		}
	}
	if m.types[typ] != nil || typ == "File" {
		return m.pkg + "." + typ
	}
	return typ
}
