package driftmutants

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// unseen says why a change of what an operation says leaves its page as it was, by operator.
var unseen = map[string]string{
	"response property's type changed":    "a format stands in the place of its type in themes before 4.5, so that the type under it can change unseen",
	"response property made an object":    "a format stands in the place of its type in themes before 4.5, so that the type under it can change unseen",
	"response property's example changed": "of an object or list with fields inside it, the example is not printed",
}

// neverShown are properties of an API that no page of this renderer shows, so that no change of them can be found on one.
var neverShown = [][2]string{
	{"readOnly, writeOnly", "a field that only the other direction has is left out, and one that is shown is not marked"},
	{"multipleOf, uniqueItems, minProperties, maxProperties", "the renderer has no words for them"},
	{"minimum: 0, minItems: 0, minLength: 0", "before theme 5 a bound of zero is not printed"},
	{"additionalProperties: false", "it prints nothing, as does leaving it out"},
	{"enum and bounds of a map's plain values", "before theme 5 the map's own are printed in their place"},
	{"what a list of lists holds", "before theme 5 its label is array[] and ends there"},
	{"default of a parameter that is a list", "the default of its items is printed instead"},
	{"nullable of a parameter or of items", "only fields of a body are marked"},
	{"fields beside oneOf or anyOf", "before theme 5 the variants alone are printed"},
	{"format, example and deprecation of a response header", "a header shows its name, its type before theme 5, and its words"},
	{"style, explode, allowReserved, allowEmptyValue, encoding, not", "the renderer prints none of them"},
	{"a second security scheme, servers after the first", "they are in a menu that a scraper does not open"},
	{"the variants after the first", "theme 5 renders a variant when it is chosen; the place is marked uncertain"},
	{"the order of fields", "it means nothing to a caller, and is not compared"},
}

// row sums up the outcomes of one operator.
type row struct {
	name                              string
	sites, caught, kind, line, unseen int
}

func rows(outcomes []Outcome) []row {
	var out []row
	index := map[string]int{}
	for _, o := range outcomes {
		name := o.Mutant.Operator.Name
		i, ok := index[name]
		if !ok {
			i = len(out)
			index[name] = i
			out = append(out, row{name: name})
		}
		r := &out[i]
		if o.Invisible {
			r.unseen++
			continue
		}
		r.sites++
		for _, c := range []struct {
			is bool
			n  *int
		}{{o.Caught, &r.caught}, {o.RightKind, &r.kind}, {o.RightLine, &r.line}} {
			if c.is {
				*c.n++
			}
		}
	}
	return out
}

// Unexplained lists operators that leave a page as it was at some site, without a reason on record.
func Unexplained(outcomes []Outcome) []string {
	var out []string
	for _, r := range rows(outcomes) {
		if r.unseen > 0 && unseen[r.name] == "" {
			out = append(out, r.name)
		}
	}
	return out
}

// Table returns the result as Markdown.
func Table(facts, text, spec, ledger []Outcome, cosmetic []CosmeticResult) string {
	var out strings.Builder
	out.WriteString(`# How drift is known to be found

Written by the tests of internal/prove/driftmutants; do not edit. "PROVE=full go test ./internal/prove/driftmutants -update" writes
it again, and "make prove" compares.

Every operator changes one thing, at every site where it can, of the pages of the four operations (written from spec/docs,
in our own words), of spec/snapshots.yaml or of spec/deviations.yaml. A mutant of a page is compared with the record that was made
from the pages, a mutant of the spec or the ledger with that record and each other, by the code that "specdrift check" runs. It is caught when the verdict is
not clean; its kind is right when a finding of the kind that names the change is reported at the changed place; its
line is right when that finding points at the changed line, or, where nothing is left to point at, at the record's line of what
is gone and at what stood around it.

`)
	writeTotal(&out, "Changes of what a page says", facts)
	writeTotal(&out, "Damage and slips of a page", text)
	writeTotal(&out, "Changes of the spec", spec)
	writeTotal(&out, "Changes of the ledger", ledger)
	writeMeaningless(&out, cosmetic)
	writeRows(&out, "Changes of what a page says", facts)
	writeRows(&out, "Damage and slips of a page", text)
	writeRows(&out, "Changes of the spec", spec)
	writeRows(&out, "Changes of the ledger", ledger)
	writeCosmetic(&out, cosmetic)
	out.WriteString("\n## What a page cannot show\n\nOf the operators above, these leave the page as it was at some sites, which are not counted:\n\n")
	for _, r := range rows(facts) {
		if r.unseen > 0 {
			fmt.Fprintf(&out, "- %s (%d): %s.\n", r.name, r.unseen, unseen[r.name])
		}
	}
	out.WriteString("\nAnd no operator changes these, since no page shows them:\n\n")
	for _, n := range neverShown {
		fmt.Fprintf(&out, "- %s: %s.\n", n[0], n[1])
	}
	out.WriteString("\nIn the spec, what is inside an answer that only the spec has (404, 422, 429) cannot differ from the record, which has none of it.\n")
	return out.String()
}

