package main

import (
	"strconv"
	"strings"
)

// clientView is the client as client.gen.go shows it.
type clientView struct {
	*Client
	Operations []*operationView
	Patterns   []string
	Uses       map[string]bool
}

func (w *writer) clientView(operations []*operationView) *clientView {
	return &clientView{Client: w.client, Operations: operations, Patterns: w.patterns, Uses: w.uses}
}

// Subject is what the client calls.
func (c *clientView) Subject() string {
	switch title := oneLine(c.Title); {
	case title == "":
		return "the API"
	case strings.Contains(title, "API"):
		return "the " + strings.TrimPrefix(title, "The ")
	default:
		return "the API " + strconv.Quote(title)
	}
}

// DefaultsDoc tells in the comment of New what it sets.
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
