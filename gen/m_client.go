package main

import (
	"maps"
	"slices"
	"strings"
)

// Client is everything that a client consists of, decided but not yet written.
type Client struct {
	Document   string // name of the document's file
	Title      string
	BaseURL    string // "" when the document names no absolute server
	Defaults   []Default
	Types      []*Type
	Operations []*Operation
}

// Default is a value that every client sends unless it is told otherwise.
type Default struct{ Name, Value string }

// builder makes the model of a client from a lowered document and the Go types of its schemas.
type builder struct {
	low     *lowered
	types   *goTypes
	enums   map[string]*Enum
	structs map[string][]*Field
	weights map[string]int
}

// Build makes the model of a client.
func Build(low *lowered) (*Client, error) {
	types, err := typeSchemas(low)
	if err != nil {
		return nil, err
	}
	b := &builder{low: low, types: types, enums: map[string]*Enum{}, structs: map[string][]*Field{}, weights: map[string]int{}}
	c := &Client{Document: low.File(), BaseURL: b.baseURL(), Types: b.clientTypes()}
	for _, op := range low.ops {
		c.Operations = append(c.Operations, b.operation(op))
	}
	c.Defaults = b.defaults()
	if info := low.openAPI.Info; info != nil {
		c.Title = info.Title
	}
	return c, b.low.Err()
}

// defaults are the values of the parameters that only the client knows.
func (b *builder) defaults() []Default {
	var out []Default
	seen := map[string]*fieldInfo{}
	for _, op := range b.low.ops {
		for _, p := range op.params {
			value := p.clientDefault()
			if p.ext["x-from-client"] != "always" || value == "" {
				continue
			}
			if before := seen[p.wire]; before != nil {
				if before.clientDefault() != value {
					b.low.Add(p.at, "the client's %s is %q here and %q at line %d", p.wire, value, before.clientDefault(), b.low.Line(before.at))
				}
				continue
			}
			seen[p.wire] = p
			out = append(out, Default{p.wire, value})
		}
	}
	return out
}

// baseURL is the first server of the document, its variables at their defaults; "" when it is not absolute.
func (b *builder) baseURL() string {
	servers := b.low.openAPI.Servers
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
