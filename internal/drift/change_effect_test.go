package drift

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// A difference between docs and spec is resolved by the spec following the docs; that is what the effect is about.
func TestWhatADifferenceDoesInGoAgreesWithWhatResolvesIt(t *testing.T) {
	for name, test := range map[string]struct{ from, to, program, fix string }{
		"a field that the spec lacks":      {"                  size: { type: number }\n", "", "a field is added", "add response.200.size"},
		"a field that the docs lack":       {"size: { type: number }", "size: { type: number }\n                  more: { type: number }", "the field is silently empty", "remove response.200.more"},
		"a value that the docs lack":       {`enum: ["1"]`, `enum: ["1", "2"]`, "its constant goes", `set enum of header.Version to ["1"]`},
		"an operation that the spec lacks": {two[strings.Index(two, "  /b:"):], "", "a method is added", "add the operation make-b"},
	} {
		r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", strings.ReplaceAll(two, test.from, test.to))})
		if len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Go, test.program) || !strings.Contains(r.Findings[0].Fix, test.fix) {
			t.Errorf("%s: %+v", name, r.Findings[0])
		}
	}
}

func TestTheEffectOfAChangeDecidesItsSeverity(t *testing.T) {
	for name, test := range map[string]struct {
		from, to string
		want     Severity
	}{
		"a new optional parameter harms nobody":          {"- { name: q, in: query, schema: { type: string }, example: e }", "- { name: q, in: query, schema: { type: string }, example: e }\n        - { name: r, in: query, schema: { type: string } }", Warning},
		"a new required parameter breaks calls":          {"- { name: q, in: query, schema: { type: string }, example: e }", "- { name: q, in: query, schema: { type: string }, example: e }\n        - { name: r, in: query, required: true, schema: { type: string } }", Error},
		"a parameter that becomes required breaks calls": {"name: q, in: query,", "name: q, in: query, required: true,", Error},
		"an example of a parameter may hold a rule":      {"example: e", "example: f", Warning},
		"a removed property is silently empty":           {"                  size: { type: number }\n", "", Error},
		"a new property is dropped, no more":             {"size: { type: number }", "size: { type: number }\n                  more: { type: number }", Warning},
		"a text may carry a rule":                        {"description: which one", "description: which one in ISO 8601", Warning},
		"another type breaks":                            {"size: { type: number }", "size: { type: string }", Error},
		"another path breaks":                            {"  /b:", "  /c:", Error},
	} {
		t.Run(name, func(t *testing.T) {
			then := document(t, "docs.yaml", two)
			now := document(t, "page.yaml", strings.Replace(two, test.from, test.to, 1))
			r := Check(Input{Docs: []*facts.Document{then}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(now)})
			if len(r.Findings) != 1 {
				t.Fatalf("%d findings, want 1: %v", len(r.Findings), ids(r))
			}
			f := r.Findings[0]
			if f.Severity != test.want {
				t.Errorf("%s is %s, want %s", f.ID, f.Severity, test.want)
			}
			if f.Wire == "" || f.Go == "" || f.Fix == "" {
				t.Errorf("%s does not say its effect and what to do: %+v", f.ID, f)
			}
			if r.Verdict() != Drift {
				t.Errorf("verdict %d, want drift", r.Verdict())
			}
		})
	}
}

func TestAListOfAuthMethodsInAnotherOrderIsAWarning(t *testing.T) {
	listed := strings.Replace(two, "      operationId: get-a\n", "      operationId: get-a\n      x-auth-methods: [OAuth, Private]\n", 1)
	then, now := document(t, "docs.yaml", listed), document(t, "page.yaml", strings.Replace(listed, "[OAuth, Private]", "[Private, OAuth]", 1))
	r := Check(Input{Docs: []*facts.Document{then}, Spec: document(t, "spec.yaml", listed), Pages: pagesOf(now)})
	if len(r.Findings) != 1 || r.Findings[0].Kind != "methods-changed" || r.Findings[0].Severity != Warning {
		t.Errorf("the findings are %v", ids(r))
	}
}
