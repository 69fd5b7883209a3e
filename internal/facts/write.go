package facts

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// WriteOptions configures [Write].
type WriteOptions struct {
	Title   string // of the document
	Version string // of the API
	Comment string // written at the top of a YAML document
	// Prose writes descriptions. Without it, only the hash of prose is written, as in a record.
	Prose bool
}

// Write returns operations as an OpenAPI 3.0 document. Two operations with the same method and path are an error, since a
// document cannot contain both.
func Write(operations []*Operation, options WriteOptions) (*yaml.Node, error) {
	w := &writer{options: options, schemes: mapping(), valid: options.Prose}
	paths := mapping()
	seen := map[string]*Operation{}
	var problems []error
	for _, op := range operations {
		tree, err := grow(op)
		if err != nil {
			return nil, err
		}
		about := tree.root("operation")
		if about == nil || about.value(Method) == "" || about.value(Path) == "" {
			problems = append(problems, fmt.Errorf("%s: operation %s has no method and path", op.Pos, op.ID))
			continue
		}
		route := about.value(Method) + " " + about.value(Path)
		if first := seen[route]; first != nil {
			problems = append(problems, fmt.Errorf("%s: %s is %s again, which %s is already", op.Pos, op.ID, route, first.Pos))
			continue
		}
		seen[route] = op
		item := find(paths, about.value(Path))
		if item == nil {
			item = mapping()
			put(paths, about.value(Path), item)
		}
		put(item, strings.ToLower(about.value(Method)), w.operation(op, tree))
	}
	document := mapping()
	document.HeadComment = options.Comment
	put(document, "openapi", plain("3.0.3"))
	put(document, "info", mapping("title", plain(options.Title), "version", quoted(options.Version)))
	put(document, "paths", paths)
	if len(w.schemes.Content) > 0 {
		put(document, "components", mapping("securitySchemes", w.schemes))
	}
	return document, errors.Join(problems...)
}

type writer struct {
	options WriteOptions
	schemes *yaml.Node
	// valid adds what OpenAPI requires even if no fact states it. A record contains exactly the facts.
	valid bool
}

func (w *writer) prose(node *yaml.Node, t *tree, aspect Aspect, key, hashKey string) {
	switch fact, ok := t.facts[aspect]; {
	case !ok:
	case w.options.Prose && fact.Prose != "":
		put(node, key, quoted(fact.Prose))
	default:
		put(node, hashKey, plain(fact.Value))
	}
}
