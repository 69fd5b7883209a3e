// Package document prepares OpenAPI documents for kin-openapi: what that refuses, or loses, although it has a meaning, is
// written in a way that it reads. The lines stay as they are.
package document

import (
	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Text returns a document as JSON whose keys stand in the lines that they have in data, which is JSON or YAML. later tells
// the version of a file that names none: OpenAPI 3.1 or later.
func Text(file string, data []byte, later bool) (text []byte, isLater bool, err error) {
	root, err := oas.Parse(file, data)
	if err != nil {
		return nil, later, err
	}
	if version := oas.Text(oas.Child(root, "openapi")); version != "" {
		later = version >= "3.1"
	}
	n := normalizer{file: file, later: later, seen: map[*yaml.Node]bool{}, addresses: addresses{map[string]string{}, map[string]int{}, map[*yaml.Node]string{}}}
	if later {
		n.anchors(root, oas.Place{}, "")
	}
	n.object(root)
	if n.err != nil {
		return nil, later, n.err
	}
	w := writer{line: 1}
	w.node(root)
	return w.text.Bytes(), later, nil
}