// TwinTable returns the result for Markdown twins as Markdown.
func TwinTable(facts, text []Outcome, cosmetic []CosmeticResult) string {
	var out strings.Builder
	out.WriteString(`# How drift is known to be found in Markdown twins

Written by the tests of internal/prove/driftmutants; do not edit. "PROVE=full go test ./internal/prove/driftmutants -update" writes
it again, and "make prove" compares.

Every operator changes one thing, at every site where it can, of the Markdown twins of the four operations (written from
spec/docs, in our own words): a fact in the document with all that the twin says of it above, or one line. What counts as caught,
and as the right kind and line, docs/drift-mutants.md tells. A twin that contradicts itself in what tells which operation it is about,
or whose document cannot be read, is refused: the kind is unreadable, and the line that of the fault.

`)
	writeTotal(&out, "Changes of what a twin says", facts)
	writeTotal(&out, "Damage and slips of a twin", text)
	writeMeaningless(&out, cosmetic)
	writeRows(&out, "Changes of what a twin says", facts)
	writeRows(&out, "Damage and slips of a twin", text)
	writeCosmetic(&out, cosmetic)
	out.WriteString("\n## What a twin cannot show\n\nThese leave the twin as it was at some sites, which are not counted:\n\n")
	for _, name := range slices.Sorted(maps.Keys(twinUnseen)) {
		fmt.Fprintf(&out, "- %s: %s.\n", name, twinUnseen[name])
	}
	return out.String()
}

func writeTotal(out *strings.Builder, name string, all []Outcome) {
	var t row
	list := rows(all)
	for _, r := range list {
		t.sites, t.caught, t.kind, t.line = t.sites+r.sites, t.caught+r.caught, t.kind+r.kind, t.line+r.line
	}
	fmt.Fprintf(out, "- %s: %d operators, %d mutants, %d caught, %d with the right kind, %d with the right line\n", name, len(list), t.sites, t.caught, t.kind, t.line)
}

func writeMeaningless(out *strings.Builder, cosmetic []CosmeticResult) {
	sites := 0
	for _, s := range cosmetic {
		sites += s.Sites
	}
	fmt.Fprintf(out, "- Changes that mean nothing: %d operators, %d mutants, no finding\n", len(cosmetic), sites)
}

func writeRows(out *strings.Builder, title string, all []Outcome) {
	fmt.Fprintf(out, "\n## %s\n\n| operator | sites | caught | right kind | right line |\n|---|--:|--:|--:|--:|\n", title)
	for _, r := range rows(all) {
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d |\n", r.name, r.sites, r.caught, r.kind, r.line)
	}
}

func writeCosmetic(out *strings.Builder, cosmetic []CosmeticResult) {
	out.WriteString("\n## Changes that mean nothing\n\n| operator | sites | findings |\n|---|--:|--:|\n")
	for _, s := range cosmetic {
		fmt.Fprintf(out, "| %s | %d | %d |\n", s.Name, s.Sites, len(s.Findings))
	}
}
