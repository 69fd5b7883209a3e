package facts

import (
	"bytes"
	"encoding/json"

	"github.com/highlevel-go/snapshots/internal/oas"
	"go.yaml.in/yaml/v3"
)

// EncodeYAML encodes a document with an indentation of two spaces.
func EncodeYAML(document *yaml.Node) ([]byte, error) {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(document); err != nil {
		return nil, err
	}
	return out.Bytes(), encoder.Close()
}

// EncodeJSON encodes a document as indented JSON, in the order of its keys.
func EncodeJSON(document *yaml.Node) ([]byte, error) {
	var out bytes.Buffer
	err := json.Indent(&out, oas.JSON(document), "", "  ")
	out.WriteByte('\n')
	return out.Bytes(), err
}
