package model

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Build returns the model of a client.
func Build(low *lower.Lowered) (*Client, error) {
	if err := configure(); err != nil {
		return nil, err
	}
	b := &builder{low: low, bases: map[*lower.Field]string{}, enums: map[string]*Enum{}, structs: map[string][]*Field{}, weights: map[string]int{}}
	for _, t := range low.Types {
		for _, f := range t.Fields {
			b.bases[f] = b.goType(f.Lowered)
		}
	}
	b.circle = b.circles()
	c := &Client{Document: low.File(), BaseURL: b.baseURL(), Types: b.clientTypes(), Words: prose.VocabularyOf(low.Data())}
	for _, op := range low.Operations {
		o := b.operation(op)
		if o.Server = b.serverOf(op, c.BaseURL); o.Server != "" && !slices.Contains(c.Servers, o.Server) {
			c.Servers = append(c.Servers, o.Server)
		}
		c.Operations = append(c.Operations, o)
	}
	c.Keys = b.keys()
	c.Defaults = b.defaults(c.Operations)
	if info := low.OpenAPI.Info; info != nil {
		c.Title = info.Title
	}
	return c, b.low.Err()
}

// defaults returns the values of the parameters that only the client knows. A value that differs between operations belongs
// to each operation.
func (b *builder) defaults(operations []*Operation) []Default {
	var names []string
	values := map[string][]string{}
	for _, op := range operations {
		op.Defaults = ownDefaults(op)
		for _, d := range op.Defaults {
			if !slices.Contains(names, d.Name) {
				names = append(names, d.Name)
			}
			if !slices.Contains(values[d.Name], d.Value) {
				values[d.Name] = append(values[d.Name], d.Value)
			}
		}
	}
	for _, op := range operations {
		op.Defaults = slices.DeleteFunc(op.Defaults, func(d Default) bool { return len(values[d.Name]) == 1 })
	}
	var out []Default
	for _, name := range names {
		if len(values[name]) == 1 {
			out = append(out, Default{name, values[name][0]})
		}
	}
	return out
}

// ownDefaults returns the values of an operation's parameters that only the client knows.
func ownDefaults(op *Operation) []Default {
	var out []Default
	for _, p := range op.Parameters {
		if value := p.ClientDefault(); p.Extensions["x-from-client"] == "always" && value != "" {
			out = append(out, Default{p.Wire, value})
		}
	}
	return out
}

// baseURL returns the first server, with the defaults of its variables; "" if it is relative or cannot be the beginning of a
// URL.
func (b *builder) baseURL() string {
	text := firstServer(b.low.OpenAPI.Servers)
	switch u, err := url.Parse(text); {
	case text == "" || err == nil && !u.IsAbs() && u.Host == "":
		return ""
	case err != nil || !canBegin(u):
		b.low.Note(oas.Place{File: b.low.File(), Pointer: "/servers/0"}, "the server %q cannot be the beginning of a URL; the client must be told its base URL", text)
		return ""
	}
	return strings.TrimSuffix(text, "/")
}

// canBegin reports whether paths can be appended to a URL.
func canBegin(u *url.URL) bool {
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.RawQuery == "" && !u.ForceQuery && u.Fragment == "" && u.User == nil &&
		!strings.ContainsAny(u.String(), "{}") && !strings.ContainsAny(u.Path, "{}")
}

func firstServer(servers openapi3.Servers) string {
	if len(servers) == 0 {
		return ""
	}
	text := servers[0].URL
	for _, name := range slices.Sorted(maps.Keys(servers[0].Variables)) {
		if v := servers[0].Variables[name]; v != nil {
			text = strings.ReplaceAll(text, "{"+name+"}", v.Default)
		}
	}
	return text
}

// serverOf returns the server of an operation if it is not the client's.
func (b *builder) serverOf(op *lower.Operation, client string) string {
	text := firstServer(op.Servers)
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	if base, baseErr := url.Parse(client); err == nil && baseErr == nil && client != "" {
		u = base.ResolveReference(u)
	}
	switch {
	case err == nil && !u.IsAbs() && client == "":
		b.low.Note(op.At, "the server %q of this operation is relative, and the document has no server to complete it; the operation is at the base URL of the client", text)
	case err != nil || !canBegin(u):
		b.low.Add(op.At, "the server %q of this operation cannot be the beginning of a URL", text)
	case strings.TrimSuffix(u.String(), "/") != client:
		return strings.TrimSuffix(u.String(), "/")
	}
	return ""
}

// keys returns the security schemes of all operations, except the token.
func (b *builder) keys() []Key {
	var out []Key
	for _, op := range b.low.Operations {
		for _, s := range slices.Concat(op.Security...) {
			if s.In != "bearer" && !slices.ContainsFunc(out, func(k Key) bool { return k.Scheme == s.Scheme }) {
				out = append(out, Key{s, b.low.Names.Claim("With"+goname.From(s.Scheme), "With"+goname.From(s.Scheme)+"Key")})
			}
		}
	}
	return out
}
