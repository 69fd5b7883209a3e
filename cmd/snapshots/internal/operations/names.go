package operations

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Prefixes that say how to interpret an argument.
const (
	idPrefix   = "id:"   // an id that needs no lookup
	namePrefix = "name:" // a name although it looks like an id
)

// ErrEmptyName is the error of an empty name or id.
var ErrEmptyName = errors.New("the name is empty")

// required rejects an empty name or id.
func required(kind, text string) error {
	if text == "" {
		return fmt.Errorf("%w: give the id or name of a %s", ErrEmptyName, kind)
	}
	return nil
}

// sameName reports whether two names are equal apart from case, surrounding space and the encoding of accented letters:
// files of some systems write those as two characters.
func sameName(a, b string) bool { return strings.EqualFold(normalName(a), normalName(b)) }

// containsName reports whether a name contains another.
func containsName(name, part string) bool {
	return strings.Contains(strings.ToLower(normalName(name)), strings.ToLower(normalName(part)))
}

func normalName(name string) string { return strings.TrimSpace(norm.NFC.String(name)) }

// maxNear is the largest number of similar names in an error.
const maxNear = 5

// NameError is the error of a name that no item of a kind has, or that several have.
type NameError struct {
	Kind string // "snapshot"
	Name string
	IDs  []string // of the items with the name; empty if there are none
	Near []string // names that contain it
	List string   // the command that lists all
}

// Error says what to do.
func (e *NameError) Error() string {
	if len(e.IDs) > 0 {
		return fmt.Sprintf("%d %ss are called %q; give the id of one: %s", len(e.IDs), e.Kind, e.Name, strings.Join(e.IDs, ", "))
	}
	text := fmt.Sprintf("the agency has no %s with the id or name %q", e.Kind, e.Name)
	if len(e.Near) > 0 {
		text += fmt.Sprintf("; there is %q", e.Near)
	}
	return text + "; " + e.List + " shows all"
}
