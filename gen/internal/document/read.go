package document

import "github.com/highlevel-go/snapshots/internal/oas"

// Read reads a document with everything that it refers to. It does not check whether examples match their schemas or whether
// security schemes are valid: a client does not depend on them, and published documents often fail these checks.
func Read(docs *oas.Documents) (*Document, error) {
	if err := docs.CheckVersion(); err != nil {
		return nil, err
	}
	d := &Document{Documents: docs, Faults: &Faults{docs: docs}}
	lint(d)
	if err := d.Err(); err != nil {
		return nil, err
	}
	var err error
	d.OpenAPI, err = docs.Model()
	return d, err
}
