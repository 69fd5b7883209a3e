// Package example makes a call of an operation from the examples of its document: the values of the request, the answer, and what of
// the answer a program prints. Where the document shows too little, there is no example.
package example

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// Call is one call of an operation. Its code belongs into a package beside the client's.
type Call struct {
	Request string   // the request as a literal of Go
	Status  int      // of the answer
	Answers []string // JSON of each answer, without backticks; none when the success has no content
	Values  []string // of the answer, as expressions of Go that a program prints
	Range   string   // the list that the values are of, as an expression of Go; "" where they are of the answer itself
	Output  []string // the lines that are printed
}

// Maker makes the examples of a client.
type Maker struct {
	client *model.Client
	pkg    string
	types  map[string]*model.Type
	shown  map[*openapi3.Schema]shown
	hidden map[string]bool   // names on the wire of fields that the document calls passwords
	named  map[string]string // texts that are shown for fields of requests, by name
}

// New returns a maker of examples of a client, whose package is called pkg.
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

// Of returns an example of an operation; nil when the document shows too little for one.
func (m *Maker) Of(o *model.Operation) *Call {
	if o.Stream || o.Variant != "" || strings.Contains(o.Name, "_") { // go vet reads more into such a name of an example
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

// structOf is the struct that a type is, under whatever name; nil when it is another type.
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

// enumOf is the enum that a type is; nil when it is another type.
func (m *Maker) enumOf(name string) *model.Enum {
	if t := m.types[name]; t != nil {
		return t.Enum
	}
	return nil
}

// qualified is a type of the client as another package writes it.
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
