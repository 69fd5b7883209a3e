package judge

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/document"
	"github.com/highlevel-go/snapshots/conformance/judge/internal/format"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Load reads and validates a document and records its lines, so that violations can name them. References may lead to other
// local files, never to the network. [New] also accepts any document that kin-openapi has loaded; it may have lost some
// keywords of OpenAPI 3.1 by then, such as const: null.
//
// Faults that change no message are accepted, because published documents have them: defaults and examples that contradict
// their schema (such examples are removed), "in" and "name" of a security scheme that does not use them, lists without a
// schema for their items, paths that differ only in the names of their parameters. A part of a path that no parameter
// describes is a string, as in the generator. Enum values of the wrong type are removed, and [Contradictions] lists them; an
// enum without a value of its own type refuses every message, and the message about it says why.
func Load(file string, data []byte) (doc *openapi3.T, err error) {
	defer refuse(file, &doc, &err)
	if doc, err = load(file, data); err != nil {
		return nil, err
	}
	err = oas.ValidateModel(doc, openapi3.DisableExamplesValidation(), openapi3.DisableSchemaDefaultsValidation(),
		openapi3.SetRegexCompiler(func(text string) (openapi3.RegexMatcher, error) { return format.Pattern(text) }))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	normalize(doc)
	return doc, nil
}

// refuse turns a panic of the loader, which follows everything that a document refers to, into an error.
func refuse(file string, doc **openapi3.T, err *error) {
	if cause := recover(); cause != nil {
		*doc, *err = nil, fmt.Errorf("%s: the document cannot be read: %v", file, cause)
	}
}

// load reads a document as it is.
func load(file string, data []byte) (doc *openapi3.T, err error) {
	defer refuse(file, &doc, &err)
	documents, err := oas.OpenData(file, data)
	if err != nil {
		return nil, err
	}
	if err := documents.Check(); err != nil {
		return nil, err
	}
	if doc, err = documents.ChangedModel(document.Normalizer(documents.IsLater())); err != nil {
		return nil, err
	}
	if doc.Paths == nil {
		return nil, fmt.Errorf("%s: there are no paths", file)
	}
	return doc, nil
}
