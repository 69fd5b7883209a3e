// Package coverage counts which parts of an OpenAPI document were exercised: operations, parameters, enum values, statuses,
// properties, examples, credentials, and every keyword that can refuse something.
//
// The document determines what there is ([Universe]); the verdicts of a judge show what was seen ([Tracker.Saw]). Nothing is
// listed by hand, so a new property is missing until a message with it has passed.
package coverage

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
)

// Kind groups items; the kinds are the columns of the report.
type Kind string

// The kinds.
const (
	Operation Kind = "operation" // a right request
	Parameter Kind = "parameter" // sent; and omitted, if it is optional
	Enum      Kind = "enum value"
	Status    Kind = "status"
	Property  Kind = "property"
	Choice    Kind = "choice" // a branch of oneOf or anyOf that matched
	Example   Kind = "example"
	Security  Kind = "security" // sent, and refused without
	Keyword   Kind = "keyword"  // a wrong message was refused by it
)

// Kinds lists the kinds in the order of reports.
func Kinds() []Kind {
	return []Kind{Operation, Parameter, Enum, Status, Property, Choice, Example, Security, Keyword}
}

// Item is one thing to be seen.
type Item struct {
	Kind      Kind   `json:"kind"`
	Operation string `json:"operation"`
	Place     string `json:"place"`           // "query limit", "201 /shareLink"
	Detail    string `json:"detail"`          // the enum value, the keyword, "left out"
	Line      int    `json:"line,omitempty"`  // in the document; 0 when lines are not known
	Count     int    `json:"count,omitempty"` // how often it was seen
}

// String reads "enum value: create-snapshot-share-link: body /share_type: link".
func (i Item) String() string {
	s := string(i.Kind) + ": " + i.Operation
	if i.Place != "" {
		s += ": " + i.Place
	}
	if i.Detail != "" {
		s += ": " + i.Detail
	}
	if i.Line > 0 {
		s += fmt.Sprintf(" (line %d)", i.Line)
	}
	return s
}

// key distinguishes items.
type key struct {
	kind                     Kind
	operation, place, detail string
}

func (i Item) key() key { return key{i.Kind, i.Operation, i.Place, i.Detail} }

func line(o *openapi3.Origin) int {
	if o == nil || o.Key == nil {
		return 0
	}
	return o.Key.Line
}
