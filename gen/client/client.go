// Package client makes a Go client from an OpenAPI document, in the stages that the packages in gen/internal are. The command gen writes
// what it makes; specdrift init asks it whether a client can be made.
package client

import (
	"github.com/highlevel-go/snapshots/gen/internal/document"
	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
	"github.com/highlevel-go/snapshots/gen/internal/text"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// ExamplesFile is the name of the file of examples.
const ExamplesFile = "examples.gen_test.go"

// Extras are what is made beside the client.
type Extras struct {
	ImportPath string          // of the package, which its examples import; "" makes none
	ByHand     map[string]bool // names that tests of the package declare; an example of such a name is not made
}

// Make makes the files of a package by their names, with notes for whoever keeps the document. It writes nothing.
func Make(docs *oas.Documents, pkg string, with Extras) (files map[string][]byte, notes []string, err error) {
	doc, err := document.Read(docs)
	if err != nil {
		return nil, nil, err
	}
	low, err := lower.Lower(doc)
	if err != nil {
		return nil, nil, err
	}
	client, err := model.Build(low)
	if err != nil {
		return nil, nil, err
	}
	notes = doc.Notes // nothing else of the document is needed, which may be large
	files, err = text.Render(client, pkg)
	if err == nil && with.ImportPath != "" {
		var examples []byte
		if examples, err = text.Examples(client, pkg, with.ImportPath, with.ByHand); examples != nil {
			files[ExamplesFile] = examples
		}
	}
	return files, notes, err
}
