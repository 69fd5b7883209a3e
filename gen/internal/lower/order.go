package lower

import (
	"maps"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// inOrder sorts the keys of a map in the order of the document; keys that it does not have come last, by name.
func inOrder[V any](m map[string]V, order []string) []string {
	out, seen := make([]string, 0, len(m)), make(map[string]bool, len(m))
	for _, k := range append(order, slices.Sorted(maps.Keys(m))...) {
		if _, ok := m[k]; ok && !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	return out
}

// RefName returns the last step of a reference, or the name of the file.
func RefName(ref string) string {
	file, pointer := oas.SplitRef(ref)
	if name := (oas.Place{Pointer: pointer}).Key(); name != "" {
		return name
	}
	name, _, _ := strings.Cut(file[strings.LastIndexByte(file, '/')+1:], ".")
	return name
}
