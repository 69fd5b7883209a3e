package judge

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// check compares one message with the document, and collects its violations.
type check struct {
	*Judge
	route      *route // nil when no operation was found
	status     int    // of a response; 0 for a request
	values     *schema.Message
	violations []Violation
	seen       map[Violation]bool // the same, to add each once
	parameters map[string]any     // by "query limit"
	body       any                // as decoded
}

func (c *check) add(rule Rule, pos, where, format string, args ...any) {
	c.put(Violation{Rule: rule, Pos: pos, Where: where, Text: fmt.Sprintf(format, args...)})
}

func (c *check) put(v Violation) {
	if c.off[v.Rule] {
		return
	}
	if c.route != nil {
		v.Operation = c.route.name()
	}
	v.Status = c.status
	if !c.seen[v] {
		c.seen[v] = true
		c.violations = append(c.violations, v)
	}
}

// at returns the position of a node in the document as file:line, or "" if the loader did not record positions.
func (c *check) at(origin *openapi3.Origin) string {
	if origin == nil || origin.Key == nil || origin.Key.Line == 0 {
		return ""
	}
	file := origin.Key.File
	if file == "" {
		file = c.file
	}
	if file == "" {
		return fmt.Sprintf("line %d", origin.Key.Line)
	}
	return fmt.Sprintf("%s:%d", file, origin.Key.Line)
}

func (c *check) atOperation() string {
	if c.route == nil {
		return ""
	}
	return c.at(c.route.op.Origin)
}

// show quotes a value for a person, shortened.
func show(value string) string {
	const longest = 80
	if len(value) > longest {
		return fmt.Sprintf("%.80q…", value)
	}
	return fmt.Sprintf("%q", value)
}
