package judge

import (
	"context"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
)

// Load reads and validates a document and remembers its lines, so that violations can name them. Any document that
// kin-openapi has loaded serves [New] as well.
func Load(file string, data []byte) (*openapi3.T, error) {
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = true
	doc, err := loader.LoadFromData(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	// Words beside a $ref are against the letter of OpenAPI 3.0, and everywhere.
	words := openapi3.AllowExtraSiblingFields("description", "summary", "title", "example", "deprecated")
	if err := doc.Validate(context.Background(), openapi3.EnableExamplesValidation(), words); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return doc, nil
}
