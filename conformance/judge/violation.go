package judge

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Violation is one fault of a message.
type Violation struct {
	Rule      Rule
	Keyword   string // of the schema, where Rule is [Schema]: "enum", "required"
	Operation string // operationId; empty if the request belongs to none
	Status    int    // of the response; 0 for a request
	Where     string // "query companyId", "body /share_type"
	Text      string
	Pos       string // of the rule in the document: "spec/snapshots.yaml:52"; empty if lines are not known
}

// String reads "create-snapshot-share-link: request: query companyId: comes twice (repeated-query, spec.yaml:52)".
func (v Violation) String() string {
	parts := make([]string, 0, 4)
	if v.Operation != "" {
		parts = append(parts, v.Operation)
	}
	if v.Status == 0 {
		parts = append(parts, "request")
	} else {
		parts = append(parts, fmt.Sprintf("response %d", v.Status))
	}
	if v.Where != "" {
		parts = append(parts, v.Where)
	}
	note := string(v.Rule)
	if v.Keyword != "" {
		note += " " + v.Keyword
	}
	if v.Pos != "" {
		note += ", " + v.Pos
	}
	return strings.Join(append(parts, v.Text), ": ") + " (" + note + ")"
}

// Verdict is the result of judging a message. Without violations the message is right.
type Verdict struct {
	Operation  string // operationId, or method and path if it has none; empty if no operation was found
	Request    *http.Request
	Response   *http.Response // nil for a verdict on a request
	Violations []Violation

	PathValues map[string]string // values of the path template, without escapes
	Parameters map[string]any    // of "query limit", decoded by its schema: a number, a list, an object
	Body       []byte            // of the message that was judged
	Value      any               // of the body, decoded by its media type and schema, or else a string
}

// OK reports whether there are no violations.
func (v Verdict) OK() bool { return len(v.Violations) == 0 }

// Has reports whether a rule was broken.
func (v Verdict) Has(rule Rule) bool {
	return slices.ContainsFunc(v.Violations, func(x Violation) bool { return x.Rule == rule })
}

// ErrRefused matches every error of a verdict, with errors.Is.
var ErrRefused = errors.New("message does not follow the spec")

// Err returns nil for a right message, otherwise an [ErrRefused] with one line for each violation.
func (v Verdict) Err() error {
	if v.OK() {
		return nil
	}
	lines := make([]string, len(v.Violations))
	for i, x := range v.Violations {
		lines[i] = x.String()
	}
	return fmt.Errorf("%w:\n\t%s", ErrRefused, strings.Join(lines, "\n\t"))
}
