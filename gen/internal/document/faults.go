package document

import (
	"errors"
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Faults gathers what is wrong with a document, each fault once, and notes of what is harmless.
type Faults struct {
	docs  *oas.Documents
	list  []string
	Notes []string
}

// Add adds a fault at a place.
func (f *Faults) Add(at oas.Place, format string, args ...any) {
	if text := f.docs.Errorf(at, format, args...).Error(); !slices.Contains(f.list, text) {
		f.list = append(f.list, text)
	}
}

// Note adds a note about a place.
func (f *Faults) Note(at oas.Place, format string, args ...any) {
	if text := "note: " + f.docs.Errorf(at, format, args...).Error(); !slices.Contains(f.Notes, text) {
		f.Notes = append(f.Notes, text)
	}
}

// maxFaults is how many faults are told at once.
const maxFaults = 20

// Err is an error with a line for each fault; nil when there are none.
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
