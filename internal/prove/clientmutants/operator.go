// Package clientmutants changes the client in small ways and checks whether its tests notice.
//
// An [Operator] is one kind of change, and each place where it applies is a [Mutant]. Operators on generated code are
// patterns of its text, which the generator keeps regular; operators on the engine, which people write, are rules on its
// syntax trees that name no local variable. A mutant of generated code must be noticed by the conformance suite, one of the
// engine by the engine's own tests. Mutants are compiled with go's -overlay, so the checkout stays as it is.
package clientmutants

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Operator is one way to break the client. It has a Pattern or a Rule.
type Operator struct {
	Name   string
	Breaks string // what the mutant does wrong, for the table
	File   string // below the root of the repository; for a Rule, a directory

	Pattern string // regular expression; (?m) is set
	With    string // replacement for the pattern, with $1 and ${1}

	Rule string // change of the syntax tree, "pattern -> replacement", as for gofmt -r, also for statements
	In   string // the function or method that the rule is about; "" for all

	// Hangs is set if the mutant may not terminate, so that a timeout counts as caught.
	Hangs bool
	// Equivalent is the reason why the mutant cannot be noticed; such a mutant must survive.
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

// Source returns the whole file after the change.
func (m Mutant) Source() []byte {
	return slices.Concat(m.source[:m.from], []byte(m.with), m.source[m.to:])
}

// Mutants applies an operator at every place that it fits.
func (o Operator) Mutants(root string) ([]Mutant, error) {
	find, where, err := o.finder()
	if err != nil {
		return nil, fmt.Errorf("operator %s: %w", o.Name, err)
	}
	files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(where)))
	if err != nil {
		return nil, err
	}
	var out []Mutant
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		places, err := find(source)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, p := range places {
			before := string(source[p.from:p.to])
			if p.with == before {
				continue
			}
			out = append(out, Mutant{
				Operator: o, Abs: file, Ordinal: len(out) + 1,
				Line:   1 + strings.Count(string(source[:p.from]), "\n"),
				From:   firstLine(before),
				source: source, from: p.from, to: p.to, with: p.with,
			})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("operator %s finds no place in %s: %s", o.Name, o.File, o.Pattern+o.Rule)
	}
	return out, nil
}

// finder is what finds an operator's places in a file, and in which files.
func (o Operator) finder() (find func(source []byte) ([]place, error), where string, err error) {
	if o.Rule != "" {
		r, err := parseRule(o.Rule)
		r.in = o.In
		return r.places, o.File + "/*.go", err
	}
	pattern, err := regexp.Compile("(?m)" + o.Pattern)
	return func(source []byte) ([]place, error) {
		var out []place
		for _, at := range pattern.FindAllSubmatchIndex(source, -1) {
			out = append(out, place{at[0], at[1], string(pattern.Expand(nil, []byte(o.With), source, at))})
		}
		return out, nil
	}, o.File, err
}

// Some returns the first and the last mutants of an operator, n in total; all of them if n is 0.
func Some(mutants []Mutant, n int) []Mutant {
	if len(mutants) <= n || n < 1 {
		return mutants
	}
	head := (n + 1) / 2
	return append(slices.Clone(mutants[:head]), mutants[len(mutants)-(n-head):]...)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(line)
}
