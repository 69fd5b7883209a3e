package judge

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/getkin/kin-openapi/openapi3"
)

// Load reads and validates a document and remembers its lines, so that violations can name them. References lead to other
// files beside it, never to the net. Any document that kin-openapi has loaded serves [New] as well.
//
// Faults that change no message are let pass, as published documents have them: defaults and examples that contradict
// their schema (such examples are taken out), "in" and "name" of a security scheme that has no use for them, words beside a
// $ref, lists of nothing in particular, paths that differ in the names of their parameters alone. A part of a path that no
// parameter describes is a text, as the generator has it.
func Load(file string, data []byte) (*openapi3.T, error) {
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = true
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, at *url.URL) ([]byte, error) {
		if at.Scheme != "" && at.Scheme != "file" || at.Host != "" {
			return nil, fmt.Errorf("%s is not a file; references to the net are not followed", at)
		}
		return os.ReadFile(filepath.FromSlash(at.Path))
	}
	doc, err := loader.LoadFromDataWithPath(data, &url.URL{Path: filepath.ToSlash(file)})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if doc.Paths == nil {
		return nil, fmt.Errorf("%s: there are no paths", file)
	}
	mend(doc)
	for _, layer := range layers(doc) {
		err = layer.Validate(context.Background(),
			openapi3.DisableExamplesValidation(), openapi3.DisableSchemaDefaultsValidation(),
			openapi3.AllowExtraSiblingFields("description", "summary", "title", "example", "deprecated"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return doc, nil
}
