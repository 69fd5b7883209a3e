package specedit

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// draft is the spec with the edits so far.
type draft struct {
	*yamltext.Document
	facts *facts.Document
}

func open(file string, data []byte) (*draft, error) {
	text, err := yamltext.Open(file, data)
	if err != nil {
		return nil, err
	}
	return read(text)
}

func read(text *yamltext.Document) (*draft, error) {
	document, err := facts.ReadDocuments(text.Documents)
	if err != nil {
		return nil, err
	}
	return &draft{text, document}, nil
}

// change returns the draft after a change of its text.
func (d *draft) change(by func(*draft) error) (*draft, error) {
	next := &draft{d.Document.Clone(), d.facts}
	if err := by(next); err != nil {
		return nil, err
	}
	if bytes.Equal(next.Bytes(), d.Bytes()) {
		return d, nil
	}
	if err := next.Reload(); err != nil {
		return nil, fmt.Errorf("the edit would break the document: %w", err)
	}
	return read(next.Document)
}

// operation returns the operation with an id of the facts.
func (d *draft) operation(id string) (oas.Operation, error) {
	operations, err := d.Operations()
	if err != nil {
		return oas.Operation{}, err
	}
	for _, op := range operations {
		own := oas.Text(oas.Child(op.Node, "operationId"))
		if own == "" {
			own = strings.ToLower(op.Method.Value) + " " + op.Path.Value
		}
		if own != id {
			continue
		}
		if file := d.FileOf(op.Node); file != d.File() {
			return op, fmt.Errorf("the operation %s is in %s; change it there by hand", id, file)
		}
		return op, nil
	}
	return oas.Operation{}, fmt.Errorf("%s: there is no operation %s", d.File(), id)
}
