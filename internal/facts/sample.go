package facts

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// SampleLine returns where a printed JSON value begins to differ from an old one: the number of lines before the first key
// or value that old does not have, or before the object that lacks one of old's keys. It returns 0 if there is no
// difference, or if one of the two is not JSON.
func SampleLine(old, printed string) int {
	was, err := oas.Parse("old.json", []byte(old))
	if err != nil {
		return 0
	}
	is, err := oas.Parse("printed.json", []byte(printed))
	if err != nil {
		return 0
	}
	if at := firstDifference(was, is); at != nil {
		return at.Line - 1
	}
	return 0
}

// firstDifference returns the first node of is that was does not have, or that lacks something; nil if they are equal.
func firstDifference(was, is *yaml.Node) *yaml.Node {
	switch {
	case was.Kind != is.Kind:
		return is
	case is.Kind == yaml.SequenceNode:
		for i, item := range is.Content {
			if i == len(was.Content) {
				return item
			}
			if at := firstDifference(was.Content[i], item); at != nil {
				return at
			}
		}
	case is.Kind == yaml.MappingNode:
		values := map[string]*yaml.Node{}
		for key, value := range oas.Pairs(was) {
			values[key.Value] = value
		}
		for pair := range slices.Chunk(is.Content, 2) {
			key, value := pair[0], pair[1]
			if values[key.Value] == nil {
				return key
			}
			if at := firstDifference(values[key.Value], value); at != nil {
				return at
			}
		}
	case canonicalNode(was) != canonicalNode(is):
		return is
	}
	if len(is.Content) < len(was.Content) {
		return is
	}
	return nil
}
