package judge

import (
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/document"
	"github.com/highlevel-go/snapshots/conformance/judge/internal/format"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Load reads and validates a document and remembers its lines, so that violations can name them. References lead to other
// files beside it, never to the net. Any document that kin-openapi has loaded serves [New] as well; it may have lost some
// keywords of OpenAPI 3.1 by then, such as const: null.
//
// Faults that change no message are accepted, as published documents have them: defaults and examples that contradict their
// schema (such examples are removed), "in" and "name" of a security scheme that has no use for them, lists of nothing in
// particular, paths that differ in the names of their parameters alone. A part of a path that no parameter describes is a
// text, as the generator has it. Values of an enum that are not of its type are removed, and [Contradictions] lists them; an
// enum without a value of its own type refuses every message, and says so.
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

// refuse turns a panic of the loader, which follows whatever a document refers to, into an error.
func refuse(file string, doc **openapi3.T, err *error) {
	if cause := recover(); cause != nil {
		*doc, *err = nil, fmt.Errorf("%s: the document cannot be read: %v", file, cause)
	}
}

// load reads a document as it is.
func load(file string, data []byte) (doc *openapi3.T, err error) {
	defer refuse(file, &doc, &err)
	if docs, err := oas.OpenData(file, data); err != nil {
		return nil, err
	} else if err := docs.Check(); err != nil {
		return nil, err
	}
	text, later, err := document.Text(file, data, false)
	if err != nil {
		return nil, err
	}
	documents, err := oas.OpenData(file, text)
	if err != nil {
		return nil, err
	}
	doc, err = documents.Model(func(loader *openapi3.Loader) {
		loader.IncludeOrigin = true
		read := loader.ReadFromURIFunc
		loader.ReadFromURIFunc = func(l *openapi3.Loader, at *url.URL) ([]byte, error) {
			data, err := read(l, at)
			if err != nil {
				return nil, err
			}
			text, _, err := document.Text(filepath.FromSlash(at.Path), data, later)
			return text, err
		}
	})
	if err != nil {
		return nil, err
	}
	if doc.Paths == nil {
		return nil, fmt.Errorf("%s: there are no paths", file)
	}
	return doc, nil
}
