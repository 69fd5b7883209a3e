package driftmutants

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// ledgerOperator changes every entry of the ledger.
type ledgerOperator struct {
	Operator
	edit func(root *yaml.Node, entry int) bool
}

// onSays changes what an entry says of the record or of the spec; nothing where it says that they have nothing.
func onSays(key string, change func(says *yaml.Node) bool) func(*yaml.Node, int) bool {
	return func(root *yaml.Node, entry int) bool {
		says, _ := at(root, path{itoa(entry), key})
		return says != nil && says.Kind == yaml.MappingNode && change(says)
	}
}

func firstSaysOther(says *yaml.Node) bool {
	if len(says.Content) == 0 {
		return false
	}
	value := says.Content[1]
	switch {
	case value.Value == "true":
		*value = *scalar("false")
	case value.Value == "false":
		*value = *scalar("true")
	case value.Kind == yaml.SequenceNode:
		value.Content = append(value.Content, scalar("other"))
	default:
		*value = *scalar("other")
	}
	return true
}

func firstIsGone(says *yaml.Node) bool {
	if len(says.Content) == 0 || says.Content[1].Value == "false" { // false is the same as nothing
		return false
	}
	says.Content = says.Content[2:]
	return true
}

func saysMore(says *yaml.Node) bool { return assign(says, nil, "pattern", scalar("^x$")) }

func ledgerOperators() []ledgerOperator {
	set := func(key, value string) func(*yaml.Node, int) bool {
		return func(root *yaml.Node, entry int) bool { return assign(root, path{itoa(entry)}, key, scalar(value)) }
	}
	untrue := []string{"deviation-stale", "deviation-settled", "unreadable"}
	// What the spec is no longer excused for is a difference again, and that finding names the entry.
	unexcused := append(slices.Clone(untrue), "enum-value-extra", "enum-value-missing", "scopes-extra", "scopes-differs", "type-differs", "type-missing",
		"format-extra", "example-extra", "example-differs", "required-missing", "minimum-extra", "default-extra", "response-extra", "operation-id-differs")
	op := func(name string, edit func(*yaml.Node, int) bool, kinds ...string) ledgerOperator {
		return ledgerOperator{Operator{Name: name, Kinds: kinds}, edit}
	}
	return []ledgerOperator{
		op("entry removed", func(root *yaml.Node, entry int) bool { return erase(root, path{itoa(entry)}) }, "deviation-unlisted"),
		op("entry's id changed", set("id", "another"), "deviation-unlisted", "deviation-unmarked"),
		op("place that is not there", set("place", "query.nowhere"), untrue...),
		op("page that is not there", set("page", "no-such-page"), untrue...),
		op("API version that has no record", set("version", "v99"), untrue...),
		op("docs say otherwise", onSays("docs_says", firstSaysOther), untrue...),
		op("docs say less", onSays("docs_says", firstIsGone), untrue...),
		op("docs say more", onSays("docs_says", saysMore), untrue...),
		op("spec says otherwise", onSays("spec_says", firstSaysOther), unexcused...),
		op("spec says less", onSays("spec_says", firstIsGone), unexcused...),
		op("spec says more", onSays("spec_says", saysMore), untrue...),
		op("docs have nothing", func(root *yaml.Node, entry int) bool {
			says, _ := at(root, path{itoa(entry), "docs_says"})
			return says.Value != "absent" && assign(root, path{itoa(entry)}, "docs_says", scalar("absent"))
		}, untrue...),
		op("spec has nothing", set("spec_says", "absent"), untrue...),
		op("no reason", set("why", " "), "unreadable"),
		op("review that is no date", set("review_by", "later"), "unreadable"),
		op("entry twice", func(root *yaml.Node, entry int) bool {
			root.Content = append(root.Content, root.Content[entry])
			return true
		}, "unreadable"),
	}
}

// LedgerMutants changes the ledger in every way, at every entry, and compares it with record and spec.
func (b *Baseline) LedgerMutants(source []byte) ([]Outcome, error) {
	before, err := oas.Parse("deviations.yaml", source)
	if err != nil {
		return nil, err
	}
	var entries []int
	for i := range before.Content {
		entries = append(entries, i)
	}
	var out []Outcome
	for _, operator := range ledgerOperators() {
		for _, i := range spread(entries, b.Sites) {
			root, err := oas.Parse("deviations.yaml", source)
			if err != nil {
				return nil, err
			}
			if !operator.edit(root, i) || bytes.Equal(mustEncode(root), mustEncode(before)) {
				continue
			}
			data := mustEncode(root)
			m := &Mutant{Operator: &operator.Operator, Site: "entry " + itoa(i), Text: data}
			ledger, err := drift.ReadLedger("deviations.yaml", data)
			if err != nil {
				line := 0
				_, _ = fmt.Sscanf(strings.TrimPrefix(err.Error(), "deviations.yaml:"), "%d", &line)
				out = append(out, Outcome{Mutant: m, Caught: true, RightKind: slices.Contains(operator.Kinds, "unreadable"), RightLine: line > 0, Findings: []string{err.Error()}})
				continue
			}
			out = append(out, assess(m, b.CheckLedger(ledger), specOf, b.Record))
		}
	}
	return out, nil
}
