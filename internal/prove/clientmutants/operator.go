// Package clientmutants changes the client in small ways and sees whether the conformance suite notices.
//
// An [Operator] is one kind of change: a pattern in a file of the generated code or the engine, and what to put there.
// Each place that the pattern fits is a mutant. Mutants are copies of the client in a temporary module, so the checkout
// stays as it is; the suite runs against each with the judge, the spec and the fixtures unchanged.
package clientmutants

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Operator is one way to break the client.
type Operator struct {
	Name    string
	Breaks  string // what the mutant does wrong, for the table
	File    string // below the root of the repository
	Pattern string // regular expression; (?m) is set
	With    string // replacement, with $1 and ${1}
	// Equivalent says why the mutant may survive; such an operator must.
	Equivalent string
}

// Mutant is one place of an operator.
type Mutant struct {
	Operator
	Line    int    // of the change
	From    string // the line before
	Abs     string // the file that it changes
	Ordinal int    // which place of its operator, from 1

	source   []byte // the file as it is
	from, to int    // what is replaced
	with     string
}

// Source is the whole file after the change.
func (m Mutant) Source() []byte {
	return slices.Concat(m.source[:m.from], []byte(m.with), m.source[m.to:])
}

// Mutants applies an operator to every place that it fits. Code moves between files: where the named file has no such
// place, its neighbours are looked through.
func (o Operator) Mutants(root string) ([]Mutant, error) {
	pattern, err := regexp.Compile("(?m)" + o.Pattern)
	if err != nil {
		return nil, fmt.Errorf("operator %s: %w", o.Name, err)
	}
	named := filepath.Join(root, filepath.FromSlash(o.File))
	files, err := filepath.Glob(filepath.Join(filepath.Dir(named), "*.go"))
	if err != nil {
		return nil, err
	}
	for _, file := range append([]string{named}, files...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		found, err := o.in(file, pattern)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			return found, nil
		}
	}
	return nil, fmt.Errorf("operator %s finds no place in %s any more, nor beside it: %s", o.Name, o.File, o.Pattern)
}

func (o Operator) in(file string, pattern *regexp.Regexp) ([]Mutant, error) {
	source, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Mutant
	for _, at := range pattern.FindAllSubmatchIndex(source, -1) {
		changed := pattern.Expand(nil, []byte(o.With), source, at)
		before := string(source[at[0]:at[1]])
		if string(changed) == before {
			continue
		}
		out = append(out, Mutant{
			Operator: o, Abs: file, Ordinal: len(out) + 1,
			Line:   1 + strings.Count(string(source[:at[0]]), "\n"),
			From:   firstLine(before),
			source: source, from: at[0], to: at[1], with: string(changed),
		})
	}
	return out, nil
}

// Some takes the first and the last mutants of an operator, n in all.
func Some(mutants []Mutant, n int) []Mutant {
	if len(mutants) <= n || n < 1 {
		return mutants
	}
	head := (n + 1) / 2
	return append(append([]Mutant{}, mutants[:head]...), mutants[len(mutants)-(n-head):]...)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(line)
}
