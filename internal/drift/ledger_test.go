package drift

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/internal/facts"
)

const ledgerEntryText = `
- id: big-q
  page: get-a
  place: query.q
  docs_says: { required: false }
  spec_says: { required: true }
  why: because
  evidence: seen
  wire: none
  since: 2026-01-01
  review_by: 2026-06-01
`

func TestTheLedgerExplainsExactlyWhatItSays(t *testing.T) {
	spec := strings.Replace(two, "name: q, in: query,", "name: q, in: query, required: true, x-deviation: big-q,", 1)
	ledger, err := ReadLedger("dev.yaml", []byte(ledgerEntryText))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		docs, spec string
		want       []string
	}{
		"both say what it says":       {two, spec, nil},
		"the docs say something else": {strings.Replace(two, "name: q, in: query,", "name: q, in: query, required: true,", 1), spec, []string{"deviation-settled|get-a|query.q"}},
		"the place is gone":           {strings.Replace(two, "{ name: q, in: query,", "{ name: r, in: query,", 1), strings.Replace(spec, "{ name: q, in: query,", "{ name: r, in: query,", 1), []string{"deviation-stale|get-a|query.q", "required-extra|get-a|query.r"}},
		"the spec does not name it":   {two, strings.Replace(spec, ", x-deviation: big-q", "", 1), []string{"deviation-unmarked|get-a|query.q"}},
		"the spec names what is not":  {two, strings.Replace(spec, "x-deviation: big-q", "x-deviation: [big-q, other]", 1), []string{"deviation-unlisted|get-a|query.q"}},
		"another difference is drift": {two, strings.Replace(spec, "example: e", "example: f", 1), []string{"example-differs|get-a|query.q"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", test.docs)}, Spec: document(t, "spec.yaml", test.spec), Ledger: ledger})
			got := ids(r)
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("findings %v, want %v", got, test.want)
			}
		})
	}
	t.Run("a review that is due is a note, and not drift", func(t *testing.T) {
		r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec), Ledger: ledger, Today: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)})
		if r.Verdict() != Clean || !slices.Equal(ids(r), []string{"deviation-overdue|get-a|query.q"}) {
			t.Errorf("verdict %d, findings %v", r.Verdict(), ids(r))
		}
	})
}

func TestADeviationIsNamedAtEachOfItsPlacesAndNowhereElse(t *testing.T) {
	ledger, err := ReadLedger("dev.yaml", []byte(strings.NewReplacer("query.q", "response.*.code", "{ required: false }", "{ type: number }",
		"{ required: true }", "{ type: integer }", "page: get-a", `page: "*"`, "big-q", "whole-number").Replace(ledgerEntryText)))
	if err != nil {
		t.Fatal(err)
	}
	marked := strings.ReplaceAll(shared, "code: { type: number }", "code: { type: integer, x-deviation: whole-number }")
	for name, test := range map[string]struct {
		spec string
		want []string
	}{
		"at both":                  {marked, nil},
		"at the operation":         {strings.Replace(strings.ReplaceAll(shared, "type: number", "type: integer"), "operationId: get-a", "operationId: get-a\n      x-deviation: whole-number", 1), nil},
		"at one of two":            {strings.Replace(marked, ", x-deviation: whole-number", "", 1), []string{"deviation-unmarked|get-a|response.200.code"}},
		"at what is not its place": {strings.Replace(marked, "    Other:\n      type: object\n", "    Other:\n      type: object\n      description: x\n      title: y\n", 1) + "        note: { type: string, x-deviation: whole-number }\n", []string{"deviation-misplaced|get-a|response.400.note", "property-extra|get-a|response.400.note"}},
		"where nothing reads it":   {strings.Replace(marked, "info: {", "info: { x-deviation: whole-number,", 1), []string{"deviation-misplaced||whole-number"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", shared)}, Spec: document(t, "spec.yaml", test.spec), Ledger: ledger})
			if got := slices.Sorted(slices.Values(ids(r))); !slices.Equal(got, test.want) {
				t.Errorf("findings %v, want %v", got, test.want)
			}
		})
	}
}

func TestAnEntryAboutAnAbsentPlaceIsCheckedOnTheOtherSideToo(t *testing.T) {
	const entry = "{ present: true, mediaType: application/json }"
	text := strings.NewReplacer("query.q", "response.400", "{ required: false }", "absent", "{ required: true }", entry).Replace(ledgerEntryText)
	docs := strings.Replace(two, two[strings.Index(two, `        "400":`):strings.Index(two, "  /b:")], "", 1)
	spec := strings.Replace(two, "description: no\n", "description: no\n          x-deviation: big-q\n", 1)
	for name, test := range map[string]struct {
		from, to, spec string
		want           []string
	}{
		"as it says":      {"", "", spec, nil},
		"another body":    {"", "", strings.Replace(spec, "description: no\n          x-deviation: big-q\n          content:\n            application/json:", "description: no\n          x-deviation: big-q\n          content:\n            text/plain:", 1), []string{"deviation-stale|get-a|response.400"}},
		"more than is so": {"present: true,", "present: true, default: x,", spec, []string{"deviation-stale|get-a|response.400"}},
	} {
		t.Run(name, func(t *testing.T) {
			ledger, err := ReadLedger("dev.yaml", []byte(strings.Replace(text, test.from, test.to, 1)))
			if err != nil {
				t.Fatal(err)
			}
			r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", docs)}, Spec: document(t, "spec.yaml", test.spec), Ledger: ledger})
			if got := ids(r); !slices.Equal(got, test.want) {
				t.Errorf("findings %v, want %v", got, test.want)
			}
		})
	}
}

func TestALedgerEntryMustBeComplete(t *testing.T) {
	for name, test := range map[string]struct{ from, to, want string }{
		"no reason":                 {"  why: because\n", "", "has no why"},
		"no evidence":               {"  evidence: seen\n", "", "has no evidence"},
		"a reason that is a list":   {"why: because", "why: [because]", "why of the deviation"},
		"an unknown key":            {"  why:", "  whyy:", `no "whyy"`},
		"an unknown aspect":         {"{ required: true }", "{ requird: true }", "not an aspect"},
		"an invalid place":          {"place: query.q", "place: \"query.q[\"", "place"},
		"an invalid date":           {"2026-06-01", "soon", "review_by"},
		"says nothing at all":       {"docs_says: { required: false }", "docs_says: 7", "docs_says"},
		"nothing on one side":       {"{ required: true }", "absent", "docs_says needs"},
		"nothing on both":           {"docs_says: { required: false }\n  spec_says: { required: true }", "docs_says: absent\n  spec_says: absent", "nothing differs"},
		"no difference":             {"docs_says: { required: false }\n  spec_says: { required: true }", "docs_says: {}\n  spec_says: {}", "nothing that differs"},
		"a flag of another type":    {"{ required: true }", "{ required: 7 }", "true or false"},
		"a review before the entry": {"review_by: 2026-06-01", "review_by: 2025-06-01", "before since"},
		"twice":                     {"\n- id", ledgerEntryText + "\n- id", "twice"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadLedger("dev.yaml", []byte(strings.Replace(ledgerEntryText, test.from, test.to, 1)))
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "dev.yaml:") {
				t.Errorf("error %v, want one about %q with file and line", err, test.want)
			}
		})
	}
}
