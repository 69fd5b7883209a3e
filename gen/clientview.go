package main

import (
	"strconv"
	"strings"
)

// fromClient sends what only the client knows.
func (g *generator) fromClient(p *fieldInfo) []string {
	name := strconv.Quote(p.wire)
	value := "c.restClient().Default(" + name + ")"
	var send string
	switch p.in {
	case "query":
		send = "r.AddQuery(" + name + ", "
	case "header":
		send = "r.SetHeader(" + name + ", "
	case "path":
		send = "r.SetPath(" + name + ", "
	default:
		g.fault(p.at.at("x-from-client"), "a %s parameter cannot come from the client", p.in)
		return nil
	}
	if clientDefault(p) == "" && !p.required {
		return []string{"if v := " + value + "; v != \"\" {\n" + send + "v)\n}"}
	}
	return []string{send + value + ")"}
}

// clientDefault is what a client sends for a parameter unless it is told otherwise.
func clientDefault(p *fieldInfo) string {
	if values := enumValues(p.schema); len(values) > 0 {
		return values[0]
	}
	if p.schema.Default != nil {
		return enumText(p.schema.Default)
	}
	return ""
}

func (g *generator) fallback(f *field) []string {
	value := "c.restClient().Default(" + strconv.Quote(f.wire) + ")"
	switch {
	case !f.isText() || f.pointer:
		g.fault(f.at.at("x-from-client"), "x-from-client: fallback is for texts; %s is %s", f.wire, article(f.base))
		return nil
	case f.base != "string":
		value = f.base + "(" + value + ")"
	}
	return []string{"req." + f.Name + " = cmp.Or(req." + f.Name + ", " + value + ")"}
}

// clientView is client.gen.go.
type clientView struct {
	Title, Doc string
	BaseURL    string
	Defaults   []clientValue
	Operations []*operationView
	Patterns   []string
	Uses       map[string]bool
}

type clientValue struct{ Name, Value string }

func (g *generator) client(ops []*operationView) *clientView {
	c := &clientView{Operations: ops, Patterns: g.patterns, Uses: g.uses, BaseURL: g.baseURL()}
	if info := g.low.doc.Info; info != nil {
		c.Title = oneLine(info.Title)
		c.Doc = sentence(info.Description)
	}
	seen := map[string]*fieldInfo{}
	for _, op := range g.low.ops {
		for _, p := range op.params {
			value := clientDefault(p)
			if p.ext["x-from-client"] != "always" || value == "" {
				continue
			}
			if before := seen[p.wire]; before != nil {
				if clientDefault(before) != value {
					g.fault(p.at, "the client's %s is %q here and %q at line %d", p.wire, value, clientDefault(before), g.low.ss.line(before.at))
				}
				continue
			}
			seen[p.wire] = p
			c.Defaults = append(c.Defaults, clientValue{p.wire, value})
		}
	}
	return c
}

// baseURL is the first server of the document, its variables at their defaults; "" when it says nothing absolute.
func (g *generator) baseURL() string {
	if len(g.low.doc.Servers) == 0 {
		return ""
	}
	server := g.low.doc.Servers[0]
	url := server.URL
	for _, name := range inOrder(server.Variables, nil) {
		if v := server.Variables[name]; v != nil {
			url = strings.ReplaceAll(url, "{"+name+"}", v.Default)
		}
	}
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return ""
	}
	return strings.TrimSuffix(url, "/")
}

// Subject is what the client calls.
func (c *clientView) Subject() string {
	switch {
	case c.Title == "":
		return "the API"
	case strings.Contains(c.Title, "API"):
		return "the " + strings.TrimPrefix(c.Title, "The ")
	}
	return "the API " + strconv.Quote(c.Title)
}

// DefaultsDoc says in the comment of New what it sets.
func (c *clientView) DefaultsDoc() string {
	var parts []string
	if c.BaseURL != "" {
		parts = append(parts, "the base URL is [DefaultBaseURL]")
	}
	for _, d := range c.Defaults {
		parts = append(parts, "the "+oneLine(d.Name)+" is "+oneLine(d.Value))
	}
	if len(parts) == 0 {
		return ""
	}
	return " Unless an option says otherwise, " + list(parts, "and") + "."
}
