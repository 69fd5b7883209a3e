package specedit

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/gen/client"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// StaysValid returns the check of edited documents for [Apply]. The document must be valid; so must its examples, if they
// were before; and the extensions that shape the client must find what they name, if a client could be generated before.
func StaysValid(file string, before []byte) func(after []byte) error {
	validate, hadClient := (*oas.Documents).Validate, false
	if docs, err := oas.OpenData(file, before); err == nil {
		if _, err := docs.ValidateExamples(); err == nil {
			validate = (*oas.Documents).ValidateExamples
		}
		hadClient = client.Check(docs) == nil
	}
	return func(after []byte) error {
		docs, err := oas.OpenData(file, after)
		if err != nil {
			return err
		}
		if _, err := validate(docs); err != nil || !hadClient {
			return err
		}
		return brokenExtension(client.Check(docs))
	}
}

// brokenExtension returns the first error about an extension. Another error is in what the documentation describes, which
// the spec follows anyway.
func brokenExtension(faults error) error {
	if faults == nil {
		return nil
	}
	for fault := range strings.Lines(faults.Error()) {
		if strings.Contains(fault, "/x-") { // in the JSON pointer of its place
			return fmt.Errorf("the client could not be generated with it: %s", strings.TrimSuffix(fault, "\n"))
		}
	}
	return nil
}
