package driftmutants

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// SpecMutants changes the spec in every way, at every site, and compares it with the record.
func (b *Baseline) SpecMutants(source []byte) ([]Outcome, error) {
	tree, err := parseSpec(source)
	if err != nil {
		return nil, err
	}
	tree.onlyInSpec = map[string]bool{"InvalidError": true, "ServiceError": true} // of 404, 422 and 429, which only the spec has
	documented := func(id, status string) bool {
		op := b.docs().Operation(id)
		return op != nil && op.Value(facts.Response(status), facts.Present) != ""
	}
	var out []Outcome
	for _, operator := range specOperators(documented) {
		for _, p := range spread(operator.sites(tree), b.Sites) {
			root := tree.fresh()
			points, gone := operator.edit(root, p)
			if points == nil && gone == "" && bytes.Equal(mustEncode(root), mustEncode(tree.root)) {
				continue
			}
			data := mustEncode(root)
			spec, err := facts.Read("snapshots.yaml", data)
			m := &Mutant{Operator: &operator.Operator, Site: p.String(), Text: data, Gone: gone}
			if err != nil {
				out = append(out, Outcome{Mutant: m, Caught: true, Findings: []string{err.Error()}})
				continue
			}
			if points != nil {
				again, err := oas.Parse("snapshots.yaml", data)
				if err != nil {
					return nil, err
				}
				node, key := at(again, points)
				m.Line = node.Line
				if key != nil && (operatorPointsAtKey(m.Operator.Kinds[0])) {
					m.Line = key.Line
				}
			}
			o := assess(m, b.CheckSpec(spec), specOf, b.Record)
			out = append(out, o)
		}
	}
	return out, nil
}

// operatorPointsAtKey: what comes or goes is reported at its name, what differs at its value.
func operatorPointsAtKey(kind string) bool {
	return !strings.HasSuffix(kind, "-differs") && !strings.HasPrefix(kind, "enum") || kind == "method-differs" || kind == "path-differs" || kind == "media-type-differs"
}

func mustEncode(root *yaml.Node) []byte {
	data, err := facts.EncodeYAML(root)
	if err != nil {
		panic(err) // a tree that was parsed can be written
	}
	return data
}
