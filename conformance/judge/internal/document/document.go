// Package document prepares OpenAPI documents for kin-openapi: it rewrites parts that kin-openapi refuses or loses although
// they have a meaning. Line numbers stay the same.
package document

import (
	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Normalizer returns a function that changes the form of a file of a document, but not its meaning. later reports whether a
// file that names no version is OpenAPI 3.1 or later.
func Normalizer(later bool) func(file string, root *yaml.Node) error {
	return func(file string, root *yaml.Node) error {
		n := normalizer{file: file, later: later, seen: map[*yaml.Node]bool{}, addresses: addresses{map[string]string{}, map[string]int{}, map[*yaml.Node]string{}}}
		if version := oas.Text(oas.Child(root, "openapi")); version != "" {
			n.later = version >= "3.1"
		}
		if n.later {
			n.anchors(root, oas.Place{}, "")
		}
		n.object(root)
		return n.err
	}
}
