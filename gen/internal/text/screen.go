package text

import (
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// maxLines is the maximum number of lines of statements in a function; with its declaration it fits a screen.
const maxLines = 36

// parts are the groups of statements that are too many for one function, each for a function of its own.
type parts struct {
	Signature string // of each function; %d is its number
	Groups    [][]string
}

// fit returns the statements or, if there are too many, calls of functions that contain them: call returns the call of the
// function with a number.
func (p *parts) fit(statements []string, call string) []string {
	total := 0
	for _, s := range statements {
		total += lines(s)
	}
	if total <= maxLines {
		return statements
	}
	var calls []string
	left := 0
	for _, s := range statements {
		if left -= lines(s); left < 0 {
			p.Groups = append(p.Groups, nil)
			calls = append(calls, fmt.Sprintf(call, len(p.Groups)))
			left = maxLines - lines(s)
		}
		last := len(p.Groups) - 1
		p.Groups[last] = append(p.Groups[last], s)
	}
	return calls
}

// maxTests is the maximum number of fields that are tested inline for an optional body; with more, methods are generated for
// it.
const maxTests = 12

// bodyPresent returns the condition under which an optional body is sent.
func bodyPresent(fields []*model.Field, holder string, own *parts) string {
	if len(fields) <= maxTests {
		return anyPresent(fields, holder+".")
	}
	own.Groups = nil
	var calls []string
	for group := range slices.Chunk(fields, maxLines) {
		own.Groups = append(own.Groups, []string{"return " + anyPresent(group, "r.")})
		calls = append(calls, fmt.Sprintf("%s.hasBody%d()", holder, len(own.Groups)))
	}
	return strings.Join(calls, " || ")
}

func lines(statement string) int { return 1 + strings.Count(statement, "\n") }
