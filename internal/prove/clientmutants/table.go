package clientmutants

import (
	"fmt"
	"slices"
	"strings"
)

// Table is the results as Markdown: one row for each operator, in order.
func Table(operators []Operator, results []Result) string {
	var b strings.Builder
	caught, equivalent := 0, 0
	for _, r := range results {
		switch {
		case r.Caught:
			caught++
		case r.Equivalent != "":
			equivalent++
		}
	}
	b.WriteString("# Mutants of the client\n\n")
	b.WriteString("Each operator breaks the generated code or the engine in one way. A mutant of generated code must be noticed by the conformance suite of its client, " +
		"whose part is named; a mutant of the engine by the tests of `api/rest`. Operators on the engine are rules on its syntax trees that name no local variable.\n\n")
	b.WriteString("Written by `PROVE=nightly go test ./internal/prove/clientmutants -update`, and compared by `make nightly`.\n\n")
	fmt.Fprintf(&b, "%d operators, %d mutants: %d caught, %d equivalent, %d missed.\n\n", len(operators), len(results), caught, equivalent,
		len(results)-caught-equivalent)
	b.WriteString("| operator | file | what the mutant does | mutants | caught by |\n|---|---|---|---|---|\n")
	for _, o := range operators {
		var by []string
		n := 0
		for _, r := range results {
			if r.Name != o.Name || r.File != o.File {
				continue
			}
			n++
			part := r.By
			if r.engine() && r.Caught { // which test comes first changes with every test that is added
				part = "its tests"
			}
			switch {
			case !r.Caught && o.Equivalent != "":
				part = "nothing: " + o.Equivalent
			case !r.Caught:
				part = "**missed**"
			}
			if !slices.Contains(by, part) {
				by = append(by, part)
			}
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %d | %s |\n", o.Name, o.File, o.Breaks, n, strings.Join(by, ", "))
	}
	return b.String()
}
