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
)

// Build makes the model of a client.
func Build(low *lower.Lowered) (*Client, error) {
	types, err := typeSchemas(low)
	if err != nil {
		return nil, err
	}
	b := &builder{low: low, types: types, enums: map[string]*Enum{}, structs: map[string][]*Field{}, weights: map[string]int{}}
	b.circle = b.circles()
	c := &Client{Document: low.File(), BaseURL: absolute(low.OpenAPI.Servers), Types: b.clientTypes(), Words: prose.VocabularyOf(low.Data())}
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

// defaults are the values of the parameters that only the client knows. One that differs between operations is that of each
// operation.
func (b *builder) defaults(operations []*Operation) []Default {
	var out []Default
	values := map[string][]string{}
	own := func(p *lower.Field) bool { return p.Extensions["x-from-client"] == "always" && p.ClientDefault() != "" }
	for _, op := range operations {
		for _, p := range op.Parameters {
			switch value := p.ClientDefault(); {
			case !own(p) || slices.Contains(values[p.Wire], value):
			case len(values[p.Wire]) == 0:
				out = append(out, Default{p.Wire, value})
				fallthrough
			default:
				values[p.Wire] = append(values[p.Wire], value)
			}
		}
	}
	for _, op := range operations {
		for _, p := range op.Parameters {
			if own(p) && len(values[p.Wire]) > 1 {
				op.Defaults = append(op.Defaults, Default{p.Wire, p.ClientDefault()})
			}
		}
	}
	return slices.DeleteFunc(out, func(d Default) bool { return len(values[d.Name]) > 1 })
}

// absolute is the first server, its variables at their defaults; "" when it is not absolute.
func absolute(servers openapi3.Servers) string {
	text := firstServer(servers)
	if !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") {
		return ""
	}
	return strings.TrimSuffix(text, "/")
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

// serverOf is the server of an operation when it is not the client's.
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
	case err != nil || u.RawQuery != "" || u.Fragment != "" || u.User != nil || strings.ContainsAny(text, "{}"):
		b.low.Add(op.At, "the server %q of this operation cannot be the beginning of a URL", text)
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		b.low.Add(op.At, "the server %q of this operation is not absolute, and the document has no server to complete it", text)
	case strings.TrimSuffix(u.String(), "/") != client:
		return strings.TrimSuffix(u.String(), "/")
	}
	return ""
}

// keys are the security schemes of all operations that are not the token.
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
