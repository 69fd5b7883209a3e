package reference

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// operation writes one operation: what it does, how it is called, its request and its responses.
func (p *page) operation(o *model.Operation) {
	p.printf("### %s\n\n", o.Name)
	if text := p.client.Words.MethodSentence(o.Name, o.Spec.Summary, o.Spec.Description); text != "" {
		p.printf("%s\n\n", paragraphs(text))
	}
	if o.Spec.Deprecated {
		p.printf("**Deprecated.**\n\n")
	}
	facts := []string{code(o.Method + " " + o.Path)}
	if o.Server != "" {
		facts = append(facts, "at "+code(o.Server))
	}
	if o.Body != nil {
		need := "optional"
		if o.Body.Required {
			need = "required"
		}
		facts = append(facts, "a body of "+code(o.Body.Media)+", "+need)
	}
	if docs := o.Spec.ExternalDocs; docs != nil && link("", docs.URL) != "" {
		facts = append(facts, link("documentation", docs.URL))
	}
	p.printf("- %s\n", strings.Join(facts, "; "))
	if scopes := o.Scopes(); len(scopes) > 0 {
		p.printf("- Scopes: %s\n", codes(scopes))
	}
	if kinds := o.TokenTypes(); len(kinds) > 0 {
		p.printf("- Tokens: %s\n", escaped(strings.Join(kinds, ", ")))
	}
	if o.Pages != nil {
		p.printf("- `%sPage` returns one page.\n", o.Name)
	}
	p.printf("\n```go\n%s\n```\n\n", p.call(o))
	p.fields(o.Fields, lower.InRequest)
	p.answers(o)
}

// answers writes a table of the responses of the service.
func (p *page) answers(o *model.Operation) {
	if o.Spec.Responses == nil || o.Spec.Responses.Len() == 0 {
		return
	}
	all := o.Spec.Responses.Map()
	t := table{names: []string{"status", "answer", "meaning"}}
	for _, status := range slices.SortedFunc(maps.Keys(all), byStatus) {
		response := all[status].Value
		if response == nil {
			continue
		}
		answer := ""
		switch success := o.Succeeds(status); {
		case o.Reads(status):
			answer = p.goType(o.Result)
		case success && len(response.Content) == 0:
		case success && o.Stream:
			answer = "`io.ReadCloser`: " + codes(slices.Sorted(maps.Keys(response.Content)))
		default:
			answer = "an error"
		}
		meaning := ""
		if response.Description != nil {
			meaning = escaped(*response.Description)
		}
		t.rows = append(t.rows, []string{code(status), answer, meaning})
	}
	p.printf("%s", t)
}

// byStatus orders statuses by their numbers; default comes last.
func byStatus(a, b string) int {
	last := func(status string) int {
		if status == "default" {
			return 1
		}
		return 0
	}
	return cmp.Or(last(a)-last(b), strings.Compare(a, b))
}
