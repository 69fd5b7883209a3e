package document

import (
	"errors"
	"fmt"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Faults collects the problems of a document, each once, and notes about what is harmless.
type Faults struct {
	docs  *oas.Documents
	list  []string
	Notes []string
	seen  map[string]bool // problems and notes; a map, because a document may have thousands
}

// Add adds a problem at a place.
func (f *Faults) Add(at oas.Place, format string, args ...any) {
	if text := f.docs.Errorf(at, format, args...).Error(); f.isNew(text) {
		f.list = append(f.list, text)
	}
}

// Note adds a note about a place.
func (f *Faults) Note(at oas.Place, format string, args ...any) {
	if text := "note: " + f.docs.Errorf(at, format, args...).Error(); f.isNew(text) {
		f.Notes = append(f.Notes, text)
	}
}

// isNew reports whether text is added for the first time.
func (f *Faults) isNew(text string) bool {
	if f.seen == nil {
		f.seen = map[string]bool{}
	}
	isNew := !f.seen[text]
	f.seen[text] = true
	return isNew
}

// maxFaults is the maximum number of problems that an error lists.
const maxFaults = 20

// Err returns an error with a line for each problem, or nil if there are none.
func (f *Faults) Err() error {
	var errs []error
	for i, text := range f.list {
		if i == maxFaults {
			errs = append(errs, fmt.Errorf("%s: and %d more", oas.Printable(f.docs.File()), len(f.list)-maxFaults))
			break
		}
		errs = append(errs, errors.New(text))
	}
	return errors.Join(errs...)
}
