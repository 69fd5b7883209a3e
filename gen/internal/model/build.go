package model

import (
	"maps"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
)

// Build makes the model of a client.
func Build(low *lower.Lowered) (*Client, error) {
	types, err := typeSchemas(low)
	if err != nil {
		return nil, err
	}
	b := &builder{low: low, types: types, enums: map[string]*Enum{}, structs: map[string][]*Field{}, weights: map[string]int{}}
	b.circle = b.circles()
	c := &Client{Document: low.File(), BaseURL: b.baseURL(), Types: b.clientTypes()}
	for _, op := range low.Operations {
		c.Operations = append(c.Operations, b.operation(op))
	}
	c.Defaults = b.defaults()
	if info := low.OpenAPI.Info; info != nil {
		c.Title = info.Title
	}
	return c, b.low.Err()
}

// defaults are the values of the parameters that only the client knows.
func (b *builder) defaults() []Default {
	var out []Default
	seen := map[string]*lower.Field{}
	for _, op := range b.low.Operations {
		for _, p := range op.Parameters {
			value := p.ClientDefault()
			if p.Extensions["x-from-client"] != "always" || value == "" {
				continue
			}
			if before := seen[p.Wire]; before != nil {
				if before.ClientDefault() != value {
					b.low.Add(p.At, "the client's %s is %q here and %q at line %d", p.Wire, value, before.ClientDefault(), b.low.Line(before.At))
				}
				continue
			}
			seen[p.Wire] = p
			out = append(out, Default{p.Wire, value})
		}
	}
	return out
}

// baseURL is the first server of the document, its variables at their defaults; "" when it is not absolute.
func (b *builder) baseURL() string {
	servers := b.low.OpenAPI.Servers
	if len(servers) == 0 {
		return ""
	}
	url := servers[0].URL
	for _, name := range slices.Sorted(maps.Keys(servers[0].Variables)) {
		if v := servers[0].Variables[name]; v != nil {
			url = strings.ReplaceAll(url, "{"+name+"}", v.Default)
		}
	}
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return ""
	}
	return strings.TrimSuffix(url, "/")
}
