package text

import (
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/model"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// clientView is the client as client.gen.go shows it.
type clientView struct {
	*model.Client
	Operations []*operationView
	Patterns   []string
	Calls      map[string]bool // functions that the other files call
}

// Subject returns what the client calls.
func (c *clientView) Subject() string { return Subject(c.Client) }

// Subject returns the name of the API that a client calls.
func Subject(c *model.Client) string {
	switch title := prose.OneLine(c.Title); {
	case title == "":
		return "the API"
	case strings.Contains(title, "API"):
		return "the " + strings.TrimPrefix(title, "The ")
	default:
		return "the API " + strconv.Quote(title)
	}
}

// DefaultsDoc returns the part of the comment of New that lists its defaults.
func (c *clientView) DefaultsDoc() string {
	var parts []string
	if c.BaseURL != "" {
		parts = append(parts, "the base URL is [DefaultBaseURL]")
	}
	for _, d := range c.Defaults {
		parts = append(parts, "the "+prose.OneLine(d.Name)+" is "+prose.OneLine(d.Value))
	}
	if len(parts) == 0 {
		return ""
	}
	return " Unless an option says otherwise, " + prose.List(parts, "and") + "."
}

// ManyOperations reports whether a function that lists the operations would be longer than a screen.
func (c *clientView) ManyOperations() bool { return len(c.Operations) > maxLines }
